"""One cause gives one entry, of what the group gives for it, in the month of the group's own clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Community, PointRule
from bot.domain.points import (
    WORTH,
    Entry,
    Reason,
    answer_cause,
    answer_reward,
    first_reward,
    fix,
    is_fix,
    item_reward,
    question_reward,
    resource_reward,
    reward,
    season,
    season_before,
    season_of,
    undo,
    undone_cause,
    worth,
)
from bot.domain.question import Answer

NEW_YEAR = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
GROUP = Community(7, "Kelas", NEW_YEAR)
ANSWER = Answer(7, 12, 1, "Karena.", 5, NEW_YEAR, accepted=True, turns=3)


@pytest.mark.parametrize(
    ("zone", "month"),
    [("Asia/Jakarta", 202701), ("UTC", 202612), ("America/New_York", 202612), ("Asia/Kolkata", 202612)],
)
def test_the_season_turns_at_the_group_s_midnight(zone: str, month: int) -> None:
    assert season(NEW_YEAR, zone) == month


@given(st.dates(min_value=date(1, 2, 1)))
def test_the_season_before_is_that_of_the_day_before_the_month(day: date) -> None:
    assert season_before(season_of(day)) == season_of(day.replace(day=1) - timedelta(days=1))


def test_a_reward_says_who_what_and_why() -> None:
    assert reward(GROUP, 3, Reason.QUIZ, 42, NEW_YEAR) == Entry(
        7, 3, "quiz:42:3", Reason.QUIZ, 1, 42, 202701, NEW_YEAR, source=0, by=0, note=""
    )


@given(one=st.tuples(st.integers(1), st.integers(1)), other=st.tuples(st.integers(1), st.integers(1)))
def test_a_cause_is_shared_by_the_same_deed_alone(one: tuple[int, int], other: tuple[int, int]) -> None:
    causes = [reward(GROUP, person, Reason.QUIZ, quiz, NEW_YEAR).cause for person, quiz in (one, other)]
    assert (causes[0] == causes[1]) == (one == other)


def test_every_reason_is_worth_something_unless_a_group_decides_otherwise() -> None:
    assert set(WORTH) == set(Reason)
    assert min(WORTH.values()) > 0
    assert {reason: worth(GROUP, reason) for reason in Reason} == dict(WORTH)
    other = replace(GROUP, points=PointRule({"answer": 3, "quiz": 0}))
    assert [worth(other, reason) for reason in (Reason.ANSWER, Reason.QUIZ, Reason.ITEM)] == [3, 0, 2]


@pytest.mark.parametrize(
    ("entry", "by"),
    [
        (reward(GROUP, 5, Reason.QUIZ, 1, NEW_YEAR), 0),
        (first_reward(GROUP, 5, NEW_YEAR), 0),
        (item_reward(GROUP, 5, 9, NEW_YEAR), 0),
        (resource_reward(GROUP, 5, 9, 2, NEW_YEAR), 2),
        (answer_reward(GROUP, ANSWER, 2, NEW_YEAR), 2),
        (question_reward(GROUP, 5, 9, NEW_YEAR), 0),
    ],
    ids=lambda value: value.reason if isinstance(value, Entry) else str(value),
)
def test_every_reward_is_worth_what_the_group_says(entry: Entry, by: int) -> None:
    assert (entry.amount, entry.by, entry.person) == (WORTH[entry.reason], by, 5)


def test_a_kind_that_is_off_gives_nothing() -> None:
    off = replace(GROUP, points=PointRule({reason.value: 0 for reason in Reason}))
    assert reward(off, 3, Reason.QUIZ, 42, NEW_YEAR).amount == 0
    assert answer_reward(off, ANSWER, 2, NEW_YEAR).amount == 0
    assert first_reward(off, 3, NEW_YEAR).amount == 0


def test_an_item_is_rewarded_once_whenever_and_however_often_it_proves_good() -> None:
    first, later = (item_reward(GROUP, 5, 9, NEW_YEAR + timedelta(days=days)) for days in (0, 90))
    assert first.cause == later.cause
    assert first.month != later.month
    assert item_reward(GROUP, 5, 10, NEW_YEAR).cause != first.cause


def test_an_answer_that_is_accepted_anew_has_another_cause() -> None:
    again = replace(ANSWER, turns=5)
    assert answer_cause(ANSWER) == answer_reward(GROUP, ANSWER, 2, NEW_YEAR).cause != answer_cause(again)


@given(amount=st.integers(-100, 100), source=st.integers(0, 9))
def test_an_undo_takes_exactly_that_back_and_has_a_cause_of_its_own(amount: int, source: int) -> None:
    entry = replace(reward(GROUP, 3, Reason.QUIZ, 42, NEW_YEAR), amount=amount, source=source)
    later = NEW_YEAR + timedelta(days=40)
    back = undo(entry, later, "UTC", by=4, note="salah ketik")
    assert (back.amount, back.source, back.person, back.reason) == (-amount, source, 3, Reason.QUIZ)
    assert (back.by, back.note, back.at, back.month) == (4, "salah ketik", later, 202702)
    assert back.times == -entry.times
    assert undone_cause(back) == entry.cause != back.cause
    assert undone_cause(entry) == ""
    assert undo(entry, NEW_YEAR, "Asia/Jakarta").cause == back.cause, "once, whoever does it"


def test_what_is_corrected_by_hand_is_no_contribution() -> None:
    entry = fix(GROUP, 3, Reason.ANSWER, 4, 1, NEW_YEAR, by=2, note="jawaban lama")
    assert (entry.amount, entry.by, entry.note, entry.month) == (4, 2, "jawaban lama", 202701)
    assert is_fix(entry)
    assert is_fix(undo(entry, NEW_YEAR, "UTC"))
    assert entry.times == undo(entry, NEW_YEAR, "UTC").times == 0
    rewarded = reward(GROUP, 3, Reason.QUIZ, 42, NEW_YEAR)
    assert not is_fix(rewarded)
    assert not is_fix(undo(rewarded, NEW_YEAR, "UTC"))
    assert (rewarded.times, replace(rewarded, amount=0).times) == (1, 0)
