"""The link checker over months: calm, sure before it says anything, and gone without a trace where it is off."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from adapters.link.probe import CONTROL
from adapters.playground.cast import CAST
from bot.domain.community import Community
from bot.domain.jobs import State as JobState
from bot.domain.library import Kind, Mark, Resource, State
from bot.features.library.check import CONFIRM, EVERY
from tests.adapters.link.site import URL, Site, site
from tests.flows.links import COMMUNITY, PAGE, Round, round_of, settle_in
from tests.world import DISCORD, MONDAY, TELEGRAM


@pytest.fixture
async def school() -> AsyncIterator[Site]:
    async with site() as made:
        made.says("/page", 200)
        yield made


@pytest.fixture(params=[TELEGRAM, DISCORD], ids=["telegram", "discord"])
async def round_(request: pytest.FixtureRequest, sqlite_address: str, school: Site) -> AsyncIterator[Round]:
    """Citra shared a page; Budi is a moderator."""
    async with round_of(sqlite_address, request.param, school) as made:
        await settle_in(made)
        await made.world.citra.private.says(f"/share {PAGE} Tentang sel #biologi")
        yield made


async def test_a_page_that_opens_is_tried_once_a_month_and_nobody_hears_of_it(round_: Round) -> None:
    await round_.lives(EVERY)
    assert round_.school.lines == ["HEAD /page"]
    await round_.lives(2 * EVERY)
    assert len(round_.school.requests) == 3
    assert await round_.reports() == 0
    assert not round_.world.budi.private.sees("Tautan")


async def test_a_page_is_dead_only_if_it_is_gone_on_two_different_days(round_: Round) -> None:
    budi = round_.world.budi.private
    round_.school.says("/page", 404)
    await round_.until_tried()
    assert await round_.reports() == 0
    await round_.lives(2)
    assert round_.school.lines == ["HEAD /page", "GET /page"]
    await round_.lives(2)
    assert round_.school.lines == ["HEAD /page", "GET /page"] * 2
    assert await round_.reports() == 1
    assert budi.sees("Tautan R1 sudah mati: Tentang sel", "pada dua hari yang berbeda")
    assert not round_.world.citra.private.sees("Tautan R1")
    await budi.presses("Tinjau")
    assert budi.sees("R1 Tentang sel", "Pemeriksa tautan tidak menemukan apa-apa")
    await round_.world.dewi.private.says("/resources")
    assert round_.world.dewi.private.sees("R1 Tentang sel")


async def test_a_name_that_is_gone_is_a_dead_link_too(round_: Round) -> None:
    del round_.names.answers["school.example"]
    await round_.lives(EVERY + 4)
    assert await round_.reports() == 1
    assert round_.names.asked.count(("school.example", 80)) == round_.names.asked.count((CONTROL, 80)) >= 2


async def test_a_page_that_was_only_away_is_never_spoken_of(round_: Round) -> None:
    round_.school.says("/page", 404)
    await round_.until_tried()
    assert await round_.job(CONFIRM) is JobState.DUE
    round_.school.says("/page", 200)
    await round_.lives(4)
    assert len(round_.school.requests) == 3
    assert await round_.reports() == 0
    assert await round_.job(CONFIRM) is JobState.DONE


@pytest.mark.parametrize("status", [403, 429, 500, 503])
async def test_what_nobody_can_say_marks_nothing(round_: Round, status: int) -> None:
    round_.school.says("/page", status)
    await round_.lives(2 * EVERY)
    assert round_.school.requests
    assert await round_.reports() == 0
    assert await round_.job(CONFIRM) is None


async def test_a_page_that_works_again_takes_the_report_back_and_leaves_those_of_people(round_: Round) -> None:
    dewi = round_.world.dewi.private
    round_.school.says("/page", 410)
    await round_.lives(EVERY + 4)
    await dewi.says("/resources R1")
    await dewi.presses("Laporkan")
    await dewi.says("Halamannya hilang")
    assert await round_.reports() == 2
    round_.school.says("/page", 200)
    await round_.until_tried()
    assert await round_.reports() == 1
    async with round_.world.store.read() as unit:
        assert await unit.library.notes(COMMUNITY, 1) == ["Halamannya hilang"]
    assert await round_.job(CONFIRM) is JobState.DONE


async def test_moderators_who_let_it_be_are_left_alone_for_half_a_year(round_: Round) -> None:
    budi = round_.world.budi.private
    round_.school.says("/page", 404)
    await round_.lives(EVERY + 4)
    await budi.presses("Tinjau")
    await budi.presses("Ini baik-baik saja")
    assert await round_.reports() == 0
    await round_.lives(2 * EVERY)
    assert len(round_.school.requests) >= 6, "it goes on trying"
    assert await round_.reports() == 0
    round_.world.sleeps(days=180)
    await round_.lives(1)
    assert await round_.reports() == 1
    assert sum("sudah mati" in text for text in budi.screen) == 2


async def test_a_report_that_stands_is_told_once(round_: Round) -> None:
    round_.school.says("/page", 404)
    await round_.lives(EVERY + 4)
    round_.world.sleeps(days=180)
    await round_.lives(EVERY)
    assert await round_.reports() == 1
    assert sum("sudah mati" in text for text in round_.world.budi.private.screen) == 1


async def test_a_moderator_who_cannot_be_written_to_finds_it_below_the_next_answer(round_: Round) -> None:
    world = round_.world
    async with world.store.begin() as unit:
        await unit.people.open_private(world.budi.account, False)
    round_.school.says("/page", 404)
    await round_.lives(EVERY + 4)
    await world.budi.private.says("/resources")
    assert world.budi.private.sees("Tautan R1 sudah mati")


async def test_only_what_everybody_sees_is_tried(round_: Round) -> None:
    citra = round_.world.citra.private
    await citra.says("/share Baca soalnya dua kali #ujian")
    await citra.says(f"/share {URL}/slot Slot gacor hari ini")
    await citra.says(f"/share {URL}/mine Punyaku")
    await citra.presses("Hapus")
    async with round_.world.store.read() as unit:
        third, fourth = [await unit.library.get(COMMUNITY, number) for number in (3, 4)]
    assert third
    assert fourth
    assert (third.state, fourth.state) == (State.WAITING, State.REMOVED)
    await round_.lives(EVERY)
    assert round_.school.lines == ["HEAD /page"]


async def test_what_was_removed_meanwhile_is_neither_tried_nor_reported(round_: Round) -> None:
    round_.school.says("/page", 404)
    await round_.until_tried()
    await round_.world.citra.private.says("/resources R1")
    await round_.world.citra.private.presses("Hapus")
    tried = len(round_.school.requests)
    await round_.lives(EVERY)
    assert len(round_.school.requests) == tried
    assert await round_.reports() == 0
    assert await round_.job(CONFIRM) is JobState.DROPPED


async def test_what_is_removed_while_it_is_tried_is_not_reported(round_: Round) -> None:
    round_.school.says("/page", 404)
    await round_.until_tried()
    round_.world.sleeps(days=4)
    await round_.world.wakes()
    await round_.world.citra.private.says("/resources R1")
    await round_.world.citra.private.presses("Hapus")
    tried = len(round_.school.requests)
    await round_.tries()
    assert len(round_.school.requests) > tried
    assert await round_.reports() == 0


@pytest.mark.parametrize("change", ["opens again", "waits for a moderator"])
async def test_what_changed_before_it_could_be_told_is_not_told(round_: Round, change: str) -> None:
    world = round_.world
    async with world.store.begin() as unit:
        await unit.people.open_private(world.budi.account, False)
    round_.school.says("/page", 404)
    await round_.lives(EVERY + 4)
    assert await round_.reports() == 1
    if change == "opens again":
        round_.school.says("/page", 200)
        await round_.until_tried()
    else:
        async with world.store.begin() as unit:
            found = await unit.library.hold(COMMUNITY, 1)
            assert found
            await unit.library.save(replace(found, state=State.WAITING))
    await world.budi.private.says("/resources")
    assert not world.budi.private.sees("sudah mati")


async def test_a_name_that_leads_inside_is_not_visited_and_not_reported(round_: Round) -> None:
    round_.names.answers["school.example"] = [("10.0.0.7",)]
    await round_.lives(2 * EVERY)
    assert round_.names.asked
    assert round_.school.requests == []
    assert await round_.reports() == 0


async def test_each_group_hears_of_its_own_links(round_: Round) -> None:
    async with round_.world.store.begin() as unit:
        other = await unit.communities.add(Community(0, "Kelas lain", MONDAY, ready=True))
        shared = Resource(other.id, 0, Kind.LINK, "Halaman lain", 3, MONDAY, f"{URL}/other", f"{URL}/other")
        await unit.library.add(shared)
    await round_.lives(EVERY + 4)
    assert await round_.reports(1, other.id) == 1
    assert await round_.reports(1) == 0
    assert not round_.world.budi.private.sees("sudah mati")


async def test_no_log_line_has_more_of_an_address_than_its_host(round_: Round) -> None:
    await round_.world.citra.private.says(f"/share {URL}/CANARYpath?key=CANARYquery Rahasia")
    await round_.world.citra.private.says("/share https://down.example/CANARY Tidak ada")
    round_.names.answers["down.example"] = [("10.0.0.1",)]
    with capture_logs() as logs:
        await round_.lives(EVERY)
    hosts = {line["host"] for line in logs if line["event"] == "link_checked"}
    assert hosts == {"school.example", "down.example"}
    assert "CANARY" not in str(logs)


async def test_a_mark_of_the_checker_is_nobody_s(round_: Round) -> None:
    round_.school.says("/page", 404)
    await round_.lives(EVERY + 4)
    async with round_.world.store.read() as unit:
        for person in range(1, len(CAST) + 1):
            assert Mark.REPORT not in await unit.library.marked(COMMUNITY, 1, person)
