"""Who is answered in which language, and what is suggested while somebody types."""

from dataclasses import replace

import pytest

from bot.chat.places import Place
from tests.flows.raw import invoked, words
from tests.world import World

ELSEWHERE = Place("playground", "elsewhere")


@pytest.mark.parametrize(
    ("app", "own", "group", "answer"),
    [
        ("en", "", "id", "No quiz is open"),
        ("", "", "id", "Belum ada kuis"),
        ("fr", "", "id", "Belum ada kuis"),
        ("en-GB", "id", "id", "Belum ada kuis"),
        ("id", "en", "id", "No quiz is open"),
        ("ID", "", "en", "Belum ada kuis"),
        ("", "", "en", "No quiz is open"),
    ],
)
async def test_the_chosen_language_comes_first_then_the_app_s_then_the_group_s(
    world: World, app: str, own: str, group: str, answer: str
) -> None:
    async with world.store.begin() as unit:
        arrival = await unit.arrivals.of(world.group, world.citra.account)
        assert arrival.person
        assert arrival.community
        await unit.people.save(replace(arrival.person, language=own))
        await unit.communities.save(replace(arrival.community, language=group))
    assert answer in await words(world, invoked(world, world.citra, "daily", language=app))


async def test_a_first_failure_is_told_in_the_language_of_the_app(empty: World) -> None:
    assert "Use this in your study group" in await words(empty, invoked(empty, empty.eko.private, "daily"))


async def test_a_name_with_what_no_database_takes_is_kept_clean(world: World) -> None:
    assert await words(world, invoked(world, world.citra, "daily\0", name="Ci\0tra\ud83d"))
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(world.group, world.citra.account)).person
    assert person
    assert person.name == "Citra\ufffd"


@pytest.mark.parametrize(
    ("path", "param", "typed", "found"),
    [
        ("quiz", "topic", "fis", [("fisika", "fisika")]),
        ("kuis", "topic", "FIS", [("fisika", "fisika")]),
        ("quiz", "topic", "zoologi", []),
        ("leaderboard", "period", "", [("month", "bulan ini"), ("last", "bulan lalu"), ("all", "sepanjang masa")]),
        ("quiz", "n", "3", []),
        ("quiz", "nonsense", "x", []),
        ("xyzzy", "topic", "x", []),
        ("", "", "", []),
    ],
)
async def test_suggestions_are_found_while_somebody_types(
    world: World, path: str, param: str, typed: str, found: list[tuple[str, str]]
) -> None:
    assert list(await world.app.complete(world.group, world.citra.account, path, param, typed)) == found


async def test_outside_of_a_group_nothing_of_a_group_is_suggested(world: World) -> None:
    assert not await world.app.complete(ELSEWHERE, world.citra.account, "quiz", "topic", "")


async def test_at_most_twenty_five_suggestions_are_made(world: World) -> None:
    async with world.store.begin() as unit:
        (item,) = await unit.items.page(1, "", 0, 1)
        for number in range(30):
            await unit.items.add(replace(item, tags=(f"topik{number}",)), world.clock())
    assert len(await world.app.complete(world.group, world.citra.account, "quiz", "topic", "topik")) == 25
