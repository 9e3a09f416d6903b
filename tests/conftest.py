"""Fixtures for all tests: a database address for each engine, and the world."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import Postgres, postgres, sqlite_template


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server; without one the tests that need it are skipped, in CI they fail."""
    with postgres() as server:
        if server is None:
            message = "no PostgreSQL: install requirements-dev.lock or set BARENG_TEST_POSTGRES_URL"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        yield server


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite_address(sqlite_file: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite database."""
    path = tmp_path / "bareng.db"
    shutil.copy(sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh migrated database on each engine in turn."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("sqlite_address"))
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    made = server.fresh()
    yield made
    server.drop(made)
