"""A platform that refuses some acts, so that what follows from it can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.chat.act import Act
from bot.chat.errors import PlatformError, Refused
from bot.chat.places import Place
from tests.world import World


class Refusing:
    """The stage, but for acts of these kinds."""

    def __init__(self, stage: Any, kinds: tuple[type, ...], error: PlatformError) -> None:
        self._stage = stage
        self._kinds = kinds
        self._error = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage, name)

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Refuse it, or do it."""
        if isinstance(act, self._kinds):
            raise self._error
        return str(await self._stage.act(place, act, key))


@contextmanager
def refuses(world: World, *kinds: type, error: PlatformError | None = None) -> Iterator[None]:
    """For a while the platform takes no such acts, although it says that the bot may do them."""
    stage = world.app.platforms["playground"]
    world.app.platforms["playground"] = Refusing(stage, kinds, error or Refused("not here"))
    try:
        yield
    finally:
        world.app.platforms["playground"] = stage
