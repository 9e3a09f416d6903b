"""A playground for each test."""

from collections.abc import AsyncIterator

import pytest

from adapters.playground.adapter import Playground
from tests.adapters.playground.parlour import open_parlour


@pytest.fixture
async def playground(sqlite_address: str) -> AsyncIterator[Playground]:
    """A playground with two groups of one community."""
    async with open_parlour(sqlite_address) as opened:
        yield opened
