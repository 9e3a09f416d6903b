"""When the database cannot take a unit, nothing of it is kept, everybody is told, and it recovers by itself."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from bot.chat.errors import Unavailable
from bot.domain.people import Member
from storage.store import DatabaseStore
from tests.storage.fault import damage, files_no_longer_than, keys, locked, with_pragma
from tests.storage.sample import NOW

BUSY = 0.4
"""Seconds that these tests wait for a lock."""


@pytest.fixture
def path(sqlite_address: str) -> Path:
    return Path(sqlite_address.removeprefix("sqlite:///"))


@pytest.fixture
async def store(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DatabaseStore]:
    monkeypatch.setattr("storage.engine.BUSY", BUSY)
    made = DatabaseStore(sqlite_address)
    yield made
    await made.close()


async def work(store: DatabaseStore, key: str, size: int = 1) -> None:
    """A unit that writes that many rows."""
    async with store.begin() as unit:
        for number in range(size):
            assert await unit.arrivals.first_time("test", f"{key}.{number}", NOW)


async def everybody(store: DatabaseStore, count: int = 20, size: int = 1) -> list[type]:
    """What units that come at once meet with."""
    async with asyncio.timeout(20):
        results = await asyncio.gather(*(work(store, str(n), size) for n in range(count)), return_exceptions=True)
    return [type(result) for result in results]


async def recovers(store: DatabaseStore, path: Path) -> None:
    """The next unit is kept, and so is nothing else."""
    assert keys(path) == set()
    await work(store, "after")
    assert keys(path) == {"after.0"}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_lock_of_another_process_is_waited_for(store: DatabaseStore, path: Path) -> None:
    with locked(path):
        waiting = asyncio.create_task(everybody(store))
        await asyncio.sleep(BUSY / 4)
    assert set(await waiting) == {type(None)}


async def test_all_who_wait_for_a_lock_are_told_together_when_it_lasts(store: DatabaseStore, path: Path) -> None:
    with locked(path):
        began = time.monotonic()
        assert set(await everybody(store)) == {Unavailable}
        assert time.monotonic() - began < 3 * BUSY, "not one after the other"
        async with store.read() as unit:
            assert await unit.communities.all() == [], "reading goes on"
    await recovers(store, path)


@asynccontextmanager
async def full(store: DatabaseStore, path: Path) -> AsyncIterator[None]:
    with closing(sqlite3.connect(path)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    async with pragma(store, f"max_page_count={pages}", "max_page_count=1000000"):
        yield


@asynccontextmanager
async def read_only(store: DatabaseStore, path: Path) -> AsyncIterator[None]:
    async with pragma(store, "query_only=ON", "query_only=OFF"):
        yield


@asynccontextmanager
async def cut_short(store: DatabaseStore, path: Path) -> AsyncIterator[None]:
    with files_no_longer_than(40_000):
        yield


@asynccontextmanager
async def pragma(store: DatabaseStore, begin: str, end: str) -> AsyncIterator[None]:
    """The writing connection, new or old, has this setting for a while."""
    with with_pragma(store._writing, begin):
        yield
    async with store.begin() as unit:
        await unit.arrivals._link.execute(text(f"PRAGMA {end}"))


Fault = Callable[[DatabaseStore, Path], AbstractAsyncContextManager[None]]


@pytest.mark.parametrize("size", [1, 200])
@pytest.mark.parametrize("fault", [full, read_only, cut_short], ids=["full", "read-only", "I/O error"])
async def test_nothing_is_half_written_and_it_recovers_by_itself(
    store: DatabaseStore, path: Path, fault: Fault, size: int
) -> None:
    kept = set()
    async with fault(store, path):
        for time_ in ("first", "second"):
            units = [work(store, f"{time_} {n}", size) for n in range(150 // size + 20)]
            results = await asyncio.gather(*units, return_exceptions=True)
            assert {type(result) for result in results} <= {Unavailable, type(None)}
            assert any(isinstance(result, Unavailable) for result in results) or (fault, size) == (full, 1)
            kept |= {f"{time_} {n}.{i}" for n, r in enumerate(results) if r is None for i in range(size)}
    assert keys(path) == kept, "exactly what was told as kept"
    await work(store, "after")
    assert keys(path) == kept | {"after.0"}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_damaged_page_is_no_mistake_of_the_unit(store: DatabaseStore, path: Path) -> None:
    await store.close()
    damage(path)
    assert set(await everybody(store)) == {Unavailable}


async def test_a_mistake_of_ours_is_not_called_unavailable(store: DatabaseStore) -> None:
    async def mistaken() -> None:
        async with store.begin() as unit:
            await unit.people.join(Member(None, 1))  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        await mistaken()


async def test_reading_a_damaged_file_is_told_too(store: DatabaseStore, path: Path) -> None:
    await store.close()
    damage(path)
    with pytest.raises(Unavailable):
        async with store.read() as unit:
            await unit.communities.all()


async def test_a_mistake_while_reading_is_not_called_unavailable(store: DatabaseStore) -> None:
    with pytest.raises(ProgrammingError):
        async with store.read() as unit:
            await unit.communities.get(object())  # type: ignore[arg-type]
