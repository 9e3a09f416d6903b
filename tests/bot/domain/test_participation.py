"""The numbers of a stretch of time."""

from datetime import UTC, datetime, timedelta

from bot.domain.participation import LEAST, Kind, Stretch, everybody, summed

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_person_who_does_several_things_is_one_person() -> None:
    active = {Kind.QUIZ: frozenset({1, 2}), Kind.ANSWER: frozenset({2, 3})}
    found = summed(active, frozenset({1}), ())
    assert everybody(active) == {1, 2, 3}
    assert (found.people, found.first) == (3, 2)
    assert (found.kinds[Kind.QUIZ], found.kinds[Kind.ANSWER], found.kinds[Kind.VOTE]) == (2, 2, 0)


def test_the_median_leaves_out_questions_without_an_answer() -> None:
    found = summed({}, frozenset(), (HOUR, None, 3 * HOUR, 40 * HOUR, None))
    assert (found.asked, found.answered, found.wait) == (5, 3, 3 * HOUR)
    assert summed({}, frozenset(), (HOUR, 2 * HOUR)).wait == 1.5 * HOUR


def test_nothing_is_nothing() -> None:
    found = summed({}, frozenset(), ())
    assert (found.people, found.first, found.asked, found.answered, found.wait) == (0, 0, 0, 0, None)
    assert summed({}, frozenset(), (None,)).wait is None


def test_shares_are_shown_from_five_people_on() -> None:
    assert not summed({Kind.QUIZ: frozenset(range(LEAST - 1))}, frozenset(), ()).shows_shares
    assert summed({Kind.QUIZ: frozenset(range(LEAST))}, frozenset(), ()).shows_shares


def test_the_stretch_before_is_as_long_and_touches_it() -> None:
    stretch = Stretch(NOW - timedelta(days=7), NOW)
    assert stretch.before == Stretch(NOW - timedelta(days=14), NOW - timedelta(days=7))
