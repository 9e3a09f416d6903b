"""How a group takes part: numbers of a span of time, of which none names anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

LEAST = 5
"""People from which on shares and kinds are shown: a percentage of four is somebody, and so is one who asked."""


class Kind(StrEnum):
    """In what people take part."""

    QUIZ = "quiz"
    QUESTION = "question"
    ANSWER = "answer"
    RESOURCE = "resource"
    VOTE = "vote"


Active = Mapping[Kind, frozenset[int]]
"""Who took part in what."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From just after `since` until `until`."""

    since: datetime
    until: datetime

    @property
    def before(self) -> "Stretch":
        """The one of the same length that ended when this one began."""
        return Stretch(self.since - (self.until - self.since), self.since)


@dataclass(frozen=True, slots=True)
class Participation:
    """The numbers of a stretch.

    `people` took part in anything, `kinds` says how many in what, `first` of them never had before. `answered` of the
    `asked` questions got an answer from somebody else, half of them within `wait`, None where none did.
    """

    people: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    first: int = 0
    asked: int = 0
    answered: int = 0
    wait: timedelta | None = None

    @property
    def shows_shares(self) -> bool:
        """Whether there are enough people that nobody is recognised."""
        return self.people >= LEAST


def everybody(active: Active) -> frozenset[int]:
    """Who took part in anything."""
    return frozenset().union(*active.values())


def summed(active: Active, known: frozenset[int], waits: Sequence[timedelta | None]) -> Participation:
    """The numbers of what was found.

    `known` took part before; `waits` are how long each question waited for its first answer, None without one.
    """
    people = everybody(active)
    came = [wait.total_seconds() for wait in waits if wait is not None]
    kinds = {kind: len(active.get(kind, ())) for kind in Kind}
    middle = timedelta(seconds=median(came)) if came else None
    return Participation(len(people), kinds, len(people - known), len(waits), len(came), middle)
