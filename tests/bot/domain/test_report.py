"""When a report is heard, and when somebody waits."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.report import DAY, SHORT, State, doubted, wait

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in minutes]


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        ((), None),
        ((1, 2), None),
        ((1, 2, 9), 1),
        ((1, 2, 10), None),
        ((1, 2, 3, 4), 7),
        ((20, 30, 40, 50, 60, 70, 80, 90, 100), None),
        ((20, 30, 40, 50, 60, 70, 80, 90, 100, 110), 24 * 60 - 110),
        ((1, 2, 3, 50, 60, 70, 80, 90, 100, 24 * 60), 7),
    ],
)
def test_three_within_ten_minutes_and_ten_a_day(minutes: tuple[float, ...], left: float | None) -> None:
    assert wait(ago(*minutes), NOW) == (None if left is None else timedelta(minutes=left))


def test_whoever_waited_that_long_may_report_again() -> None:
    times = ago(0, 0, 0)
    left = wait(times, NOW)
    assert left == SHORT
    assert wait(times, NOW + left) is None
    assert wait(ago(*range(10)), NOW + DAY) is None


@pytest.mark.parametrize(
    ("verdicts", "is_doubted"),
    [
        ("", False),
        ("cc", False),
        ("ccc", True),
        ("cccw", True),
        ("rccc", False),
        ("ccwcc", False),
    ],
)
def test_three_false_ones_in_a_row_are_doubted_until_a_right_one(verdicts: str, is_doubted: bool) -> None:
    meaning = {"c": State.CLEARED, "w": State.WARNED, "r": State.REMOVED}
    assert doubted([meaning[letter] for letter in verdicts]) is is_doubted
