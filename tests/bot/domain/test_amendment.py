"""What a change makes of a series and of its dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import Change, Rest, Series
from bot.domain.amendment import OWN, Amendment, is_retimed, retimed, taken_over
from bot.domain.community import Pause
from bot.domain.recurrence import Frequency, Rule, dates

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ZONE = "Asia/Jakarta"
MONDAYS = Rule(date(2026, 9, 7), time(19), ZONE, 90, Frequency.WEEKLY, days=(0,))
SERIES = Series(1, 7, MONDAYS, "Aljabar", 1, NOW)


def once(day: date, at: time = time(19), minutes: int = 90) -> Rule:
    return Rule(day, at, ZONE, minutes)


def test_one_day_said_for_a_weekly_series_means_its_weekday() -> None:
    new = retimed(MONDAYS, once(date(2026, 12, 1), time(20)), TODAY)
    assert new == replace(MONDAYS, first=date(2026, 12, 1), at=time(20), days=(1,))


def test_only_another_hour_keeps_the_past_known() -> None:
    new = retimed(MONDAYS, replace(MONDAYS, first=date(2026, 11, 30), at=time(20), minutes=60), TODAY)
    assert new == replace(MONDAYS, at=time(20), minutes=60)
    assert retimed(MONDAYS, once(date(2026, 11, 30), time(20)), TODAY) == replace(MONDAYS, at=time(20))


def test_another_week_of_every_other_begins_anew() -> None:
    every_other = replace(MONDAYS, every=2)
    (ahead, *_) = dates(every_other, TODAY, TODAY + timedelta(days=20))
    off = ahead + timedelta(days=7)
    new = retimed(every_other, once(off), TODAY)
    assert new == replace(every_other, first=off)


def test_one_day_of_several_changes_the_hour_of_all() -> None:
    both = replace(MONDAYS, days=(0, 3))
    assert retimed(both, once(date(2026, 11, 26), time(20)), TODAY) == replace(both, at=time(20))
    assert retimed(both, once(date(2026, 11, 24), time(20)), TODAY) is None, "which of the two is Tuesday to be?"


def test_a_new_rule_takes_the_place_of_the_old_one() -> None:
    said = Rule(date(2026, 11, 24), time(19), ZONE, 60, Frequency.WEEKLY, days=(1, 3))
    assert retimed(MONDAYS, said, TODAY) == said
    assert retimed(once(date(2026, 11, 30)), said, TODAY) == said
    assert retimed(once(date(2026, 11, 30)), once(date(2026, 12, 1)), TODAY) == once(date(2026, 12, 1))


def test_a_later_beginning_is_not_forgotten() -> None:
    said = replace(MONDAYS, first=date(2027, 1, 4))
    assert retimed(MONDAYS, said, TODAY) == said


def test_what_is_left_of_a_number_of_dates_is_left() -> None:
    ten = replace(MONDAYS, first=date(2026, 11, 2), count=10)
    new = retimed(ten, once(date(2026, 12, 1)), TODAY)
    assert new
    assert new.count == 7, "three Mondays are over"
    assert retimed(ten, replace(MONDAYS, days=(1,), first=date(2026, 12, 1), count=4), TODAY).count == 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        (Rule(date(2026, 11, 5), time(19), ZONE, frequency=Frequency.MONTHLY), date(2026, 12, 7), date(2026, 12, 7)),
        (Rule(date(2026, 11, 5), time(19), ZONE, frequency=Frequency.MONTHLY), date(2026, 12, 5), date(2026, 11, 5)),
        (Rule(date(2026, 11, 5), time(19), ZONE, frequency=Frequency.DAILY), date(2026, 12, 5), date(2026, 11, 5)),
    ],
)
def test_a_monthly_series_moves_to_the_day_that_was_said(old: Rule, said: date, new: date) -> None:
    assert retimed(old, once(said, time(20), 60), TODAY) == replace(old, first=new, at=time(20))


def test_the_first_monday_cannot_become_some_tuesday() -> None:
    first = Rule(date(2026, 11, 2), time(19), ZONE, frequency=Frequency.MONTHLY, days=(0,), nth=1)
    assert retimed(first, once(date(2026, 12, 8)), TODAY) is None
    assert retimed(first, once(date(2026, 12, 7), time(20), 60), TODAY) == replace(first, at=time(20))


@given(
    days=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(lambda found: tuple(sorted(found))),
    every=st.integers(1, 4),
    ahead=st.integers(0, 400),
)
def test_what_was_said_is_a_date_of_the_new_rule(days: tuple[int, ...], every: int, ahead: int) -> None:
    said = once(TODAY + timedelta(days=ahead), time(20))
    old = replace(MONDAYS, days=days, every=every)
    new = retimed(old, said, TODAY)
    if new is None:
        assert len(days) > 1
        assert said.first.weekday() not in days
    elif len(days) == 1:
        assert said.first in list(dates(new, said.first, said.first))
    else:
        assert (new.at, new.first) == (said.at, old.first)


def test_a_change_takes_what_organisers_change_and_nothing_else() -> None:
    day = date(2026, 11, 30)
    stored = Change(1, 7, day, host=5, code="apel", notes="https://x.example", revision=3)
    wanted = Change(1, 7, day, rest=Rest.OFF, reason="sakit", revision=3)
    taken = taken_over(stored, wanted, NOW)
    assert taken == replace(stored, rest=Rest.OFF, reason="sakit", revision=4, since=NOW)
    assert taken_over(stored, replace(wanted, rest=Rest.NONE, title="X"), NOW).since is None, "its time stays"


def test_what_organisers_change_are_fields_of_a_change() -> None:
    assert {*OWN} < set(Change.__dataclass_fields__)


@pytest.mark.parametrize(
    ("more", "moves"),
    [
        ({"title": "Lain"}, False),
        ({"capacity": 3}, False),
        ({"rule": replace(MONDAYS, at=time(20))}, True),
        ({"pauses": (Pause(TODAY, TODAY),)}, True),
        ({"holidays": True}, True),
        ({"over": True}, True),
    ],
)
def test_what_moves_dates_is_known(more: dict[str, object], moves: bool) -> None:
    assert is_retimed(SERIES, replace(SERIES, **more)) is moves  # type: ignore[arg-type]


def test_whose_an_amendment_is() -> None:
    changes = (Change(1, 7, TODAY), Change(2, 7, TODAY))
    assert Amendment((SERIES,), changes).communities == {1, 2}
    assert Amendment().communities == set()
