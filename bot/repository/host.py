"""Who leads sessions in turn."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.host import Host, Turn


class Hosts(Protocol):
    """Hosts of a community and their turns. Hold the series before you change a turn of it."""

    async def join(self, host: Host) -> None:
        """Let that person lead in turn; whoever does already keeps the day of joining."""

    async def leave(self, community: int, person: int) -> None:
        """End that; turns that they have stay theirs."""

    async def all(self, community: int) -> Sequence[Host]:
        """Everybody who leads in turn."""

    async def put(self, turn: Turn) -> None:
        """Keep what somebody has to do with a date."""

    async def turns(self, community: int, series: int, day: date) -> Sequence[Turn]:
        """All turns of one date, the latest last."""

    async def past(self, community: int, since: date) -> Sequence[Turn]:
        """All turns of dates from that day on."""
