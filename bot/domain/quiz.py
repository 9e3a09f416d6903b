"""Quizzes of a group: when the daily one opens and closes, which items it asks, and what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.community import DailyRule
from bot.domain.items import Item

USEFUL_FOR = timedelta(hours=6)
"""A quiz that could not be posted in time is still worth posting this long, but never past local midnight."""

LATE_AFTER = timedelta(minutes=10)
"""A quiz posted later than this after its time is marked as late."""

REST = timedelta(days=14)
"""An item is not asked again within this time while others are left."""


class Kind(StrEnum):
    """A quiz of the day, or a live round."""

    DAILY = "daily"
    ROUND = "round"


class State(StrEnum):
    """A quiz takes answers while it is open; after that they are practice."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz with its own copy of the items, so that editing an item does not change an open quiz.

    `day` is that of a daily quiz, None for a live round. `streak` is, once it is closed, how many daily quizzes in a
    row somebody finished.
    """

    community: int
    id: int
    day: date | None
    opens_at: datetime
    closes_at: datetime
    items: tuple[Item, ...]
    state: State = State.OPEN
    streak: int = 0
    kind: Kind = Kind.DAILY

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer received at `now` counts."""
        return self.state is State.OPEN and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's one answer to one item; `position` is the item's place in the quiz.

    `response` is written as `bot.domain.answer` says.
    """

    position: int
    response: str
    right: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How a quiz was answered: per position how many gave each response, how many were right, who answered all."""

    given: Mapping[int, Mapping[str, int]]
    right: Mapping[int, int]
    people: int
    finished: int

    def count(self, position: int, option: int) -> int:
        """How many chose that option, alone or with others."""
        found = self.given.get(position, {}).items()
        return sum(count for response, count in found if str(option) in response)

    def answers(self, position: int) -> int:
        """How many answered that item."""
        return sum(self.given.get(position, {}).values())


def opening(rule: DailyRule, day: date, zone: str) -> datetime:
    """The instant (UTC) at which the quiz of that local day opens."""
    return instant(day, rule.at, zone)


def closing(rule: DailyRule, day: date, zone: str) -> datetime:
    """The instant (UTC) at which the quiz of that local day closes; on the next day if the hour is not later."""
    after = day if rule.close > rule.at else day + timedelta(days=1)
    return instant(after, rule.close, zone)


def instant(day: date, at: time, zone: str) -> datetime:
    """Local wall time as an instant (UTC): in a gap the first valid minute, in a double hour the first one."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return local.astimezone(UTC)
    return _gap_end(local)


def _gap_end(local: datetime) -> datetime:
    """The first instant after the gap in which `local` lies: where the offset changes."""
    low, high = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    before = low.astimezone(local.tzinfo).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(local.tzinfo).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def local_date(at: datetime, zone: str) -> date:
    """The calendar date of an instant in that zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def next_opening(rule: DailyRule, zone: str, after: datetime) -> tuple[date, datetime]:
    """The first local day whose quiz opens later than `after`, with that instant."""
    day = local_date(after, zone)
    while (opens := opening(rule, day, zone)) <= after:
        day += timedelta(days=1)
    return day, opens


def useful_until(rule: DailyRule, day: date, zone: str) -> datetime:
    """Until when posting a missed quiz still makes sense: six hours, but not past midnight or the close."""
    midnight = instant(day + timedelta(days=1), time(0), zone)
    opens = opening(rule, day, zone)
    return min(opens + USEFUL_FOR, midnight, closing(rule, day, zone))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be asked: when it last was, None for never, and how weak the group is in it (0 to 1)."""

    item: int
    asked_at: datetime | None
    weakness: float = 0.0


UNSEEN = 3.0
"""How much likelier an item that was never asked is than one that was."""

WEAK = 4.0
"""How much likelier an item of the weakest topic is than one of a topic that everybody knows."""


def choose(bank: Iterable[Candidate], size: int, now: datetime, rng: Random) -> tuple[int, ...]:
    """Pick a quiz from the bank by chance, which leans to unseen items and to the group's weak topics.

    Items asked within the last 14 days are taken only if nothing else is left, the longest rested first.
    """
    found = sorted(bank, key=lambda candidate: candidate.item)
    tired = {one.item: one.asked_at for one in found if one.asked_at and now - one.asked_at < REST}
    # A key of chance to the power of 1/weight picks without replacement by weight (Efraimidis and Spirakis, 2006).
    drawn = {one.item: rng.random() ** (1 / _weight(one)) for one in found if one.item not in tired}
    order = (*sorted(drawn, key=drawn.__getitem__, reverse=True), *sorted(tired, key=tired.__getitem__))
    return order[:size]


def _weight(candidate: Candidate) -> float:
    return (UNSEEN if candidate.asked_at is None else 1.0) * (1 + (WEAK - 1) * candidate.weakness)


def weakness(topics: Mapping[int, Sequence[str]], results: Mapping[int, tuple[int, int]]) -> Mapping[int, float]:
    """How weak a group is in each item, by its topics: the share of wrong answers, 0 to 1.

    `results` are (right, all) by item. A topic with few answers is taken for half known: one answer of each kind is
    added (Laplace's rule of succession). An item without topics stands for itself.
    """
    right: dict[str, int] = {}
    whole: dict[str, int] = {}
    for item, (good, count) in results.items():
        for topic in topics.get(item) or (f"#{item}",):
            right[topic] = right.get(topic, 0) + good
            whole[topic] = whole.get(topic, 0) + count

    def wrong(topic: str) -> float:
        return 1 - (right.get(topic, 0) + 1) / (whole.get(topic, 0) + 2)

    return {item: max(map(wrong, found or (f"#{item}",))) for item, found in topics.items()}
