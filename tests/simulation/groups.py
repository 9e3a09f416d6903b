"""The groups of the simulation: twelve zones, the hours at which their clocks jump, and rules of every kind."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.domain.recurrence import Frequency, Rule
from tests.simulation.calendar import Plan, Unit

BEGIN = datetime(2026, 12, 1, tzinfo=UTC)
END = datetime(2028, 12, 1, tzinfo=UTC)

NEW_YORK, LONDON, BERLIN = "America/New_York", "Europe/London", "Europe/Berlin"
LORD_HOWE, CAIRO, SANTIAGO = "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago"
CASABLANCA, KATHMANDU, APIA = "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia"
JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

_FIRST = date(2026, 12, 4)
MIDNIGHT, HALF, HALF_PAST_ONE = time(0), time(0, 30), time(1, 30)
QUARTER, HALF_PAST_TWO, THREE = time(2, 15), time(2, 30), time(3)
LAST_MINUTE, EVENING = time(23, 59), time(19)


def _weekly(at: time, *days: int, every: int = 1) -> Plan:
    return Plan(_FIRST, at, Unit.WEEK, days, every)


def _daily(first: date, at: time, *, every: int = 1, count: int = 0, until: date | None = None) -> Plan:
    return Plan(first, at, Unit.DAY, (), every, count=count, until=until)


def _on_day(day: int, at: time) -> Plan:
    return Plan(date(2026, 12, day), at, Unit.MONTH)


def _on_nth(nth: int, weekday: int, at: time) -> Plan:
    return Plan(_FIRST, at, Unit.MONTH, (weekday,), nth=nth)


_ODD = date(2027, 3, 20)
"""Shortly before clocks are put forward in Europe and back in the south."""

GROUPS: Sequence[tuple[str, Sequence[Plan]]] = (
    (NEW_YORK, (_weekly(HALF_PAST_TWO, SUNDAY), _on_nth(1, SUNDAY, HALF_PAST_ONE))),
    (NEW_YORK, (_weekly(HALF_PAST_ONE, WEDNESDAY, SUNDAY, every=4), _on_nth(2, SUNDAY, QUARTER))),
    (LONDON, (_weekly(HALF_PAST_ONE, SUNDAY, every=2), _daily(_ODD, HALF, count=12))),
    (LONDON, (_weekly(MIDNIGHT, SATURDAY, every=4), _on_nth(-1, SUNDAY, HALF_PAST_ONE))),
    (BERLIN, (_weekly(QUARTER, SUNDAY, every=2), _daily(_ODD, THREE, every=3, until=date(2027, 4, 30)))),
    (BERLIN, (_weekly(HALF_PAST_TWO, FRIDAY, SUNDAY, every=4), _on_nth(-1, SUNDAY, HALF_PAST_TWO))),
    (LORD_HOWE, (_weekly(HALF_PAST_ONE, TUESDAY, SUNDAY, every=4), _on_nth(1, SUNDAY, QUARTER))),
    (LORD_HOWE, (_weekly(QUARTER, SUNDAY, every=4), _on_nth(1, SUNDAY, HALF_PAST_ONE))),
    (CAIRO, (_weekly(MIDNIGHT, FRIDAY, every=4), _on_nth(-1, THURSDAY, LAST_MINUTE))),
    (CAIRO, (_weekly(LAST_MINUTE, MONDAY, THURSDAY, every=4), _on_nth(-1, FRIDAY, HALF))),
    (SANTIAGO, (_weekly(MIDNIGHT, SUNDAY, every=4), _on_nth(1, SATURDAY, LAST_MINUTE))),
    (SANTIAGO, (_weekly(LAST_MINUTE, SATURDAY, every=4), _on_nth(1, SUNDAY, HALF))),
    (CASABLANCA, (_weekly(HALF_PAST_TWO, SUNDAY, every=4), _daily(date(2027, 2, 1), QUARTER, count=14))),
    (CASABLANCA, (_weekly(QUARTER, SUNDAY, every=4), _on_nth(2, SUNDAY, HALF_PAST_TWO))),
    (KATHMANDU, (_weekly(LAST_MINUTE, MONDAY, FRIDAY, every=4),)),
    (KATHMANDU, (_weekly(EVENING, TUESDAY, every=4), _on_day(30, MIDNIGHT))),
    (APIA, (_weekly(MIDNIGHT, SATURDAY, every=4), _on_day(31, HALF))),
    (APIA, (_weekly(THREE, SUNDAY, every=4), _daily(date(2027, 6, 1), THREE, every=20))),
    (JAKARTA, (_weekly(EVENING, TUESDAY, THURSDAY, every=4),)),
    (JAKARTA, (_weekly(HALF, SUNDAY, every=4), _daily(date(2028, 2, 20), EVENING, count=10))),
    (MAKASSAR, (_weekly(LAST_MINUTE, SUNDAY, every=4), _on_day(31, THREE))),
    (MAKASSAR, (_weekly(THREE, SATURDAY, every=4), _on_nth(-1, FRIDAY, LAST_MINUTE))),
    (JAYAPURA, (_weekly(EVENING, MONDAY, every=4), _on_day(29, LAST_MINUTE))),
    (JAYAPURA, (_weekly(MIDNIGHT, WEDNESDAY, every=4), _on_nth(4, MONDAY, EVENING))),
)
"""Each with the zone of the group and its series."""

_FREQUENCIES = {Unit.DAY: Frequency.DAILY, Unit.WEEK: Frequency.WEEKLY, Unit.MONTH: Frequency.MONTHLY}


def to_rule(plan: Plan, zone: str) -> Rule:
    """The plan as the core has it."""
    frequency = _FREQUENCIES[plan.unit]
    days = tuple(sorted(plan.days))
    return Rule(plan.first, plan.at, zone, plan.minutes, frequency, plan.every, days, plan.nth, plan.until, plan.count)
