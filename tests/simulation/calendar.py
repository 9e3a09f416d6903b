"""The oracle's own calendar: it walks local dates one by one and reads wall clocks minute by minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LAST = date(2029, 1, 31)


class Unit(StrEnum):
    """What a plan repeats by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Plan:
    """When a series meets: `every` n-th day, week (on these `days`, Monday 0) or month, at `at` for so many `minutes`.

    Of a month it is the `nth` (-1 the last) of the one weekday in `days`, or else the day that `first` has.
    """

    first: date
    at: time
    unit: Unit = Unit.WEEK
    days: tuple[int, ...] = ()
    every: int = 1
    nth: int = 0
    minutes: int = 60
    until: date | None = None
    count: int = 0


@lru_cache(maxsize=4096)
def meetings(plan: Plan) -> frozenset[date]:
    """All dates of the plan up to the last day that anybody looks at."""
    return frozenset(_walk(plan))


def _walk(plan: Plan) -> Iterator[date]:
    day, met = plan.first, 0
    while day <= min(LAST, plan.until or LAST) and (not plan.count or met < plan.count):
        if _meets(plan, day):
            met += 1
            yield day
        day += DAY


def _meets(plan: Plan, day: date) -> bool:
    match plan.unit:
        case Unit.DAY:
            return (day - plan.first).days % plan.every == 0
        case Unit.WEEK:
            weeks = (_monday(day) - _monday(plan.first)).days // 7
            return weeks % plan.every == 0 and day.weekday() in plan.days
        case Unit.MONTH:
            months = (day.year - plan.first.year) * 12 + day.month - plan.first.month
            return months % plan.every == 0 and (_is_nth(plan, day) if plan.nth else _is_day(plan, day))


def _monday(day: date) -> date:
    while day.weekday():
        day -= DAY
    return day


def _is_nth(plan: Plan, day: date) -> bool:
    if day.weekday() != plan.days[0]:
        return False
    if plan.nth < 0:
        return (day + 7 * DAY).month != day.month
    return (day - 7 * (plan.nth - 1) * DAY).month == day.month != (day - 7 * plan.nth * DAY).month


def _is_day(plan: Plan, day: date) -> bool:
    """A month that is too short meets on its last day."""
    is_last = (day + DAY).month != day.month
    return day.day == plan.first.day or (is_last and day.day < plan.first.day)


@lru_cache(maxsize=65536)
def moment(day: date, at: time, zone: str) -> datetime:
    """The first instant at which clocks there show that time of that day, or else more."""
    there, wanted = ZoneInfo(zone), datetime.combine(day, at)
    around = (wanted.replace(tzinfo=there) + shift for shift in (-DAY, DAY))
    offsets = [each.utcoffset() or timedelta(0) for each in around]
    candidates = sorted(wanted.replace(tzinfo=UTC) - offset for offset in offsets)
    for instant in candidates:
        if _shown(instant, there) == wanted:
            return instant
    instant = candidates[0]
    while _shown(instant, there) > wanted:
        instant -= MINUTE
    while _shown(instant, there) < wanted:
        instant += MINUTE
    return instant


def awake(instant: datetime, zone: str) -> datetime:
    """The instant, or six in the morning if it lies in the night from nine to six."""
    there = ZoneInfo(zone)
    shown = _shown(instant, there)
    if time(6) <= shown.time() < time(21):
        return instant
    day = shown.date() if shown.time() < time(6) else shown.date() + DAY
    return moment(day, time(6), zone)


def _shown(instant: datetime, there: ZoneInfo) -> datetime:
    return instant.astimezone(there).replace(tzinfo=None)
