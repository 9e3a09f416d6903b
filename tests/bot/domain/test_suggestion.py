"""When a suggestion is due, when the group votes, and about what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.suggestion import (
    Ballot,
    State,
    Suggestion,
    choose,
    first_of,
    month_of,
    next_month,
    next_reminder,
    read_name,
    vote_opens,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MADE = Suggestion(1, 3, "Kuis  hari\nJumat", 7, NOW, NOW)


def test_it_is_called_by_its_number_and_its_first_words() -> None:
    assert (MADE.name, MADE.title) == ("I3", "Kuis hari Jumat")
    assert len(replace(MADE, text="panjang " * 50).title) <= 80


@pytest.mark.parametrize(("words", "number"), [("I3", 3), (" i12 ", 12), ("3", 3), ("Q3", 0), ("", 0), ("I٣", 0)])
def test_a_name_is_read(words: str, number: int) -> None:
    assert read_name(words) == number


def test_reminders_come_on_the_23rd_and_on_the_30th_day() -> None:
    first, second = NOW + timedelta(days=23), NOW + timedelta(days=30)
    assert next_reminder(MADE, NOW) == first
    assert next_reminder(MADE, first - timedelta(seconds=1)) == first
    assert next_reminder(MADE, first) == second
    assert next_reminder(MADE, second) is None
    assert second == MADE.due


@pytest.mark.parametrize("state", [state for state in State if state is not State.NEW])
def test_nobody_is_reminded_of_one_with_an_answer(state: State) -> None:
    assert next_reminder(replace(MADE, state=state), NOW) is None


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 12, 1), date(2027, 1, 1), date(2024, 2, 29)])
def test_a_month_has_one_number_and_one_first_day(day: date) -> None:
    assert first_of(month_of(day)) == day.replace(day=1)
    assert month_of(first_of(month_of(day))) == month_of(day)


def test_december_is_followed_by_january() -> None:
    assert first_of(month_of(date(2026, 12, 31)) + 1) == date(2027, 1, 1)


def test_the_vote_opens_at_the_group_s_hour_in_its_zone() -> None:
    december = month_of(date(2026, 12, 1))
    assert vote_opens(december, time(7), "Asia/Jakarta") == datetime(2026, 12, 1, 0, tzinfo=UTC)
    assert vote_opens(december, time(7), "Asia/Jayapura") == datetime(2026, 11, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "America/New_York", "Pacific/Kiritimati"])
def test_the_next_vote_is_the_first_that_opens_later(zone: str) -> None:
    for hours in range(0, 24 * 70, 5):
        after = NOW + timedelta(hours=hours)
        month = next_month(after, time(7), zone)
        assert vote_opens(month, time(7), zone) > after >= vote_opens(month - 1, time(7), zone)


def test_the_most_supported_come_into_the_vote() -> None:
    assert choose([5, 1, 2], {1: 1, 2: 4}) == (2, 1, 5)
    assert choose([3, 2, 1], {}) == (1, 2, 3)
    assert choose(range(1, 12), {11: 1}) == (11, 1, 2, 3, 4, 5, 6, 7)


def test_one_alone_is_no_vote() -> None:
    assert choose([1], {1: 9}) == choose([], {}) == ()


def test_a_vote_takes_votes_until_its_close() -> None:
    ballot = Ballot(1, 24323, NOW, (1, 2))
    assert ballot.takes_votes(NOW - timedelta(seconds=1))
    assert not ballot.takes_votes(NOW)
    assert not replace(ballot, closed=True).takes_votes(NOW - timedelta(seconds=1))
