"""Spaced repetition by FSRS: what a member remembers of an item and when it is due again.

Only items that were missed, or called hard, become cards; of the others it is kept that they were met.
"""

from dataclasses import dataclass, replace
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
    """A member's memory of an item: no `card` while it was never missed nor called hard.

    `before` is the card before the last answer, so that its rating can be changed. `since` is when the member first
    met the item in practice or missed it in a quiz.
    """

    community: int
    person: int
    item: int
    card: Card | None
    since: datetime
    before: Card | None = None


def meet(memory: Memory, right: bool, now: datetime) -> Memory:
    """The memory after an answer: right counts as good, wrong as again."""
    if memory.card is None and right:
        return memory
    return replace(memory, card=review(memory.card, Rating.GOOD if right else Rating.AGAIN, now), before=memory.card)


def rate(memory: Memory, rating: Rating, now: datetime) -> Memory:
    """The memory with the last answer, given at `now` or kept in the card, rated otherwise."""
    at = memory.card.last_review if memory.card else None
    return replace(memory, card=review(memory.before, rating, at or now))


def review(card: Card | None, rating: Rating, now: datetime) -> Card:
    """The card after a review at that moment, by py-fsrs with its default parameters and without its chance."""
    # Only for those who miss something: no start waits for the library.
    import fsrs

    # Without a number the library would make one of the clock.
    known = fsrs.Card(0, due=now)
    if card:
        state = fsrs.State(card.state)
        known = fsrs.Card(0, state, card.step, card.stability, card.difficulty, card.due, card.last_review)
    after, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(known, fsrs.Rating(int(rating)), now)
    return Card(int(after.state), after.step, after.stability, after.difficulty, after.due, after.last_review)
