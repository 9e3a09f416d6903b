"""Calendars open in independent parsers and hold the same instants as ours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.domain.agenda import Change, Rest, Series, occurrences
from bot.domain.community import Pause
from bot.domain.recurrence import Frequency, Rule
from bot.formats.calendar import write
from bot.formats.plan import Plan

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = NOW.date()
END = NOW + timedelta(days=390)
ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/New_York", "Europe/London", "Australia/Lord_Howe",
    "Africa/Cairo", "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "Europe/Berlin",
)  # fmt: skip
HOURS = (time(0, 0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(3, 0), time(19, 0), time(23, 59))
FIRST = date(2026, 11, 30)
"""A Monday."""


def rule(number: int) -> Rule:
    """One of many rules; every kind, zone and hour comes up in fifty."""
    zone, at = ZONES[number % len(ZONES)], HOURS[number % len(HOURS)]
    match number % 6:
        case 0:
            return Rule(FIRST, at, zone, 90)
        case 1:
            return Rule(FIRST, at, zone, 60, Frequency.DAILY, every=1 + number % 3)
        case 2:
            return Rule(FIRST, at, zone, 60, Frequency.WEEKLY, every=1 + number % 2, days=(0, 3, 6))
        case 3:
            return Rule(date(2026, 12, 31), at, zone, 45, Frequency.MONTHLY, omits=(date(2027, 2, 28),))
        case 4:
            nth = (1, 2, -1)[number % 3]
            first = {1: date(2026, 12, 1), 2: date(2026, 12, 8), -1: date(2026, 11, 24)}[nth]
            return Rule(first, at, zone, 120, Frequency.MONTHLY, days=(1,), nth=nth, count=9)
        case _:
            return Rule(FIRST, at, zone, 60, Frequency.WEEKLY, days=(0,), until=date(2027, 6, 1))


def series(number: int) -> Series:
    return Series(1, number, rule(number), f"Sesi {number}, «Aljabar»; bareng", 1, NOW, holidays=number % 7 == 0)


def ours(plan: Plan) -> list[tuple[str, datetime, datetime]]:
    """The dates that take place, as the core has them."""
    found = occurrences(plan.series, plan.changes, NOW, END)
    return sorted((one.title, one.starts, one.ends) for one in found if one.on and one.day not in plan.declined)


def read(content: bytes) -> list[tuple[str, datetime, datetime]]:
    """The same as the parser and expander of others have them."""
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(NOW, END)
    return sorted((str(event["SUMMARY"]), utc(event.start), utc(event.end)) for event in events)


def utc(at: date) -> datetime:
    assert isinstance(at, datetime)
    return at.astimezone(UTC)


def test_fifty_series_hold_the_same_instants_in_an_independent_parser() -> None:
    plans = [Plan(series(number), {}) for number in range(1, 51)]
    assert read(write("Belajar", "id", plans, TODAY)) == sorted(one for plan in plans for one in ours(plan))


@pytest.mark.parametrize("number", range(1, 13))
def test_dateutil_expands_the_rules_to_the_same_instants(number: int) -> None:
    plan = Plan(series(number), {})
    found = sorted(instant for component in walk(write("B", "id", [plan], TODAY)) for instant in expanded(component))
    assert found == [starts for _, starts, _ in ours(plan)]


@pytest.mark.parametrize("every", [1, 2, 24])
def test_the_last_day_of_the_month_is_the_same_in_an_independent_parser(every: int) -> None:
    last = Rule(date(2026, 12, 31), time(19), "Asia/Jakarta", 90, Frequency.MONTHLY, every=every, nth=-1)
    plan = Plan(Series(1, 1, last, "Evaluasi", 1, NOW), {})
    found = read(write("B", "id", [plan], TODAY))
    assert found == ours(plan)
    assert len(found) == {1: 12, 2: 6, 24: 1}[every]


def walk(content: bytes) -> Iterator[str]:
    """The lines of each event, unfolded by hand."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    while "BEGIN:VEVENT" in lines:
        start, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
        yield "\n".join(line for line in lines[start:end] if line.startswith(("DTSTART", "RRULE", "EXDATE")))
        lines = lines[end + 1 :]


def expanded(lines: str) -> Iterator[datetime]:
    """The instants of one event; without a rule its beginning."""
    if "RRULE" in lines:
        rules = rrulestr(lines, forceset=True, tzids=ZoneInfo)
        assert isinstance(rules, rruleset)
        yield from (at.astimezone(UTC) for at in rules.between(NOW, END))
    else:
        name, _, value = lines.partition(":")
        at = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
        zone = ZoneInfo(name.rpartition("=")[2]) if "TZID" in name else UTC
        yield at.replace(tzinfo=zone).astimezone(UTC)


def test_what_is_different_on_a_date_stands_beside_its_series() -> None:
    weekly = Series(1, 7, Rule(FIRST, time(19), "Asia/Makassar", 60, Frequency.WEEKLY, days=(0,)), "Aljabar", 1, NOW)
    changes = {
        date(2026, 12, 7): Change(1, 7, date(2026, 12, 7), on=date(2026, 12, 8), at=time(20), minutes=30),
        date(2026, 12, 14): Change(1, 7, date(2026, 12, 14), rest=Rest.OFF),
        date(2026, 12, 21): Change(1, 7, date(2026, 12, 21), title="Ulangan", url="https://meet.example.org/a?b=1"),
    }
    plan = Plan(weekly, changes, declined=[date(2026, 12, 28)])
    found = read(write("B", "id", [plan], TODAY))
    assert found == ours(plan)
    days = [(title, starts.astimezone(ZoneInfo("Asia/Makassar")).date()) for title, starts, _ in found][:4]
    assert days == [("Aljabar", date(2026, 11, 30)), ("Aljabar", date(2026, 12, 8)), ("Aljabar", date(2027, 1, 4)),
                    ("Aljabar", date(2027, 1, 11))]  # fmt: skip
    assert ("Ulangan", datetime(2026, 12, 21, 11, tzinfo=UTC), datetime(2026, 12, 21, 12, tzinfo=UTC)) in found


def test_pauses_and_holidays_are_left_out() -> None:
    pauses = (Pause(date(2026, 12, 14), date(2026, 12, 20), "ujian"),)
    weekly = Series(
        1, 7, Rule(FIRST, time(19), "Asia/Jakarta", 60, Frequency.DAILY), "B", 1, NOW, holidays=True, ramadan=True,
        pauses=pauses,
    )  # fmt: skip
    found = {starts.date() for _, starts, _ in read(write("B", "id", [Plan(weekly, {})], TODAY))}
    assert {date(2026, 12, 13), date(2026, 12, 21)} <= found
    assert not found & {date(2026, 12, 14), date(2026, 12, 20), date(2026, 12, 25), date(2027, 3, 1)}


def test_the_same_sessions_give_the_same_bytes_and_a_change_other_ones() -> None:
    plans = [Plan(series(number), {}, group="Belajar") for number in range(1, 13)]
    first = write("Belajar", "id", plans, TODAY)
    assert first == write("Belajar", "id", plans, TODAY)
    assert first != write("Belajar", "id", plans[:-1], TODAY)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_words_of_people_become_part_of_the_file_s_structure(title: str, where: str, topic: str) -> None:
    one = Series(1, 1, Rule(FIRST, time(19), "Asia/Jakarta"), title, 1, NOW, topic=topic, where=where)
    calendar = Calendar.from_ical(write("B", "id", [Plan(one, {})], TODAY))
    assert [component.name for component in calendar.walk()] == ["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD"]
    event = next(iter(calendar.events))
    plain = {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DURATION"}
    assert plain <= {*event} <= plain | {"LOCATION", "DESCRIPTION"}
