"""The dates of a session as people read them: when it is, how it repeats, and what its dates run into."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.chat.text import Day, Line, Listing, Moment, Shape, T
from bot.domain.agenda import Change, Occurrence, Rest, Series, occurrence, occurrences
from bot.domain.recurrence import Frequency, Rule, shifts
from bot.domain.rest import holiday, is_ramadan
from bot.domain.when import HORIZON
from bot.features.digest.setting import DAYS
from bot.speech import ZONES

WINDOWS = (timedelta(days=15), timedelta(days=100), HORIZON + timedelta(days=1))
"""Most dates are found in the first of these."""

LOOKED_AT = 9
"""So many dates ahead are looked at for holidays and the fasting month."""

MOST_SHIFTS = 2
"""One spring and one autumn are enough to see the rule."""

_YEAR = 12
"""Months."""

_NTHS: Mapping[int, T] = {1: T("first"), 2: T("second"), 3: T("third"), 4: T("fourth"), -1: T("last")}


def coming(series: Series, changes: Mapping[date, Change], now: datetime, most: int) -> Sequence[Occurrence]:
    """The next dates that are not over, also those that rest."""
    found: list[Occurrence] = []
    for window in WINDOWS:
        found = list(occurrences(series, changes, now, now + window))
        if len(found) >= most:
            break
    return found[:most]


def moment(one: Occurrence, shape: Shape = Shape.SHORT, *, fixed: bool = False) -> Moment:
    """When a date begins, on the clock of its series where that is not the group's.

    Whoever plans sees it `fixed`: as it was said, and not in their own zone.
    """
    return Moment(one.starts, shape, _zone(one.series), fixed)


def whole(one: Occurrence, *, fixed: bool = False) -> T:
    """When it begins and ends, in full."""
    end = Moment(one.ends, Shape.TIME, _zone(one.series), fixed)
    return T("{start} until {end}", start=moment(one, Shape.FULL, fixed=fixed), end=end)


def option(series: Series) -> T | Moment:
    """Its first date as a button says it, with how it repeats."""
    one = occurrence(series, series.rule.first, None)
    return T("{when}, {rule}", when=moment(one), rule=repeats(series.rule)) if series.repeats else moment(one)


def repeats(rule: Rule) -> T:
    """How a rule repeats, without its hour."""
    every = rule.every
    match rule.frequency:
        case Frequency.ONCE:
            return T("once")
        case Frequency.DAILY:
            return T("every day") if every == 1 else T("every {n} days", n=every)
        case Frequency.WEEKLY:
            days = Listing(tuple(DAYS[day] for day in rule.days or (rule.first.weekday(),)))
            return T("every {days}", days=days) if every == 1 else T("every {n} weeks: {days}", n=every, days=days)
        case Frequency.MONTHLY if every == _YEAR:
            return T("every year, {which}", which=_of_month(rule))
        case Frequency.MONTHLY:
            which = _of_month(rule)
            return T("every month, {which}", which=which) if every == 1 else _months(every, which)


def _months(every: int, which: T) -> T:
    return T("every {n} months, {which}", n=every, which=which)


def _of_month(rule: Rule) -> T:
    if not rule.nth:
        return T("on the date of {day}", day=Day(rule.first)) if rule.every == _YEAR else T("day {n}", n=rule.first.day)
    if not rule.days:
        return T("on its last day")
    return T("on its {nth} {day}", nth=_NTHS[rule.nth], day=DAYS[rule.days[0]])


def bounds(rule: Rule) -> Sequence[Line]:
    """Until when a rule goes on, and which dates it leaves out."""
    lines: list[Line] = []
    if rule.until:
        lines.append((T("Until {day}.", day=Day(rule.until)),))
    if rule.count:
        lines.append((T("{n} date in all.", "{n} dates in all.", n=rule.count),))
    if rule.omits:
        lines.append((T("Not on {days}.", days=Listing(tuple(Day(day) for day in rule.omits))),))
    return lines


def warnings(series: Series, ahead: Sequence[Occurrence]) -> Sequence[Line]:
    """What its dates run into: a clock that is put forward or back, holidays, the fasting month."""
    return (*_shifts(series), *_holidays(series, ahead), *_fast(series, ahead))


def _shifts(series: Series) -> Iterator[Line]:
    rule = series.rule
    for shift in shifts(rule, rule.first, rule.first + HORIZON)[:MOST_SHIFTS]:
        day, at = Day(shift.day), Moment(shift.starts, Shape.TIME, _zone(series))
        if shift.twice:
            yield (T("On {day} that hour comes twice: it begins the first time, at {at}.", day=day, at=at),)
        else:
            yield (T("On {day} the clock skips that time: it begins at {at} then.", day=day, at=at),)


def _holidays(series: Series, ahead: Sequence[Occurrence]) -> Iterator[Line]:
    """Only where Indonesian holidays are anybody's."""
    for one in ahead if series.rule.zone in ZONES else ():
        name = holiday(one.starts.date() if one.moved else one.day)
        if name and one.rest is Rest.HOLIDAY:
            yield (T("On {day} it rests: {name}.", day=Day(one.day), name=name),)
        elif name and one.on:
            yield (T("{day} is a public holiday: {name}.", day=Day(one.day), name=name),)


def _fast(series: Series, ahead: Sequence[Occurrence]) -> Iterator[Line]:
    fasting = [one for one in ahead if is_ramadan(one.day)] if series.rule.zone in ZONES else []
    if fasting and fasting[0].rest is Rest.RAMADAN:
        yield (T("In Ramadan it rests, from {day} on.", day=Day(fasting[0].day)),)
    elif fasting:
        yield (T("From {day} on its dates lie in Ramadan.", day=Day(fasting[0].day)),)


def rests(one: Occurrence) -> T | None:
    """Why a date does not take place, None for one that does."""
    match one.rest:
        case Rest.NONE:
            return None
        case Rest.HOLIDAY:
            return T("rests: {reason}", reason=holiday(one.day))
        case Rest.RAMADAN:
            return T("rests in Ramadan")
        case Rest.QUORUM:
            return T("called off: too few said yes")
        case Rest.PAUSE:
            reason = next((p.reason for p in one.series.pauses if p.first <= one.day <= p.last), "")
            return T("rests: {reason}", reason=reason) if reason else T("rests")
        case Rest.GONE:
            return T("no longer planned")
        case Rest.OFF:
            return T("called off: {reason}", reason=one.change.reason) if one.change.reason else T("called off")


def _zone(series: Series) -> str:
    return series.rule.zone if series.zoned else ""
