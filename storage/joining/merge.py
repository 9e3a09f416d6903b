"""What becomes of two rows with the same key when their groups become one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from bot.domain.suggestion import Ballot
from storage.rows import packed

Row = dict[str, Any]
Both = Callable[[Row, Row], Row]

_BALLOT = msgspec.json.Decoder(Ballot)


def earlier(column: str) -> Both:
    """The one that was first."""
    return lambda here, there: min(here, there, key=lambda row: row[column])


def later(column: str) -> Both:
    """The one that holds longer."""
    return lambda here, there: max(here, there, key=lambda row: row[column])


def members(here: Row, there: Row) -> Row:
    """A membership in both: the higher standing, the longer streak, no ranking against somebody's wish in either."""
    running = max(here, there, key=lambda row: (row["streak"], row["last_day"] or 0))
    known = [row["since"] for row in (here, there) if row["since"]]
    return here | {
        "role": max(here["role"], there["role"]),
        "stood": max(here["stood"], there["stood"]),
        "ranked": here["ranked"] and there["ranked"],
        "tipped": here["tipped"] or there["tipped"],
        "nudged": here["nudged"] or there["nudged"],
        "streak": running["streak"],
        "last_day": running["last_day"],
        "freezes": max(here["freezes"], there["freezes"]),
        "best_streak": max(here["best_streak"], there["best_streak"]),
        "practice_hour": there["practice_hour"] if here["practice_hour"] is None else here["practice_hour"],
        "since": min(known) if len(known) == 2 else None,
    }


def pairs(here: Row, there: Row) -> Row:
    """Two who finish their quizzes together in both: once together they are, for the longer time of the two."""
    best = max(here["best"], there["best"])
    lasting = [row for row in (here, there) if row["state"] == "together"] or [here]
    return max(lasting, key=lambda row: row["length"]) | {"best": best}


def ballots(here: Row, there: Row) -> Row:
    """Two votes of one month: all suggestions in one, with what was counted for each."""
    ours, theirs = _BALLOT.decode(here["body"]), _BALLOT.decode(there["body"])
    size = len(ours.suggestions)
    one = replace(
        ours,
        suggestions=(*ours.suggestions, *theirs.suggestions),
        votes=(*_counted(ours, size), *_counted(theirs, len(theirs.suggestions))) if ours.closed else (),
        people=ours.people + theirs.people,
    )
    return here | {"body": packed(one)}


def _counted(ballot: Ballot, size: int) -> tuple[int, ...]:
    return (*ballot.votes, *(0,) * size)[:size]
