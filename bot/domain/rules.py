"""The rules of a group, in versions: what they say, and what a new version changed."""

import re
from dataclasses import dataclass
from datetime import datetime

MOST_LINES = 20
LONGEST_LINE = 300
"""Characters of one rule."""

_NUMBERING = re.compile(r"\A(?:\d{1,2}[.)]|[-*•–])\s+")


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a group's rules; old ones are kept. `version` counts from 1 and is given by the store."""

    community: int
    version: int
    lines: tuple[str, ...]
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changed: the numbers of new lines, counted from 1, and how many lines went."""

    new: tuple[int, ...] = ()
    gone: int = 0


def read_lines(text: str) -> tuple[str, ...]:
    """One rule a line, without the numbers or dots that somebody put before them."""
    stripped = (_NUMBERING.sub("", line.strip(), count=1).strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def compare(before: Edition | None, after: Edition) -> Change:
    """What is new in a version, and how much of the one before is left out; the first one changes nothing."""
    if before is None:
        return Change()
    old, now = set(before.lines), set(after.lines)
    new = tuple(number for number, line in enumerate(after.lines, 1) if line not in old)
    return Change(new, len(old - now))
