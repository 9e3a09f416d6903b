"""Streaks grow with every finished quiz and forgive what freeze days allow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import EARN_EVERY, MOST_FREEZES, Streak, carries, extend

START = date(2026, 11, 1)


def after(*missed: int) -> Streak:
    """The streak after finishing quizzes with that many missed before each."""
    streak, day = Streak(), START
    for count in missed:
        day += timedelta(days=count + 1)
        streak = extend(streak, day, count)
    return streak


def test_the_first_quiz_begins_a_streak() -> None:
    assert after(0) == Streak(1, 1, 0, START + timedelta(days=1))


def test_a_missed_quiz_without_a_freeze_begins_anew() -> None:
    streak = after(0, 0, 0, 1)
    assert (streak.length, streak.best) == (1, 3)


def test_every_seventh_day_earns_a_freeze_up_to_two() -> None:
    assert [after(*[0] * days).freezes for days in (6, 7, 13, 14, 21, 70)] == [0, 1, 1, 2, 2, 2]


def test_a_freeze_bridges_a_missed_quiz() -> None:
    streak = after(*[0] * 7, 1)
    assert (streak.length, streak.freezes) == (8, 0)


def test_more_misses_than_freezes_begin_anew_and_use_them_up() -> None:
    streak = after(*[0] * 7, 2)
    assert (streak.length, streak.freezes, streak.best) == (1, 0, 7)


def test_the_same_day_and_an_earlier_one_change_nothing() -> None:
    streak = after(0, 0)
    assert streak.last is not None
    assert extend(streak, streak.last, 0) == streak
    assert extend(streak, streak.last - timedelta(days=1), 0) == streak


def test_a_day_without_a_quiz_is_not_missed() -> None:
    streak = after(0)
    assert extend(streak, START + timedelta(days=9), 0).length == 2


@given(missed=st.lists(st.integers(0, 4), min_size=1, max_size=60))
def test_a_streak_stays_within_its_bounds(missed: list[int]) -> None:
    streak = Streak()
    for index, count in enumerate(missed):
        grown = extend(streak, START + timedelta(days=9 * index), count)
        assert 0 <= grown.freezes <= MOST_FREEZES
        assert 1 <= grown.length <= grown.best
        assert grown.best >= streak.best
        assert grown.length == streak.length + 1 or (grown.length == 1 and count > streak.freezes)
        assert grown.freezes <= streak.freezes or grown.length % EARN_EVERY == 0
        streak = grown


@pytest.mark.parametrize(
    ("finished", "lately", "goes_on"),
    [(0, 0, False), (1, 1, False), (2, 2, True), (2, 8, True), (2, 9, False), (3, 9, True), (25, 100, True)],
)
def test_a_group_s_streak_needs_a_quarter_of_those_who_take_part_and_two_people(
    finished: int, lately: int, goes_on: bool
) -> None:
    assert carries(finished, lately) == goes_on
