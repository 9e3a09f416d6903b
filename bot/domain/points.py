"""Points: an append-only double-entry ledger of contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Reason(StrEnum):
    """The kind of contribution that an entry rewards."""

    QUIZ = "quiz"


WORTH: Mapping[Reason, int] = {Reason.QUIZ: 1}
"""Points for each kind, right or wrong answers alike."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Points moved from the group's pool to a person, never changed afterwards.

    `cause` is unique in the community: one cause, one entry. `subject` is the number of what was done
    (a quiz), `month` is the season as `YYYYMM` in the group's zone.
    """

    community: int
    person: int
    cause: str
    reason: Reason
    amount: int
    subject: int
    month: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a leaderboard."""

    person: int
    name: str
    points: int


def season(at: datetime, zone: str) -> int:
    """The month of an instant in that zone, as `YYYYMM`."""
    local = at.astimezone(ZoneInfo(zone))
    return local.year * 100 + local.month


def reward(community: int, person: int, reason: Reason, subject: int, at: datetime, zone: str) -> Entry:
    """The entry that rewards this person for this subject, once."""
    cause = f"{reason}:{subject}:{person}"
    return Entry(community, person, cause, reason, WORTH[reason], subject, season(at, zone), at)
