"""The step from the first schema, with everything that a group has in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.chat.places import Account, Place, Ref, Role
from bot.domain.attempt import Attempt
from bot.domain.community import DailyRule, QuizRule
from bot.domain.items import Item, ItemText, State
from bot.domain.items import Kind as ItemKind
from bot.domain.jobs import Job
from bot.domain.people import Member
from bot.domain.quiz import Answer, Kind, Quiz
from bot.domain.quiz import State as QuizState
from bot.domain.streak import Streak
from storage.migrate import HEAD, upgrade, version
from storage.store import DatabaseStore
from tests.storage.sample import NOW, TODAY, quiz_of
from tests.storage.sample import item as sample
from tests.storage.sample import job as sample_job
from tests.storage.step import KILLED, go, go_back, on, put, start_killed_at

AT = int(NOW.timestamp() * 1000)
HOUR = 3_600_000
ODD = "<b>'\"\\%_ :x \U0001f9d1\u200d\U0001f393 \u202e $E=mc^2$"


def words(prompt: str) -> dict[str, Any]:
    """An item's texts as the first schema kept them."""
    indonesian = {"prompt": prompt, "options": ["ya", "tidak", '"'], "explanation": "Karena."}
    return {"id": indonesian, "en": {"prompt": "What?", "options": ["yes", "no", '"'], "explanation": ""}}


def old_item(number: int, right: int, prompt: str = "Apa?", state: str = "active") -> dict[str, Any]:
    """An item as it stood in a quiz of the first schema."""
    known = {"community": 1, "id": number, "texts": words(prompt), "right": right, "author": 1, "tags": ["hukum"]}
    return {**known, "difficulty": 3, "source": "Bab 1", "state": state}


OLD: dict[str, list[dict[str, Any]]] = {
    "community": [
        {
            "id": 1, "name": ODD, "created_at": AT, "language": "id", "register": "warm", "zone": "Asia/Jakarta",
            "preset": "calm", "goal": "UAS", "ready": True,
            "daily": '{"on":true,"at":"06:30:00","close":"20:00:00","size":2,"reveal":"now"}',
        }
    ],
    "venue": [
        {
            "platform": "telegram", "chat": "-100", "thread": "", "community_id": 1, "title": "Kelas",
            "paused": False, "abilities": "[]",
        }
    ],
    "person": [{"id": number, "name": name, "language": "id", "home": 0} for number, name in ((1, "Ani"), (2, "Budi"))],
    "account": [{"platform": "telegram", "id": str(who), "person_id": who, "can_write": True} for who in (1, 2)],
    "member": [
        {
            "community_id": 1, "person_id": 1, "role": 4, "ranked": False, "tipped": True, "streak": 3,
            "best_streak": 9, "freezes": 1, "last_day": TODAY.toordinal(),
        }
    ],
    "item": [
        {
            "community_id": 1, "id": number, "texts": json.dumps(words(prompt)), "right_option": right, "author": 1,
            "tags": '["hukum"]', "difficulty": 3, "source": "Bab 1", "state": state, "created_at": AT,
            "asked_at": asked,
        }
        for number, prompt, right, state, asked in (
            (1, ODD, 2, "active", AT), (2, "Apa?", 0, "active", None), (3, "Lama?", 1, "retired", None)
        )
    ],
    "item_tag": [{"community_id": 1, "tag": "hukum", "item_id": number} for number in (1, 2, 3)],
    "quiz": [
        {
            "community_id": 1, "id": number, "day": TODAY.toordinal() - 2 + number, "opens_at": AT,
            "closes_at": AT + 13 * HOUR, "items": json.dumps([old_item(1, 2, ODD), old_item(2, 0)]), "state": state,
            "streak": streak,
        }
        for number, state, streak in ((1, "closed", 4), (2, "open", 0))
    ],
    "answer": [
        {"community_id": 1, "quiz_id": quiz, "person_id": who, "position": position, "option": option, "at": AT + quiz}
        for quiz, who, position, option in ((1, 1, 0, 0), (2, 1, 0, 2), (2, 1, 1, 0), (2, 2, 0, 1))
    ],
    "practice": [{"community_id": 1, "person_id": 1, "number": 5, "items": "[2,1]", "chosen": '{"0":1}'}],
    "job": [
        {
            "community_id": 1, "key": "card:2", "kind": "card", "subject": 2, "platform": "telegram", "chat": "-100",
            "thread": "", "state": "due", "due_at": AT, "wake_at": AT, "wanted": 2, "tries": 1, "failures": 0,
        }
    ],
    "card": [
        {
            "community_id": 1, "key": "card:2", "platform": "telegram", "chat": "-100", "thread": "", "message": "55",
        }
    ],
}  # fmt: skip


async def kept(address: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables of the first schema."""

    def read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for table in OLD:
            rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).mappings()  # noqa: S608
            found[table] = sorted(({name: plain(name, row[name]) for name in row} for row in rows), key=str)
        return found

    return await on(address, read)


def plain(name: str, value: Any) -> Any:
    """A value without what differs between the databases, or in JSON."""
    if name in ("texts", "tags", "items", "chosen"):
        return json.loads(value)
    return bool(value) if name in ("ready", "paused", "can_write", "ranked", "tipped") else value


@pytest.fixture
async def filled(empty: str) -> str:
    """A database of the first schema in use."""
    await go(empty, "0001")
    await put(empty, OLD)
    return empty


@pytest.fixture
async def store(filled: str) -> AsyncIterator[DatabaseStore]:
    """That database, brought to the newest schema."""
    assert await upgrade(filled)
    made = DatabaseStore(filled)
    yield made
    await made.close()


def new_item(number: int, right: int, prompt: str = "Apa?", state: State = State.ACTIVE) -> Item:
    """The same item as the code sees it."""
    texts = {"id": ItemText(prompt, ("ya", "tidak", '"'), "Karena."), "en": ItemText("What?", ("yes", "no", '"'))}
    return Item(1, number, texts, (right,), 1, ("hukum",), 3, "Bab 1", state)


FIRST, SECOND = new_item(1, 2, ODD), new_item(2, 0)
OPEN = Quiz(1, 2, TODAY, NOW, NOW + timedelta(hours=13), (FIRST, SECOND))


async def test_items_are_kept_in_both_languages(store: DatabaseStore) -> None:
    async with store.read() as unit:
        assert await unit.items.some(1, [1, 2, 3]) == [FIRST, SECOND, new_item(3, 1, "Lama?", State.RETIRED)]
        assert await unit.items.list(1, State.ACTIVE, author=1) == [FIRST, SECOND]
        assert await unit.items.asked_at(1, "hukum") == {1: NOW, 2: None}
        assert await unit.items.tags(1) == ["hukum"]
    async with store.begin() as unit:
        assert (await unit.items.add(sample(1), NOW)).id == 4
        assert await unit.items.flag(1, 2, 1)


async def test_an_open_quiz_goes_on(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        assert await unit.quizzes.get(1, 2) == OPEN
        assert await unit.quizzes.latest(1) == OPEN
        closed = await unit.quizzes.before(OPEN)
        assert closed
        assert (closed.day, closed.state, closed.streak, closed.kind) == (
            date(2026, 11, 23), QuizState.CLOSED, 4, Kind.DAILY
        )  # fmt: skip
        assert await unit.quizzes.holding(1, 2) == [OPEN, closed]
        assert await unit.quizzes.answer(OPEN, 2, Answer(0, "2", True), NOW) == {0: "1"}, "the first answer stands"
        assert await unit.quizzes.answer(OPEN, 2, Answer(1, "0", True), NOW) == {0: "1", 1: "0"}


async def test_answers_are_judged_by_the_key_of_their_quiz(store: DatabaseStore) -> None:
    async with store.read() as unit:
        assert await unit.quizzes.all_answers(1, 2) == {
            1: [Answer(0, "2", True), Answer(1, "0", True)],
            2: [Answer(0, "1", False)],
        }
        tally = await unit.quizzes.tally(1, 2)
        assert (tally.given, tally.right) == ({0: {"2": 1, "1": 1}, 1: {"0": 1}}, {0: 1, 1: 1})
        assert await unit.quizzes.attempts(1, [1]) == [Attempt(1, 1, 1, "0", False), Attempt(1, 1, 2, "1", False)]


async def test_everything_else_is_kept(store: DatabaseStore) -> None:
    here = Place("telegram", "-100")
    async with store.read() as unit:
        arrival = await unit.arrivals.of(here, Account("telegram", "1"))
        assert arrival.community
        assert (arrival.community.name, arrival.community.quizzes) == (ODD, QuizRule())
        assert arrival.community.daily == DailyRule(at=DailyRule().at.replace(6, 30), size=2)
        streak = Streak(3, 9, 1, TODAY)
        assert arrival.member == Member(1, 1, Role.ORGANISER, False, True, streak)
        assert await unit.practices.get(1, 1) == (5, (2, 1), {0: "1"})
        assert await unit.jobs.get(1, "card:2") == Job(1, "card:2", "card", 2, NOW, here, wanted=2, tries=1)
        assert await unit.cards.get(1, "card:2", here) == Ref(here, "55")
        assert await unit.cards.at(Ref(here, "55")) == (1, "card:2")


async def test_the_step_and_back_changes_nothing_but_practice(filled: str) -> None:
    before = await kept(filled)
    await upgrade(filled)
    assert await on(filled, version) == HEAD
    await go_back(filled, "0001")
    assert await kept(filled) == {**before, "practice": []}
    assert await upgrade(filled)


async def use(store: DatabaseStore) -> None:
    """Add what the first schema has no words for."""
    truth = replace(sample(1, ("fisika",)), kind=ItemKind.TRUTH, texts={"id": ItemText("Benar?")}, right=(0,))
    async with store.begin() as unit:
        other = await unit.items.add(truth, NOW)
        await unit.items.add(replace(sample(1, ("baru",)), state=State.PROPOSED), NOW)
        mixed = await unit.quizzes.add(quiz_of(1, TODAY + timedelta(days=1), FIRST, other))
        live = await unit.quizzes.add(replace(quiz_of(1, TODAY, FIRST), day=None, kind=Kind.ROUND))
        for quiz in (mixed, live):
            assert quiz
            await unit.quizzes.answer(quiz, 1, Answer(0, "2", True), NOW)
        await unit.jobs.put(replace(sample_job(1, "practice:1"), person=1))


async def test_the_way_back_leaves_behind_what_the_old_schema_cannot_say(filled: str, store: DatabaseStore) -> None:
    await use(store)
    await go_back(filled, "0001")
    found = await kept(filled)
    assert {row["id"]: row["state"] for row in found["item"]} == {1: "active", 2: "active", 3: "retired", 5: "retired"}
    assert {row["item_id"] for row in found["item_tag"]} == {1, 2, 3, 5}
    assert [row["id"] for row in found["quiz"]] == [1, 2]
    assert {row["quiz_id"] for row in found["answer"]} == {1, 2}
    assert [row["key"] for row in found["job"]] == ["card:2"]


def test_killed_anywhere_in_the_step_nothing_is_lost(empty: str) -> None:
    asyncio.run(go(empty, "0001"))
    asyncio.run(put(empty, OLD))
    before = asyncio.run(kept(empty))
    number = 0
    # Every third: each start takes its time, and the step is one transaction.
    while start_killed_at(number, empty) == KILLED:
        number += 3
        assert asyncio.run(on(empty, version)) == "0001"
    assert number > 50
    assert asyncio.run(on(empty, version)) == HEAD
    asyncio.run(go_back(empty, "0001"))
    assert asyncio.run(kept(empty)) == {**before, "practice": []}
