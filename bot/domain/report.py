"""Messages that members point moderators to: when they are heard, and what several of them together bring about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Ref

BURST, SHORT = 3, timedelta(minutes=10)
MOST_A_DAY, DAY = 10, timedelta(days=1)
"""Reports of one person: at most so many within a short time, and within a day."""

KNOWN = timedelta(days=1)
"""How long somebody is a member before their report counts towards taking a message away."""

FALSE_IN_A_ROW = 3
"""After so many reports about which nothing was wrong, only one a day is told to moderators."""

MOST_REASON = 200
MOST_WORDS = 1000
"""Characters that are kept of a reason, and of the message."""


class State(StrEnum):
    """What moderators found."""

    OPEN = "open"
    WARNED = "warned"
    REMOVED = "removed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Report:
    """A message that was reported, however often; `id` is given by the store.

    `author` is 0 where that is nobody who can be a member, or nobody who may be known. `told` says that moderators have
    heard of it, `hidden` that it was taken away because several people reported it. `judge` is who decided.
    """

    community: int
    id: int
    about: Ref
    author: int
    words: str
    at: datetime
    state: State = State.OPEN
    told: bool = False
    hidden: bool = False
    judge: int = 0
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's report. One that does not `count` adds nothing to the number that takes a message away."""

    report: int
    person: int
    at: datetime
    reason: str = ""
    counts: bool = True


def wait(times: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long somebody waits who reported at these times within a day, newest first; None for not at all."""
    for most, span in ((BURST, SHORT), (MOST_A_DAY, DAY)):
        if len(times) >= most and (left := times[most - 1] + span - now) > timedelta():
            return left
    return None


def doubted(verdicts: Sequence[State]) -> bool:
    """Whether the last decisions about somebody's reports, newest first, all found nothing wrong."""
    return len(verdicts) >= FALSE_IN_A_ROW and all(each is State.CLEARED for each in verdicts[:FALSE_IN_A_ROW])
