"""What a time in words means at a moment: one rule, several that are asked about, or why it cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.recurrence import Rule, instant
from bot.domain.when import Doubt, Fault, Read, Reading, Unclear, Unread
from bot.formats.when.day import Choices, checked, choices
from bot.formats.when.here import Here
from bot.formats.when.hour import Hour, hours, lasting
from bot.formats.when.part import Amount, Ending, Flaw, Later, Unit, Weekdays, Which
from bot.formats.when.pattern import repeats
from bot.formats.when.repeat import Plan, repeated
from bot.formats.when.said import Said
from bot.formats.when.zone import known

_MINUTE = timedelta(minutes=1)
_WEEK = 7


def reading(said: Said, now: datetime, zone: str) -> Reading:
    """The reading of what was said at that instant in a group with that zone."""
    found = _plans(said, now, zone)
    if isinstance(found, Flaw):
        return Unread(found.fault, found.hint)
    plans = [each for each in found if isinstance(each, Plan)]
    clear = [plan for plan in plans if plan.doubt is not Doubt.PAST]
    options = _options(said, clear or plans)
    if not options:
        flaw = next(each for each in found if isinstance(each, Flaw))
        return Unread(flaw.fault, flaw.hint)
    if len(options) == 1 and clear:
        return options[0]
    return Unclear(next((plan.doubt for plan in clear or plans if plan.doubt), Doubt.DATE), options)


def _options(said: Said, plans: Sequence[Plan]) -> tuple[Read, ...]:
    """Each rule once, the earliest first."""
    rules = sorted({plan.rule for plan in plans}, key=_order)
    timed = isinstance(said.ending, Ending) or said.length is not None
    return tuple(Read(rule, timed, said.zone is not None) for rule in rules)


def _order(rule: Rule) -> tuple[object, ...]:
    return instant(rule.first, rule.at, rule.zone), rule.frequency, rule.days, rule.every, rule.count


def _plans(said: Said, now: datetime, zone: str) -> Flaw | list[Plan | Flaw]:
    at = known(said.zone, now, zone) if said.zone else zone
    if isinstance(at, Flaw):
        return at
    if said.flaw and not (said.clock and said.flaw.fault is Fault.NO_TIME):
        return said.flaw
    here = Here(now, zone, at)
    if isinstance(said.date, Later) and said.date.amount.unit is Unit.MINUTE:
        return [_soon(said, said.date.amount, here)]
    if said.period and said.period.amount.unit is Unit.MINUTE:
        return Flaw(Fault.OFTEN)
    found = hours(said)
    if isinstance(found, Fault):
        return Flaw(found)
    plan = repeated if repeats(said) else _once
    plans = [each for meant in _meanings(said) for hour in found for each in plan(meant, hour, here)]
    # Midnight after a day of the month cannot be said in a rule, so it cannot be asked about either.
    return Flaw(Fault.NO_TIME) if len(found) > 1 and Flaw(Fault.NO_SUCH_TIME) in plans else plans


def _meanings(said: Said) -> tuple[Said, ...]:
    """What "jam 7 malam Minggu" may say: at night on Sunday, or on the night before it."""
    if not said.loose or not isinstance(said.days, Weekdays):
        return (said,)
    before = tuple((day - 1) % _WEEK for day in said.days.days)
    return replace(said, loose=False), replace(said, days=Weekdays(before), loose=False)


def _soon(said: Said, amount: Amount, here: Here) -> Plan | Flaw:
    """So many minutes from now, on the next whole minute."""
    if said != Said(date=said.date, zone=said.zone, length=said.length):
        return Flaw(Fault.NOTHING)
    starts = here.now + amount.count * _MINUTE
    starts += -timedelta(seconds=starts.second, microseconds=starts.microsecond) % _MINUTE
    local = starts.astimezone(ZoneInfo(here.at))
    minutes = lasting(said)
    if isinstance(minutes, Fault):
        return Flaw(minutes)
    rule = Rule(local.date(), local.time(), here.at, minutes)
    # In an hour that the clock repeats, the second one cannot be said.
    wrong = here.amiss(rule) or (Fault.NO_SUCH_TIME if instant(rule.first, rule.at, rule.zone) != starts else None)
    return Flaw(wrong) if wrong else Plan(rule)


def _once(said: Said, hour: Hour, here: Here) -> Iterator[Plan | Flaw]:
    """One date: each that was possibly meant, or why not."""
    found = _days(said, here)
    if isinstance(found, Flaw):
        yield found
        return
    named = said.date or said.days or said.week or said.begin
    for choice in found:
        first = _dated(choice.day, hour, here)
        wrong = here.amiss(first)
        sure = choice.silent or (not named and hour.doubt is Doubt.HOUR)
        if choice.then and (wrong is Fault.PAST or (wrong is Fault.SOON and sure)):
            first = _dated(choice.then, hour, here)
            wrong = here.amiss(first)
            yield Flaw(wrong) if wrong else Plan(first, (hour.doubt if sure else Doubt.PAST))
        else:
            yield Flaw(wrong) if wrong else Plan(first, hour.doubt or choice.doubt)


def _dated(day: date, hour: Hour, here: Here) -> Rule:
    """That day, or the one after it for an hour at its end; what is too late for both is left as it is."""
    first = day if day > here.last else day + timedelta(days=hour.shift)
    return Rule(first, hour.at, here.at, hour.minutes)


def _days(said: Said, here: Here) -> Choices:
    """The days that were possibly meant, of those the ones that fit everything that was said."""
    if said.begin and (said.date or said.days):
        return Flaw(Fault.NOTHING)
    day = said.date or said.days or (said.begin.day if said.begin else None)
    found = choices(day, here.today, None if said.date else said.week)
    if said.date and said.days:
        found = checked(found, said.days)
        if isinstance(said.days, Weekdays) and len(said.days.days) > 1 and not isinstance(found, Flaw):
            return Flaw(Fault.CONTRADICTION, found[0].day.isoformat())
    if isinstance(found, Flaw) or not (said.date and said.week):
        return found
    monday = here.today + timedelta(days=_WEEK * (said.week.which is Which.NEXT) - here.today.weekday())
    within = tuple(choice for choice in found if 0 <= (choice.day - monday).days < _WEEK)
    return within or Flaw(Fault.CONTRADICTION, found[0].day.isoformat())
