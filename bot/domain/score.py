"""What a live round is worth, and how that is put right after a key was corrected: by new entries only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.points import Entry, Reason, award
from bot.domain.quiz import Quiz

_REKEY = "rekey"


def round_points(answered: int, right: int, size: int) -> tuple[bool, bool]:
    """Whether somebody gets the point for taking part (half of all items answered) and the one for half of all right.

    `size` is how many items the round has; right ones are among the answered ones.
    """
    return answered * 2 >= size > 0, right * 2 >= size > 0


def part_cause(quiz: int, person: int) -> str:
    """The cause of the point for taking part in a live round."""
    return f"round:{quiz}:{person}"


def half_cause(quiz: int, person: int) -> str:
    """The cause of the point for half of a live round's items answered rightly."""
    return f"half:{quiz}:{person}"


def correction_cause(quiz: int, item: int, number: int, person: int) -> str:
    """The cause of the entry that the `number`-th change of an item's key makes for somebody in that round."""
    return f"{_REKEY}:{quiz}:{item}:{number}:{person}"


def correction(
    community: Community,
    quiz: Quiz,
    person: int,
    cause: str,
    before: Iterable[Entry],
    change: int,
    by: int,
    at: datetime,
) -> Entry:
    """The entry that gives a live round's point for half of it right (`change` 1), or takes it back (-1).

    `before` are the person's entries about that round: exactly what they gave for the half is taken back, whatever it
    is worth now. It counts in the season in which it is made: seasons that are over stay as they were.
    """
    made = award(community, person, Reason.ROUND, cause, quiz.id, at, by=by)
    if change > 0:
        return made
    half = sum(entry.amount for entry in before if entry.cause != part_cause(quiz.id, person))
    return replace(made, amount=-half)


def corrected_item(cause: str) -> int | None:
    """The item whose corrected key caused an entry, None where something else did."""
    kind, *numbers = cause.split(":")
    return int(numbers[1]) if kind == _REKEY else None
