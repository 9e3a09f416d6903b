"""The oracle is right about what anybody can look up, and the simulation meets every jump of a clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.simulation import groups
from tests.simulation.calendar import Plan, Unit, awake, meetings, moment
from tests.simulation.groups import BEGIN, END, GROUPS

JUMPING = {
    groups.NEW_YORK, groups.LONDON, groups.BERLIN, groups.LORD_HOWE, groups.CAIRO, groups.SANTIAGO, groups.CASABLANCA,
}  # fmt: skip
"""Zones whose clocks jump in these years; the others stand still."""


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        (groups.NEW_YORK, "2027-03-14", "02:30", "2027-03-14 07:00"),
        (groups.LONDON, "2027-03-28", "01:30", "2027-03-28 01:00"),
        (groups.BERLIN, "2027-03-28", "02:15", "2027-03-28 01:00"),
        (groups.LORD_HOWE, "2027-10-03", "02:15", "2027-10-02 15:30"),
        (groups.CAIRO, "2027-04-30", "00:00", "2027-04-29 22:00"),
        (groups.CAIRO, "2027-04-30", "00:30", "2027-04-29 22:00"),
        (groups.SANTIAGO, "2027-09-05", "00:00", "2027-09-05 04:00"),
        (groups.CASABLANCA, "2027-03-14", "02:30", "2027-03-14 02:00"),
    ],
)
def test_a_time_that_no_clock_shows_is_the_first_one_after_the_gap(zone: str, day: str, at: str, utc: str) -> None:
    assert moment(date.fromisoformat(day), time.fromisoformat(at), zone) == datetime.fromisoformat(utc + "+00:00")


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        (groups.NEW_YORK, "2027-11-07", "01:30", "2027-11-07 05:30"),
        (groups.LONDON, "2027-10-31", "01:30", "2027-10-31 00:30"),
        (groups.BERLIN, "2027-10-31", "02:30", "2027-10-31 00:30"),
        (groups.LORD_HOWE, "2027-04-04", "01:30", "2027-04-03 14:30"),
        (groups.CAIRO, "2027-10-28", "23:59", "2027-10-28 20:59"),
        (groups.SANTIAGO, "2027-04-03", "23:59", "2027-04-04 02:59"),
        (groups.CASABLANCA, "2027-02-07", "02:30", "2027-02-07 01:30"),
    ],
)
def test_a_time_that_clocks_show_twice_is_the_first_of_the_two(zone: str, day: str, at: str, utc: str) -> None:
    assert moment(date.fromisoformat(day), time.fromisoformat(at), zone) == datetime.fromisoformat(utc + "+00:00")


def test_a_time_on_an_ordinary_day_is_what_the_clock_says() -> None:
    assert moment(date(2027, 1, 5), time(19), groups.JAKARTA) == datetime(2027, 1, 5, 12, tzinfo=UTC)
    assert moment(date(2027, 1, 5), time(23, 59), groups.KATHMANDU) == datetime(2027, 1, 5, 18, 14, tzinfo=UTC)


def test_the_night_ends_at_six() -> None:
    assert awake(datetime(2027, 1, 5, 12, tzinfo=UTC), groups.JAKARTA) == datetime(2027, 1, 5, 12, tzinfo=UTC)
    assert awake(datetime(2027, 1, 5, 14, tzinfo=UTC), groups.JAKARTA) == datetime(2027, 1, 5, 23, tzinfo=UTC)
    assert awake(datetime(2027, 1, 5, 17, tzinfo=UTC), groups.JAKARTA) == datetime(2027, 1, 5, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "first"),
    [
        (Plan(date(2026, 12, 31), time(0), Unit.MONTH), "12-31 01-31 02-28 03-31 04-30"),
        (Plan(date(2026, 12, 29), time(0), Unit.MONTH), "12-29 01-29 02-28 03-29 04-29"),
        (Plan(date(2026, 12, 4), time(0), Unit.MONTH, (6,), nth=-1), "12-27 01-31 02-28 03-28 04-25"),
        (Plan(date(2026, 12, 4), time(0), Unit.MONTH, (6,), nth=1), "12-06 01-03 02-07 03-07 04-04"),
        (Plan(date(2026, 12, 4), time(0), Unit.WEEK, (1, 6), every=2), "12-06 12-15 12-20 12-29 01-03"),
        (Plan(date(2026, 12, 4), time(0), Unit.DAY, every=3, count=4), "12-04 12-07 12-10 12-13"),
        (Plan(date(2026, 12, 4), time(0), Unit.DAY, until=date(2026, 12, 6)), "12-04 12-05 12-06"),
    ],
)
def test_a_plan_meets_on_the_days_that_a_wall_calendar_shows(plan: Plan, first: str) -> None:
    assert " ".join(f"{day:%m-%d}" for day in sorted(meetings(plan))[:5]) == first


def test_every_zone_and_every_hour_is_there() -> None:
    assert len(GROUPS) == 24
    assert len({zone for zone, _ in GROUPS}) == 12
    hours = {f"{plan.at:%H:%M}" for _, plans in GROUPS for plan in plans}
    assert hours == {"00:00", "00:30", "01:30", "02:15", "02:30", "03:00", "23:59", "19:00"}


def test_every_clock_that_jumps_is_met_by_a_session_forward_and_back() -> None:
    met = {
        (zone, _jump(day, plan.at, zone))
        for zone, plans in GROUPS
        for plan in plans
        for day in meetings(plan)
        if BEGIN.date() < day < END.date()
    }
    jumps = timedelta(minutes=30), timedelta(hours=1)
    assert {zone for zone, by in met if by in jumps} == JUMPING
    assert {zone for zone, by in met if -by in jumps} == JUMPING


def _jump(day: date, at: time, zone: str) -> timedelta:
    """By how much the clock is put forward at that time; less than nothing where it is put back."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    return after - before
