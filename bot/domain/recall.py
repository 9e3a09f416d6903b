"""Spaced repetition by FSRS: what a member remembers of an item and when it is due again."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Rating(IntEnum):
    """How well an item was remembered; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Card:
    """FSRS's state of one item for one member: `step` is None once it is learnt, `stability` in days, `difficulty`
    1 to 10.
    """

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    last_review: datetime | None


@dataclass(frozen=True, slots=True)
class Memory:
    """A member's memory of an item; `before` is the card before the last answer, so that its rating can be changed.

    `since` is when the member first met the item in practice or missed it in a quiz.
    """

    community: int
    person: int
    item: int
    card: Card
    since: datetime
    before: Card | None = None
