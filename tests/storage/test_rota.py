"""Turns with the duties of a group, on both databases."""

from datetime import date

from bot.domain.rota import WEEK, Reply, State, Turn
from storage.store import DatabaseStore
from tests.storage.sample import Group

FIRST = date(2026, 11, 23)


async def test_who_helps_keeps_the_place_and_who_comes_back_gets_a_new_one(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await unit.rotas.join(ours.id, ours.ani.id, FIRST)
        await unit.rotas.join(ours.id, ours.ani.id, FIRST + WEEK)
        await unit.rotas.join(theirs.id, ours.budi.id, FIRST)
        assert await unit.rotas.helpers(ours.id) == {ours.ani.id: FIRST}
        await unit.rotas.leave(ours.id, ours.ani.id)
        assert await unit.rotas.helpers(ours.id) == {}
        await unit.rotas.join(ours.id, ours.ani.id, FIRST + WEEK)
    async with store.read() as unit:
        assert await unit.rotas.helpers(ours.id) == {ours.ani.id: FIRST + WEEK}
        assert await unit.rotas.helpers(theirs.id) == {ours.budi.id: FIRST}


async def test_turns_are_those_of_their_week_and_group(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    mine = Turn(ours.id, FIRST, 2, ours.ani.id)
    nobody = Turn(ours.id, FIRST, 0, 0)
    later = Turn(ours.id, FIRST + WEEK, 2, ours.budi.id, State.TAKEN)
    other = Turn(theirs.id, FIRST, 2, ours.budi.id)
    async with store.begin() as unit:
        for turn in (mine, nobody, later, other):
            await unit.rotas.put(turn)
    async with store.read() as unit:
        assert [*await unit.rotas.week(ours.id, FIRST)] == [nobody, mine]
        assert await unit.rotas.get(ours.id, FIRST + WEEK, 2) == later
        assert await unit.rotas.get(ours.id, FIRST, 3) is None
        assert [*await unit.rotas.past(ours.id, FIRST)] == [mine, later]
        assert [*await unit.rotas.past(ours.id, FIRST + WEEK)] == [later]
        assert [*await unit.rotas.past(theirs.id, FIRST)] == [other]


async def test_a_turn_passes_on(store: DatabaseStore, ours: Group) -> None:
    turn = Turn(ours.id, FIRST, 2, ours.ani.id, State.OFFERED)
    taken = Turn(ours.id, FIRST, 2, ours.budi.id, State.TAKEN)
    async with store.begin() as unit:
        await unit.rotas.put(turn)
        await unit.rotas.put(taken)
        assert [*await unit.rotas.week(ours.id, FIRST)] == [taken]


async def test_what_was_said_to_a_turn_is_kept_for_that_turn(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    turn = Turn(ours.id, FIRST, 2, ours.ani.id)
    async with store.begin() as unit:
        await unit.rotas.note(turn, 7, Reply.ASKED)
        await unit.rotas.note(turn, 7, Reply.DECLINED)
        await unit.rotas.note(turn, 8, Reply.SKIPPED)
        await unit.rotas.note(Turn(theirs.id, FIRST, 2, 1), 9, Reply.ASKED)
        await unit.rotas.note(Turn(ours.id, FIRST, 3, 1), 9, Reply.ASKED)
        assert await unit.rotas.replies(turn) == {7: Reply.DECLINED, 8: Reply.SKIPPED}
