"""Lists of questions and resources, and threads, on SQLite: how their p95 grows from a few of them to many."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from random import Random

from bench.crowd import MEMBERS, RARE, TOPICS, fill
from bot.domain import library
from bot.domain.question import State, Wish
from bot.ports import Unit
from storage.migrate import upgrade
from storage.store import DatabaseStore

FEW, MANY = 1_000, 100_000

CALLS = 200
"""Calls for each kind of list."""

TIMES = 3
"""Each call is made so often, because anything else on the machine disturbs it."""

PAGE = 10

THREAD = "thread"

Call = Callable[[Unit], Awaitable[object]]
Waits = Mapping[str, list[float]]
"""Of each kind, the seconds of all calls."""

Turns = Mapping[str, list[float]]
"""Of each kind, the seconds of one call with few and with many."""


def _questions(wish: Wish) -> Call:
    return lambda unit: unit.questions.page(1, wish, 0, PAGE)


def _resources(wish: library.Wish) -> Call:
    return lambda unit: unit.library.page(1, wish, 0, PAGE)


def _thread(question: int, person: int) -> Call:
    """What a thread shows: the question, its answers, votes and counts."""

    async def call(unit: Unit) -> None:
        await unit.questions.get(1, question)
        await unit.questions.answers(1, question)
        await unit.questions.votes(1, question)
        await unit.questions.voted(1, question, person)
        await unit.questions.counts(1, [question])

    return call


def _calls(count: int, rng: Random) -> Mapping[str, Call]:
    """One call of every kind; the rare topic and level have the same number among few and among many."""
    person, topic = rng.randint(1, MEMBERS), rng.choice(TOPICS)
    return {
        THREAD: _thread(rng.randint(1, count), person),
        "newest questions": _questions(Wish()),
        "questions by state": _questions(Wish(state=rng.choice(list(State)))),
        "questions by topic": _questions(Wish(tag=topic)),
        "open questions by topic": _questions(Wish(State.OPEN, topic)),
        "questions by rare topic": _questions(Wish(tag=RARE)),
        "a member's questions": _questions(Wish(owner=person)),
        "unanswered": lambda unit: unit.questions.unanswered(1, PAGE),
        "newest resources": _resources(library.Wish()),
        "resources by topic": _resources(library.Wish(topic)),
        "resources by rare topic": _resources(library.Wish(RARE)),
        "resources by level": _resources(library.Wish(level=library.Level.BASIC)),
        "resources by rare level": _resources(library.Wish(level=library.Level.ADVANCED)),
        "resources by topic and rare level": _resources(library.Wish(topic, library.Level.ADVANCED)),
        "bookmarked": lambda unit: unit.library.bookmarked(1, person, 0, PAGE),
    }


async def grown(many: int) -> tuple[Waits, Waits]:
    """Seconds of each call of every kind with few and with many of them, the best of three times.

    Few and many take turns, call by call, so that what disturbs the machine disturbs both.
    """
    with tempfile.TemporaryDirectory() as folder:
        stores = [await _store(Path(folder), count) for count in (FEW, many)]
        calls = [[_calls(count, Random(number)) for count in (FEW, many)] for number in range(CALLS)]
        async with stores[0].read() as small, stores[1].read() as large:
            rounds = [[await _turns((small, large), both) for both in calls] for _ in range(TIMES)]
        for store in stores:
            await store.close()
    same = list(zip(*rounds, strict=True))
    return _best(same, 0), _best(same, 1)


def _best(calls: Sequence[Sequence[Turns]], side: int) -> Waits:
    return {kind: [min(turns[kind][side] for turns in times) for times in calls] for kind in calls[0][0]}


async def _store(folder: Path, count: int) -> DatabaseStore:
    """A store with so many questions and resources."""
    path = folder / f"{count}.db"
    await upgrade(f"sqlite:///{path}")
    await asyncio.to_thread(fill, path, count)
    return DatabaseStore(f"sqlite:///{path}")


async def _turns(units: tuple[Unit, Unit], calls: list[Mapping[str, Call]]) -> Turns:
    """Seconds of one call of every kind, with few and with many."""
    return {
        kind: [await _seconds(unit, some[kind]) for unit, some in zip(units, calls, strict=True)] for kind in calls[0]
    }


async def _seconds(unit: Unit, call: Call) -> float:
    began = time.perf_counter()
    await call(unit)
    return time.perf_counter() - began
