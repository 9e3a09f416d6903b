"""Lists follow an index on SQLite, which plans the same however many rows there are."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bot.chat.places import Place, Ref
from bot.domain.board import Side
from bot.domain.library import Level
from bot.domain.library import Wish as Sought
from bot.domain.points import Reason
from bot.domain.question import State, Wish
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW
from tests.storage.step import on

Call = Callable[[Unit], Awaitable[object]]

MESSAGE = Ref(Place("telegram", "-100"), "5")
OWN, TOPIC = "ix_question_owner_person", "question_tag"
LISTS: dict[str, tuple[Call, str]] = {
    "newest questions": (lambda unit: unit.questions.page(1, Wish(), 0, 9), "sqlite_autoindex_question_1"),
    "entries of a person": (lambda unit: unit.ledger.entries(1, 1, 0, 9), "ix_entry_person"),
    "what somebody gave": (lambda unit: unit.ledger.given(1, Reason.THANKS, 1, NOW), "ix_entry_by"),
    "what somebody got": (lambda unit: unit.ledger.received(1, Reason.THANKS, 1, NOW), "ix_entry_person"),
    "entries lately": (lambda unit: unit.ledger.since(1, NOW), "ix_entry_at"),
    "sums of a person": (lambda unit: unit.ledger.sums(1, 1, 0), "reason=? AND person_id=?"),
    "thanks for a message": (lambda unit: unit.gratitude.about(1, MESSAGE), "SEARCH thanks USING PRIMARY KEY"),
    "what somebody said for it": (lambda unit: unit.gratitude.of(1, 1, MESSAGE), "message=? AND giver_id=?"),
    "badges": (lambda unit: unit.badges.of(1, 1), "badge"),
    "by state": (lambda unit: unit.questions.page(1, Wish(State.OPEN), 0, 9), "ix_question_state"),
    "by topic": (lambda unit: unit.questions.page(1, Wish(tag="sel"), 0, 9), TOPIC),
    "by both": (lambda unit: unit.questions.page(1, Wish(State.OPEN, "sel"), 0, 9), "ix_question_tag_state"),
    "mine": (lambda unit: unit.questions.page(1, Wish(owner=1), 0, 9), OWN),
    "mine by state": (lambda unit: unit.questions.page(1, Wish(State.OPEN, owner=1), 0, 9), OWN),
    "mine by both": (lambda unit: unit.questions.page(1, Wish(State.OPEN, "sel", 1), 0, 9), OWN),
    "unanswered": (lambda unit: unit.questions.unanswered(1, 9), "ix_question_answers"),
    "repeats": (lambda unit: unit.questions.repeats(1, 2), "ix_question_original"),
    "asked lately": (lambda unit: unit.questions.asked_since(1, 1, NOW), "ix_question_owner_at"),
    "answers": (lambda unit: unit.questions.answers(1, 1), "sqlite_autoindex_question_answer_1"),
    "suggestions that wait": (lambda unit: unit.suggestions.waiting(1, 9), "ix_suggestion_state"),
    "suggestions lately": (lambda unit: unit.suggestions.made_since(1, 1, NOW), "ix_suggestion_owner_at"),
    "votes": (lambda unit: unit.suggestions.votes(1, [2]), "SEARCH suggestion_vote"),
    "the board": (lambda unit: unit.board.page(1, None, 0, 9), "ix_slip_state"),
    "one side of it": (lambda unit: unit.board.page(1, Side.NEED, 0, 9), "ix_slip_state"),
    "my slips": (lambda unit: unit.board.of_person(1, 1, 0, 9), "ix_slip_person"),
    "held messages": (lambda unit: unit.holds.waiting(1, 9), "ix_held_state"),
    "how many are held": (lambda unit: unit.holds.count(1), "ix_held_state"),
    "held of a person": (lambda unit: unit.holds.of(1, 1, NOW), "ix_held_person"),
    "how many knock": (lambda unit: unit.knocks.count(1, NOW), "ix_knock_state"),
    "who came together": (lambda unit: unit.newcomers.before(1, Place("telegram", "1"), 9, 3), "ix_newcomer_batch"),
    "newest resources": (lambda unit: unit.library.page(1, Sought(), 0, 9), "sqlite_autoindex_resource_1"),
    "resources by topic": (lambda unit: unit.library.page(1, Sought("sel"), 0, 9), "resource_tag"),
    "resources by level": (lambda unit: unit.library.page(1, Sought(level=Level.BASIC), 0, 9), "ix_resource_level"),
    "resources by both": (lambda unit: unit.library.page(1, Sought("sel", Level.BASIC), 0, 9), "ix_resource_tag_level"),
}


@pytest.fixture
async def sqlite_store(sqlite_address: str) -> AsyncIterator[DatabaseStore]:
    """A store on a SQLite file."""
    made = DatabaseStore(sqlite_address)
    yield made
    await made.close()


async def plans(store: DatabaseStore, address: str, call: Call) -> list[list[str]]:
    """The steps by which SQLite finds the rows of each statement of a call."""
    told: list[tuple[str, Any]] = []

    def tell(*given: Any) -> None:
        told.append(given[2:4])

    event.listen(Engine, "before_cursor_execute", tell)
    try:
        async with store.read() as unit:
            await call(unit)
    finally:
        event.remove(Engine, "before_cursor_execute", tell)

    def explain(link: Connection) -> list[list[str]]:
        asked = [(sql, values) for sql, values in told if sql.startswith("SELECT")]
        return [[row[3] for row in link.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)] for sql, values in asked]

    return await on(address, explain)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_read_in_the_order_of_an_index(
    sqlite_store: DatabaseStore, sqlite_address: str, name: str
) -> None:
    call, first = LISTS[name]
    (steps,) = await plans(sqlite_store, sqlite_address, call)
    assert first in steps[0]
    assert not [step for step in steps if step.startswith(("SCAN", "USE TEMP B-TREE"))]


async def test_an_entry_is_found_by_its_cause_also_one_of_a_group_that_joined(
    sqlite_store: DatabaseStore, sqlite_address: str
) -> None:
    found = await plans(sqlite_store, sqlite_address, lambda unit: unit.ledger.find(1, "quiz:1:1"))
    assert [step.split()[1] for steps in found for step in steps] == ["entry", "entry_past"]
    assert all(step.startswith("SEARCH") and "cause=?" in step for steps in found for step in steps)


async def test_what_was_reported_is_not_looked_for_among_all_resources(
    sqlite_store: DatabaseStore, sqlite_address: str
) -> None:
    waits, reported = await plans(sqlite_store, sqlite_address, lambda unit: unit.library.waiting(1, 0, 9))
    assert [step.split()[1] for step in waits if step.startswith("SEARCH")] == ["resource"]
    looked = [step.split()[1] for step in reported if step.startswith(("SEARCH", "SCAN"))]
    assert looked[0] == "resource_mark"
    assert any("resource_id>?" in step for step in reported)
    assert any(step.startswith("SEARCH resource ") and "id=?" in step for step in reported)
