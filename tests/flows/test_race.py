"""Many people in the same second, and one person many times."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.playground.cast import Actor
from bot.chat.places import Account, Role
from bot.domain.points import Reason
from bot.domain.quiz import Answer, State
from tests.world import TELEGRAM, Human, World, opened

COMMUNITY = 1


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community with its quiz open, on each database."""
    async with opened(address) as made:
        await made.passes(hours=22)
        yield made


def crowd(world: World, count: int) -> list[Account]:
    """That many members on the stage."""
    actors = [Actor(f"member{number}", f"Member {number}") for number in range(count)]
    for actor in actors:
        world.stage.cast_as(actor)
    return [actor.account for actor in actors]


def human(world: World, account: Account) -> Human:
    """A member in the group."""
    return Human(world, account, TELEGRAM)


async def press(world: World, account: Account, position: int, option: int) -> None:
    """A tap below the public card, not waiting for anything else."""
    card = next(entry for entry in world.stage.transcript if entry.place == TELEGRAM and entry.author is None)
    data = card.pages[-1].rows[position][option].press
    assert data
    await world.stage.press_data(account, card.id, world.app.sign(data))


async def test_two_hundred_people_in_the_same_second_are_all_counted(world: World) -> None:
    people = crowd(world, 200)
    await asyncio.gather(*(press(world, account, 0, number % 2) for number, account in enumerate(people)))
    await world.stage.settle()
    async with world.store.read() as unit:
        tally = await unit.quizzes.tally(COMMUNITY, 1)
    assert tally.given == {0: {"0": 100, "1": 100}}
    assert tally.people == 200
    alerts = [words for account in people for words in human(world, account).alerts]
    assert alerts, "the stage keeps the latest"
    assert all("(1/3)" in words for words in alerts)


async def test_parallel_presses_of_one_person_are_one_vote_and_that_is_told(world: World) -> None:
    (ani,) = crowd(world, 1)
    await asyncio.gather(*(press(world, ani, 0, number % 2) for number in range(20)))
    await world.stage.settle()
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(TELEGRAM, ani)).person
        assert person
        standing = await unit.quizzes.answers(COMMUNITY, 1, person.id)
        assert (await unit.quizzes.tally(COMMUNITY, 1)).people == 1
    alerts = human(world, ani).alerts
    assert len(alerts) == 20
    letters = Counter(found[1] for text in alerts if (found := re.search(r"Jawabanmu ([A-E]) sudah", text)))
    assert set(letters) == {"ABCDE"[int(standing[0])]}


async def test_the_same_press_delivered_twice_at_once_counts_and_answers_once(world: World) -> None:
    (ani,) = crowd(world, 1)
    card = next(entry for entry in world.stage.transcript if entry.place == TELEGRAM and entry.author is None)
    found = card.pages[-1].rows[0][0].press
    assert found
    data = world.app.sign(found)
    await asyncio.gather(*(world.stage.press_data(ani, card.id, data, key="the same") for _ in range(5)))
    await world.stage.settle()
    assert len(human(world, ani).alerts) == 1


async def test_who_finishes_twice_at_once_gets_one_point(world: World) -> None:
    (ani,) = crowd(world, 1)
    for position in (0, 1):
        await press(world, ani, position, 0)
    await asyncio.gather(*(press(world, ani, 2, number % 2) for number in range(10)))
    await world.stage.settle()
    async with world.store.read() as unit:
        arrival = await unit.arrivals.of(TELEGRAM, ani)
        assert arrival.person
        assert arrival.member
        assert await unit.ledger.sums(COMMUNITY, arrival.person.id, 0) == {
            Reason.QUIZ: 1,
            Reason.FIRST: 3,
        }
        assert len(await unit.ledger.entries(COMMUNITY, arrival.person.id, 0, 10)) == 2
        assert arrival.member.streak.length == 1


async def test_nobody_who_was_told_that_an_answer_counts_is_missing_at_the_close(world: World) -> None:
    people = crowd(world, 40)

    async def taps(account: Account, number: int) -> None:
        await asyncio.sleep(number / 2000)
        await press(world, account, 0, number % 2)

    world.sleeps(hours=12, minutes=59, seconds=59)
    tapping = asyncio.gather(*(taps(account, number) for number, account in enumerate(people)))
    await asyncio.sleep(0.01)
    world.sleeps(seconds=1)
    await world.wakes()
    await tapping
    await world.stage.settle()
    counted = [account for account in people if "latihan" not in human(world, account).told]
    async with world.store.read() as unit:
        quiz = await unit.quizzes.get(COMMUNITY, 1)
        assert quiz
        assert (await unit.quizzes.tally(COMMUNITY, 1)).people == len(counted)
    assert 0 < len(counted) < 40
    assert f"{len(counted)} orang ikut" in world.public[0]


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_a_private_answer_holds_its_quiz_before_its_member_like_all_who_hold_both(world: World) -> None:
    """Otherwise an answer and a corrected key, which holds the quiz and then leaves a notice, wait for each other."""
    await world.budi.private.says("/harian")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(TELEGRAM, world.budi.account)).person
        assert person
        await unit.people.member(COMMUNITY, person.id)
        await asyncio.wait_for(world.budi.private.presses("A"), 20)
    assert "2 dari 3" in world.budi.private.told


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_the_groups_streak_counts_whoever_finished_while_the_quiz_was_being_closed(world: World) -> None:
    for person_, taps in ((world.citra, 3), (world.budi, 2)):
        await person_.private.says("/harian")
        for _ in range(taps):
            await person_.private.presses("A")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(TELEGRAM, world.budi.account)).person
        quiz = await unit.quizzes.get(COMMUNITY, 1)
        assert person
        assert quiz
        await unit.quizzes.answer(quiz, person.id, Answer(2, "0", False), world.clock())
        world.sleeps(hours=13)
        closing = asyncio.create_task(world.wakes())
        await asyncio.sleep(0.5)
    await closing
    async with world.store.read() as unit:
        closed = await unit.quizzes.get(COMMUNITY, 1)
    assert closed
    assert (closed.state, closed.streak) == (State.CLOSED, 1)


async def test_two_moderators_who_warn_at_once_lead_to_the_step_of_both(world: World) -> None:
    words = ("/warn @citra Satu", "/warn @citra Dua")
    await asyncio.gather(
        *(world.stage.say(who.account, who.at, line) for who, line in zip((world.ani, world.budi), words, strict=True))
    )
    await world.stage.settle()
    assert world.citra.account in world.stage.muted(TELEGRAM)


async def at_once(world: World, line: str) -> None:
    """Ani and Budi send it in the same moment."""
    await asyncio.gather(*(world.stage.say(who.account, who.at, line) for who in (world.ani, world.budi)))
    await world.stage.settle()


async def test_two_who_propose_the_same_at_once_agree_by_it(world: World) -> None:
    for person in (world.ani, world.budi):
        await person.says("/help")
    await at_once(world, "/ban @citra Iklan judi")
    async with world.store.read() as unit:
        assert await unit.proposals.open(COMMUNITY) == []
        assert len(await unit.sanctions.of(COMMUNITY, 3, 5)) == 1


async def test_two_who_lock_at_once_make_one_lock(world: World) -> None:
    async with world.store.begin() as unit:
        budi = (await unit.arrivals.of(TELEGRAM, world.budi.account)).member
        assert budi
        await unit.people.save_member(replace(budi, role=Role.MODERATOR))
    await at_once(world, "/lock")
    async with world.store.begin() as unit:
        assert len(await unit.locks.whole(COMMUNITY)) == 1


async def test_two_who_pin_the_same_at_once_make_one_pin(world: World) -> None:
    await world.citra.says("Jadwal")
    about = world.budi._entry("Jadwal").id
    await asyncio.gather(
        *(world.stage.say(who.account, who.at, "/pin", reply=about) for who in (world.ani, world.budi))
    )
    await world.stage.settle()
    async with world.store.read() as unit:
        assert len(await unit.pins.page(COMMUNITY, None, 9)) == 1
