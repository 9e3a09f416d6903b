"""Points of live rounds: what they are for, and that every correction has a cause of its own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Community, PointRule
from bot.domain.points import Reason, award, item_reward
from bot.domain.quiz import Kind, Quiz
from bot.domain.score import corrected_item, correction, correction_cause, half_cause, part_cause, round_points

NOW = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
GROUP = Community(1, "Kelas", NOW)
QUIZ = Quiz(1, 7, None, NOW, NOW, (), kind=Kind.ROUND)


@pytest.mark.parametrize(
    ("answered", "right", "size", "points"),
    [
        (0, 0, 5, (False, False)),
        (2, 2, 5, (False, False)),
        (3, 2, 5, (True, False)),
        (3, 3, 5, (True, True)),
        (2, 2, 4, (True, True)),
        (2, 1, 4, (True, False)),
        (1, 1, 1, (True, True)),
        (0, 0, 0, (False, False)),
    ],
)
def test_half_of_a_round_earns_a_point(answered: int, right: int, size: int, points: tuple[bool, bool]) -> None:
    assert round_points(answered, right, size) == points


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_nobody_gets_the_second_point_without_the_first(answered: int, right: int, size: int) -> None:
    part, half = round_points(answered, min(right, answered), size)
    assert part or not half


def test_a_correction_counts_in_the_season_in_which_it_is_made() -> None:
    before = [award(GROUP, 5, Reason.ROUND, cause, 7, NOW) for cause in (part_cause(7, 5), half_cause(7, 5))]
    entry = correction(GROUP, QUIZ, 5, correction_cause(7, 12, 3, 5), before, -1, 2, NOW)
    assert (entry.reason, entry.amount, entry.subject, entry.month) == (Reason.ROUND, -1, 7, 202612)
    assert corrected_item(entry.cause) == 12
    assert entry.by == 2


def test_a_correction_takes_back_what_was_given_whatever_it_is_worth_now() -> None:
    was = replace(GROUP, points=PointRule({"round": 4}))
    part, half = (award(was, 5, Reason.ROUND, cause, 7, NOW) for cause in (part_cause(7, 5), half_cause(7, 5)))
    lost = correction(GROUP, QUIZ, 5, correction_cause(7, 12, 3, 5), [part, half], -1, 2, NOW)
    assert lost.amount == -4
    again = correction(GROUP, QUIZ, 5, correction_cause(7, 12, 4, 5), [part, half, lost], 1, 2, NOW)
    assert again.amount == 1
    assert correction(GROUP, QUIZ, 5, "x", [part, half, lost, again], -1, 2, NOW).amount == -1
    assert correction(GROUP, QUIZ, 5, "x", [part], -1, 2, NOW).amount == 0, "rounds gave nothing then"


def test_every_cause_is_its_own() -> None:
    causes = {correction_cause(7, 12, number, 5) for number in range(20)}
    causes |= {half_cause(7, 5), part_cause(7, 5), item_reward(GROUP, 5, 7, NOW).cause}
    assert len(causes) == 23
    assert all(len(cause) <= 64 for cause in causes)


@pytest.mark.parametrize("cause", ["half:7:5", "round:7:5", "quiz:7:5", "item:12"])
def test_other_causes_correct_nothing(cause: str) -> None:
    assert corrected_item(cause) is None
