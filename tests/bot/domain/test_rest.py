"""Days without a quiz: pauses and public holidays."""

from datetime import date

import pytest

from bot.domain.community import Pause, QuizRule
from bot.domain.rest import holiday, resting, with_pause

TODAY = date(2026, 11, 23)


def test_a_group_rests_on_the_days_of_a_pause_and_no_other() -> None:
    pause = Pause(date(2026, 12, 1), date(2026, 12, 12), "Pekan ujian")
    rule = QuizRule(pauses=(pause,))
    assert resting(rule, date(2026, 11, 30)) is None
    assert resting(rule, date(2026, 12, 1)) == pause
    assert resting(rule, date(2026, 12, 12)) == pause
    assert resting(rule, date(2026, 12, 13)) is None


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 8, 17), "Kemerdekaan"), (date(2026, 12, 25), "Natal"), (date(2026, 3, 21), "Idul Fitri")],
)
def test_public_holidays_are_rested_only_where_a_group_wishes_it(day: date, words: str) -> None:
    assert words in holiday(day)
    assert resting(QuizRule(), day) is None
    found = resting(QuizRule(holidays=True), day)
    assert found is not None
    assert words in found.reason


def test_a_usual_day_is_no_holiday() -> None:
    assert resting(QuizRule(holidays=True), date(2026, 11, 24)) is None


def test_a_new_pause_takes_its_place_and_old_ones_go() -> None:
    over, coming = Pause(date(2026, 11, 1), date(2026, 11, 22)), Pause(date(2026, 12, 20), date(2027, 1, 3))
    new = Pause(date(2026, 12, 1), date(2026, 12, 2))
    assert with_pause(QuizRule(pauses=(over, coming)), new, TODAY) == (new, coming)
    assert with_pause(QuizRule(pauses=(new,)), new, TODAY) == (new,), "the same one twice is one"
    many = tuple(Pause(date(2027, 1, day), date(2027, 1, day)) for day in range(1, 32))
    assert with_pause(QuizRule(pauses=many), new, TODAY) == (new, *many), "none is left out silently"
