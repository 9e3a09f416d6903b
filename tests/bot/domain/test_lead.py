"""When reminders of a session are due, late, told already, and wanted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import Series, occurrence
from bot.domain.lead import AHEAD, GROUP, LATE_AFTER, LEADS, USUAL, due, is_late, is_told, planned, wants
from bot.domain.recurrence import Frequency, Rule

DAY = date(2026, 12, 14)
MADE = datetime(2026, 11, 1, tzinfo=UTC)
SERIES = Series(1, 7, Rule(DAY, time(19), "Asia/Jakarta", 60, Frequency.WEEKLY, days=(0,)), "Aljabar", 1, MADE)
ONE = occurrence(SERIES, DAY, None)
START = datetime(2026, 12, 14, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

lengths = st.integers(0, 100 * 60).map(lambda minutes: minutes * MINUTE)
choices = st.frozensets(st.sampled_from([*LEADS]))


def test_the_earliest_comes_first_and_the_group_is_told_with_the_last() -> None:
    assert [*LEADS.values()] == sorted(LEADS.values(), reverse=True)
    assert max(LEADS) == GROUP
    assert LEADS[1] == AHEAD
    assert set(LEADS) >= USUAL


def test_each_is_due_so_long_before() -> None:
    told = [due(ONE, lead).isoformat(" ", "minutes")[5:16] for lead in LEADS]
    assert told == ["12-12 12:00", "12-13 12:00", "12-14 09:00", "12-14 11:00", "12-14 11:45"]


@pytest.mark.parametrize(
    ("before", "leads"),
    [
        (timedelta(days=3), (1, 2, 3, 4, 5)),
        (timedelta(days=2), (1, 2, 3, 4, 5)),
        (timedelta(days=2) - SECOND, (2, 3, 4, 5)),
        (2 * HOUR, (4, 5)),
        (10 * MINUTE, ()),
    ],
)
def test_nobody_is_reminded_of_what_lay_behind_when_the_time_became_known(
    before: timedelta, leads: tuple[int, ...]
) -> None:
    assert planned(occurrence(replace(SERIES, made=START - before), DAY, None)) == leads
    assert planned(occurrence(replace(SERIES, since=START - before), DAY, None)) == leads
    change = replace(ONE.change, since=START - before)
    assert planned(occurrence(SERIES, DAY, change)) == leads


def test_five_minutes_are_not_late_and_more_are() -> None:
    at = due(ONE, 4) + LATE_AFTER
    assert not is_late(ONE, 4, at)
    assert is_late(ONE, 4, at + SECOND)


@pytest.mark.parametrize("lead", LEADS)
def test_a_date_that_moves_is_told_of_anew_only_if_it_is_much_later(lead: int) -> None:
    assert not is_told(ONE, lead, None)
    assert is_told(ONE, lead, START)
    assert is_told(ONE, lead, START + 9 * HOUR), "it is earlier now"
    assert is_told(ONE, lead, START - LEADS[lead])
    assert not is_told(ONE, lead, START - LEADS[lead] - SECOND)


@given(choices, lengths)
def test_at_any_moment_at_most_one_of_those_that_are_due_is_wanted(leads: frozenset[int], before: timedelta) -> None:
    now = START - before
    ready = [lead for lead in leads if due(ONE, lead) <= now]
    assert [lead for lead in ready if wants(leads, ONE, lead, now)] == sorted(ready)[-1:]


@given(choices)
def test_in_time_each_that_was_chosen_is_wanted_and_no_other(leads: frozenset[int]) -> None:
    assert {lead for lead in LEADS if wants(leads, ONE, lead, due(ONE, lead))} == leads
