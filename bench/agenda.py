"""A hundred thousand session series on SQLite: finding what is due, claiming it, memory, and drift."""

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from bot.domain.agenda import Series
from bot.domain.dated import SPAN
from bot.domain.recurrence import Frequency, Rule
from storage.migrate import upgrade
from storage.rows import packed
from storage.store import DatabaseStore

FEW, MANY = 1_000, 100_000

GROUPS = 1_000
"""The series belong to so many groups, whatever their number."""

CALLS = 300
"""Looks for what is due next."""

DUE = 1_000
"""So many fall due at one moment."""

_JOB = (
    "INSERT INTO job (community_id, key, kind, subject, person_id, state, due_at, wake_at, wanted, tries, failures) "
    "VALUES (?, ?, 'session-tick', ?, 0, 'due', ?, ?, 1, 0, 0)"
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Idle:
    """What an idle process of ours takes: resident bytes, seconds of each tick, and how late jobs began."""

    resident: int
    ticks: list[float]
    drifts: list[float]


def fill(path: Path, count: int, now: datetime) -> None:
    """Put so many weekly series in, each with its wake-up in the next seven days."""
    rng = Random(count)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.executemany("INSERT INTO session VALUES (?, ?, 0, ?)", _series(count, now))
        connection.executemany(_JOB, _jobs(count, now, rng))
        connection.commit()


def _series(count: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        group, own = number % GROUPS + 1, number // GROUPS + 1
        rule = Rule(now.date(), wall(19), "Asia/Jakarta", 60, Frequency.WEEKLY, days=(now.weekday(),))
        yield group, own, packed(Series(group, own, rule, "Aljabar linear", 1, now))


def _jobs(count: int, now: datetime, rng: Random) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        group, own = number % GROUPS + 1, number // GROUPS + 1
        at = _stored(now + timedelta(seconds=rng.uniform(3600, 7 * 86_400)))
        yield group, f"session-tick:{own}", own, at, at


def _stored(at: datetime) -> int:
    return (at - EPOCH) // timedelta(milliseconds=1)


async def grown(many: int) -> tuple[Sequence[float], Sequence[float]]:
    """Seconds of each look for what is due next, with few series and with many; the two take turns."""
    with tempfile.TemporaryDirectory() as folder:
        stores = [await _store(Path(folder), count) for count in (FEW, many)]
        waits: tuple[list[float], list[float]] = ([], [])
        for _ in range(CALLS):
            for store, found in zip(stores, waits, strict=True):
                async with store.read() as unit:
                    began = time.perf_counter()
                    await unit.jobs.next_due()
                    found.append(time.perf_counter() - began)
        for store in stores:
            await store.close()
    return waits


async def claimed(many: int) -> float:
    """Seconds in which `DUE` jobs among so many are claimed at once."""
    with tempfile.TemporaryDirectory() as folder:
        store = await _store(Path(folder), many)
        now = datetime.now(UTC)
        async with store.begin() as unit:
            for number in range(DUE):
                await unit.jobs.put(_job(number, now))
        began = time.perf_counter()
        async with store.begin() as unit:
            jobs = await unit.jobs.claim(now, now + timedelta(minutes=1), DUE, silent=True)
        taken = time.perf_counter() - began
        await store.close()
    if len(jobs) != DUE:
        raise RuntimeError(f"{len(jobs)} of {DUE} jobs were claimed")
    return taken


def _job(number: int, at: datetime) -> Any:
    from bot.domain.jobs import Job

    subject = SPAN + number
    return Job(1, f"session-begin:{subject}", "session-begin", subject, at)


async def idle(many: int) -> Idle:
    """An idle process with so many series: its memory and ticks, and how promptly a job a few times a second begins."""
    with tempfile.TemporaryDirectory() as folder:
        store = await _store(Path(folder), many)
        await store.close()
        command = (sys.executable, "-m", "bench.agenda_idle", str(Path(folder) / f"{many}.db"))
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
    return Idle(**json.loads(output))


async def _store(folder: Path, count: int) -> DatabaseStore:
    path = folder / f"{count}.db"
    await upgrade(f"sqlite:///{path}")
    await asyncio.to_thread(fill, path, count, datetime.now(UTC))
    return DatabaseStore(f"sqlite:///{path}")


def p95(seconds: Sequence[float]) -> float:
    """The longest of all but one in twenty."""
    return quantiles(seconds, n=20)[-1]


def p99(seconds: Sequence[float]) -> float:
    """The longest of all but one in a hundred."""
    return quantiles(seconds, n=100)[-1]
