"""What has been said about a time so far: each element in its place, and none twice."""

from dataclasses import dataclass, replace
from typing import Any

from bot.formats.when.part import (
    Amount,
    Away,
    Begin,
    Calendar,
    Clock,
    Count,
    Element,
    Ending,
    Every,
    Except,
    Flaw,
    Later,
    Midnight,
    MonthDay,
    Nth,
    OpenEnd,
    Part,
    Period,
    Span,
    Unit,
    Until,
    Week,
    Weekdays,
    Weekend,
    Zone,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A time in words, taken apart. `loose` says that a weekday stands right behind a night, which may be its eve."""

    clock: Clock | Midnight | None = None
    ending: Ending | OpenEnd | None = None
    part: Part | None = None
    length: Amount | None = None
    stretch: Amount | None = None
    zone: Zone | None = None
    days: Weekdays | Weekend | None = None
    date: Calendar | MonthDay | Away | Later | None = None
    week: Week | None = None
    nth: Nth | None = None
    every: bool = False
    other: bool = False
    period: Period | None = None
    count: Count | None = None
    begin: Begin | None = None
    until: Until | None = None
    excepted: Except | None = None
    flaw: Flaw | None = None
    loose: bool = False


_PLACES: dict[type, str] = {
    Clock: "clock",
    Midnight: "clock",
    Ending: "ending",
    OpenEnd: "ending",
    Part: "part",
    Zone: "zone",
    Weekdays: "days",
    Weekend: "days",
    Calendar: "date",
    MonthDay: "date",
    Away: "date",
    Later: "date",
    Week: "week",
    Nth: "nth",
    Period: "period",
    Count: "count",
    Begin: "begin",
    Until: "until",
    Except: "excepted",
    Flaw: "flaw",
}


def together(said: Said, element: Element, before: Element | None) -> Said | None:
    """What is said with one element more, the one `before` it known; None if it has no place any more.

    A weekday and a date check each other only side by side: "besok 19.00 Senin ..." goes on with something else.
    """
    if isinstance(element, Every):
        within = None if said.every else together(said, element.day, None)
        return replace(within, every=True, other=element.other) if within else None
    place = _place(element)
    if getattr(said, place) is not None:
        return None
    if _is_astray(said, element, before):
        return None
    value: Any = element.amount if isinstance(element, Span) else element
    return replace(said, **{place: value}, loose=said.loose or _is_loose(element, before))


def _is_astray(said: Said, element: Element, before: Element | None) -> bool:
    if isinstance(element, Weekdays) and said.date:
        return before is not None and not isinstance(before, _DATES)
    if isinstance(element, Away) and said.days:
        return not isinstance(before, Weekdays)
    daily = said.period or element
    return (
        isinstance(daily, Period) and daily.amount.unit is Unit.DAY and bool(said.days or isinstance(element, Weekdays))
    )


def _place(element: Element) -> str:
    if isinstance(element, Span):
        return "length" if element.amount.unit is Unit.MINUTE else "stretch"
    return _PLACES[type(element)]


_DATES = (Calendar, MonthDay, Away, Later)


def _is_loose(element: Element, before: Element | None) -> bool:
    at_night = isinstance(before, Clock) and before.part is Part.NIGHT
    return isinstance(element, Weekdays) and at_night and element.bare
