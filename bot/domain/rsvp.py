"""Who said to come to a date of a session, and who has a seat."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class Answer(StrEnum):
    """What somebody said to a date."""

    YES = "yes"
    LATE = "late"
    MAYBE = "maybe"
    NO = "no"

    @property
    def comes(self) -> bool:
        """Whether it takes a seat."""
        return self in (Answer.YES, Answer.LATE)


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What somebody said last to a date; `since` is when they took their seat, or said so. A `guest` is no member."""

    community: int
    series: int
    day: date
    person: int
    answer: Answer
    since: datetime
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """Who comes, in the order in which they took their seats, and who waits for one; `maybe` and `no` beside them."""

    coming: tuple[Rsvp, ...] = ()
    waiting: tuple[Rsvp, ...] = ()
    maybe: tuple[Rsvp, ...] = ()
    no: tuple[Rsvp, ...] = ()


def seats(rsvps: Iterable[Rsvp], capacity: int) -> Seats:
    """Who comes and who waits: whoever said so first has a seat."""
    found: dict[Answer, list[Rsvp]] = {answer: [] for answer in Answer}
    for rsvp in sorted(rsvps, key=_seat):
        found[rsvp.answer].append(rsvp)
    want = sorted((*found[Answer.YES], *found[Answer.LATE]), key=_seat)
    most = capacity or len(want)
    return Seats(tuple(want[:most]), tuple(want[most:]), tuple(found[Answer.MAYBE]), tuple(found[Answer.NO]))


def _seat(rsvp: Rsvp) -> tuple[datetime, int]:
    return rsvp.since, rsvp.person


def replied(before: Rsvp | None, new: Rsvp) -> Rsvp:
    """The reply to store: whoever goes on coming keeps their seat."""
    if before and before.answer.comes and new.answer.comes:
        return replace(new, since=before.since, guest=before.guest)
    return new
