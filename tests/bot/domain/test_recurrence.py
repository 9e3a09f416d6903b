"""The dates of rules, against walks over every day of the calendar, and what clocks do to their hours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekdays
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.recurrence import Frequency, Rule, dates, instant, next_date, shifts

ZONES = (
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Asia/Jakarta",
)
HOURS = (time(0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(3), time(19), time(23, 59))
DAY = timedelta(days=1)
MONDAY = date(2026, 12, 7)


def weekly(*days: int, first: date = MONDAY, every: int = 1) -> Rule:
    return Rule(first, time(19), "Asia/Jakarta", frequency=Frequency.WEEKLY, every=every, days=days)


def monthly(first: date, every: int = 1, nth: int = 0, *days: int) -> Rule:
    return Rule(first, time(19), "Asia/Jakarta", frequency=Frequency.MONTHLY, every=every, nth=nth, days=days)


def ten(rule: Rule) -> list[str]:
    return [day.isoformat() for day, _ in zip(dates(rule, rule.first, date.max), range(10), strict=False)]


# An oracle that knows nothing of weeks or months ahead: it walks from day to day and looks at each.


def walk(rule: Rule, end: date) -> Iterator[date]:
    """The dates of a rule up to that day."""
    met = days = weeks = months = 0
    day = rule.first
    while day <= min(end, rule.until or end) and (met < rule.count or not rule.count):
        turn = {Frequency.ONCE: days, Frequency.DAILY: days, Frequency.WEEKLY: weeks, Frequency.MONTHLY: months}
        if turn[rule.frequency] % rule.every == 0 and meets(rule, day):
            met += 1
            if day not in rule.omits:
                yield day
        day += DAY
        days += 1
        weeks += day.weekday() == 0
        months += day.day == 1


def meets(rule: Rule, day: date) -> bool:
    """Whether a day is one of a rule that leaves out no week and no month."""
    match rule.frequency:
        case Frequency.ONCE:
            return day == rule.first
        case Frequency.DAILY:
            return True
        case Frequency.WEEKLY:
            return day.weekday() in rule.days
        case Frequency.MONTHLY:
            return in_month(rule, day)


def in_month(rule: Rule, day: date) -> bool:
    ends = (day + DAY).day == 1
    if rule.nth == 0:
        return day.day == rule.first.day or (ends and day.day < rule.first.day)
    if not rule.days:
        return ends
    before = sum(1 for number in range(1, day.day) if day.replace(day=number).weekday() == rule.days[0])
    last = (day + timedelta(days=7)).month != day.month
    return day.weekday() == rule.days[0] and (last if rule.nth < 0 else before == rule.nth - 1)


weekday_sets = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
firsts = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    first = draw(firsts)
    frequency = draw(st.sampled_from(Frequency))
    nth, days = 0, draw(weekday_sets) if frequency is Frequency.WEEKLY else ()
    if frequency is Frequency.MONTHLY and (nth := draw(st.integers(-1, 4))):
        days = (draw(st.integers(0, 6)),) if nth > 0 else draw(st.sampled_from([(), *((day,) for day in range(7))]))
    every = draw(st.integers(1, 4) | st.sampled_from([12, 24, 52]))
    rule = Rule(first, time(19), "Asia/Jakarta", 60, frequency, every, days, nth)
    rule = replace(rule, first=next(day for day in (first + DAY * step for step in range(99)) if meets(rule, day)))
    until = draw(st.none() | st.integers(0, 900).map(lambda step: rule.first + DAY * step))
    omits = draw(st.sets(st.integers(0, 400).map(lambda step: rule.first + DAY * step), max_size=30))
    return replace(rule, until=until, count=draw(st.integers(0, 30)), omits=tuple(sorted(omits)))


@given(rules(), st.integers(-40, 900), st.integers(-5, 500))
def test_the_dates_of_a_range_are_those_of_a_walk_over_every_day(rule: Rule, begin: int, length: int) -> None:
    start = rule.first + DAY * begin
    end = start + DAY * length
    assert list(dates(rule, start, end)) == [day for day in walk(rule, end) if day >= start]


@given(rules(), st.integers(-40, 900))
def test_the_next_date_is_the_first_one_later(rule: Rule, step: int) -> None:
    after = rule.first + DAY * step
    found = next_date(rule, after)
    known = [day for day in walk(rule, after + DAY * 1700) if day > after]
    if found is None or found > after + DAY * 1700:
        assert not known
    else:
        assert found == known[0]


@given(rules())
def test_ranges_that_meet_have_every_date_once(rule: Rule) -> None:
    days = list(dates(rule, rule.first, rule.first + DAY * 1000))
    parts = [dates(rule, rule.first + DAY * step, rule.first + DAY * (step + 9)) for step in range(0, 1000, 10)]
    assert [day for part in parts for day in part] == [day for day in days if day < rule.first + DAY * 1000]


FREQUENCIES = {Frequency.DAILY: DAILY, Frequency.WEEKLY: WEEKLY, Frequency.MONTHLY: MONTHLY}


@given(rules())
def test_the_dates_are_those_of_a_library_where_it_has_such_a_rule(rule: Rule) -> None:
    """RFC 5545 leaves out what a shorter month does not have; there the walk is the only witness."""
    assume(rule.frequency is not Frequency.ONCE and (rule.nth or rule.first.day < 29))
    assume(rule.nth == 0 or rule.days)
    by = [weekdays[day](rule.nth or None) if rule.nth else weekdays[day] for day in rule.days] or None
    noon = datetime.combine(rule.first, time(12))
    known = rrule(FREQUENCIES[rule.frequency], noon, rule.every, byweekday=by, count=rule.count or 40)
    until = rule.until or date.max
    expected = [day.date() for day in known if day.date() <= until and day.date() not in rule.omits]
    bounded = rule if rule.count else replace(rule, count=40)
    assert list(dates(bounded, rule.first, date(2300, 1, 1))) == expected


def test_a_rule_without_repetition_has_one_date() -> None:
    once = Rule(MONDAY, time(19), "Asia/Jakarta")
    assert list(dates(once, date.min, date.max)) == [MONDAY]
    assert list(dates(once, MONDAY + DAY, date.max)) == []
    assert list(dates(once, date.min, MONDAY - DAY)) == []
    assert list(dates(once, date.max, date.min)) == []


def test_weeks_count_from_the_monday_of_the_first_date() -> None:
    # The first date is a Thursday: the Tuesday of its week is over, the next ones lie two weeks later.
    every_other = weekly(1, 3, first=date(2026, 12, 3), every=2)
    assert ten(every_other)[:4] == ["2026-12-03", "2026-12-15", "2026-12-17", "2026-12-29"]


def test_a_shorter_month_takes_its_last_day() -> None:
    assert ten(monthly(date(2027, 1, 31)))[:5] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert ten(monthly(date(2027, 12, 30)))[:3] == ["2027-12-30", "2028-01-30", "2028-02-29"]


def test_what_began_on_29_february_is_on_28_february_in_other_years() -> None:
    yearly = monthly(date(2028, 2, 29), 12)
    assert ten(yearly)[:5] == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_the_last_day_of_the_month_needs_no_first_date_of_31_days() -> None:
    assert ten(monthly(date(2027, 2, 28), 1, -1))[:3] == ["2027-02-28", "2027-03-31", "2027-04-30"]


def test_the_nth_weekday_of_a_month() -> None:
    assert ten(monthly(MONDAY, 1, 1, 0))[:3] == ["2026-12-07", "2027-01-04", "2027-02-01"]
    assert ten(monthly(date(2026, 12, 25), 1, -1, 4))[:3] == ["2026-12-25", "2027-01-29", "2027-02-26"]
    assert ten(monthly(date(2026, 12, 24), 3, 4, 3))[:3] == ["2026-12-24", "2027-03-25", "2027-06-24"]


def test_dates_that_are_left_out_count() -> None:
    rule = replace(weekly(0), count=3, omits=(date(2026, 12, 14),))
    assert ten(rule) == ["2026-12-07", "2026-12-21"]
    assert next_date(rule, date(2026, 12, 21)) is None


def test_the_last_day_is_a_date_too() -> None:
    assert ten(replace(weekly(0), until=date(2026, 12, 14))) == ["2026-12-07", "2026-12-14"]
    assert ten(replace(weekly(0), until=date(2026, 12, 13))) == ["2026-12-07"]


@pytest.mark.parametrize("frequency", Frequency)
@pytest.mark.parametrize("every", [1, 52])
def test_the_calendar_ends_without_an_error(frequency: Frequency, every: int) -> None:
    days = (4,) if frequency is Frequency.WEEKLY else ()
    rule = Rule(date(9999, 12, 31), time(19), "Asia/Jakarta", 60, frequency, every, days)
    assert list(dates(rule, date.min, date.max)) == [date.max]
    assert next_date(rule, date.min) == date.max
    assert next_date(rule, date.max) is None
    assert next_date(rule, date.max - DAY) == date.max


@pytest.mark.parametrize("frequency", Frequency)
def test_the_dates_of_a_day_cost_the_same_however_long_ago_it_began(frequency: Frequency) -> None:
    rule = Rule(date(1900, 1, 1), time(19), "Asia/Jakarta", 60, frequency, days=(0,), nth=1, count=10_000_000)
    begins = perf_counter()
    for _ in range(1000):
        list(dates(rule, date(2900, 1, 1), date(2900, 1, 31)))
    assert perf_counter() - begins < 1


# The clock


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", HOURS)
def test_every_date_has_one_instant_of_its_own_and_each_is_later(zone: str, at: time) -> None:
    daily = Rule(date(2025, 1, 1), at, zone, frequency=Frequency.DAILY, count=800)
    starts = [instant(day, at, zone) for day in dates(daily, daily.first, date.max)]
    assert len(starts) == 800
    assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26) for earlier, later in pairwise(starts))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", HOURS)
def test_a_shift_is_told_for_the_days_on_which_the_clock_shows_the_hour_never_or_twice(zone: str, at: time) -> None:
    daily = Rule(date(2026, 1, 1), at, zone, frequency=Frequency.DAILY)
    end = date(2027, 12, 31)
    expected = {day: shown for day in dates(daily, daily.first, end) if (shown := times_shown(day, at, zone)) != 1}
    found = shifts(daily, daily.first, end)
    assert {shift.day: 2 if shift.twice else 0 for shift in found} == expected
    assert all(shift.starts == instant(shift.day, at, zone) for shift in found)


def times_shown(day: date, at: time, zone: str) -> int:
    """How often the clock of the zone shows that minute of that day; each of them moves it by half-hours at most."""
    clock, wanted = ZoneInfo(zone), datetime.combine(day, at)
    near = wanted.replace(tzinfo=clock).astimezone(UTC)
    half_hours = (near + timedelta(minutes=30 * step) for step in range(-5, 6))
    return sum(moment.astimezone(clock).replace(tzinfo=None) == wanted for moment in half_hours)


@pytest.mark.parametrize(
    ("zone", "at", "day", "starts", "twice"),
    [
        ("America/New_York", time(2, 30), date(2027, 3, 14), datetime(2027, 3, 14, 7, tzinfo=UTC), False),
        ("America/New_York", time(1, 30), date(2027, 11, 7), datetime(2027, 11, 7, 5, 30, tzinfo=UTC), True),
        ("Europe/London", time(1, 30), date(2027, 3, 28), datetime(2027, 3, 28, 1, tzinfo=UTC), False),
        ("Australia/Lord_Howe", time(2, 15), date(2027, 10, 3), datetime(2027, 10, 2, 15, 30, tzinfo=UTC), False),
        ("Australia/Lord_Howe", time(1, 45), date(2027, 4, 4), datetime(2027, 4, 3, 14, 45, tzinfo=UTC), True),
        ("America/Santiago", time(0), date(2027, 9, 5), datetime(2027, 9, 5, 4, tzinfo=UTC), False),
        ("America/Santiago", time(23, 30), date(2027, 4, 3), datetime(2027, 4, 4, 2, 30, tzinfo=UTC), True),
        ("Africa/Cairo", time(0), date(2027, 4, 30), datetime(2027, 4, 29, 22, tzinfo=UTC), False),
        ("Africa/Casablanca", time(2, 30), date(2027, 3, 14), datetime(2027, 3, 14, 2, tzinfo=UTC), False),
    ],
)
def test_in_a_gap_it_begins_when_the_gap_ends_and_in_a_double_hour_the_first_time(
    zone: str, at: time, day: date, starts: datetime, twice: bool
) -> None:
    (shift,) = shifts(Rule(day, at, zone), day, day)
    assert (shift.day, shift.starts, shift.twice) == (day, starts, twice)


def test_a_day_that_a_country_left_out_is_told_and_taken_for_the_beginning_of_the_next() -> None:
    daily = Rule(date(2011, 12, 28), time(12), "Pacific/Apia", frequency=Frequency.DAILY)
    (shift,) = shifts(daily, date(2011, 12, 28), date(2012, 1, 2))
    assert shift.day == date(2011, 12, 30)
    assert shift.starts.astimezone(ZoneInfo("Pacific/Apia")).replace(tzinfo=None) == datetime(2011, 12, 31)  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Kathmandu", "Pacific/Apia"])
@given(rules())
def test_where_the_clock_is_left_alone_nothing_shifts(zone: str, rule: Rule) -> None:
    assert shifts(replace(rule, zone=zone), rule.first, rule.first + DAY * 800) == ()
