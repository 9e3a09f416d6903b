"""Linking accounts and groups: codes, and who tried how many."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.chat.places import Place
from bot.domain.link import Code, Joining, Purpose, Share, Tries


class Links(Protocol):
    """Codes that were issued, each to be redeemed once."""

    async def issue(self, code: Code) -> None:
        """Keep a new code; the ones that the same person issued for the same purpose are void from now on."""

    async def tried(self, person: int, now: datetime) -> Tries:
        """Count that somebody tries a code now; call it before `redeem`, and do not roll it back for a wrong one."""

    async def redeem(self, digest: str, purpose: Purpose, person: int, now: datetime) -> Code | None:
        """Use a code of that purpose up, for whoever comes first.

        None for one that is unknown, expired, used before, or that person's own; these cannot be told apart. One of
        another purpose stays as good as it is.
        """

    async def is_good(self, digest: str, person: int, now: datetime) -> bool:
        """Whether that person could use this code up now, for whatever purpose it has."""

    async def withdraw(self, person: int) -> None:
        """Make void whatever that person issued."""

    async def clear(self, before: datetime) -> int:
        """Forget codes that expired before that, and spans of tries that began before; returns how many codes."""


class Joinings(Protocol):
    """Groups that become one, and are parted again. Hold both groups, the smaller number first, to do either."""

    async def add(self, joining: Joining) -> Joining:
        """Store a new one."""

    async def save(self, joining: Joining) -> None:
        """Store a changed one."""

    async def hold(self, joining: int) -> Joining | None:
        """The one of that number, held until this unit ends."""

    async def asked(self, person: int, after: datetime) -> Sequence[Joining]:
        """Those offered after that moment on which that person has to agree for either group, the newest first."""

    async def of(self, community: int) -> Sequence[Joining]:
        """Those by which others became a part of that group and can still leave it, the newest first."""

    async def share(self, community: int, other: int, now: datetime) -> Share:
        """What the first group brings along when it meets the other."""

    async def hindrance(self, community: int) -> bool:
        """Whether a live round runs there, which must end before that group can join another."""

    async def join(self, joining: Joining, now: datetime) -> Sequence[tuple[Place, str]]:
        """Let the one group become a part of the other; returns which cards stand where, to be renewed."""

    async def part(self, joining: Joining, now: datetime) -> Sequence[tuple[Place, str]]:
        """Make them two again; the one that joined is as it was. Returns its cards in the same way."""

    async def settle_old(self, before: datetime) -> None:
        """Clear away what was kept of those that became one before that, so that they could be parted."""
