"""Time as a platform: it ticks every second, one tick at a time, and stops between two."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from adapters import clock
from adapters.clock import Clock
from bot.app import App
from bot.chat.errors import Unavailable
from bot.command import Feature, job
from bot.context import Context
from bot.domain.community import Community
from bot.domain.jobs import Job
from storage.migrate import upgrade
from storage.store import DatabaseStore

KEY = b"k" * 32


@pytest.fixture
async def app(sqlite_address: str) -> AsyncIterator[App]:
    store = DatabaseStore(sqlite_address)
    yield App((Feature(),), store, [KEY], clock.now, Random(0))
    await store.close()


class Ticks:
    """An outbox that counts, each tick taking some time."""

    def __init__(self, seconds: float = 0) -> None:
        self.begun = self.done = 0
        self._seconds = seconds

    async def __call__(self) -> None:
        self.begun += 1
        await asyncio.sleep(self._seconds)
        self.done += 1


def test_the_present_is_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)


async def test_it_ticks_until_it_is_stopped(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "EVERY", 0.05)
    monkeypatch.setattr(app.outbox, "tick", ticks := Ticks())
    ticking = Clock(app)
    ticking.start()
    await asyncio.sleep(0.3)
    await ticking.stop()
    seen = ticks.begun
    assert 3 <= seen <= 7
    await asyncio.sleep(0.15)
    assert ticks.begun == seen


async def test_a_slow_tick_is_not_overtaken_and_is_let_finish(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "EVERY", 0.05)
    monkeypatch.setattr(app.outbox, "tick", ticks := Ticks(0.3))
    ticking = Clock(app)
    ticking.start()
    await asyncio.sleep(0.2)
    assert (ticks.begun, ticks.done) == (1, 0)
    await ticking.stop()
    assert (ticks.begun, ticks.done) == (1, 1)


async def test_between_two_ticks_a_job_begins_when_it_falls_due(
    app: App, sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "EVERY", 3600)
    began: list[tuple[int, datetime]] = []
    last = asyncio.Event()

    @job("note")
    async def note(ctx: Context, subject: int) -> None:
        began.append((subject, ctx.now))
        if subject == 7:
            last.set()

    await upgrade(sqlite_address)
    app = App((Feature(jobs=(note,)),), app.store, [KEY], clock.now, Random(0))
    start = clock.now()
    due = {number: start + timedelta(seconds=0.1 + number * 0.05) for number in range(8)}
    async with app.store.begin() as unit:
        group = await unit.communities.add(Community(0, "Belajar", start))
        for number, at in due.items():
            await unit.jobs.put(Job(group.id, f"note:{number}", note.name, number, at))
    ticking = Clock(app)
    app.outbox.wake()
    await asyncio.wait_for(last.wait(), 60)
    await ticking.stop()
    await app.outbox.drain()
    assert sorted(number for number, _ in began) == list(due)
    assert all(at >= due[number] for number, at in began)


async def test_a_clock_that_never_started_stops(app: App) -> None:
    await Clock(app).stop()


async def test_old_event_keys_are_forgotten(app: App) -> None:
    long_ago = clock.now() - timedelta(days=9)
    async with app.store.begin() as unit:
        assert await unit.arrivals.first_time("telegram", "old", long_ago)
        assert await unit.arrivals.first_time("telegram", "new", clock.now())
    await Clock(app).clear()
    async with app.store.begin() as unit:
        assert await unit.arrivals.first_time("telegram", "old", clock.now())
        assert not await unit.arrivals.first_time("telegram", "new", clock.now())


async def test_a_database_that_is_away_does_not_end_the_ticking(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Unavailable("disk full")

    monkeypatch.setattr(app.store, "begin", away)
    await Clock(app).clear()
