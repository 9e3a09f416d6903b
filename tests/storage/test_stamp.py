"""A log is never played over a file that it does not belong to."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.places import Account
from storage import stamp
from storage.migrate import UnfitDatabase, back_up, upgrade
from storage.store import DatabaseStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database as Bareng left it after a clean stop."""
    made = tmp_path / "live" / "bareng.db"
    start(made)
    write(made, "Ani")
    return made


def start(path: Path) -> None:
    """What a start does with the file."""
    asyncio.run(upgrade(f"sqlite:///{path}"))


async def _add(path: Path, name: str) -> None:
    store = DatabaseStore(f"sqlite:///{path}")
    async with store.begin() as unit:
        await unit.people.add(Account("test", name), name, "id")
    await store.close()


def write(path: Path, name: str) -> None:
    """Write and stop cleanly."""
    asyncio.run(_add(path, name))


def crash(path: Path, name: str) -> None:
    """Write and die: what was written is in the log alone."""
    child = os.fork()
    if child == 0:
        try:
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute("INSERT INTO person (name, language, home, handle) VALUES (?, '', 0, '')", (name,))
        finally:
            os._exit(137)
    os.waitpid(child, 0)
    assert log(path).stat().st_size


def log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM person ORDER BY id")]


def test_what_a_crash_left_in_the_log_is_kept(path: Path) -> None:
    start(path)
    crash(path, "Budi")
    start(path)
    assert names(path) == ["Ani", "Budi"]
    crash(path, "Citra")
    start(path)
    assert names(path) == ["Ani", "Budi", "Citra"]


@pytest.mark.parametrize("by", ["backup", "copy of the stopped file", "another database"])
def test_a_copy_put_over_a_crashed_database_is_not_mixed_with_its_log(path: Path, tmp_path: Path, by: str) -> None:
    kept = tmp_path / "kept.db"
    match by:
        case "backup":
            back_up(path, kept)
        case "copy of the stopped file":
            shutil.copy(path, kept)
        case _:
            start(kept)
            write(kept, "Dewi")
    before = names(kept)
    start(path)
    crash(path, "Budi")
    shutil.copy(kept, path)
    copied, left = path.read_bytes(), log(path).read_bytes()
    with pytest.raises(UnfitDatabase, match=r"bareng\.db-wal belongs to another database"):
        start(path)
    assert (path.read_bytes(), log(path).read_bytes()) == (copied, left), "nothing was changed"
    log(path).rename(tmp_path / "away")
    start(path)
    assert names(path) == before
    crash(path, "Eko")
    start(path)
    assert names(path) == [*before, "Eko"]


def test_a_backup_put_over_a_stopped_database_needs_nothing(path: Path, tmp_path: Path) -> None:
    back_up(path, tmp_path / "kept.db")
    write(path, "Budi")
    shutil.copy(tmp_path / "kept.db", path)
    start(path)
    assert names(path) == ["Ani"]


def test_a_backup_is_made_of_what_stands_in_the_log_too(path: Path, tmp_path: Path) -> None:
    crash(path, "Budi")
    back_up(path, tmp_path / "kept.db")
    assert names(tmp_path / "kept.db") == ["Ani", "Budi"]


def test_killed_while_stamping_the_next_start_finds_its_own_log(path: Path) -> None:
    crash(path, "Budi")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        # A reader keeps the log from being emptied, so that the number is in the log alone.
        stamp.stamp(path)
        assert stamp.foreign_log(path) is None
        crash(path, "Citra")
    assert stamp.foreign_log(path) is None
    start(path)
    assert names(path) == ["Ani", "Budi", "Citra"]


def test_a_database_without_a_kept_number_is_taken_as_it_is(path: Path) -> None:
    crash(path, "Budi")
    path.with_name("bareng.db-stamp").unlink()
    start(path)
    assert names(path) == ["Ani", "Budi"]
