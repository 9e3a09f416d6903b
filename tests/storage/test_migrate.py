"""Bringing a database to the newest schema: from nothing, again, killed on the way, or not at all."""

import asyncio
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage import migrate
from storage.migrate import HEAD, STEPS, UnfitDatabase, upgrade, version
from storage.store import DatabaseStore
from storage.tables import metadata
from tests.database import Postgres
from tests.storage.sample import group
from tests.storage.step import KILLED, alembic, go_back, on, start_killed_at

TABLES = metadata.tables.items()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_an_empty_database_gets_the_whole_schema_once(empty: str) -> None:
    assert await upgrade(empty)
    assert not await upgrade(empty)
    assert await on(empty, version) == HEAD
    store = DatabaseStore(empty)
    await group(store, "-100")
    await store.close()
    assert not await upgrade(empty)


async def test_the_newest_step_is_the_one_that_a_start_expects(empty: str) -> None:
    script = await on(empty, lambda connection: ScriptDirectory.from_config(alembic(connection)))
    assert script.get_heads() == [HEAD]


async def test_the_steps_lead_to_the_tables_of_the_code(empty: str) -> None:
    await upgrade(empty)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    assert await on(empty, differences) == []


async def test_the_steps_lead_to_the_keys_of_the_code(empty: str) -> None:
    await upgrade(empty)

    def keys(connection: Connection) -> dict[str, list[str]]:
        found = inspect(connection)
        return {name: found.get_pk_constraint(name)["constrained_columns"] for name in metadata.tables}

    assert await on(empty, keys) == {name: list(table.primary_key.columns.keys()) for name, table in TABLES}


async def test_the_index_of_waiting_jobs_leaves_ended_ones_out(empty: str) -> None:
    await upgrade(empty)
    (index,) = await on(empty, lambda connection: inspect(connection).get_indexes("job"))
    assert (index["name"], index["column_names"]) == ("ix_job_wake", ["wake_at"])
    (condition,) = (value for name, value in index["dialect_options"].items() if name.endswith("_where"))
    assert all(f"'{state}'" in str(condition) for state in ("due", "claimed", "sending"))


NEXT = f"{int(HEAD) + 1:04}"
"""The step after the newest."""


def test_on_sqlite_rows_are_kept_in_the_order_of_their_keys(sqlite_address: str) -> None:
    with closing(sqlite3.connect(sqlite_address.removeprefix("sqlite:///"))) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    for name, table in TABLES:
        options = table.dialect_options["sqlite"]
        assert ("WITHOUT ROWID" in made[name]) is not options["with_rowid"], name
        assert ("AUTOINCREMENT" in made[name]) is options["autoincrement"], name


async def test_every_step_can_be_taken_back(empty: str) -> None:
    await upgrade(empty)
    await go_back(empty, "base")
    assert await on(empty, lambda connection: inspect(connection).get_table_names()) == ["alembic_version"]
    assert await upgrade(empty)
    assert await on(empty, version) == HEAD


def test_replicas_that_start_at_once_do_not_stumble(postgres_server: Postgres) -> None:
    empty = postgres_server.empty()

    async def start() -> list[bool]:
        return await asyncio.gather(*(upgrade(empty) for _ in range(3)))

    assert any(asyncio.run(start()))
    assert asyncio.run(on(empty, version)) == HEAD


async def test_a_newer_schema_is_refused_with_a_plain_sentence(address: str) -> None:
    await on(address, lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    said = rf"newer Bareng \(schema 9999; this one knows {HEAD}\)\. Nothing was changed"
    with pytest.raises(UnfitDatabase, match=said):
        await upgrade(address)
    assert await on(address, version) == "9999"


async def test_a_database_of_something_else_is_refused(empty: str) -> None:
    await on(empty, lambda connection: connection.exec_driver_sql("CREATE TABLE votes (id INTEGER)"))
    with pytest.raises(UnfitDatabase, match="belongs to something else: it has tables such as 'votes'"):
        await upgrade(empty)
    assert await on(empty, lambda connection: inspect(connection).get_table_names()) == ["votes"]


@pytest.mark.parametrize("content", [b"no database at all\n" * 500, b"SQLite format 3\0" + b"\xff" * 9000])
async def test_a_broken_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(content)
    with pytest.raises(UnfitDatabase, match=r"not a readable SQLite database .* Put back a backup"):
        await upgrade(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_the_files_are_their_owners_alone(tmp_path: Path) -> None:
    asyncio.run(upgrade(f"sqlite:///{tmp_path}/folder/new.db"))
    files = list((tmp_path / "folder").iterdir())
    assert len(files) == 2
    assert {mode(path) for path in files} == {0o600}


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of Bareng with one step more; ask for a database before it, which is made by the version as it is."""
    steps = tmp_path / "steps"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / f"{NEXT}_more.py").write_text(
        "import sqlalchemy as sa\n"  # noqa: S608
        "from alembic import op\n"
        f'revision, down_revision = "{NEXT}", "{HEAD}"\n\n\n'
        "def upgrade():\n"
        '    with op.batch_alter_table("person") as batch:\n'
        '        batch.alter_column("name", existing_type=sa.Text(), type_=sa.String(200), existing_nullable=False)\n'
        '    op.add_column("person", sa.Column("born", sa.Integer(), nullable=False, server_default="0"))\n'
        '    op.execute("UPDATE person SET born = 7")\n'
    )
    monkeypatch.setattr(migrate, "STEPS", steps)
    monkeypatch.setattr(migrate, "HEAD", NEXT)


async def fill(address: str) -> list[tuple[Any, ...]]:
    """Store a group and return its people as rows."""
    store = DatabaseStore(address)
    await group(store, "-100")
    await store.close()
    return await people(address)


async def people(address: str) -> list[tuple[Any, ...]]:
    def rows(connection: Connection) -> list[tuple[Any, ...]]:
        return [tuple(row)[:4] for row in connection.exec_driver_sql("SELECT * FROM person ORDER BY id")]

    return await on(address, rows)


@pytest.mark.usefixtures("sqlite_address", "next_step")
async def test_a_file_is_backed_up_before_a_step(sqlite_address: str) -> None:
    before = await fill(sqlite_address)
    assert await upgrade(sqlite_address)
    assert await people(sqlite_address) == before
    copy = Path(sqlite_address.removeprefix("sqlite:///") + f".before-{NEXT}")
    assert mode(copy) == 0o600
    assert await on(f"sqlite:///{copy}", version) == HEAD
    assert await people(f"sqlite:///{copy}") == before


def test_killed_anywhere_the_next_start_finishes(empty: str) -> None:
    number = 0
    while start_killed_at(number, empty) == KILLED:
        # Every fourth: each start takes its time, and a step is one transaction.
        number += 4
        if empty.startswith("sqlite"):
            assert asyncio.run(on(empty, version)) == "", "nothing is half there"
    assert number > 60, "it was tried all along the way"
    assert asyncio.run(on(empty, version)) == HEAD
    assert not asyncio.run(upgrade(empty))


@pytest.mark.usefixtures("address", "next_step")
def test_killed_in_a_later_step_the_people_are_still_there(address: str) -> None:
    before = asyncio.run(fill(address))
    number = 0
    while start_killed_at(number, address) == KILLED:
        number += 1
        assert asyncio.run(on(address, version)) == HEAD
        assert asyncio.run(people(address)) == before
    assert number > 8
    assert asyncio.run(on(address, version)) == NEXT
    assert asyncio.run(people(address)) == before
