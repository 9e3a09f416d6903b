"""Which channels are threads that were opened for our cards; for every other one the store is asked once."""

from datetime import datetime, timedelta

from discord.utils import snowflake_time

from adapters.memory import Memory
from bot.chat.places import Place
from bot.ports import Store

MOST_CHANNELS = 20_000
"""Channels and threads of which is remembered whose they are."""

FRESH = timedelta(minutes=2)
"""A thread younger than this may be one of ours that is not yet in the store, so its "no" is not remembered."""


class Known:
    """What the store said of each channel where somebody wrote."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ours: Memory[str, bool] = Memory(MOST_CHANNELS)

    def note(self, thread: str) -> None:
        """We opened this thread just now."""
        self._ours.put(thread, True)

    async def is_ours(self, place: Place, now: datetime) -> bool:
        """Whether that is a thread of ours; raises Unavailable."""
        known = self._ours.get(place.thread)
        if known is not None:
            return known
        async with self._store.read() as unit:
            found = await unit.cards.under(place) is not None
        if found or now - snowflake_time(int(place.thread)) > FRESH:
            self._ours.put(place.thread, found)
        return found
