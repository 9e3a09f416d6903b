"""When a series meets: wall time in a zone, and the dates of its rule, computed and never stepped."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.quiz import instant

__all__ = ["Frequency", "Rule", "Shift", "dates", "instant", "next_date", "shifts"]


class Frequency(StrEnum):
    """How a rule repeats."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Rule:
    """Local dates and one wall time.

    `first` is the first date on which it meets, `at` a wall time in whole minutes in the IANA `zone`, `minutes` how
    long it lasts (5 to 1440). It repeats `every` n-th day, week (1 to 52) or month (1 to 24; 12 months are a year).

    WEEKLY: on these `days`, Monday 0, in order; the weeks of `every` count from the Monday of the week of `first`.

    MONTHLY: on the `nth` (1 to 4, -1 for the last) of the one weekday in `days`; -1 without a weekday is the last day
    of the month. With `nth` 0 it is the day of the month that `first` has; a shorter month takes its last day, so what
    began on 29 February is on 28 February in most years.

    No date is later than `until`. A rule with a `count` has so many dates, among which those that it `omits` count;
    `first` may be one of them.
    """

    first: date
    at: time
    zone: str
    minutes: int = 60
    frequency: Frequency = Frequency.ONCE
    every: int = 1
    days: tuple[int, ...] = ()
    nth: int = 0
    until: date | None = None
    count: int = 0
    omits: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """A date whose wall time does not exist, or exists `twice`; then it is the first of the two.

    `starts` is the instant that is taken: where the clock jumps, the first minute after the gap.
    """

    day: date
    starts: datetime
    twice: bool


def dates(rule: Rule, start: date, end: date) -> Iterator[date]:
    """The dates of the rule from `start` to `end`, both included, in order."""
    low = max(start, rule.first).toordinal()
    high = min(end, rule.until or end).toordinal()
    for index, ordinal in _met(rule, low):
        if ordinal > high or (rule.count and index >= rule.count):
            return
        if ordinal >= low and (day := date.fromordinal(ordinal)) not in rule.omits:
            yield day


def next_date(rule: Rule, after: date) -> date | None:
    """The first date of the rule later than that, None after the last one."""
    return next(dates(rule, after + timedelta(days=1), date.max), None) if after < date.max else None


def shifts(rule: Rule, start: date, end: date) -> tuple[Shift, ...]:
    """The dates in that range on which the clock of the zone skips or repeats the time of the rule."""
    found = (_shift(day, rule) for day in dates(rule, start, end))
    return tuple(shift for shift in found if shift)


def _shift(day: date, rule: Rule) -> Shift | None:
    wanted = datetime.combine(day, rule.at, ZoneInfo(rule.zone))
    if wanted.utcoffset() == wanted.replace(fold=1).utcoffset():
        return None
    starts = instant(day, rule.at, rule.zone)
    return Shift(day, starts, twice=starts.astimezone(wanted.tzinfo).time() == rule.at)


def _met(rule: Rule, low: int) -> Iterator[tuple[int, int]]:
    """The dates from shortly before the day `low` on, as (which date of the rule it is, from 0; ordinal)."""
    first = rule.first.toordinal()
    match rule.frequency:
        case Frequency.ONCE:
            yield 0, first
        case Frequency.DAILY:
            begin = -(-(low - first) // rule.every)
            yield from ((index, first + index * rule.every) for index in count(begin))
        case Frequency.WEEKLY:
            yield from _weekly(rule, low)
        case Frequency.MONTHLY:
            yield from _monthly(rule, low)


def _weekly(rule: Rule, low: int) -> Iterator[tuple[int, int]]:
    days = rule.days or (rule.first.weekday(),)
    monday = rule.first.toordinal() - rule.first.weekday()
    missed = sum(day < rule.first.weekday() for day in days)
    for turn in count((low - monday) // (7 * rule.every)):
        for place, day in enumerate(days):
            yield turn * len(days) + place - missed, monday + turn * 7 * rule.every + day


def _monthly(rule: Rule, low: int) -> Iterator[tuple[int, int]]:
    first = _month(rule.first)
    missed = _of_month(rule, first) < rule.first.toordinal()
    begin = (_month(date.fromordinal(low)) - first) // rule.every
    for turn in range(begin, (_month(date.max) - first) // rule.every + 1):
        yield turn - missed, _of_month(rule, first + turn * rule.every)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _of_month(rule: Rule, month: int) -> int:
    """The date (ordinal) that the rule has in that month."""
    year, index = divmod(month, 12)
    weekday, length = monthrange(year, index + 1)
    return date(year, index + 1, _day_of(rule, weekday, length)).toordinal()


def _day_of(rule: Rule, weekday: int, length: int) -> int:
    """The day of a month that begins on that weekday and has so many days."""
    if not rule.nth:
        return min(rule.first.day, length)
    if not rule.days:
        return length
    earliest = (rule.days[0] - weekday) % 7 + 1
    return earliest + 7 * ((length - earliest) // 7 if rule.nth < 0 else rule.nth - 1)
