"""Spaced repetition: the dates are those of py-fsrs itself, and one optional tap changes the last rating."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recall import Card, Memory, Rating, meet, rate, review

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NEW = Memory(1, 2, 3, None, NOW)

HISTORY = [
    (Rating.AGAIN, timedelta(0)),
    (Rating.GOOD, timedelta(minutes=1)),
    (Rating.GOOD, timedelta(minutes=10)),
    (Rating.GOOD, timedelta(days=1)),
    (Rating.HARD, timedelta(days=4)),
    (Rating.AGAIN, timedelta(days=9)),
    (Rating.GOOD, timedelta(minutes=10)),
    (Rating.EASY, timedelta(days=2)),
    (Rating.GOOD, timedelta(days=30)),
]
"""A member's months with one item: the ratings, and how long after the last one."""


def straight(history: list[tuple[Rating, timedelta]]) -> list[fsrs.Card]:
    """The cards that the library gives when nothing of ours stands between."""
    scheduler, card, at, cards = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(due=NOW), NOW, []
    for rating, after in history:
        at += after
        card, _ = scheduler.review_card(card, fsrs.Rating(int(rating)), at)
        cards.append(card)
    return cards


def ours(history: list[tuple[Rating, timedelta]]) -> list[Card]:
    card, at, cards = None, NOW, []
    for rating, after in history:
        at += after
        card = review(card, rating, at)
        cards.append(card)
    return cards


def test_the_dates_of_a_recorded_history_are_those_of_the_library() -> None:
    assert [card.due for card in ours(HISTORY)] == [card.due for card in straight(HISTORY)]
    days = [(card.due - NOW).days for card in ours(HISTORY)]
    assert days == sorted(days), "what is remembered comes back later and later"


@given(
    st.lists(
        st.tuples(st.sampled_from(Rating), st.integers(0, 60 * 24 * 90).map(lambda m: timedelta(minutes=m))),
        max_size=12,
    )
)
def test_every_history_gives_the_library_s_cards(history: list[tuple[Rating, timedelta]]) -> None:
    for mine, theirs in zip(ours(history), straight(history), strict=True):
        assert (mine.due, mine.state, mine.step) == (theirs.due, theirs.state.value, theirs.step)
        assert (mine.stability, mine.difficulty) == (theirs.stability, theirs.difficulty)


def test_only_what_was_missed_becomes_a_card() -> None:
    assert meet(NEW, True, NOW).card is None
    missed = meet(NEW, False, NOW)
    assert missed.card == review(None, Rating.AGAIN, NOW)
    again = meet(missed, True, NOW + timedelta(minutes=5))
    assert again.card == review(missed.card, Rating.GOOD, NOW + timedelta(minutes=5))
    assert again.before == missed.card


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.EASY])
def test_a_tap_afterwards_rates_the_same_answer_otherwise(rating: Rating) -> None:
    later = NOW + timedelta(days=1)
    learnt = meet(meet(NEW, False, NOW), True, later)
    rated = rate(learnt, rating, later + timedelta(minutes=3))
    assert rated.card == review(learnt.before, rating, later), "it counts from the answer, not from the tap"
    assert rate(rated, rating, later + timedelta(hours=1)) == rated, "the same tap twice is one"


def test_an_item_that_was_right_but_hard_becomes_a_card() -> None:
    hard = rate(meet(NEW, True, NOW), Rating.HARD, NOW)
    assert hard.card == review(None, Rating.HARD, NOW)
    assert rate(hard, Rating.HARD, NOW + timedelta(hours=2)) == replace(hard)
