"""A pair's streak: days that both finished, anew after any other, and who is left in peace for how long."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.pair import BREATH, PATIENCE, Pair, State, carry

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
PAIR = Pair(1, 2, 3, NOW, State.TOGETHER)


def test_days_in_a_row_are_counted_and_the_best_is_kept() -> None:
    pair = PAIR
    for number in range(3):
        pair = carry(pair, DAY + timedelta(days=number), 0)
    assert (pair.length, pair.best, pair.last) == (3, 3, DAY + timedelta(days=2))
    pair = carry(pair, DAY + timedelta(days=5), 2)
    assert (pair.length, pair.best) == (1, 3), "nothing is frozen"


def test_days_without_a_quiz_are_not_missed() -> None:
    assert carry(carry(PAIR, DAY, 0), DAY + timedelta(days=9), 0).length == 2


def test_the_same_day_counts_once() -> None:
    first = carry(PAIR, DAY, 0)
    assert carry(first, DAY, 0) == first
    assert carry(first, DAY - timedelta(days=1), 0) == first


def test_the_first_day_is_one_whatever_came_before() -> None:
    assert carry(PAIR, DAY, 4).length == 1


@pytest.mark.parametrize(
    ("state", "wait"),
    [(State.ASKED, None), (State.TOGETHER, None), (State.DECLINED, PATIENCE), (State.ENDED, BREATH)],
)
def test_somebody_who_said_no_is_left_in_peace(state: State, wait: timedelta | None) -> None:
    pair = replace(PAIR, state=state)
    assert pair.is_quiet(NOW) == (wait is not None)
    if wait:
        assert pair.is_quiet(NOW + wait - timedelta(seconds=1))
        assert not pair.is_quiet(NOW + wait)


def test_each_has_the_other() -> None:
    assert (PAIR.other(2), PAIR.other(3)) == (3, 2)
