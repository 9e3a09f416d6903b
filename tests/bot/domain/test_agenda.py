"""Dates of a series: how they are named, when they are, and why they do not take place."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import Change, Rest, Series, in_zone, merged, occurrence, occurrences
from bot.domain.community import Pause
from bot.domain.dated import read_name, read_subject, subject, subjects
from bot.domain.recurrence import Frequency, Rule

DAY = date(2026, 12, 14)
WEEK = timedelta(days=7)
MADE = datetime(2026, 11, 1, tzinfo=UTC)
SERIES = Series(1, 7, Rule(DAY, time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(0,)), "Aljabar", 1, MADE)
START = datetime(2026, 12, 14, 12, tzinfo=UTC)

days = st.dates(date(2000, 1, 1), date(2199, 12, 31))


def changed(day: date = DAY, **values: object) -> Change:
    return replace(Change(1, 7, day), **values)  # type: ignore[arg-type]


def between(series: Series, start: datetime, end: datetime, *changes: Change) -> list[date]:
    return [one.day for one in occurrences(series, {each.day: each for each in changes}, start, end)]


@given(st.integers(1, 10**6), days, st.integers(0, 9))
def test_a_date_and_its_reminder_are_one_number(series: int, day: date, lead: int) -> None:
    number = subject(series, day, lead)
    assert read_subject(number) == (series, day, lead)
    assert number in subjects(series)
    assert number not in subjects(series + 1)
    assert number < 2**63, "what a database takes"


@given(st.integers(1, 10**7), days)
def test_a_date_is_called_as_it_is_read(series: int, day: date) -> None:
    one = occurrence(replace(SERIES, id=series), day, None)
    assert read_name(one.name) == (series, day)
    assert read_name(one.name.lower().replace(".", "-", 1)) == (series, day)
    assert read_name(one.series.name) == (series, None)


@pytest.mark.parametrize("text", ["", "S", "Q7", "S7.", "S7.2026-13-01", "S7.2026-02-30", "S٧", "7.8", "S123456789"])
def test_what_is_no_name_is_none(text: str) -> None:
    assert read_name(text) == (0, None)


@pytest.mark.parametrize("number", [-1, 0, 5, 10**18])
def test_a_number_that_is_no_date_says_so(number: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        read_subject(number)


def test_a_session_that_is_held_once_has_the_name_of_its_series() -> None:
    once = replace(SERIES, rule=replace(SERIES.rule, frequency=Frequency.ONCE))
    assert occurrence(once, DAY, None).name == "S7"


def test_a_date_begins_at_its_hour_and_lasts_as_long_as_the_rule_says() -> None:
    one = occurrence(SERIES, DAY, None)
    assert (one.starts, one.ends) == (START, START + timedelta(minutes=90))
    assert one.on
    assert not one.moved
    assert one.since == MADE


def test_a_date_keeps_its_name_wherever_it_is_moved() -> None:
    one = occurrence(SERIES, DAY, changed(on=DAY + timedelta(days=2), at=time(7), minutes=30))
    assert one.starts == datetime(2026, 12, 16, 0, tzinfo=UTC)
    assert one.ends - one.starts == timedelta(minutes=30)
    assert one.moved
    assert one.name == "S7.2026-12-14"


def test_what_a_date_has_of_its_own_comes_before_what_the_series_has() -> None:
    series = replace(SERIES, topic="Matriks", where="Kelas 2", capacity=9, host=4, revision=2)
    usual = occurrence(series, DAY, None)
    assert (usual.title, usual.topic, usual.where, usual.capacity, usual.host) == (
        "Aljabar",
        "Matriks",
        "Kelas 2",
        9,
        4,
    )
    own = changed(title="Ujian", topic="Vektor", where="Aula", capacity=0, host=-1, revision=3)
    one = occurrence(series, DAY, own)
    assert (one.title, one.topic, one.where, one.capacity, one.host) == ("Ujian", "Vektor", "Aula", 0, 0)
    assert one.revision == 5


def test_a_time_is_known_since_the_last_of_what_made_it() -> None:
    later, latest = MADE + WEEK, MADE + 2 * WEEK
    assert occurrence(replace(SERIES, since=later), DAY, None).since == later
    assert occurrence(replace(SERIES, since=later), DAY, changed(since=latest)).since == latest
    assert occurrence(replace(SERIES, since=latest), DAY, changed(since=later)).since == latest


@pytest.mark.parametrize(
    ("series", "change", "rest"),
    [
        (SERIES, changed(), Rest.NONE),
        (SERIES, changed(rest=Rest.OFF), Rest.OFF),
        (replace(SERIES, pauses=(Pause(DAY, DAY + WEEK, "ujian"),)), changed(), Rest.PAUSE),
        (replace(SERIES, pauses=(Pause(DAY, DAY + WEEK),)), changed(kept=True), Rest.NONE),
        (replace(SERIES, pauses=(Pause(DAY, DAY + WEEK),)), changed(rest=Rest.OFF), Rest.OFF),
        (replace(SERIES, pauses=(Pause(DAY - WEEK, DAY - timedelta(days=1)),)), changed(), Rest.NONE),
    ],
)
def test_what_was_decided_for_a_date_counts_before_its_series(series: Series, change: Change, rest: Rest) -> None:
    assert occurrence(series, DAY, change).rest is rest


def test_on_public_holidays_and_in_the_fasting_month_only_those_rest_that_wish() -> None:
    independence, ramadan = date(2026, 8, 17), date(2026, 3, 2)
    series = replace(SERIES, rule=replace(SERIES.rule, first=date(2026, 1, 5)))
    assert occurrence(series, independence, None).on
    assert occurrence(series, ramadan, None).on
    assert occurrence(replace(series, holidays=True), independence, None).rest is Rest.HOLIDAY
    assert occurrence(replace(series, ramadan=True), ramadan, None).rest is Rest.RAMADAN


def test_the_dates_of_a_time_are_those_that_end_after_it_begins_and_begin_before_it_ends() -> None:
    end = START + timedelta(minutes=90)
    second = timedelta(seconds=1)
    assert between(SERIES, START, START + second) == [DAY]
    assert between(SERIES, START - WEEK, START) == []
    assert between(SERIES, end - second, end) == [DAY]
    assert between(SERIES, end, end + WEEK) == [DAY + WEEK]
    assert between(replace(SERIES, over=True), START, START + WEEK) == []


def test_a_date_that_was_moved_stands_where_it_is_now() -> None:
    away = changed(on=DAY + timedelta(days=40))
    assert between(SERIES, START, START + WEEK, away) == []
    assert between(SERIES, START, START + WEEK + timedelta(hours=1), away) == [DAY + WEEK]
    found = between(SERIES, START + timedelta(days=39), START + timedelta(days=43), away)
    assert found == [DAY, DAY + 6 * WEEK]


def test_a_change_of_a_day_that_the_rule_has_no_more_is_no_date() -> None:
    stray = changed(DAY + timedelta(days=1), on=DAY + timedelta(days=2))
    assert between(SERIES, START, START + timedelta(days=3), stray) == [DAY]


def test_dates_of_several_series_are_in_the_order_of_their_beginning() -> None:
    early = replace(SERIES, id=9, rule=replace(SERIES.rule, at=time(8)))
    end = START + 2 * WEEK
    several = [occurrences(each, {}, START - timedelta(days=1), end) for each in (SERIES, early, replace(SERIES, id=8))]
    found = merged(several)
    assert [one.series.id for one in found[:3]] == [9, 7, 8]
    assert [one.starts for one in found] == sorted(one.starts for one in found)


def test_a_series_follows_the_clock_of_its_group_unless_it_has_its_own() -> None:
    assert in_zone(SERIES, "Asia/Makassar").rule.zone == "Asia/Makassar"
    assert occurrence(in_zone(SERIES, "Asia/Makassar"), DAY, None).starts == START - timedelta(hours=1)
    assert in_zone(replace(SERIES, zoned=True), "Asia/Makassar") == replace(SERIES, zoned=True)
