"""One cause gives one entry, in the month of the group's own clock."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.points import WORTH, Entry, Reason, reward, season

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
