"""Sessions as an iCalendar file (RFC 5545): each series is one event with its rule, and what is different beside it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDDDTypes, vRecur, vUri

from bot.domain.agenda import Occurrence, occurrence
from bot.domain.recurrence import Frequency, Rule, dates, instant
from bot.formats.plan import Plan

BACK = timedelta(days=30)
AHEAD = timedelta(days=400)
"""So far around today a calendar says which dates are left out or different; it is fetched anew long before."""

OFTEN = timedelta(hours=6)
"""How often an app may fetch it anew."""

_SPARE = timedelta(days=370)
"""Beyond the dates the clock changes of another year are named, for what an app shows until it fetches anew."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST = 28
"""Days that every month has."""


def write(name: str, language: str, plans: Iterable[Plan], today: date) -> bytes:
    """The file; the same plans on the same day give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bareng//Study sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name, parameters={"language": language})
    calendar.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
    found = tuple(plans)
    for plan in found:
        for event in _events(plan, today):
            calendar.add_component(event)
    first = min((plan.series.rule.first for plan in found), default=today)
    years = (first - _SPARE).year, (today + AHEAD + _SPARE).year
    for zone in sorted(calendar.get_missing_tzids()):
        calendar.add_component(_zone(zone, *years))
    content: bytes = calendar.to_ical()
    return content


@lru_cache(maxsize=200)
def _zone(name: str, first: int, last: int) -> Timezone:
    """The clock changes of a zone in these years; finding them takes longer than all the rest of a calendar."""
    return Timezone.from_tzid(name, first_date=date(first, 1, 1), last_date=date(last, 12, 31))


def _events(plan: Plan, today: date) -> Iterator[Event]:
    """The series itself, then each date that is different; a date whose wall time does not exist is one of these."""
    near = [occurrence(plan.series, day, plan.changes.get(day)) for day in _near(plan.series.rule, today)]
    gone = [one.day for one in near if not one.on or one.day in plan.declined]
    apart = [one for one in near if one.day not in gone and _is_apart(one)]
    if plan.series.repeats or not (gone or apart):
        yield _series(plan, [*gone, *(one.day for one in apart)])
    for one in apart:
        yield _date(plan, one)


def _near(rule: Rule, today: date) -> Sequence[date]:
    return [*dates(rule, today - BACK, today + AHEAD)]


def _is_apart(one: Occurrence) -> bool:
    """Whether something is different on that date, or the clock changes just then: apps disagree what follows."""
    usual = occurrence(one.series, one.day, None)
    shown = ("starts", "ends", "title", "topic", "where", "url")
    return any(getattr(one, name) != getattr(usual, name) for name in shown) or _shifts(usual)


def _shifts(one: Occurrence) -> bool:
    zone = ZoneInfo(one.series.rule.zone)
    wall = datetime.combine(one.day, one.series.rule.at, zone)
    return one.starts.astimezone(zone) != wall or one.ends.astimezone(zone).utcoffset() != wall.utcoffset()


def _series(plan: Plan, omitted: Sequence[date]) -> Event:
    series, rule = plan.series, plan.series.rule
    event = _event(f"{series.id}", plan, occurrence(series, rule.first, None))
    event.add("dtstart", _wall(rule, rule.first))
    event.add("duration", timedelta(minutes=rule.minutes))
    if series.repeats:
        event.add("rrule", _recurrence(rule))
    for day in sorted({*rule.omits, *omitted}):
        event.add("exdate", _wall(rule, day))
    return event


def _date(plan: Plan, one: Occurrence) -> Event:
    """An event of its own, in UTC."""
    event = _event(f"{plan.series.id}-{one.day.isoformat()}", plan, one)
    event.add("dtstart", one.starts)
    event.add("dtend", one.ends)
    return event


def _event(uid: str, plan: Plan, one: Occurrence) -> Event:
    series = plan.series
    event = Event()
    event.add("uid", f"{series.community}-{uid}@bareng")
    event.add("dtstamp", (one.since if one.change.since else series.since or series.made).replace(microsecond=0))
    event.add("sequence", one.revision)
    event.add("summary", one.title)
    if place := one.where or one.url:
        event.add("location", place)
    if one.url:
        event.add("url", vUri(one.url))
    if about := [line for line in (plan.group, one.topic, one.url) if line]:
        event.add("description", "\n".join(about))
    return event


def _wall(rule: Rule, day: date) -> vDDDTypes:
    return vDDDTypes(datetime.combine(day, rule.at, ZoneInfo(rule.zone)))


def _recurrence(rule: Rule) -> vRecur:
    parts: dict[str, object] = {"FREQ": rule.frequency.value.upper(), "INTERVAL": rule.every, "WKST": "MO"}
    days = [_WEEKDAYS[day] for day in rule.days]
    if rule.frequency is Frequency.WEEKLY:
        parts["BYDAY"] = days
    elif rule.frequency is Frequency.MONTHLY and rule.nth and days:
        parts["BYDAY"] = f"{rule.nth}{days[0]}"
    elif rule.frequency is Frequency.MONTHLY and rule.nth:
        parts["BYMONTHDAY"] = rule.nth
    elif rule.frequency is Frequency.MONTHLY:
        # A month without that day takes its last one.
        parts["BYMONTHDAY"] = [*range(min(rule.first.day, _SHORTEST), rule.first.day + 1)]
        parts["BYSETPOS"] = -1
    if rule.count:
        parts["COUNT"] = rule.count
    elif rule.until:
        parts["UNTIL"] = instant(rule.until, rule.at, rule.zone)
    return vRecur(parts)
