"""A playground for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.playground.adapter import Playground
from tests.adapters.playground.parlour import open_parlour


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    """A playground with two groups of one community."""
    async with open_parlour(tmp_path) as opened:
        yield opened
