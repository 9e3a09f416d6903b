"""The step to points with a source, from a database in which people have some already."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.domain.badge import Badge
from bot.domain.community import PointRule
from bot.domain.pair import Pair
from bot.domain.points import Entry, Reason
from storage.migrate import HEAD, upgrade, version
from storage.store import DatabaseStore
from tests.storage.sample import NOW
from tests.storage.step import go, go_back, on, put

AT = int(NOW.timestamp() * 1000)
BEFORE = "0005"


def entry(cause: str, amount: int, month: int, reason: str = "answer", person: int = 1) -> dict[str, Any]:
    known = {"community_id": 1, "cause": cause, "person_id": person, "reason": reason, "amount": amount}
    return {**known, "subject": 12001, "month": month, "at": AT}


def total(month: int, points: int, reason: str = "answer", person: int = 1) -> dict[str, Any]:
    return {"community_id": 1, "month": month, "reason": reason, "person_id": person, "points": points}


OLD: dict[str, list[dict[str, Any]]] = {
    "community": [
        {
            "id": 1, "name": "Kelas", "created_at": AT, "language": "id", "register": "warm", "zone": "Asia/Jakarta",
            "preset": "calm", "goal": "UAS", "ready": True,
            "daily": '{"on":true,"at":"06:30:00","close":"20:00:00","size":2,"reveal":"now"}',
            "quizzes": '{"review":"members","anyone":false,"holidays":false}',
            "library": '{"added":[],"dropped":[]}', "questions": '{"topics":false}',
        }
    ],
    "entry": [
        entry("answer:12001:1", 5, 202610),
        entry("answer:12001:2", -5, 202611),
        entry("answer:12001:3", 5, 202611),
        entry("answer:12002:1", 5, 202611),
        entry("quiz:7:2", 1, 202611, "quiz", 2),
    ],
    "total": [
        total(0, 10), total(202610, 5), total(202611, 5), total(0, 1, "quiz", 2), total(202611, 1, "quiz", 2),
    ],
}  # fmt: skip


async def kept(address: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables of the older schema."""

    def read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for table in OLD:
            rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4")).mappings()  # noqa: S608
            found[table] = [dict(row) for row in rows]
        return found

    return await on(address, read)


@pytest.fixture
async def filled(empty: str) -> str:
    """A database of the older schema in use."""
    await go(empty, BEFORE)
    await put(empty, OLD)
    return empty


@pytest.fixture
async def store(filled: str) -> AsyncIterator[DatabaseStore]:
    """That database, brought to the newest schema."""
    assert await upgrade(filled)
    made = DatabaseStore(filled)
    yield made
    await made.close()


async def test_what_people_have_is_kept_and_counted(store: DatabaseStore) -> None:
    async with store.read() as unit:
        community = await unit.communities.get(1)
        assert community
        assert community.points == PointRule()
        first = Entry(1, 1, "answer:12001:1", Reason.ANSWER, 5, 12001, 202610, NOW)
        assert await unit.ledger.find(1, first.cause) == first
        assert await unit.ledger.sums(1, 1, 0) == {Reason.ANSWER: 10}
        assert await unit.ledger.times(1, 1, 0) == {Reason.ANSWER: 2}
        assert await unit.ledger.times(1, 1, 202610) == {Reason.ANSWER: 1}
        assert await unit.ledger.times(1, 1, 202611) == {Reason.ANSWER: 1}
        assert await unit.ledger.times(1, 2, 202611) == {Reason.QUIZ: 1}


async def test_the_way_back_leaves_behind_what_the_old_schema_cannot_say(filled: str) -> None:
    before = await kept(filled)
    await upgrade(filled)
    store = DatabaseStore(filled)
    async with store.begin() as unit:
        assert await unit.ledger.record(Entry(1, 1, "first:1", Reason.FIRST, 3, 0, 202611, NOW))
        assert await unit.ledger.record(Entry(1, 1, "thanks:1", Reason.THANKS, 1, 0, 202611, NOW, by=2, note="!"))
        await unit.badges.give(1, 1, {Badge.FIRST}, NOW)
        await unit.pairs.put(Pair(1, 1, 2, NOW))
    await store.close()
    await go_back(filled, BEFORE)
    assert await kept(filled) == before
    assert await upgrade(filled)
    assert await on(filled, version) == HEAD
