"""The days that words can mean, seen from today."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.when import HORIZON, Doubt, Fault
from bot.formats.when.part import Amount, Away, Calendar, Flaw, Later, MonthDay, Unit, Week, Weekdays, Weekend, Which

_WEEK = 7
_SATURDAY, _SUNDAY = 5, 6
_RECENT = timedelta(days=31)
"""A date without a year that passed no longer ago was perhaps meant as it stands."""

_CYCLE = 8
"""Years within which every date comes again: 29 February from 2096 to 2104."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that was possibly meant, and the one that is meant `then` if it has passed; `silent` if that is sure."""

    day: date
    then: date | None = None
    silent: bool = False
    doubt: Doubt | None = None


Choices = tuple[Choice, ...] | Flaw
Said = Weekdays | Weekend | Week | Calendar | MonthDay | Away | Later | None


def choices(said: Said, today: date, week: Week | None = None) -> Choices:
    """The days that were possibly meant; nothing said is the next day on which the hour has not passed."""
    match said:
        case None if week is None:
            return (Choice(today, today + timedelta(days=1)),)
        case None | Week():
            return _week(said or week, today)
        case Weekdays():
            return _weekday(said, today, week) if len(said.days) == 1 else Flaw(Fault.NO_DAY)
        case Weekend():
            doubt = Doubt.DATE
            return tuple(Choice(_next(today, day), doubt=doubt) for day in (_SATURDAY, _SUNDAY))
        case Calendar():
            return _calendar(said, today)
        case MonthDay():
            return _monthday(said, today)
        case Away():
            return (Choice(today + timedelta(days=said.days)),)
        case Later():
            return _later(said.amount, today)


def _next(today: date, weekday: int) -> date:
    """The first such weekday from today on."""
    return today + timedelta(days=(weekday - today.weekday()) % _WEEK)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _week(said: Week | None, today: date) -> Choices:
    """A week without a day: "minggu depan" is Sunday for some, and this day next week for others."""
    if said is None or not said.sunday:
        return Flaw(Fault.NO_DAY)
    coming = _next(today, _SUNDAY)
    days = (coming, today + timedelta(days=_WEEK), _monday(today) + timedelta(days=13))
    meant = (coming,) if said.which is Which.THIS else tuple(sorted({*days}))
    return tuple(Choice(day, doubt=Doubt.DATE) for day in meant)


def _weekday(said: Weekdays, today: date, week: Week | None) -> Choices:
    """One weekday: with "next" it is asked whether the coming one is meant or that of next week, where they differ."""
    weekday = said.days[0]
    in_week = _monday(today) + timedelta(days=weekday)
    which = week.which if week else said.which
    if which is Which.ANY:
        day = _next(today, weekday)
        return (Choice(day, day + timedelta(days=_WEEK)),)
    if which is Which.THIS:
        return (Choice(in_week, in_week + timedelta(days=_WEEK)),)
    after = in_week + timedelta(days=_WEEK)
    coming = _next(today + timedelta(days=1), weekday)
    if week or coming == after:
        return (Choice(after),)
    return Choice(coming, doubt=Doubt.DATE), Choice(after, doubt=Doubt.DATE)


def _calendar(said: Calendar, today: date) -> Choices:
    if said.year:
        day = made(said.year, said.month, said.day)
        return (Choice(day),) if day else Flaw(Fault.NO_SUCH_DATE)
    days = [made(year, said.month, said.day) for year in range(today.year, today.year + _CYCLE + 1)]
    found = [day for day in days if day]
    if not found:
        return Flaw(Fault.NO_SUCH_DATE)
    if today - found[0] > _RECENT:
        found = found[1:]
    return (Choice(found[0], found[1] if len(found) > 1 else None),)


def _monthday(said: MonthDay, today: date) -> Choices:
    if not 1 <= said.day <= 31:
        return Flaw(Fault.NO_SUCH_DATE)
    months = [added(today.replace(day=1), Amount(step, Unit.MONTH)) for step in range(4)]
    if said.next:
        day = made(months[1].year, months[1].month, said.day)
        return (Choice(day),) if day else Flaw(Fault.NO_SUCH_DATE)
    days = [made(month.year, month.month, said.day) for month in months]
    first, then = [day for day in days if day and day >= today][:2]
    return (Choice(first, then, silent=True),)


def _later(amount: Amount, today: date) -> Choices:
    if amount.count * _DAYS[amount.unit] > HORIZON.days:
        return Flaw(Fault.BEYOND)
    return (Choice(added(today, amount)),)


_DAYS = {Unit.MINUTE: 0, Unit.HOUR: 0, Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.YEAR: 365}


def added(day: date, amount: Amount) -> date:
    """The day so much later; a shorter month ends it. The amount lies within what can be planned."""
    match amount.unit:
        case Unit.MONTH | Unit.YEAR:
            months = amount.count * (12 if amount.unit is Unit.YEAR else 1)
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        case _:
            return day + timedelta(days=amount.count * _DAYS[amount.unit])


def made(year: int, month: int, day: int) -> date | None:
    """The date, None if there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def checked(found: Choices, weekdays: Weekdays | Weekend) -> Choices:
    """The same where the weekday that was said beside a date fits it; of a date without a year perhaps the next one."""
    if isinstance(found, Flaw):
        return found
    days = weekdays.days if isinstance(weekdays, Weekdays) else (_SATURDAY, _SUNDAY)
    fitting = tuple(_fitted(choice, days) for choice in found if choice.day.weekday() in days)
    return fitting or Flaw(Fault.CONTRADICTION, found[0].day.isoformat())


def _fitted(choice: Choice, days: tuple[int, ...]) -> Choice:
    fits = choice.then is not None and choice.then.weekday() in days
    return choice if fits else replace(choice, then=None)
