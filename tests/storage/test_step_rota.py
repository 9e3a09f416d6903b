"""The step to turns and counts, from a database in which a group has answered questions and shared resources."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.domain.community import DigestRule, RotaRule
from storage.migrate import upgrade
from storage.store import DatabaseStore
from tests.storage.sample import NOW
from tests.storage.step import go, go_back, on, put

AT = int(NOW.timestamp() * 1000)
BEFORE = "0007"


def community(number: int, *, ready: bool) -> dict[str, Any]:
    return {
        "id": number, "name": "Kelas", "created_at": AT, "language": "id", "register": "warm", "zone": "Asia/Jakarta",
        "preset": "calm", "goal": "", "ready": ready, "daily": "{}", "quizzes": "{}", "library": "{}",
        "questions": "{}", "points": "{}",
    }  # fmt: skip


OLD: dict[str, list[dict[str, Any]]] = {
    "community": [community(1, ready=True), community(2, ready=False)],
    "question_answer": [
        {
            "community_id": 1, "question_id": 3, "number": number, "author": 7 + number, "accepted": False,
            "withdrawn": False, "body": json.dumps({"author": 7 + number, "at": at}),
        }
        for number, at in ((1, "2026-11-24T00:00:00Z"), (2, "2026-11-24T07:00:00.125+07:00"))
    ],
    "resource": [
        {
            "community_id": 1, "id": 1, "state": "verified", "level": "", "kilobytes": 0, "origin": 0, "print": "",
            "body": json.dumps({"author": 5, "created_at": "2026-11-24T00:00:01Z"}),
        }
    ],
}  # fmt: skip


async def rows(address: str, words: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""

    def read(connection: Connection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(text(words))]

    return await on(address, read)


@pytest.fixture
async def filled(empty: str) -> str:
    """A database of the older schema in use."""
    await go(empty, BEFORE)
    await put(empty, OLD)
    return empty


async def test_when_and_by_whom_something_was_given_stands_beside_it(filled: str) -> None:
    await upgrade(filled)
    answers = await rows(filled, 'SELECT number, author, "at" FROM question_answer ORDER BY number')
    assert answers == [(1, 8, AT), (2, 9, AT + 125)]
    assert await rows(filled, 'SELECT author, "at" FROM resource') == [(5, AT + 1000)]


async def test_groups_are_as_usual_and_those_that_are_ready_plan_their_first_week(filled: str) -> None:
    await upgrade(filled)
    store = DatabaseStore(filled)
    async with store.begin() as unit:
        for number in (1, 2):
            found = await unit.communities.get(number)
            assert found
            assert (found.rota, found.digest) == (RotaRule(), DigestRule())
        due = await unit.jobs.claim(NOW, NOW, 9)
    await store.close()
    assert sorted((job.community, job.kind, job.subject) for job in due) == [(1, "digest-week", 0), (1, "rota-draw", 0)]


async def test_the_way_back_leaves_what_was_there(filled: str) -> None:
    await upgrade(filled)
    await go_back(filled, BEFORE)
    assert await rows(filled, "SELECT number, author FROM question_answer ORDER BY number") == [(1, 8), (2, 9)]
    assert await rows(filled, "SELECT kind FROM job") == []
    await upgrade(filled)
    assert await rows(filled, 'SELECT "at" FROM resource') == [(AT + 1000,)]
