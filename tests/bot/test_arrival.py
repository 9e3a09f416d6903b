"""The bot's own coming and going, and links into the private chat."""

import pytest

from bot.chat.events import Invoked, Joined, Left, Opened
from bot.chat.places import Ability, Place
from tests.bot.road import ANI, BUDI, GROUP, HOME, OTHER, Road


async def test_a_new_place_is_a_new_community_in_the_adder_s_language(road: Road) -> None:
    place = Place("wire", "g3")
    await road.hears(Joined(title="Kelas\0 Baru", **road.parts(ANI, place, "")))
    async with road.store.read() as unit:
        arrival = await unit.arrivals.of(place, ANI)
    assert arrival.community is not None
    assert (arrival.community.name, arrival.community.language) == ("Kelas Baru", "en")


async def test_a_place_that_was_left_is_paused_until_we_are_back(road: Road) -> None:
    for event, paused in ((Left, True), (Joined, False)):
        await road.hears(event(**road.parts(ANI, GROUP, "")))
        async with road.store.read() as unit:
            venue = (await unit.arrivals.of(GROUP, None)).venue
        assert venue is not None
        assert venue.paused is paused
        assert venue.community == 1


async def test_a_place_that_is_entered_anew_speaks_where_it_was_entered(road: Road) -> None:
    elsewhere = Place("wire", GROUP.chat, "another channel")
    for event, place, thread in (
        (Joined, elsewhere, GROUP.thread),
        (Left, GROUP, GROUP.thread),
        (Joined, elsewhere, "another channel"),
    ):
        await road.hears(event(**road.parts(ANI, place, "")))
        async with road.store.read() as unit:
            venue = (await unit.arrivals.of(GROUP, None)).venue
        assert venue is not None
        assert venue.place.thread == thread


@pytest.mark.parametrize(
    ("abilities", "paused"),
    [(None, False), (frozenset({Ability.SEND}), False), (frozenset({Ability.PIN}), True)],
    ids=["not told", "may speak", "may not"],
)
async def test_a_place_that_refused_us_is_tried_again_once_we_hear_from_it(
    road: Road, abilities: frozenset[Ability] | None, paused: bool
) -> None:
    await road.hears(Left(silenced=True, **road.parts(ANI, GROUP, "")))
    await road.hears(Invoked(line="more 3", abilities=abilities, **road.parts(ANI, GROUP, "")))
    async with road.store.read() as unit:
        venue = (await unit.arrivals.of(GROUP, None)).venue
    assert venue is not None
    assert venue.paused is paused


async def test_whether_private_messages_are_open_is_remembered(road: Road) -> None:
    for can_write in (True, False, True):
        await road.hears(Opened(can_write=can_write, **road.parts(ANI, HOME, "")))
        async with road.store.read() as unit:
            assert await unit.people.can_write(ANI) is can_write


async def test_a_deep_link_goes_on_in_private_once(road: Road) -> None:
    event = Invoked(line="more 3", **road.parts(ANI, GROUP, ""))
    payload = await road.app.ticket(event)
    assert await road.says(f"/start {payload}", place=HOME) == "now 3"
    assert "no longer open" in await road.says(f"/start {payload}", place=HOME)
    assert await road.counted() == 3


async def test_somebody_else_s_deep_link_is_refused(road: Road) -> None:
    payload = await road.app.ticket(Invoked(line="more 3", **road.parts(ANI, GROUP, "")))
    assert "somebody else" in await road.says(f"/start {payload}", who=BUDI, place=Place("wire", "budi"))
    assert await road.counted() == 0


@pytest.mark.parametrize("payload", ["join_-1001234567890", "A" * 65, "\\", "1more_1_0", ""])
async def test_any_other_payload_is_a_plain_start(road: Road, payload: str) -> None:
    assert await road.says(f"/start {payload}", place=HOME) == "hello"


async def test_in_private_the_only_group_is_meant(road: Road) -> None:
    assert await road.says("/more", place=HOME) == "now 1"


async def test_in_private_one_of_several_groups_is_chosen(road: Road) -> None:
    await road.says("/more", place=OTHER)
    assert "Which group" in await road.says("/more", place=HOME)
    assert [row[0].label for row in road.said[0].message.rows] == ["g1", "g2"]


async def test_in_private_without_a_group_the_way_is_shown(road: Road) -> None:
    assert "study group" in await road.says("/more", who=BUDI, place=Place("wire", "budi"))
