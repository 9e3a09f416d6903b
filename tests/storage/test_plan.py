"""Lists follow an index on SQLite, which plans the same however many rows there are."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bot.domain.library import Level
from bot.domain.library import Wish as Sought
from bot.domain.question import State, Wish
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW
from tests.storage.step import on

Call = Callable[[Unit], Awaitable[object]]

OWN, TOPIC = "ix_question_owner_person", "question_tag"
LISTS: dict[str, tuple[Call, str]] = {
    "newest questions": (lambda unit: unit.questions.page(1, Wish(), 0, 9), "sqlite_autoindex_question_1"),
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


async def test_what_was_reported_is_not_looked_for_among_all_resources(
    sqlite_store: DatabaseStore, sqlite_address: str
) -> None:
    waits, reported = await plans(sqlite_store, sqlite_address, lambda unit: unit.library.waiting(1, 0, 9))
    assert [step.split()[1] for step in waits if step.startswith("SEARCH")] == ["resource"]
    looked = [step.split()[1] for step in reported if step.startswith(("SEARCH", "SCAN"))]
    assert looked[0] == "resource_mark"
    assert any("resource_id>?" in step for step in reported)
    assert any(step.startswith("SEARCH resource ") and "id=?" in step for step in reported)
