"""What can be searched for and how it is ranked, alike on every database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MOST_FOUND = 200
"""Hits that a search gives at the most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found: subject number `subject` of a `kind` ("resource", at most 16 characters).

    `states` answer `is:`, `author` (a name, "" for nobody) answers `from:`, `tags` answer `#`. Nothing of it is shown;
    what may not be found by a member must not be put in.
    """

    community: int
    kind: str
    subject: int
    title: str
    body: str
    tags: tuple[str, ...]
    at: datetime
    author: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: any of the `words` and all of the `marks` ("#fungsi", "is:open", "from:ani").

    `kinds` are the words after `kind:`, which the registered kinds are matched with.
    """

    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits; `share` from 0 to 1 says how much of the query's weight it has."""

    kind: str
    subject: int
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first, and the query's words that stand nowhere, with those that were taken for typing errors."""

    hits: Sequence[Hit]
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
