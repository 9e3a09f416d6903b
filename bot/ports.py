"""What the core needs of the world: a store, platforms, and a clock."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.chat.act import Act
from bot.chat.file import File
from bot.chat.message import Message
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.repository.unit import Unit

__all__ = ["Clock", "Platform", "Store", "Unit"]

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime in UTC."""


class Platform(Protocol):
    """One platform as the core sees it. Calls raise the errors of `bot.chat.errors`."""

    @property
    def name(self) -> str:
        """The platform's name as it stands in `Place.platform`."""

    @property
    def repeats_safely(self) -> bool:
        """Whether sending again with the same key gives no second copy (Discord's nonce window)."""

    @property
    def whispers(self) -> bool:
        """Whether an answer in a group always reaches the asker alone, where they asked."""

    @property
    def has_polls(self) -> bool:
        """Whether `Message.poll` is shown as a native poll and votes come back as Voted."""

    @property
    def has_events(self) -> bool:
        """Whether groups have a list of events (`bot.chat.act.Announce`) and voice channels (`Gather`)."""

    async def fetch(self, file: File, most: int) -> bytes:
        """The content of a file that somebody sent here; raises Refused where it has more than `most` bytes."""

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a localised message and return where it stands (the last page). `key` names this very send."""

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change a message that we sent. An edit without change succeeds."""

    async def delete(self, ref: Ref) -> None:
        """Remove a message; one that is gone already is fine."""

    async def role(self, place: Place, account: Account) -> Role:
        """The account's standing there at this moment, as the platform says."""

    async def power(self, place: Place, account: Account | None) -> Power:
        """What that account, or with None the bot itself, is and may do there at this moment."""

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do that there; doing it twice is fine. A whisper's message is localised. `key` names this very act.

        Returns what undoing it needs to know (how things were before a lock), "" for nothing.
        """

    async def private(self, account: Account) -> Place:
        """The place of private messages with that account; raises Refused where none may be sent."""

    def invite(self) -> str:
        """The address that adds the bot to a group, with the rights it can use; "" if there is none."""

    def link(self, ref: Ref) -> str:
        """The address at which members of the group find that message; "" if there is none."""


class Store(Protocol):
    """Where everything is kept. Raises Unavailable when it cannot take anything now."""

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """A unit of work, committed when the block ends and rolled back if it raises."""

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A unit that only reads, beside the writer."""

    async def sweep(self) -> None:
        """Let nothing that was deleted be left in the files."""
