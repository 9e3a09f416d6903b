"""Coming into a group: who asks to be let in, and who came and is greeted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Account, Place
from bot.domain.quiet import awake

PATIENCE = timedelta(days=3)
"""How long somebody who asks to be let in waits at most; what they answered is forgotten then."""

MOST_QUESTION = 300
MOST_ANSWER = 500

FEW, CROWD_SPAN = 5, timedelta(minutes=10)
"""Up to so many who ask within that time are told to moderators one by one, more of them by their number."""

GREETED = timedelta(days=30)
"""Nobody is greeted twice within this."""

MOST_AN_HOUR = 20
"""More than that in one hour are a raid, which is not greeted."""

MOST_NAMES = 8
"""Names in one greeting."""

HOUR = timedelta(hours=1)


class State(StrEnum):
    """Where somebody is who asks to be let in: the question is open, moderators decide, or it is over."""

    ASKED = "asked"
    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody asks to be let into that place; `id` is given by the store. `judge` is who decided."""

    community: int
    id: int
    person: int
    account: Account
    place: Place
    at: datetime
    question: str = ""
    answer: str = ""
    state: State = State.WAITING
    judge: int = 0

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.state in (State.ASKED, State.WAITING)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came in; `batch` is the greeting that names them, see `batch_of`."""

    community: int
    person: int
    account: Account
    place: Place
    at: datetime
    batch: int


def greeting_at(at: datetime, zone: str) -> datetime:
    """When who came at that moment is greeted: at the end of that hour, after a night in the morning."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return awake(hour + HOUR, zone)


def batch_of(greeted: datetime) -> int:
    """The number of the greeting at that moment: its minutes since 1970."""
    return int(greeted.timestamp()) // 60


def to_greet(newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
    """Those of a batch who did not come with too many others within the same hour."""
    hours = Counter(each.at.replace(minute=0, second=0, microsecond=0) for each in newcomers)
    return [each for each in newcomers if hours[each.at.replace(minute=0, second=0, microsecond=0)] <= MOST_AN_HOUR]
