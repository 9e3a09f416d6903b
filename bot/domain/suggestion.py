"""Suggestions to the group: what becomes of each is said within a month, and once a month the group votes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.library import shorten
from bot.domain.quiz import instant, local_date

LONGEST_SUGGESTION = 1000
LONGEST_REASON = 300
LONGEST_TITLE = 80
"""Characters of a suggestion's first words where only one line is to be seen."""

MOST_A_DAY = 5
"""Suggestions of one person within 24 hours."""

DUE_AFTER = timedelta(days=30)
"""Within this time somebody says what becomes of a suggestion."""

REMIND_AFTER = (timedelta(days=23), DUE_AFTER)
"""When organisers are reminded of one of which nothing was said yet."""

LEAST_IN_VOTE, MOST_IN_VOTE = 2, 8
VOTE_FOR = timedelta(days=3)
"""How long a monthly vote is open."""

USEFUL_FOR = timedelta(days=3)
"""A vote that could not be posted in time is still held this long after its time; then the next month's takes over."""


class State(StrEnum):
    """What becomes of a suggestion; a removed one is shown to nobody."""

    NEW = "new"
    DISCUSSED = "discussed"
    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"
    REMOVED = "removed"


OPEN = (State.NEW, State.DISCUSSED, State.PLANNED)
SETTLED = (State.DONE, State.DECLINED)
IN_VOTE = (State.NEW, State.DISCUSSED)
"""The states of those about which the group may still be asked."""

GIVEN = (State.DISCUSSED, State.PLANNED, State.DONE, State.DECLINED)
"""The states that a moderator gives, with a reason."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion. `id` counts within the community; 0 before it is stored.

    `author` is 0 for an anonymous one: whose it is then stands in no value, and the store alone knows it
    (`Suggestions.is_owner`). `moved_at` is when it got its state; `reason` and `judge` say why and by whom, "" and 0
    while it is new. `ballot` is the month of the vote in which it was, 0 for none yet.
    """

    community: int
    id: int
    text: str
    author: int
    at: datetime
    moved_at: datetime
    anonymous: bool = False
    state: State = State.NEW
    reason: str = ""
    judge: int = 0
    ballot: int = 0

    @property
    def name(self) -> str:
        """How it is called: I3, for idea."""
        return f"I{self.id}"

    @property
    def title(self) -> str:
        """Its first words in one line, at most `LONGEST_TITLE` characters."""
        return shorten(" ".join(self.text.replace("```", " ").split()), LONGEST_TITLE)

    @property
    def due(self) -> datetime:
        """Until when somebody says what becomes of it."""
        return self.at + DUE_AFTER


@dataclass(frozen=True, slots=True)
class Ballot:
    """The vote of a month about some suggestions, in the order in which they are shown.

    `month` is the year times twelve plus the month's place in it, from 0. Once closed, `votes` and `people` say how
    many were for each and how many voted for any of them at the close.
    """

    community: int
    month: int
    closes_at: datetime
    suggestions: tuple[int, ...]
    closed: bool = False
    votes: tuple[int, ...] = ()
    people: int = 0

    def takes_votes(self, now: datetime) -> bool:
        """Whether a vote received at `now` counts."""
        return not self.closed and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Wish:
    """Which suggestions somebody looks for: of these states, everybody's for `owner` 0."""

    states: tuple[State, ...] = (*OPEN, *SETTLED)
    owner: int = 0


_NAME = re.compile(r"i?(\d{1,8})", re.IGNORECASE | re.ASCII)


def read_name(words: str) -> int:
    """The number of the suggestion that "I3" names, 0 for anything else."""
    found = _NAME.fullmatch(words.strip())
    return int(found[1]) if found else 0


def next_reminder(suggestion: Suggestion, now: datetime) -> datetime | None:
    """When organisers are reminded next of one of which nothing was said yet; None when they were often enough."""
    if suggestion.state is not State.NEW:
        return None
    return next((at for after in REMIND_AFTER if (at := suggestion.at + after) > now), None)


def month_of(day: date) -> int:
    """The number of that day's month."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    """The first day of that month."""
    return date(month // 12, month % 12 + 1, 1)


def vote_opens(month: int, at: time, zone: str) -> datetime:
    """The instant (UTC) at which the vote of that month opens: on its first day at this wall time."""
    return instant(first_of(month), at, zone)


def next_month(after: datetime, at: time, zone: str) -> int:
    """The month whose vote is the first to open after that instant."""
    month = month_of(local_date(after, zone))
    return month if vote_opens(month, at, zone) > after else month + 1


def choose(candidates: Sequence[int], votes: Mapping[int, int]) -> tuple[int, ...]:
    """Those that come into the vote: the most supported, older ones first among equals; none where one has no rival."""
    picked = sorted(candidates, key=lambda number: (-votes.get(number, 0), number))[:MOST_IN_VOTE]
    return tuple(picked) if len(picked) >= LEAST_IN_VOTE else ()
