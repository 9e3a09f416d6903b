"""The stage as a fixture."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.adapters.telegram.stage import Stage, staged


@pytest.fixture(autouse=True)
def database(sqlite_address: str) -> str:
    """A migrated file where `staged` looks for it, so that no test waits for the migration."""
    return sqlite_address


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot on an ordinary server, polling."""
    async with staged(tmp_path) as stage:
        yield stage
