"""What the core needs of the world: a store, platforms, and a clock."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.chat.act import Act
from bot.chat.file import File
from bot.chat.message import Message
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.repository import (
    Arrivals,
    Badges,
    Board,
    Cards,
    Communities,
    Drafts,
    Faqs,
    Files,
    Gratitude,
    Holds,
    Items,
    Jobs,
    Joinings,
    Knocks,
    Ledger,
    Library,
    Links,
    Locks,
    Newcomers,
    Noises,
    Notices,
    Pairs,
    Participations,
    Pendings,
    People,
    Pins,
    Practices,
    Privacy,
    Proposals,
    Questions,
    Quizzes,
    Recalls,
    Recognitions,
    Records,
    Reports,
    Rotas,
    Rounds,
    Rules,
    Sanctions,
    Searches,
    Suggestions,
    Unions,
    Votes,
)

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


class Unit(Protocol):
    """One unit of work: everything done through it is committed together or not at all."""

    @property
    def arrivals(self) -> Arrivals:
        """See `bot.repository.Arrivals`."""

    @property
    def communities(self) -> Communities:
        """See `bot.repository.Communities`."""

    @property
    def people(self) -> People:
        """See `bot.repository.People`."""

    @property
    def items(self) -> Items:
        """See `bot.repository.Items`."""

    @property
    def quizzes(self) -> Quizzes:
        """See `bot.repository.Quizzes`."""

    @property
    def ledger(self) -> Ledger:
        """See `bot.repository.Ledger`."""

    @property
    def badges(self) -> Badges:
        """See `bot.repository.Badges`."""

    @property
    def pairs(self) -> Pairs:
        """See `bot.repository.Pairs`."""

    @property
    def practices(self) -> Practices:
        """See `bot.repository.Practices`."""

    @property
    def pendings(self) -> Pendings:
        """See `bot.repository.Pendings`."""

    @property
    def jobs(self) -> Jobs:
        """See `bot.repository.Jobs`."""

    @property
    def cards(self) -> Cards:
        """See `bot.repository.Cards`."""

    @property
    def rounds(self) -> Rounds:
        """See `bot.repository.Rounds`."""

    @property
    def recalls(self) -> Recalls:
        """See `bot.repository.Recalls`."""

    @property
    def drafts(self) -> Drafts:
        """See `bot.repository.Drafts`."""

    @property
    def files(self) -> Files:
        """See `bot.repository.Files`."""

    @property
    def notices(self) -> Notices:
        """See `bot.repository.Notices`."""

    @property
    def noises(self) -> Noises:
        """See `bot.repository.Noises`."""

    @property
    def votes(self) -> Votes:
        """See `bot.repository.Votes`."""

    @property
    def searches(self) -> Searches:
        """See `bot.repository.Searches`."""

    @property
    def library(self) -> Library:
        """See `bot.repository.Library`."""

    @property
    def questions(self) -> Questions:
        """See `bot.repository.Questions`."""

    @property
    def faqs(self) -> Faqs:
        """See `bot.repository.Faqs`."""

    @property
    def sanctions(self) -> Sanctions:
        """See `bot.repository.Sanctions`."""

    @property
    def records(self) -> Records:
        """See `bot.repository.Records`."""

    @property
    def holds(self) -> Holds:
        """See `bot.repository.Holds`."""

    @property
    def knocks(self) -> Knocks:
        """See `bot.repository.Knocks`."""

    @property
    def newcomers(self) -> Newcomers:
        """See `bot.repository.Newcomers`."""

    @property
    def pins(self) -> Pins:
        """See `bot.repository.Pins`."""

    @property
    def locks(self) -> Locks:
        """See `bot.repository.Locks`."""

    @property
    def reports(self) -> Reports:
        """See `bot.repository.Reports`."""

    @property
    def proposals(self) -> Proposals:
        """See `bot.repository.Proposals`."""

    @property
    def rules(self) -> Rules:
        """See `bot.repository.Rules`."""

    @property
    def rotas(self) -> Rotas:
        """See `bot.repository.Rotas`."""

    @property
    def participations(self) -> Participations:
        """See `bot.repository.Participations`."""

    @property
    def suggestions(self) -> Suggestions:
        """See `bot.repository.Suggestions`."""

    @property
    def gratitude(self) -> Gratitude:
        """See `bot.repository.Gratitude`."""

    @property
    def recognitions(self) -> Recognitions:
        """See `bot.repository.Recognitions`."""

    @property
    def board(self) -> Board:
        """See `bot.repository.Board`."""

    @property
    def privacy(self) -> Privacy:
        """See `bot.repository.Privacy`."""

    @property
    def unions(self) -> Unions:
        """See `bot.repository.Unions`."""

    @property
    def links(self) -> Links:
        """See `bot.repository.Links`."""

    @property
    def joinings(self) -> Joinings:
        """See `bot.repository.Joinings`."""


class Store(Protocol):
    """Where everything is kept. Raises Unavailable when it cannot take anything now."""

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """A unit of work, committed when the block ends and rolled back if it raises."""

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A unit that only reads, beside the writer."""

    async def sweep(self) -> None:
        """Let nothing that was deleted be left in the files."""
