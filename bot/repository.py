"""Named queries in the domain's words: what a unit of work can ask of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.places import Account, Place, Ref
from bot.domain.community import Community, Venue
from bot.domain.items import Item
from bot.domain.jobs import Job, State
from bot.domain.people import Member, Person
from bot.domain.points import Entry, Reason, Standing
from bot.domain.quiz import Answer, Quiz, Tally


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who an event came from and which community it belongs to, as far as known."""

    venue: Venue | None
    community: Community | None
    person: Person | None
    member: Member | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A command that waits for an argument: the next text of that person in that place."""

    place: Place
    account: Account
    community: int
    path: str
    given: Mapping[str, str]
    param: str
    expires_at: datetime


class Arrivals(Protocol):
    """The first step of every event."""

    async def first_time(self, platform: str, key: str, at: datetime) -> bool:
        """Remember the event's key; False if it was remembered before."""

    async def of(self, place: Place, account: Account | None) -> Arrival:
        """The place's community, the account's person and membership, in one query."""

    async def forget(self, before: datetime) -> int:
        """Drop keys older than that; returns how many."""


class Communities(Protocol):
    """Study groups and the places where they live."""

    async def add(self, community: Community) -> Community:
        """Store a new community; its `id` is given here."""

    async def get(self, community: int) -> Community | None:
        """The community of that number."""

    async def hold(self, community: int) -> Community:
        """The community as it stands now, held against changes by others until this unit ends."""

    async def save(self, community: Community) -> None:
        """Store changed settings; hold the community first, so that no other change is lost."""

    async def all(self) -> Sequence[Community]:
        """Every community (the operator's view)."""

    async def venues(self, community: int) -> Sequence[Venue]:
        """The places of a community, paused ones too."""

    async def put_venue(self, venue: Venue) -> None:
        """Add a place or store its changed state."""

    async def move_venue(self, old: Place, new: Place) -> bool:
        """Let everything that pointed to the old chat point to the new one; False if there was nothing left to move."""

    async def of_person(self, person: int) -> Sequence[Community]:
        """The communities that this person belongs to."""


class People(Protocol):
    """Persons, accounts, memberships."""

    async def add(self, account: Account, name: str, language: str) -> Person:
        """A new person with this first account."""

    async def save(self, person: Person) -> None:
        """Store changed settings of a person."""

    async def join(self, member: Member) -> Member:
        """Make somebody a member if they are not yet, and return the membership."""

    async def save_member(self, member: Member) -> None:
        """Store a changed membership."""

    async def member(self, community: int, person: int) -> Member | None:
        """The membership of a person."""

    async def names(self, persons: Sequence[int]) -> Mapping[int, str]:
        """The names of these persons."""

    async def open_private(self, account: Account, can_write: bool) -> None:
        """Remember whether the account may be written to."""

    async def can_write(self, account: Account) -> bool:
        """Whether the account opened private messages."""


class Items(Protocol):
    """A community's bank of quiz items. Where a `tag` is taken, "" means any."""

    async def add(self, item: Item, at: datetime) -> Item:
        """Store a new item; its `id` (counted per community) is given here."""

    async def some(self, community: int, items: Sequence[int]) -> Sequence[Item]:
        """These items, in this order, without those that do not exist."""

    async def page(self, community: int, tag: str, start: int, most: int) -> Sequence[Item]:
        """Active items, newest first, from the `start`-th."""

    async def count(self, community: int, tag: str) -> int:
        """How many active items there are."""

    async def asked_at(self, community: int, tag: str) -> Mapping[int, datetime | None]:
        """The numbers of all active items with when each was last in a daily quiz."""

    async def asked(self, community: int, items: Sequence[int], at: datetime) -> None:
        """Remember that these items are asked now."""

    async def tags(self, community: int) -> Sequence[str]:
        """The tags of active items, most used first."""


class Quizzes(Protocol):
    """Daily quizzes and their answers."""

    async def add(self, quiz: Quiz) -> Quiz | None:
        """Store a new quiz with its copies of the items; None if that day has one already."""

    async def get(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, held against being closed by another until this unit ends."""

    async def seize(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, once every answer on its way is in; later ones wait until this unit ends."""

    async def latest(self, community: int) -> Quiz | None:
        """The quiz that opened last."""

    async def before(self, quiz: Quiz) -> Quiz | None:
        """The quiz of the day before that one on which there was any."""

    async def close(self, quiz: Quiz, streak: int) -> None:
        """End a quiz with the group's streak: from this commit on, no answer counts."""

    async def days_between(self, community: int, after: int, before: int) -> int:
        """How many quizzes were posted on days strictly between these two (ordinals)."""

    async def answer(self, quiz: Quiz, person: int, answer: Answer, at: datetime) -> Mapping[int, int]:
        """Store an answer unless that person answered that item already.

        Returns all stored options of the person by position, so the caller sees which answer stands.
        """

    async def answers(self, community: int, quiz: int, person: int) -> Mapping[int, int]:
        """A person's stored options by position."""

    async def tally(self, community: int, quiz: int) -> Tally:
        """The distribution of all answers."""


class Ledger(Protocol):
    """The append-only record of points, and the sums kept beside it."""

    async def record(self, entry: Entry) -> bool:
        """Add an entry; False if its cause was recorded before."""

    async def sums(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """A person's points by kind; month 0 means all time."""

    async def entries(self, community: int, person: int, start: int, most: int) -> Sequence[Entry]:
        """A person's entries, newest first."""

    async def top(self, community: int, month: int, reason: Reason, most: int) -> Sequence[Standing]:
        """The leaders of a month (0: all time) in one kind, without those who do not wish to be ranked."""


class Practices(Protocol):
    """Private practice rounds."""

    async def start(self, community: int, person: int, items: Sequence[int]) -> int:
        """Begin a round over these items, replacing the person's last one; returns its number."""

    async def get(self, community: int, person: int) -> tuple[int, tuple[int, ...], Mapping[int, int]] | None:
        """The person's round: its number, its items, and the options chosen by position."""

    async def answer(self, community: int, person: int, position: int, option: int) -> Mapping[int, int]:
        """Store the first choice for that position; returns the options chosen by position."""


class Pendings(Protocol):
    """Commands that wait for an argument."""

    async def put(self, pending: Pending) -> None:
        """Wait for this; what that person was asked there before is forgotten."""

    async def get(self, place: Place, account: Account) -> Pending | None:
        """What is awaited of that person there."""

    async def drop(self, place: Place, account: Account) -> None:
        """Await nothing any more."""

    async def clear(self, before: datetime) -> int:
        """Forget what was to be answered before that; returns how many."""


class Jobs(Protocol):
    """Due work. `asked` says that this unit asked for some."""

    asked: bool

    async def put(self, job: Job) -> None:
        """Ask for this job. One with the same key is asked for again, at the new time."""

    async def cancel(self, community: int, kind: str) -> None:
        """Forget the jobs of that kind that have not begun."""

    async def claim(self, now: datetime, until: datetime, most: int) -> Sequence[Job]:
        """Take due or abandoned jobs, most urgent first; nobody else gets them until then."""

    async def renew(self, jobs: Sequence[Job], until: datetime) -> None:
        """Keep claimed jobs for longer."""

    async def release(self, now: datetime) -> None:
        """End every lease: for a start that knows no other process can hold one (a locked SQLite file)."""

    async def get(self, community: int, key: str) -> Job | None:
        """The job of that key."""

    async def sending(self, job: Job) -> None:
        """Note that a request for it may leave now."""

    async def finish(self, job: Job, state: State) -> None:
        """End it. Asked for again meanwhile, it is due again instead."""

    async def retry(self, job: Job, at: datetime) -> None:
        """Give it back, due at that time, with its `tries` and `failures`."""

    async def next_due(self) -> datetime | None:
        """When a job must be looked at next."""

    async def oldest(self) -> datetime | None:
        """The due time of the job that waits longest, however often it was tried."""

    async def troubled(self, community: int) -> Sequence[Job]:
        """Jobs that ended dropped, unknown or failed, newest first (at most 20)."""

    async def clear(self, before: datetime) -> int:
        """Drop ended jobs older than that; returns how many."""


class Cards(Protocol):
    """Where living messages stand: those that are edited instead of posted anew."""

    async def put(self, community: int, key: str, ref: Ref) -> None:
        """Remember where the card stands in that place."""

    async def get(self, community: int, key: str, place: Place) -> Ref | None:
        """Where the card stands in that place."""

    async def drop(self, community: int, key: str, place: Place) -> None:
        """Forget a card that is gone."""
