"""What waits: commands for an argument, people for a word, jobs for their time, cards for an edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.chat.places import Account, Place, Ref
from bot.domain.jobs import Job, State


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody has yet to be told, once; `cause` is unique for the person, `kind` and `subject` say what it is."""

    community: int
    person: int
    cause: str
    kind: str
    subject: int
    at: datetime


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


class Notices(Protocol):
    """What people have yet to be told."""

    async def put(self, notice: Notice) -> bool:
        """Leave it for the member; False if it was left before and not yet told."""

    async def waiting(self, community: int, person: int) -> Sequence[Notice]:
        """All that waits for the member, oldest first; it goes on waiting."""

    async def take(self, community: int, person: int) -> Sequence[Notice]:
        """All that waits for the member, oldest first; from this commit on they count as told."""


class Jobs(Protocol):
    """Due work. `asked` says that this unit asked for some."""

    asked: bool

    async def put(self, job: Job) -> None:
        """Ask for this job. One with the same key is asked for again, at the new time."""

    async def cancel(self, community: int, kind: str, subjects: range | None = None) -> None:
        """Forget the jobs of that kind, of all subjects or of those, that have not begun."""

    async def claim(self, now: datetime, until: datetime, most: int, *, silent: bool = False) -> Sequence[Job]:
        """Take due or abandoned jobs, most urgent first; nobody else gets them until then.

        `silent` takes only those that send nothing.
        """

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


class Noises(Protocol):
    """What the bot said in public by itself, day by day."""

    async def count(self, community: int, place: Place, day: date, but: str) -> tuple[int, int]:
        """How many posts but that one there were in that chat on the group's day, and how many of them with a sound."""

    async def put(self, community: int, place: Place, day: date, key: str, *, sounds: bool) -> None:
        """Note a post; noted once, however often it is tried."""

    async def clear(self, before: date) -> int:
        """Forget older days; returns how many posts."""


class Cards(Protocol):
    """Where living messages stand: those that are edited instead of posted anew."""

    async def put(self, community: int, key: str, ref: Ref) -> None:
        """Remember where the card stands in that place."""

    async def get(self, community: int, key: str, place: Place) -> Ref | None:
        """Where the card stands in that place."""

    async def standing(self, community: int, key: str) -> Sequence[Ref]:
        """Everywhere where the card stands."""

    async def at(self, ref: Ref) -> tuple[int, str] | None:
        """The community and the key of the card that stands there."""

    async def under(self, place: Place) -> tuple[int, str] | None:
        """The community and the key of the card for which that thread was opened; None for a place without thread."""

    async def of_poll(self, platform: str, poll: str) -> tuple[int, str, Place] | None:
        """The community, key and place of the card that is this native poll."""

    async def drop(self, community: int, key: str, place: Place) -> None:
        """Forget a card that is gone."""

    async def forget(self, ref: Ref) -> None:
        """Forget the card that is this very message."""
