"""How hypothesis runs here, and the road for events.

It tries the same examples each time, without a deadline, because a busy machine is no defect.
"""

from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from tests.bot.road import Road, paved

settings.register_profile("bareng", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("bareng")


@pytest.fixture
async def road(sqlite_address: str) -> AsyncIterator[Road]:
    """The app on a fresh store."""
    async with paved(sqlite_address) as made:
        yield made
