"""Places in which only moderators can write for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Place

LONGEST_LOCK = timedelta(days=30)


class State(StrEnum):
    """Where a lock is: the platform was asked for it, it holds, it is being opened, or it is over."""

    ASKED = "asked"
    HOLDS = "holds"
    OPENING = "opening"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Lock:
    """A thread, topic or channel in which only moderators write, or the `whole` group; `id` is given by the store.

    `until` is when it opens by itself, None for when a moderator opens it. `before` is what the platform needs to know
    to open it.
    """

    community: int
    id: int
    place: Place
    by: int
    since: datetime
    whole: bool = False
    until: datetime | None = None
    before: str = ""
    state: State = State.ASKED
