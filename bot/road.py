"""What the way of every event through the core needs: a unit of work, whether it is new, who and where."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

from bot.chat.events import Event
from bot.context import Context, abroad
from bot.index import Index
from bot.ports import Platform, Store, Unit
from bot.scene import Ears, set_scene


@dataclass(frozen=True, slots=True)
class Road:
    """The parts of one core; `wake` has due work looked for."""

    index: Index
    store: Store
    platforms: Mapping[str, Platform]
    wake: Callable[[], None]
    rng: Random

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A unit of work; what it asked to be sent is looked for once it is committed."""
        async with self.store.begin() as unit:
            yield unit
        if unit.jobs.asked:
            self.wake()

    async def first(self, unit: Unit, event: Event) -> bool:
        """Whether the event comes for the first time; from this commit on it does not."""
        return await unit.arrivals.first_time(event.place.platform, event.key, event.at)

    async def scene(self, unit: Unit, event: Event, ears: Ears, scope: int) -> Context:
        """The context of the event; `scope` is the community that a button or a card names, 0 for none."""
        return await set_scene(unit, event, ears, scope, self.rng, abroad(self.platforms))
