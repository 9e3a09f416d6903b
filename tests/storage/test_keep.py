"""What was told as kept is kept: through kill -9, and in a backup made while people answer."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import database_url
from storage.migrate import back_up
from storage.store import DatabaseStore
from tests.storage.fault import keys
from tests.storage.sample import entry, group

_WRITE = """
import asyncio, sys
from datetime import UTC, datetime
from storage.store import DatabaseStore

NOW = datetime(2026, 11, 24, tzinfo=UTC)

async def tells(store, key):
    async with store.begin() as unit:
        for part in range(3):
            await unit.arrivals.first_time("test", f"{key}.{part}", NOW)
    print(key, flush=True)

async def main():
    store = DatabaseStore(sys.argv[1])
    for round in range(10_000):
        await asyncio.gather(*(tells(store, f"{round}-{n}") for n in range(20)))

asyncio.run(main())
"""


@pytest.mark.parametrize("told_before", [1, 30, 333])
def test_killed_at_any_moment_nothing_that_was_told_is_lost(sqlite_address: str, told_before: int) -> None:
    command = [sys.executable, "-c", _WRITE, sqlite_address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        told = [process.stdout.readline().strip() for _ in range(told_before)]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.read().split()
    kept = keys(Path(sqlite_address.removeprefix("sqlite:///")))
    assert {f"{key}.{part}" for key in told for part in range(3)} <= kept
    assert len(kept) % 3 == 0, "no unit is there by half"


async def test_a_backup_made_while_people_answer_is_of_one_moment(sqlite_address: str, tmp_path: Path) -> None:
    path, copy = Path(sqlite_address.removeprefix("sqlite:///")), tmp_path / "copy.db"
    store = DatabaseStore(sqlite_address)
    ours = await group(store, "-100")
    done = asyncio.Event()

    async def answers(number: int) -> None:
        subject = number
        while not done.is_set():
            async with store.begin() as unit:
                await unit.ledger.record(entry(ours.id, ours.ani.id, subject))
            subject += 5

    async def backs_up() -> None:
        for _ in range(5):
            await asyncio.to_thread(back_up, path, copy)
            with closing(sqlite3.connect(copy)) as found:
                (points,) = found.execute("SELECT points FROM total WHERE month = 0").fetchone() or (0,)
                assert found.execute("SELECT count(*) FROM entry").fetchone() == (points,)
                assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        done.set()

    await asyncio.gather(backs_up(), *(answers(number) for number in range(5)))
    await store.close()


def test_another_database_than_these_two_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql is not supported: use sqlite or postgresql"):
        database_url("mysql://localhost/bareng")
