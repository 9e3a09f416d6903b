"""A community with many questions, answers, votes and resources, for measuring how its lists grow."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, create_engine, insert

from bot.domain.library import Kind, Level, Mark, Resource
from bot.domain.library import State as Judged
from bot.domain.question import Answer, Question, State
from storage import tables
from storage.rows import packed

MEMBERS = 50
TOPICS = [f"topik{number}" for number in range(20)]
RARE, SOME = "langka", 20
"""A topic that so many questions and resources have, however many there are; so many questions have no answer, and so
many resources each member keeps and are of the rare level.
"""

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "Mengapa turunan dari fungsi ini tidak sama dengan nol di titik puncaknya? " * 4
_AT_ONCE = 1_000

Rows = dict[Table, list[dict[str, Any]]]


def fill(path: Path, count: int) -> None:
    """Put so many questions and as many resources in, as the repositories do."""
    rng = Random(count)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for first in range(1, count + 1, _AT_ONCE):
            rows: Rows = {}
            for number in range(first, min(first + _AT_ONCE, count + 1)):
                is_rare = number % (count // SOME) == 0
                for table, row in (*_question(number, rng, is_rare), *_resource(number, rng, is_rare)):
                    rows.setdefault(table, []).append(row)
            for table, some in rows.items():
                connection.execute(insert(table), some)
        kept = [row for person in range(1, MEMBERS + 1) for row in _bookmarks(person, count, rng)]
        connection.execute(insert(tables.resource_mark), kept)
    engine.dispose()


def _question(number: int, rng: Random, is_rare: bool) -> Iterator[tuple[Table, dict[str, Any]]]:
    """A question with its topics, owner, answers and votes; a rare one has no answer and is open."""
    answers = 0 if is_rare else rng.randint(1, 5)
    state = State.OPEN if not answers else rng.choices(list(State), (30, 50, 20))[0]
    accepted = int(state is State.ANSWERED)
    at, owner = BEGAN + timedelta(minutes=number), rng.randint(1, MEMBERS)
    tags = _tags(rng, is_rare)
    made = Question(1, number, f"{number} {WORDS}", owner, at, at, tags=tags, state=state)
    its = {"community_id": 1, "question_id": number}
    counts = {"original": made.original, "answers": answers, "accepted": accepted}
    yield tables.question, {"community_id": 1, "id": number, "state": state, "body": packed(made), **counts}
    yield tables.question_owner, {**its, "person_id": owner, "at": at}
    for tag in tags:
        yield tables.question_tag, {**its, "tag": tag, "state": state}
    for place in range(1, answers + 1):
        given = Answer(1, number, place, WORDS, rng.randint(1, MEMBERS), at, accepted=place <= accepted)
        known = {"author": given.author, "accepted": given.accepted, "withdrawn": False}
        yield tables.question_answer, {**its, "number": place, "body": packed(given), **known}
    for person in rng.sample(range(1, MEMBERS + 1), rng.randint(0, 4)):
        yield tables.question_vote, {**its, "person_id": person, "answer": rng.randint(0, answers), "at": at}


def _resource(number: int, rng: Random, is_rare: bool) -> Iterator[tuple[Table, dict[str, Any]]]:
    """A resource with its topics; a rare one is shown, of the others one in ten waits or was removed."""
    tags = _tags(rng, is_rare)
    level = Level.ADVANCED if is_rare else rng.choice((Level.ANY, Level.BASIC))
    state = Judged.VERIFIED if is_rare else rng.choices(list(Judged), (5, 50, 30, 5, 5, 5))[0]
    url = f"https://a.example/{number}"
    at = BEGAN + timedelta(minutes=number)
    made = Resource(1, number, Kind.LINK, f"{number} {WORDS[:80]}", 1, at, url, url, WORDS, tags, level, state=state)
    known = {"level": level, "kilobytes": made.kilobytes, "origin": made.origin, "print": made.print}
    yield tables.resource, {"community_id": 1, "id": number, "state": state, "body": packed(made), **known}
    for tag in tags:
        yield tables.resource_tag, {"community_id": 1, "tag": tag, "resource_id": number, "level": level}


def _tags(rng: Random, is_rare: bool) -> tuple[str, ...]:
    return tuple(sorted([*rng.sample(TOPICS, rng.randint(1, 2)), *([RARE] if is_rare else [])]))


def _bookmarks(person: int, count: int, rng: Random) -> Iterator[dict[str, Any]]:
    for number in rng.sample(range(1, count + 1), SOME):
        mark = {"kind": Mark.BOOKMARK, "person_id": person, "note": ""}
        yield {"community_id": 1, "resource_id": number, "at": BEGAN + timedelta(minutes=number), **mark}
