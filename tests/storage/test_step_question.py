"""The step to questions, from a database in which a group already has a library, cards and drafts."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.chat.places import Place, Ref
from bot.domain.community import QuestionRule, Venue
from bot.domain.library import Level, Wish
from bot.domain.question import Question
from storage.migrate import HEAD, upgrade, version
from storage.store import DatabaseStore
from tests.storage.sample import NOW
from tests.storage.step import go, go_back, on, put

AT = int(NOW.timestamp() * 1000)
HERE = Place("telegram", "-100", "7")
BEFORE = "0004"

OLD: dict[str, list[dict[str, Any]]] = {
    "community": [
        {
            "id": 1, "name": "Kelas '1'", "created_at": AT, "language": "id", "register": "warm",
            "zone": "Asia/Jakarta", "preset": "calm", "goal": "UAS", "ready": True,
            "daily": '{"on":true,"at":"06:30:00","close":"20:00:00","size":2,"reveal":"now"}',
            "quizzes": '{"review":"members","anyone":false,"holidays":false}',
            "library": '{"added":["joki"],"dropped":[]}',
        }
    ],
    "venue": [
        {
            "platform": "telegram", "chat": "-100", "thread": "", "community_id": 1, "title": "Kelas",
            "paused": False, "abilities": "[]",
        }
    ],
    "card": [
        {
            "community_id": 1, "key": key, "platform": "telegram", "chat": "-100", "thread": "7", "message": message,
            "poll": poll,
        }
        for key, message, poll in (("daily-card:1", "55", ""), ("round-item:2", "56", "p'1"))
    ],
    "draft": [{"person_id": 1, "items": "[]", "expires_at": AT + 1} for _ in range(3)],
    "resource": [
        {
            "community_id": 1, "id": 1, "state": "verified", "level": "basic", "kilobytes": 0, "origin": 0, "print": "",
            "body": json.dumps(
                {
                    "community": 1, "id": 1, "kind": "link", "title": "Sel", "author": 1, "tags": ["gaya", "sel"],
                    "created_at": "2026-11-24T00:00:00Z", "level": "basic", "state": "verified",
                }
            ),
        }
    ],
    "resource_tag": [{"community_id": 1, "tag": tag, "resource_id": 1} for tag in ("gaya", "sel")],
}  # fmt: skip


async def kept(address: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables of the older schema."""

    def read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for table in OLD:
            rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).mappings()  # noqa: S608
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


async def test_what_a_group_has_is_kept(store: DatabaseStore) -> None:
    async with store.read() as unit:
        found = await unit.communities.get(1)
        assert found
        assert (found.questions, found.library.added) == (QuestionRule(), ("joki",))
        assert await unit.communities.venues(1) == [Venue(1, Place("telegram", "-100"), "Kelas")]
        assert await unit.cards.standing(1, "daily-card:1") == [Ref(HERE, "55")]
        assert await unit.cards.of_poll("telegram", "p'1") == (1, "round-item:2", HERE)
        assert await unit.cards.under(HERE) is None
        assert await unit.drafts.get(2, 1, NOW) == ()
        assert [each.id for each in await unit.library.page(1, Wish("sel", Level.BASIC), 0, 9)] == [1]
        assert await unit.library.page(1, Wish("sel", Level.ADVANCED), 0, 9) == []


async def test_no_draft_gets_a_number_that_an_old_button_has(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        assert await unit.drafts.clear(NOW + timedelta(hours=1)) == 3
        assert await unit.drafts.put_text(1, "Apa?", NOW) == 4


async def use(store: DatabaseStore) -> None:
    """Add what the older schema has no words for."""
    async with store.begin() as unit:
        made = await unit.questions.add(Question(1, 0, "Apa?", 1, NOW, NOW, tags=("sel",)), 1)
        await unit.drafts.put_text(1, "Apa?", NOW)
        await unit.cards.put(1, "daily-card:1", Ref(HERE, "55", opened="8"))
        (venue,) = await unit.communities.venues(1)
        await unit.communities.put_venue(replace(venue, questions="9"))
        assert made.id == 1


async def test_the_way_back_leaves_behind_what_the_old_schema_cannot_say(filled: str) -> None:
    before = await kept(filled)
    await upgrade(filled)
    store = DatabaseStore(filled)
    await use(store)
    await store.close()
    await go_back(filled, BEFORE)
    assert await kept(filled) == before
    assert await upgrade(filled)
    assert await on(filled, version) == HEAD
    store = DatabaseStore(filled)
    async with store.begin() as unit:
        assert await unit.questions.get(1, 1) is None
        assert await unit.drafts.put_text(1, "Apa?", NOW) == 5
    await store.close()
