"""Days without a quiz: pauses, public holidays, and dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Pause, QuizRule
from bot.domain.rest import holiday, read_day, resting, with_pause

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1/12", date(2026, 12, 1)),
        ("01.12.2026", date(2026, 12, 1)),
        ("1-12-2027", date(2027, 12, 1)),
        ("1 Des", date(2026, 12, 1)),
        ("1 desember 2026", date(2026, 12, 1)),
        ("3 Agustus", date(2027, 8, 3)),
        ("3 Aug", date(2027, 8, 3)),
        ("5 May", date(2027, 5, 5)),
        ("5 mei", date(2027, 5, 5)),
        ("23/11", TODAY),
        ("22/11", date(2027, 11, 22)),
        ("31/2", None),
        ("0/1", None),
        ("1/13", None),
        ("", None),
        ("besok pagi", None),
        ("1 xyz", None),
        ("9999999/1", None),
        ("1/12/26", None),
    ],
)
def test_a_date_is_read_or_refused_never_guessed(words: str, day: date | None) -> None:
    assert read_day(words, TODAY) == day


@given(st.text(max_size=30))
def test_any_words_are_a_date_or_none(words: str) -> None:
    assert read_day(words, TODAY) is None or isinstance(read_day(words, TODAY), date)


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
