"""What a time in words was read as: a rule, a question back, or why it cannot be."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.recurrence import Rule

HORIZON = timedelta(days=731)
"""Nothing is planned more than two years ahead."""

SOONEST = timedelta(minutes=5)
"""A session begins at least so long after it was planned, for people to hear of it."""

SHORTEST, LONGEST = 5, 1440
"""Minutes that a session may last."""


class Doubt(StrEnum):
    """Why it must be asked what was meant.

    HOUR: 07.00 or 19.00. PAST: that has passed, perhaps the next one. DATE: which day ("next Friday", "weekend", "tiap
    minggu"). MIDNIGHT: that before the day or that after it. REPEAT: once, or how it repeats ("Tuesday and Thursday",
    "every second Monday").
    """

    HOUR = "hour"
    PAST = "past"
    DATE = "date"
    MIDNIGHT = "midnight"
    REPEAT = "repeat"


class Fault(StrEnum):
    """Why a time is refused.

    NOTHING: not understood. NO_TIME: no hour is said. NO_DAY: no day of the week or month is said. LENGTH: ends when it
    begins or before, or is shorter or longer than a session may be. CONTRADICTION: a weekday or a part of the day that
    does not fit, or a left-out date on which it would not meet. EMPTY: it would never meet. OFTEN: repeats as no rule
    here can. ZONE: no such zone.
    """

    NOTHING = "nothing"
    NO_TIME = "no-time"
    NO_DAY = "no-day"
    NO_SUCH_DATE = "no-such-date"
    NO_SUCH_TIME = "no-such-time"
    PAST = "past"
    SOON = "soon"
    BEYOND = "beyond"
    LENGTH = "length"
    CONTRADICTION = "contradiction"
    EMPTY = "empty"
    OFTEN = "often"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Read:
    """Understood. `timed` says whether an end or a length was said, `zoned` whether a zone was."""

    rule: Rule
    timed: bool = False
    zoned: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """Which of these (one or more, the earliest first) was meant must be asked; all lie ahead."""

    why: Doubt
    options: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Refused. `hint` is the nearest name of a ZONE, or the date (ISO 8601) in which there is a CONTRADICTION."""

    why: Fault
    hint: str = ""


Reading = Read | Unclear | Unread
