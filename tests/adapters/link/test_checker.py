"""The link checker goes on whatever fails, at its own pace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from random import Random

import pytest
from structlog.testing import capture_logs

from adapters.link import checker as module
from adapters.link.checker import Checker
from bot.app import App
from bot.chat.errors import Unavailable
from bot.domain.community import Community
from bot.domain.jobs import Job
from bot.domain.library import Kind, Resource
from bot.features.library.check import CHECK, Reach
from storage.store import DatabaseStore

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LINKS = 3


class Tries:
    """A probe that counts, never two at once, and fails the first time."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.busy = False
        self.enough = asyncio.Event()

    async def __call__(self, url: str) -> Reach:
        assert not self.busy
        self.busy = True
        await asyncio.sleep(0.01)
        self.busy = False
        self.urls.append(url)
        if len(self.urls) == LINKS:
            self.enough.set()
        if len(self.urls) == 1:
            raise RuntimeError("a mistake of ours")
        return Reach.ALIVE


@pytest.fixture
async def store(sqlite_address: str) -> AsyncIterator[DatabaseStore]:
    """Some links that are all due."""
    made = DatabaseStore(sqlite_address)
    async with made.begin() as unit:
        group = await unit.communities.add(Community(0, "Kelas", NOW))
        for number in range(1, LINKS + 1):
            url = f"https://a.example/{number}"
            await unit.library.add(Resource(group.id, 0, Kind.LINK, "Halaman", 1, NOW, url, url))
            await unit.jobs.put(Job(group.id, f"{CHECK}:{number}", CHECK, number, NOW))
    yield made
    await made.close()


@asynccontextmanager
async def running(store: DatabaseStore, tries: Tries) -> AsyncIterator[Checker]:
    """A checker to which everything due was handed over."""
    checker = Checker(store, lambda: NOW, Random(7), tries)
    app = App((checker.feature,), store, [b"k" * 32], lambda: NOW, Random(7))
    await app.outbox.settle()
    task = asyncio.create_task(checker.run())
    try:
        yield checker
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await app.outbox.drain()


async def test_one_mistake_does_not_end_it(store: DatabaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACE", 0.01)
    tries = Tries()
    with capture_logs() as logs:
        async with running(store, tries), asyncio.timeout(5):
            await tries.enough.wait()
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["link_check_failed"]


async def test_a_database_that_is_away_does_not_end_it(store: DatabaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Unavailable("disk full")

    monkeypatch.setattr(module, "PACE", 0.01)
    tries = Tries()
    with capture_logs() as logs:
        async with running(store, tries), asyncio.timeout(5):
            monkeypatch.setattr(store, "read", away)
            await asyncio.sleep(0.1)
            assert tries.urls == []
            monkeypatch.undo()
            monkeypatch.setattr(module, "PACE", 0.01)
            await tries.enough.wait()
    assert {"event": "store_unavailable", "error": "disk full", "log_level": "warning"} in logs


async def test_it_takes_its_time(store: DatabaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACE", 0.3)
    tries = Tries()
    async with running(store, tries):
        await asyncio.sleep(0.5)
        assert len(tries.urls) == 2
