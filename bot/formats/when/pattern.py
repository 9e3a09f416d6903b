"""How words say that something comes again: every few days, on weekdays, or on a day of the month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.recurrence import Frequency
from bot.domain.when import Doubt, Fault
from bot.formats.when.part import (
    Amount,
    Away,
    Calendar,
    Except,
    Flaw,
    Later,
    MonthDay,
    Nth,
    Unit,
    Weekdays,
    Weekend,
    Which,
)
from bot.formats.when.said import Said

MOST_EVERY = 52
"""Days or weeks from one date to the next."""

MOST_MONTHS = 24
"""Months from one date to the next: nothing is planned for more than two years ahead."""

_MOST_NTH = 4
_LONGEST_MONTH = 31
_WEEK = 7
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule without its dates; `day` is that of the month. `doubt` if another one may be meant as well."""

    frequency: Frequency
    every: int = 1
    days: tuple[int, ...] = ()
    nth: int = 0
    day: int = 0
    count: int = 0
    doubt: Doubt | None = None

    def fits(self, on: date) -> bool:
        """Whether it can begin on that day."""
        match self.frequency:
            case Frequency.WEEKLY:
                return on.weekday() in self.days
            case Frequency.MONTHLY if self.nth:
                return self._is_nth(on)
            case Frequency.MONTHLY:
                return on.day == self.day
            case _:
                return True

    def _is_nth(self, on: date) -> bool:
        if self.nth > 0:
            return on.weekday() == self.days[0] and (on.day - 1) // _WEEK == self.nth - 1
        after = on + timedelta(days=_WEEK if self.days else 1)
        return on.weekday() in (self.days or (on.weekday(),)) and after.month != on.month

    def moved(self, shift: int) -> "Pattern | Flaw":
        """The same so many days later, for what begins at midnight after the day that was said."""
        if shift and self.frequency is Frequency.MONTHLY:
            return Flaw(Fault.NO_SUCH_TIME)
        return replace(self, days=tuple(sorted((day + shift) % _WEEK for day in self.days)))


Patterns = tuple[Pattern, ...] | Flaw


def repeats(said: Said) -> bool:
    """Whether it comes again, also if only the number of times or the last day says so."""
    several = isinstance(said.days, Weekdays) and len(said.days.days) > 1 and said.date is None
    told = (said.period, said.nth, said.count, said.until, said.stretch, said.excepted)
    return said.every or several or any(each is not None for each in told)


def patterns(said: Said, anchor: date | None, today: date) -> Patterns:
    """Every pattern that was possibly meant; `anchor` is the date from which it is, where one was said."""
    amount = _amount(said)
    if amount is None:
        return Flaw(Fault.NOTHING if said.nth else Fault.OFTEN)
    if said.stretch and said.stretch.unit is Unit.DAY and not (said.every or said.period):
        return Flaw(Fault.LENGTH)
    if amount.unit is Unit.YEAR:
        if isinstance(said.date, MonthDay):
            return Flaw(Fault.NO_DAY)
        amount = Amount(amount.count * 12, Unit.MONTH)
    most = MOST_MONTHS if amount.unit is Unit.MONTH else MOST_EVERY
    if amount.unit is Unit.MINUTE or not 1 <= amount.count <= most:
        return Flaw(Fault.OFTEN)
    match amount.unit:
        case Unit.DAY:
            return _daily(said, amount.count)
        case Unit.WEEK:
            return _weekly(said, amount.count, anchor, today)
        case _:
            return _monthly(said, amount.count, anchor)


def _amount(said: Said) -> Amount | None:
    """From one date to the next; None where nothing says it."""
    if said.period:
        return said.period.amount
    if said.other:
        return Amount(2, Unit.WEEK)
    if said.days:
        return Amount(1, Unit.WEEK)
    if not said.every:
        return None
    if isinstance(said.date, Calendar):
        return Amount(1, Unit.YEAR)
    return Amount(1, Unit.MONTH if said.nth or said.date else Unit.DAY)


def _daily(said: Said, every: int) -> Patterns:
    if said.nth or isinstance(said.date, MonthDay):
        return Flaw(Fault.OFTEN)
    if left_out := free_days(said.excepted):
        days = tuple(day for day in range(_WEEK) if day not in left_out)
        return (Pattern(Frequency.WEEKLY, days=days),) if every == 1 else Flaw(Fault.OFTEN)
    return (Pattern(Frequency.DAILY, every),)


def free_days(excepted: Except | None) -> frozenset[int]:
    """The weekdays on which it never is."""
    days = excepted.days if excepted else ()
    return frozenset(day for each in days for day in free(each))


def free(day: object) -> tuple[int, ...]:
    """The weekdays that are meant in every week, none if it is one date: except Sunday, except next Sunday."""
    match day:
        case Weekend():
            return _SATURDAY, _SUNDAY
        case Weekdays(which=Which.ANY):
            return day.days
        case _:
            return ()


def _weekly(said: Said, every: int, anchor: date | None, today: date) -> Patterns:
    if said.nth or isinstance(said.date, MonthDay):
        return Flaw(Fault.OFTEN)
    if said.days:
        return _on(said.days, every, said)
    if anchor:
        return (_week((anchor.weekday(),), every),)
    if said.period and said.period.sunday:
        return tuple(_week((day,), every, Doubt.REPEAT) for day in (_SUNDAY, today.weekday()))
    return Flaw(Fault.NO_DAY)


def _on(days: Weekdays | Weekend, every: int, said: Said) -> Patterns:
    """On these weekdays; where nothing but two of them says that it comes again, perhaps on each of them once."""
    if isinstance(days, Weekend):
        several: Sequence[tuple[int, ...]] = ((_SATURDAY,), (_SUNDAY,), (_SATURDAY, _SUNDAY))
        return tuple(_week(each, every, Doubt.REPEAT) for each in several)
    wanted = tuple(day for day in days.days if day not in free_days(said.excepted))
    if not wanted:
        return Flaw(Fault.EMPTY)
    if said.every or said.period or said.count or said.until or said.stretch or said.begin or len(days.days) == 1:
        return (_week(wanted, every),)
    endless = _week(wanted, every, Doubt.REPEAT)
    return endless, replace(endless, count=len(wanted))


def _week(days: tuple[int, ...], every: int, doubt: Doubt | None = None) -> Pattern:
    return Pattern(Frequency.WEEKLY, every, days, doubt=doubt)


def _monthly(said: Said, every: int, anchor: date | None) -> Patterns:
    if said.nth:
        return _nth(said, said.nth, every)
    if isinstance(said.date, MonthDay):
        return Flaw(Fault.OFTEN) if said.date.next else _of_month(said.date.day, every)
    if anchor and (said.days is None or isinstance(said.date, Calendar | Away | Later)):
        return _of_month(anchor.day, every)
    return Flaw(Fault.NO_DAY)


def _of_month(day: int, every: int) -> Patterns:
    """On that day of the month, the last one of shorter months; the 31st is the last one of all."""
    if not 1 <= day <= _LONGEST_MONTH:
        return Flaw(Fault.NO_SUCH_DATE)
    if day == _LONGEST_MONTH and every % 12:
        return (Pattern(Frequency.MONTHLY, every, nth=-1),)
    return (Pattern(Frequency.MONTHLY, every, day=day),)


def _nth(said: Said, nth: Nth, every: int) -> Patterns:
    days = () if nth.weekday is None else (nth.weekday,)
    if nth.nth > _MOST_NTH or every % 12 == 0 or said.date or said.days:
        return Flaw(Fault.OFTEN)
    found = Pattern(Frequency.MONTHLY, every, days, nth.nth)
    if nth.leads and nth.nth > 1 and said.period is None:
        doubtful = replace(found, doubt=Doubt.REPEAT)
        return doubtful, _week(days, nth.nth, Doubt.REPEAT)
    return (found,)
