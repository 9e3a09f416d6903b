"""The fake Discord for every test that asks for `server`."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.wire.discord import FakeDiscord
from tests.wire.discord.rig import redirected


@pytest_asyncio.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with redirected(monkeypatch) as fake:
        yield fake
