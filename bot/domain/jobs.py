"""Due work and messages to send, as rows that survive a crash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Place

LEASE = timedelta(seconds=60)
"""A claimed job belongs to its claimer this long; it is renewed while a send waits for the platform."""

MOST_AMBIGUOUS = 2
"""After this many sends whose reply was lost the job is left as unknown, so there is at most one extra copy."""

MOST_FAILURES = 3
"""A job whose own code fails this often is set aside, so that it cannot stop others."""


class State(StrEnum):
    """Where a job is on its way. CLAIMED is at work without effect yet; SENDING means that a request may have left."""

    DUE = "due"
    CLAIMED = "claimed"
    SENDING = "sending"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of due work.

    `key` is unique in the community. `subject` is the number of what it is about. `place` is None for work that
    sends nothing. With a `person` it is a private message in that person's language; `place` then names the platform
    and, as its chat, the account, or is None for somebody who could not be written to when it was asked for. `wanted`
    counts how often it was asked for: a card that changes while it is being sent is sent again. `tries` counts sends
    whose outcome is not known, `failures` errors of our own.
    """

    community: int
    key: str
    kind: str
    subject: int
    due_at: datetime
    place: Place | None = None
    state: State = State.DUE
    wanted: int = 1
    tries: int = 0
    failures: int = 0
    person: int = 0


def backoff(failures: int) -> timedelta:
    """How long to wait after that many failures in a row: 5 s doubling up to 5 minutes."""
    return min(timedelta(seconds=5 * 2 ** min(failures, 10)), timedelta(minutes=5))
