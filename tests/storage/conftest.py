"""A store on each database, and a study group in it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.store import DatabaseStore
from tests.database import Postgres
from tests.storage.sample import Group, group


@pytest.fixture
async def store(address: str) -> AsyncIterator[DatabaseStore]:
    """A store on a fresh database of each engine."""
    made = DatabaseStore(address)
    yield made
    await made.close()


@pytest.fixture
async def ours(store: DatabaseStore) -> Group:
    """A group with two members, three items and an open quiz."""
    return await group(store, "-100")


@pytest.fixture
async def theirs(store: DatabaseStore, ours: Group) -> Group:
    """A second group beside ours, whose items and quizzes have the same numbers."""
    return await group(store, "-200")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    made = server.empty()
    yield made
    server.drop(made)
