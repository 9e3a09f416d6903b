"""A focus timer: everybody works, everybody rests, so many rounds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Place

WORK = (5, 120)
REST = (1, 60)
ROUNDS = (1, 12)
"""The least and the most minutes of work and of a break, and how many rounds there are."""


class Part(StrEnum):
    """What is going on."""

    WORK = "work"
    REST = "rest"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Phase:
    """What is going on in which round (from 1), and until when."""

    part: Part
    round: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Focus:
    """A timer in one place; `id` counts within the community. `work` and `rest` are minutes.

    `ended_at` is when it was stopped before its time.
    """

    community: int
    id: int
    place: Place
    by: int
    started_at: datetime
    work: int = 25
    rest: int = 5
    rounds: int = 4
    ended_at: datetime | None = None
    over: bool = False

    @property
    def ends_at(self) -> datetime:
        """When its last round is over, or was stopped."""
        minutes = self.rounds * self.work + (self.rounds - 1) * self.rest
        return self.ended_at or self.started_at + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Focuser:
    """Somebody who takes part, since `joined_at`, None for whoever left; `seconds` is the work before that."""

    community: int
    focus: int
    person: int
    joined_at: datetime | None
    seconds: int = 0


def phase(focus: Focus, now: datetime) -> Phase:
    """What goes on at that moment."""
    if focus.over or now >= focus.ends_at:
        return Phase(Part.OVER, focus.rounds, focus.ends_at)
    length = timedelta(minutes=focus.work + focus.rest)
    number = (now - focus.started_at) // length
    rests_at = focus.started_at + number * length + timedelta(minutes=focus.work)
    if now < rests_at:
        return Phase(Part.WORK, number + 1, min(rests_at, focus.ends_at))
    return Phase(Part.REST, number + 1, focus.started_at + (number + 1) * length)


def worked(focus: Focus, member: Focuser, now: datetime) -> timedelta:
    """How long that person has worked by that moment, without the breaks."""
    before = timedelta(seconds=member.seconds)
    if member.joined_at is None:
        return before
    return before + _until(focus, now) - _until(focus, member.joined_at)


def _until(focus: Focus, now: datetime) -> timedelta:
    """The working time from the beginning to that moment."""
    gone = max(min(now, focus.ends_at) - focus.started_at, timedelta(0))
    work, length = timedelta(minutes=focus.work), timedelta(minutes=focus.work + focus.rest)
    return gone // length * work + min(gone % length, work)
