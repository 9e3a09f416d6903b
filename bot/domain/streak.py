"""Streaks of finished daily quizzes, with freeze days and without guilt."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

EARN_EVERY = 7
"""A freeze day is earned at every seventh day of a streak."""

MOST_FREEZES = 2


@dataclass(frozen=True, slots=True)
class Streak:
    """`length` quiz days in a row up to `last`; `freezes` missed quiz days may still pass unpunished."""

    length: int = 0
    best: int = 0
    freezes: int = 0
    last: date | None = None


MOST_SILENT = 4
"""A group's streak goes on where one in that many of those who lately took part finished the quiz."""

LEAST_PEOPLE = 2

LATELY = timedelta(days=30)


def carries(finished: int, lately: int) -> bool:
    """Whether that many people who finished a day's quiz carry the group's streak on.

    `lately` is how many finished any within `LATELY`, that day's included.
    """
    return finished >= LEAST_PEOPLE and finished * MOST_SILENT >= lately


def extend(streak: Streak, day: date, missed: int) -> Streak:
    """The streak after finishing the quiz of `day`, when `missed` quizzes of this group lay in between.

    A day that had no quiz is not missed. The same day twice changes nothing.
    """
    if streak.last is not None and day <= streak.last:
        return streak
    kept = missed <= streak.freezes
    length = streak.length + 1 if kept else 1
    freezes = streak.freezes - missed if kept else 0
    if length % EARN_EVERY == 0:
        freezes = min(freezes + 1, MOST_FREEZES)
    return replace(streak, length=length, best=max(length, streak.best), freezes=freezes, last=day)
