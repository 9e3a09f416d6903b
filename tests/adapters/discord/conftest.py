"""The bot on a fake Discord, for every test that asks for `stage`, or for `talk`, where its cards have threads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.topic import ENDS, LIKES, TOPIC, WORDS


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as running:
        yield running


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot whose cards have threads."""
    for kept in (WORDS, LIKES, ENDS):
        kept.clear()
    async with staged(tmp_path, features=(FEATURE, TOPIC)) as stage:
        yield stage
