"""What a live round is worth, and how that is put right after a key was corrected: by new entries only."""

from datetime import datetime

from bot.domain.points import WORTH, Entry, Reason, season
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


def correction(quiz: Quiz, person: int, item: int, number: int, change: int, at: datetime, zone: str) -> Entry:
    """The entry that moves a live round's point after the `number`-th change of that item corrected its key.

    `change` is 1 or -1. It counts in the season in which it is made: seasons that are over stay as they were.
    """
    cause = f"{_REKEY}:{quiz.id}:{item}:{number}:{person}"
    amount = change * WORTH[Reason.ROUND]
    return Entry(quiz.community, person, cause, Reason.ROUND, amount, quiz.id, season(at, zone), at)


def corrected_item(cause: str) -> int | None:
    """The item whose corrected key caused an entry, None where something else did."""
    kind, *numbers = cause.split(":")
    return int(numbers[1]) if kind == _REKEY else None
