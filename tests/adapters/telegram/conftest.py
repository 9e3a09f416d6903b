"""The stage as a fixture."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.adapters.telegram.stage import Stage, staged


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot on an ordinary server, polling."""
    async with staged(tmp_path) as stage:
        yield stage
