"""Every conversation runs in a chat with Telegram's limits and in one with Discord's."""

from collections.abc import AsyncIterator

import pytest

from tests.world import DISCORD, TELEGRAM, World, opened


@pytest.fixture(params=[TELEGRAM, DISCORD], ids=["telegram", "discord"])
async def world(request: pytest.FixtureRequest, sqlite_address: str) -> AsyncIterator[World]:
    """The example community on Monday at 09.00."""
    async with opened(sqlite_address, request.param) as made:
        yield made
