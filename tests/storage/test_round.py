"""Live rounds: one state that answers hold and a turn seizes, and everybody in them once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.quiz import Answer
from bot.domain.round import Phase, Player, Round
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, people


def begun(group: Group, quiz: int = 1) -> Round:
    """A round in its lobby."""
    return Round(group.id, quiz, group.ani.id)


def player(group: Group, person: int, team: int = 0, after: float = 0) -> Player:
    """Somebody who came that many seconds after NOW."""
    return Player(group.id, 1, person, team, NOW + timedelta(seconds=after))


async def add(store: DatabaseStore, *rounds: Round) -> None:
    """Store new rounds."""
    async with store.begin() as unit:
        for one in rounds:
            await unit.rounds.add(one)


async def test_a_round_is_kept_as_it_turns(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await add(store, begun(ours), begun(theirs))
    ends = NOW + timedelta(milliseconds=30_001)
    turned = Round(ours.id, 1, ours.ani.id, Phase.ASKING, 2, 45, ends, 12_345, 3, True, 1)
    async with store.begin() as unit:
        assert await unit.rounds.get(ours.id, 1) == begun(ours)
        await unit.rounds.save(turned)
    async with store.read() as unit:
        assert await unit.rounds.get(ours.id, 1) == turned
        assert await unit.rounds.seize(ours.id, 1) == turned
        assert await unit.rounds.get(theirs.id, 1) == begun(theirs)
        assert await unit.rounds.get(ours.id, 2) is None
        assert await unit.rounds.seize(ours.id, 2) is None


async def test_a_quiz_is_one_round(store: DatabaseStore, ours: Group) -> None:
    await add(store, begun(ours))
    with pytest.raises(IntegrityError):
        await add(store, begun(ours))


async def test_the_current_round_has_not_ended(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ended = replace(begun(ours, 4), phase=Phase.ENDED)
    await add(store, replace(begun(ours, 2), phase=Phase.ENDED), replace(begun(ours, 3), phase=Phase.PAUSED), ended)
    async with store.begin() as unit:
        current = await unit.rounds.current(ours.id)
        assert current
        assert (current.quiz, current.phase) == (3, Phase.PAUSED)
        assert await unit.rounds.current(theirs.id) is None
        await unit.rounds.save(replace(current, phase=Phase.ENDED))
        assert await unit.rounds.current(ours.id) is None


async def test_players_stand_in_the_order_in_which_they_came(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    late, early = player(ours, ours.ani.id, 2, after=5), player(ours, ours.budi.id, 1)
    async with store.begin() as unit:
        assert await unit.rounds.join(late) == late
        assert await unit.rounds.join(early) == early
        assert await unit.rounds.join(player(ours, ours.ani.id, 1)) == late, "a team is not changed by coming again"
        assert await unit.rounds.join(replace(late, quiz=2)) == replace(late, quiz=2)
    async with store.read() as unit:
        assert await unit.rounds.players(ours.id, 1) == [early, late]
        assert await unit.rounds.players(theirs.id, 1) == []


async def test_teams_are_counted(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    crowd = await people(store, ours.id, 5)
    async with store.begin() as unit:
        for number, person in enumerate(crowd):
            await unit.rounds.join(player(ours, person, 1 + number % 2))
        await unit.rounds.join(player(theirs, crowd[0]))
        await unit.rounds.join(replace(player(ours, crowd[0]), quiz=2))
        assert await unit.rounds.sizes(ours.id, 1) == {1: 3, 2: 2}
        assert await unit.rounds.sizes(theirs.id, 1) == {0: 1}
        assert await unit.rounds.sizes(ours.id, 9) == {}


async def test_those_are_awaited_who_came_before(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    crowd = await people(store, ours.id, 4)
    later = NOW + timedelta(seconds=2)
    async with store.begin() as unit:
        for number, person in enumerate(crowd):
            await unit.rounds.join(player(ours, person, after=number))
            await unit.rounds.join(player(theirs, person))
        for person in (crowd[1], crowd[3], ours.ani.id):
            await unit.quizzes.answer(ours.quiz, person, Answer(1, "1", True), NOW)
        assert await unit.rounds.awaited(ours.id, 1, 1, later, 9) == (2, 1), "who came at that moment came too late"
        assert await unit.rounds.awaited(ours.id, 1, 1, NOW + timedelta(minutes=1), 9) == (4, 2)
        assert await unit.rounds.awaited(ours.id, 1, 0, later, 9) == (2, 0)
        assert (await unit.rounds.awaited(ours.id, 1, 1, later, 1))[0] == 1
        assert await unit.rounds.awaited(theirs.id, 1, 1, later, 9) == (4, 0)
        assert await unit.rounds.awaited(ours.id, 2, 1, later, 9) == (0, 0)


async def test_rounds_with_polls_are_found_in_all_groups(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    polls = [replace(begun(group), polls=True, phase=Phase.ASKING) for group in (ours, theirs)]
    await add(store, *polls, begun(ours, 2), replace(polls[0], quiz=3, phase=Phase.ENDED))
    async with store.read() as unit:
        assert sorted(await unit.rounds.polling(), key=lambda one: one.community) == polls


async def test_joining_twice_at_once_is_one_player(store: DatabaseStore, ours: Group) -> None:
    async def joins(team: int) -> Player:
        async with store.begin() as unit:
            joined = await unit.rounds.join(player(ours, ours.ani.id, team))
            await asyncio.sleep(0.01)
            return joined

    told = await asyncio.gather(*(joins(team) for team in (1, 2, 3, 4)))
    assert len(set(told)) == 1
    async with store.read() as unit:
        assert await unit.rounds.players(ours.id, 1) == [told[0]]


async def test_a_turn_waits_for_answers_and_later_ones_see_it(store: DatabaseStore, ours: Group) -> None:
    await add(store, replace(begun(ours), phase=Phase.ASKING))
    crowd = await people(store, ours.id, 40)
    accepted: list[int] = []
    first, seized = asyncio.Event(), asyncio.Event()

    async def answers(number: int, person: int) -> None:
        if number % 2:
            await seized.wait()
        async with store.begin() as unit:
            found = await unit.rounds.get(ours.id, 1)
            assert found
            first.set()
            if found.phase is not Phase.ASKING:
                return
            await asyncio.sleep(0.005)
            await unit.quizzes.answer(ours.quiz, person, Answer(0, "1", True), NOW)
        accepted.append(person)

    async def turns() -> int:
        await first.wait()
        async with store.begin() as unit:
            found = await unit.rounds.seize(ours.id, 1)
            assert found
            seized.set()
            await asyncio.sleep(0.02)
            shown = await unit.quizzes.answered(ours.id, 1, 0)
            await unit.rounds.save(replace(found, phase=Phase.SHOWING))
            return shown

    shown, *_ = await asyncio.gather(turns(), *(answers(*one) for one in enumerate(crowd)))
    assert shown == len(accepted), "every accepted answer is in the result, and no other was accepted"
    assert 0 < shown <= 20


async def test_of_two_turns_at_once_the_second_sees_the_first(store: DatabaseStore, ours: Group) -> None:
    await add(store, begun(ours))

    async def turns() -> None:
        async with store.begin() as unit:
            found = await unit.rounds.seize(ours.id, 1)
            assert found
            await asyncio.sleep(0.01)
            await unit.rounds.save(replace(found, position=found.position + 1))

    await asyncio.gather(*(turns() for _ in range(5)))
    async with store.read() as unit:
        found = await unit.rounds.get(ours.id, 1)
    assert found
    assert found.position == 5
