"""One cause gives one entry, in the month of the group's own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.points import WORTH, Entry, Reason, item_reward, reward, season

NEW_YEAR = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "month"),
    [("Asia/Jakarta", 202701), ("UTC", 202612), ("America/New_York", 202612), ("Asia/Kolkata", 202612)],
)
def test_the_season_turns_at_the_group_s_midnight(zone: str, month: int) -> None:
    assert season(NEW_YEAR, zone) == month


def test_a_reward_says_who_what_and_why() -> None:
    assert reward(7, 3, Reason.QUIZ, 42, NEW_YEAR, "Asia/Jakarta") == Entry(
        7, 3, "quiz:42:3", Reason.QUIZ, 1, 42, 202701, NEW_YEAR
    )


@given(one=st.tuples(st.integers(1), st.integers(1)), other=st.tuples(st.integers(1), st.integers(1)))
def test_a_cause_is_shared_by_the_same_deed_alone(one: tuple[int, int], other: tuple[int, int]) -> None:
    causes = [reward(1, person, Reason.QUIZ, quiz, NEW_YEAR, "UTC").cause for person, quiz in (one, other)]
    assert (causes[0] == causes[1]) == (one == other)


def test_every_reason_is_worth_something() -> None:
    assert set(WORTH) == set(Reason)
    assert min(WORTH.values()) > 0


def test_an_item_is_rewarded_once_whenever_and_however_often_it_proves_good() -> None:
    first, later = (item_reward(1, 5, 9, NEW_YEAR + timedelta(days=days), "Asia/Jakarta") for days in (0, 90))
    assert first.cause == later.cause
    assert first.month != later.month
    assert item_reward(1, 5, 10, NEW_YEAR, "Asia/Jakarta").cause != first.cause
