"""From a pattern to a rule: its first date, its last one, how many there are, and which are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.recurrence import Frequency, Rule, dates, next_date
from bot.domain.when import Doubt, Fault
from bot.formats.when.day import added, checked, choices
from bot.formats.when.here import Here
from bot.formats.when.hour import Hour
from bot.formats.when.part import Away, Calendar, Day, Flaw, Later, MonthDay, Stretch, Unit, Week, Weekdays, Which
from bot.formats.when.pattern import Pattern, free, free_days, patterns
from bot.formats.when.said import Said

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule that was possibly meant, and why that must be asked, if it must."""

    rule: Rule
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class _Start:
    """From which day on it comes again: `named` if that day was said, `fixed` if it must begin on that very day."""

    day: date
    named: bool = False
    fixed: bool = False
    doubt: Doubt | None = None


def repeated(said: Said, hour: Hour, here: Here) -> Iterator[Plan | Flaw]:
    """Every rule that was possibly meant, or why there is none."""
    for start in _starts(said, here):
        if isinstance(start, Flaw):
            yield start
            continue
        found = patterns(said, start.day if start.named else None, here.today)
        if isinstance(found, Flaw):
            yield found
            continue
        for pattern in found:
            yield _rule(said, pattern.moved(hour.shift), start, hour, here)


def _rule(said: Said, pattern: Pattern | Flaw, start: _Start, hour: Hour, here: Here) -> Plan | Flaw:
    if isinstance(pattern, Flaw):
        return pattern
    rule = _begun(pattern, start, hour, here)
    ended = rule if isinstance(rule, Flaw) else _ended(said, rule, here)
    left = ended if isinstance(ended, Flaw) else _without(said, ended, here)
    return left if isinstance(left, Flaw) else Plan(left, hour.doubt or pattern.doubt or start.doubt)


def _starts(said: Said, here: Here) -> tuple[_Start | Flaw, ...]:
    date_said = None if isinstance(said.date, MonthDay) else said.date
    told = [day for day in (said.begin and said.begin.day, date_said, said.week) if day]
    if len(told) > 1:
        return (Flaw(Fault.NOTHING),)
    if date_said:
        return _on(said, date_said, here)
    return _from(told[0], here) if told else (_Start(here.today),)


def _on(said: Said, day: Calendar | Away | Later, here: Here) -> tuple[_Start | Flaw, ...]:
    """It begins on the date that was said; what comes every year began long ago perhaps."""
    found = choices(day, here.today)
    if said.days:
        found = checked(found, said.days)
    if isinstance(found, Flaw):
        return (found,)
    yearly = said.period.amount.unit is Unit.YEAR if said.period else said.every
    days = (each.then if yearly and each.then and each.day < here.today else each.day for each in found)
    return tuple(_Start(each, named=True, fixed=True) for each in days)


def _from(day: Day | Later, here: Here) -> tuple[_Start | Flaw, ...]:
    if isinstance(day, Week):
        monday = here.today - _DAY * here.today.weekday()
        return (_Start(monday + 7 * _DAY if day.which is Which.NEXT else here.today),)
    found = choices(day, here.today)
    if isinstance(found, Flaw):
        return (found,)
    passed = Flaw(Fault.PAST)
    return tuple(passed if each.day < here.today else _Start(each.day, True, False, each.doubt) for each in found)


def _begun(pattern: Pattern, start: _Start, hour: Hour, here: Here) -> Rule | Flaw:
    """The rule from the first day on that fits and lies ahead."""
    if start.day > here.last:
        return Flaw(Fault.BEYOND)
    day = start.day + _DAY * hour.shift
    rule = Rule(
        first=day,
        at=hour.at,
        zone=here.at,
        minutes=hour.minutes,
        frequency=pattern.frequency,
        every=pattern.every,
        days=pattern.days,
        nth=pattern.nth,
        count=pattern.count,
    )
    if start.fixed:
        if not pattern.fits(day):
            return Flaw(Fault.CONTRADICTION, day.isoformat())
        wrong = here.amiss(rule)
        return Flaw(wrong) if wrong else rule
    while day <= here.last:
        if pattern.fits(day) and here.amiss(replace(rule, first=day)) is None:
            return replace(rule, first=day)
        day += _DAY
    return Flaw(Fault.BEYOND)


def _ended(said: Said, rule: Rule, here: Here) -> Rule | Flaw:
    """The same to its last day, if one was said."""
    if said.count and not said.count.times:
        return Flaw(Fault.EMPTY)
    rule = replace(rule, count=said.count.times) if said.count else rule
    last = _last(said, rule, here)
    if last is None or isinstance(last, Flaw):
        return last or rule
    if last < rule.first:
        return Flaw(Fault.EMPTY)
    return Flaw(Fault.BEYOND) if last > here.last else replace(rule, until=last)


def _last(said: Said, rule: Rule, here: Here) -> date | Flaw | None:
    if said.until:
        return _named(said.until.day, rule, here)
    if said.stretch is None:
        return None
    if said.stretch.unit is Unit.YEAR and said.stretch.count > _MOST_YEARS:
        return Flaw(Fault.BEYOND)
    return added(rule.first, said.stretch) - _DAY


_MOST_YEARS = 2


def _named(day: Day, rule: Rule, here: Here) -> date | Flaw:
    """The day that was said: tomorrow and next Friday as they are today, others from the first date of the rule on."""
    near = isinstance(day, Away | Week) or (isinstance(day, Weekdays) and day.which is not Which.ANY)
    found = choices(day, here.today if near else rule.first)
    if isinstance(found, Flaw) or len(found) > 1:
        return found if isinstance(found, Flaw) else Flaw(Fault.NO_DAY)
    (choice,) = found
    return choice.then if choice.then and choice.day < rule.first and not near else choice.day


def _without(said: Said, rule: Rule, here: Here) -> Rule | Flaw:
    """The same without the dates that are left out, all of which it must have."""
    omits: set[date] = set()
    for each in said.excepted.days if said.excepted else ():
        found = () if free(each) else _omitted(each, rule, here)
        if isinstance(found, Flaw):
            return found
        omits.update(found)
    if rule.frequency is not Frequency.WEEKLY and free_days(said.excepted):
        return Flaw(Fault.OFTEN)
    rule = replace(rule, omits=tuple(sorted(omits)))
    first = next_date(rule, rule.first - _DAY)
    return _opened(rule, first) if first else Flaw(Fault.EMPTY)


def _opened(rule: Rule, first: date) -> Rule:
    """The same from that date on, the first that is not left out, unless it lies on another day of the month."""
    if rule.frequency is Frequency.MONTHLY and not rule.nth and first.day != rule.first.day:
        return rule
    omits = tuple(day for day in rule.omits if day > first)
    left = rule.count - (len(rule.omits) - len(omits)) if rule.count else 0
    return replace(rule, first=first, omits=omits, count=left)


def _omitted(day: Day | Stretch, rule: Rule, here: Here) -> tuple[date, ...] | Flaw:
    first = _named(day.first if isinstance(day, Stretch) else day, rule, here)
    if isinstance(first, Flaw):
        return first
    last = _named(day.last, replace(rule, first=first), here) if isinstance(day, Stretch) else first
    if isinstance(last, Flaw):
        return last
    if last > here.last:
        return Flaw(Fault.BEYOND)
    return tuple(dates(rule, first, last)) or Flaw(Fault.CONTRADICTION, first.isoformat())
