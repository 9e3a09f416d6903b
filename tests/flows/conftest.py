"""Every conversation runs in a chat with Telegram's limits and in one with Discord's."""

from collections.abc import AsyncIterator

import pytest

from tests.world import DISCORD, TELEGRAM, World, opened

in_both = pytest.fixture(params=[TELEGRAM, DISCORD], ids=["telegram", "discord"])


@in_both
async def world(request: pytest.FixtureRequest, sqlite_address: str) -> AsyncIterator[World]:
    """The example community on Monday at 09.00."""
    async with opened(sqlite_address, request.param) as made:
        yield made


@in_both
async def empty(request: pytest.FixtureRequest, sqlite_address: str) -> AsyncIterator[World]:
    """The same people on the same Monday, before anybody has added the bot."""
    async with opened(sqlite_address, request.param, seeded=False) as made:
        yield made
