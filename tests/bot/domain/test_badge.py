"""Badges come at their number, not before, and each has a kind that counts for it."""

import pytest

from bot.domain.badge import EFFORTS, STREAKS, Badge, earned, is_all_round
from bot.domain.points import Reason


@pytest.mark.parametrize(
    ("badge", "reason", "count"),
    [
        (Badge.SOLVED, Reason.ANSWER, 1),
        (Badge.SOLVED_10, Reason.ANSWER, 10),
        (Badge.SOLVED_50, Reason.ANSWER, 50),
        (Badge.SHELF, Reason.RESOURCE, 5),
        (Badge.AUTHOR, Reason.ITEM, 10),
        (Badge.THANKED, Reason.THANKS, 25),
    ],
)
def test_a_badge_comes_at_its_number(badge: Badge, reason: Reason, count: int) -> None:
    assert badge not in earned({reason: count - 1}, 0)
    assert badge in earned({reason: count}, 0)
    assert badge in earned({reason: count + 1}, 0)


@pytest.mark.parametrize(("badge", "days"), STREAKS.items())
def test_a_streak_s_badge_comes_on_its_day(badge: Badge, days: int) -> None:
    assert badge not in earned({}, days - 1)
    assert earned({}, days) == {other for other, least in STREAKS.items() if least <= days}


@pytest.mark.parametrize("reason", Reason)
def test_the_first_contribution_is_one_s_own(reason: Reason) -> None:
    assert (Badge.FIRST in earned({reason: 1}, 0)) == (reason in EFFORTS)
    assert Badge.FIRST not in earned({reason: 0}, 0), "it was taken back"


def test_nothing_earns_nothing() -> None:
    assert earned({}, 0) == frozenset()


def test_a_month_needs_every_kind_that_counts_in_the_group() -> None:
    times = dict.fromkeys(EFFORTS, 1)
    assert is_all_round(times, EFFORTS)
    assert not is_all_round({**times, Reason.ITEM: 0}, EFFORTS)
    assert is_all_round({**times, Reason.ITEM: 0}, EFFORTS - {Reason.ITEM})


def test_every_badge_can_be_earned() -> None:
    most = earned(dict.fromkeys(Reason, 50), 100)
    assert set(Badge) - most == {Badge.ALL_ROUND}
