"""Two people who finish their daily quizzes together, and how many days in a row they both did."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

PATIENCE = timedelta(days=30)
"""Somebody who did not want to is not asked again by the same person within this time."""

BREATH = timedelta(days=1)
"""Nor is anybody who was asked or left within this one: nobody is called again and again."""


class State(StrEnum):
    """Asked and not answered yet, together, declined, or ended (also by taking back what was asked)."""

    ASKED = "asked"
    TOGETHER = "together"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Pair:
    """`person` asked `buddy`; `at` is when it came to this state.

    `length` quiz days in a row up to `last` were finished by both.
    """

    community: int
    person: int
    buddy: int
    at: datetime
    state: State = State.ASKED
    length: int = 0
    best: int = 0
    last: date | None = None

    def other(self, person: int) -> int:
        """The one of the two who is not this person."""
        return self.buddy if person == self.person else self.person

    def is_quiet(self, now: datetime) -> bool:
        """Whether `person` should not ask again yet."""
        wait = {State.DECLINED: PATIENCE, State.ENDED: BREATH}.get(self.state)
        return wait is not None and now < self.at + wait


def carry(pair: Pair, day: date, missed: int) -> Pair:
    """The pair after both finished the quiz of `day`, when `missed` quizzes of the group lay in between.

    A day that only one of them finished is missed; nothing is frozen, the next day together just begins anew. The same
    day twice changes nothing.
    """
    if pair.last is not None and day <= pair.last:
        return pair
    length = pair.length + 1 if pair.last and not missed else 1
    return replace(pair, length=length, best=max(length, pair.best), last=day)
