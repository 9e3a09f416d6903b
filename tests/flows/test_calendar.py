"""Sessions in people's own calendars, from the command to what an app fetches."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from adapters.calendar import calendar_route
from adapters.web import Web, build
from bot.domain.agenda import Series
from bot.domain.community import Community
from bot.domain.recurrence import Frequency, Rule
from bot.domain.rsvp import Answer, Rsvp
from bot.features import features
from tests.world import World, opened

SITE = "https://bareng.example.org"
ADDRESS = re.compile(re.escape(SITE) + r"(/calendar/[a-z0-9]{32}\.ics)")
GROUP = 1


@pytest.fixture
async def world(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """The example community of a bot whose web server is reached by others."""
    monkeypatch.setattr("tests.world.FEATURES", features(SITE))
    async with opened(sqlite_address) as world:
        yield world


async def plan(world: World, title: str = "Aljabar") -> Series:
    """A weekly session on Mondays at 19.00."""
    monday = world.clock().date() + timedelta(days=7 - world.clock().weekday())
    rule = Rule(monday, time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(0,))
    async with world.store.begin() as unit:
        return await unit.sessions.add(Series(GROUP, 0, rule, title, 1, world.clock()))


@asynccontextmanager
async def served(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the web server with the calendars."""

    async def well() -> Mapping[str, Any]:
        return {"ok": True}

    web = Web(build(well, [calendar_route(world.store, world.clock)], None), "127.0.0.1", 0)
    web.start()
    running = asyncio.create_task(web.run())
    try:
        async with aiohttp.ClientSession(web.address) as client:
            yield client
    finally:
        await web.stop()
        await running


async def address(world: World, button: str, who: str = "ani") -> str:
    """The path of a new address, as that person sees it."""
    person = getattr(world, who)
    await person.says("/kalender")
    await person.presses(button)
    found = ADDRESS.search(person.told)
    assert found, person.told
    return found[1]


def titles(content: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).events]


async def test_a_member_s_calendar_is_fetched_and_says_when_nothing_changed(world: World) -> None:
    await plan(world)
    path = await address(world, "Alamat saya", "budi")
    async with served(world) as client:
        async with client.get(path) as answer:
            assert answer.status == 200
            assert answer.content_type == "text/calendar"
            assert titles(await answer.text()) == ["Aljabar"]
            tag = answer.headers["ETag"]
        async with client.get(path, headers={"If-None-Match": f'"other", W/{tag}'}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
        await plan(world, "Fisika")
        async with client.get(path, headers={"If-None-Match": tag}) as answer:
            assert (answer.status, titles(await answer.text())) == (200, ["Aljabar", "Fisika"])
        async with client.head(path) as answer:
            assert answer.status == 200


async def test_an_address_is_void_when_there_is_a_newer_one_or_its_owner_says_so(world: World) -> None:
    await plan(world)
    first = await address(world, "Alamat saya", "budi")
    second = await address(world, "Alamat baru", "budi")
    async with served(world) as client:
        assert (await client.get(first)).status == 404
        assert (await client.get(second)).status == 200
        await world.budi.says("/kalender")
        await world.budi.presses("Batalkan alamat")
        assert (await client.get(second)).status == 404


async def test_what_was_declined_is_not_in_the_own_calendar_but_in_the_group_s(world: World) -> None:
    series = await plan(world)
    async with world.store.begin() as unit:
        budi = await unit.people.of_account(world.budi.account)
        assert budi
        rsvp = Rsvp(GROUP, series.id, series.rule.first, budi.id, Answer.NO, world.clock())
        await unit.rsvps.put(rsvp)
    own, group = await address(world, "Alamat saya", "budi"), await address(world, "Alamat grup")
    wall = datetime.combine(series.rule.first, time(12), UTC)
    async with served(world) as client:
        for path, omitted in ((own, [wall]), (group, [])):
            async with client.get(path) as answer:
                (event,) = Calendar.from_ical(await answer.text()).events
                found = event.exdates
                assert [at.astimezone(UTC) for at in found if isinstance(at, datetime)] == omitted


async def test_only_an_organiser_gives_out_the_group_s_address(world: World) -> None:
    await plan(world)
    await world.budi.says("/calendar")
    assert world.budi.buttons == ["Alamat saya"]
    path = await address(world, "Alamat grup")
    await world.ani.says("/calendar")
    await world.ani.presses("Batalkan alamat grup")
    async with served(world) as client:
        assert (await client.get(path)).status == 404


@pytest.mark.parametrize("secret", ["a" * 32, "a" * 31, "A" * 32, "..%2f..%2fetc", "a" * 5000, "%00" * 32, "'--"])
async def test_what_is_no_address_tells_nothing(world: World, secret: str) -> None:
    async with served(world) as client:
        answer = await client.get(f"/calendar/{secret}.ics")
        assert (answer.status, await answer.read()) in ((404, b""), (404, b"Not Found"))


async def test_the_database_holds_no_address(world: World) -> None:
    path = await address(world, "Alamat saya", "budi")
    async with world.store.read() as unit:
        secret = path.removeprefix("/calendar/").removesuffix(".ics")
        assert await unit.feeds.find(secret) is None


async def test_without_a_public_address_the_sessions_come_as_a_file(sqlite_address: str) -> None:
    async with opened(sqlite_address) as world:
        await world.budi.says("/calendar")
        assert "Belum ada sesi" in world.budi.told
        await plan(world)
        await world.budi.says("/calendar")
        (file,) = world.budi.files
        assert (file.name, titles(file.content.decode())) == ("bareng.ics", ["Aljabar"])


async def test_a_calendar_of_a_group_that_joined_another_shows_the_other_s(world: World) -> None:
    await plan(world)
    path = await address(world, "Alamat grup")
    async with world.store.begin() as unit:
        other = await unit.communities.add(Community(0, "Kelas bareng", world.clock()))
        rule = Rule(date(2026, 12, 1), time(19), "Asia/Jakarta")
        await unit.sessions.add(Series(other.id, 0, rule, "Bersama", 1, world.clock()))
        await unit.communities.save(replace(await unit.communities.hold(GROUP), joined=other.id))
    async with served(world) as client, client.get(path) as answer:
        assert titles(await answer.text()) == ["Bersama"]
