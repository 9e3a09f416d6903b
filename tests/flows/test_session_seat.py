"""Seats under pressure: many people at one moment, more seats or fewer, and taps without end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from random import Random

import pytest

from bot.chat.press import Press, sign
from bot.domain.dated import subject
from bot.domain.rsvp import Answer, Seats, seats
from bot.features.session.show import RSVP
from tests.flows.asked import greet
from tests.flows.raw import pressed
from tests.flows.session import COMMUNITY, DAY, START, amended, card, number, planned
from tests.world import KEYS, Human, World, opened

FREE, WAITING = "Ada tempat: Aljabar", "Daftar tunggu: Aljabar"


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community on either database."""
    async with opened(address) as made:
        await greet(made)
        yield made


async def announced(world: World, capacity: int = 0) -> None:
    await planned(world, capacity=capacity)
    await world.until(START - timedelta(hours=26))


async def presses(world: World, person: Human, answer: Answer, *, settles: bool = False) -> None:
    """A tap as a platform delivers it, waiting for nothing that follows unless it `settles`."""
    data = sign(Press(RSVP, COMMUNITY, (subject(1, DAY), answer.value)), KEYS)

    async def unheard(_: object) -> None: ...

    await world.app.handle(pressed(world, person, data), unheard)
    if settles:
        await world.stage.settle()


async def found(world: World, capacity: int = 0) -> Seats:
    async with world.store.read() as unit:
        return seats(await unit.rsvps.of_date(COMMUNITY, 1, DAY), capacity)


async def crowd(world: World, count: int) -> Sequence[Human]:
    return [await world.newcomer(f"orang{each}", name=f"Orang {each}") for each in range(count)]


async def test_yes_no_yes_at_one_moment_is_one_yes(world: World) -> None:
    await announced(world)
    for answers in ((Answer.YES, Answer.NO, Answer.YES), (Answer.NO, Answer.YES, Answer.NO)):
        await asyncio.gather(*(presses(world, world.citra, answer) for answer in answers))
        await world.stage.settle()
        stored = await found(world)
        assert len(stored.coming) == (answers[-1] is Answer.YES)
        assert len(stored.coming) + len(stored.no) == 1
    assert "0 orang hadir · 1 tidak bisa" in card(world)


async def test_of_many_who_want_two_seats_at_one_moment_two_have_one(world: World) -> None:
    await announced(world, capacity=2)
    people = await crowd(world, 8)
    await asyncio.gather(*(presses(world, person, Answer.YES) for person in people))
    await world.stage.settle()
    stored = await found(world, 2)
    assert (len(stored.coming), len(stored.waiting)) == (2, 6)
    assert len({each.since for each in (*stored.coming, *stored.waiting)}) == 8, "nobody came at the very same moment"
    assert "6 di daftar tunggu" in card(world)


async def test_more_seats_take_in_who_waits_and_fewer_send_the_last_back(world: World) -> None:
    await announced(world, capacity=1)
    people = [world.citra, world.budi, world.dewi]
    for person in people:
        await person.private.says("/start")
        await presses(world, person, Answer.YES, settles=True)
    await amended(world, capacity=2)
    assert FREE in world.budi.private.told
    assert FREE not in "".join(world.dewi.private.screen)
    assert "1 di daftar tunggu" in card(world)
    await world.passes(minutes=1)
    await amended(world, capacity=1)
    assert WAITING in world.budi.private.told
    assert WAITING not in "".join(world.citra.private.screen + world.dewi.private.screen)
    assert "2 di daftar tunggu" in card(world)


async def test_whoever_gets_a_seat_at_night_hears_of_it_in_the_morning(world: World) -> None:
    await announced(world, capacity=1)
    await world.budi.private.says("/start")
    await presses(world, world.citra, Answer.YES, settles=True)
    await presses(world, world.budi, Answer.YES, settles=True)
    await world.until(START - timedelta(hours=20))
    await presses(world, world.citra, Answer.NO, settles=True)
    assert FREE not in "".join(world.budi.private.screen)
    await world.until(START - timedelta(hours=12))
    assert sum(FREE in text for text in world.budi.private.screen) == 1


async def test_a_seat_that_was_free_for_a_moment_only_is_not_offered(world: World) -> None:
    await announced(world, capacity=1)
    await world.budi.private.says("/start")
    await presses(world, world.citra, Answer.YES, settles=True)
    await presses(world, world.budi, Answer.YES, settles=True)
    await world.until(START - timedelta(hours=20))
    for answer in (Answer.NO, Answer.YES):
        await presses(world, world.citra, answer, settles=True)
    await presses(world, world.budi, Answer.NO, settles=True)
    await world.until(START)
    assert FREE not in "".join(world.budi.private.screen)


async def test_whoever_cannot_be_written_to_is_called_when_a_seat_is_free(world: World) -> None:
    await announced(world, capacity=1)
    await presses(world, world.citra, Answer.YES, settles=True)
    await presses(world, world.dewi, Answer.YES, settles=True)
    await presses(world, world.citra, Answer.NO, settles=True)
    await world.passes(minutes=20)
    await world.dewi.private.says("/start")
    assert world.dewi.private.sees(FREE)


@pytest.mark.parametrize("seed", range(3))
async def test_the_count_is_that_of_persons_whose_last_choice_is_to_come(world: World, seed: int) -> None:
    rng, capacity = Random(seed), 3
    await announced(world, capacity=capacity)
    people = [*await crowd(world, 4), world.citra, world.dewi]
    last: dict[int, Answer] = {}
    for _ in range(40):
        person, answer = rng.choice(people), rng.choice([*Answer])
        await presses(world, person, answer)
        if rng.random() < 0.2:
            await presses(world, person, answer)
        last[await number(world, person)] = answer
    await world.stage.settle()
    stored = await found(world, capacity)
    coming = {person for person, answer in last.items() if answer in (Answer.YES, Answer.LATE)}
    assert {each.person for each in (*stored.coming, *stored.waiting)} == coming
    assert len(stored.coming) == min(len(coming), capacity)
    assert f"{len(stored.coming)} orang hadir" in card(world)
    assert {each.person for each in stored.maybe} == {person for person in last if last[person] is Answer.MAYBE}
