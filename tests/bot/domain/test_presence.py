"""Who counts as there, from when until when, and what is counted of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from bot.domain.agenda import Occurrence, Rest, Series, occurrence
from bot.domain.presence import (
    CODE_LIFE,
    WORDS,
    Presence,
    Tally,
    Way,
    closed_at,
    counts,
    draw,
    is_open,
    is_word,
    recent,
    tallied,
    there,
)
from bot.domain.recurrence import Frequency, Rule

DAY = date(2026, 12, 14)
MADE = datetime(2026, 11, 1, tzinfo=UTC)
SERIES = Series(1, 7, Rule(DAY, time(19), "Asia/Jakarta", 60, Frequency.WEEKLY, days=(0,)), "Aljabar", 1, MADE, host=9)
ONE = occurrence(SERIES, DAY, None)
START = datetime(2026, 12, 14, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def short(minutes: int) -> Occurrence:
    return occurrence(replace(SERIES, rule=replace(SERIES.rule, minutes=minutes)), DAY, None)


def came(person: int, way: Way = Way.TAP, seconds: int = 0, entered: datetime | None = None, at: int = 0) -> Presence:
    return Presence(1, 7, DAY, person, way, START + at * MINUTE, seconds, entered)


@pytest.mark.parametrize(
    ("minute", "open_"), [(-16, False), (-15, True), (0, True), (60, True), (89, True), (90, False)]
)
def test_people_say_that_they_are_there_around_the_session(minute: int, open_: bool) -> None:
    assert is_open(ONE, START + minute * MINUTE) is open_


def test_a_session_that_was_ended_by_hand_closes_earlier_and_never_later() -> None:
    early = replace(ONE, change=replace(ONE.change, done_at=START + 40 * MINUTE))
    assert closed_at(early) == START + 40 * MINUTE
    assert is_open(early, START + 69 * MINUTE)
    assert not is_open(early, START + 70 * MINUTE)
    late = replace(ONE, change=replace(ONE.change, done_at=START + timedelta(days=2)))
    assert closed_at(late) == ONE.ends


def test_nobody_is_at_a_session_that_does_not_take_place() -> None:
    assert not is_open(replace(ONE, rest=Rest.OFF), START)


@pytest.mark.parametrize(("minutes", "seconds", "enough"), [(60, 299, False), (60, 300, True), (9, 179, False)])
def test_voice_counts_from_five_minutes_or_a_third(minutes: int, seconds: int, enough: bool) -> None:
    assert counts(came(1, Way.VOICE, seconds), short(minutes), START) is enough


def test_a_third_of_a_short_session_is_enough() -> None:
    assert counts(came(1, Way.VOICE, 180), short(9), START)


def test_who_is_still_in_the_channel_counts_up_to_the_end() -> None:
    inside = came(1, Way.VOICE, 60, entered=START)
    assert not counts(inside, ONE, START + 3 * MINUTE)
    assert counts(inside, ONE, START + 4 * MINUTE)
    last = came(1, Way.VOICE, 0, entered=ONE.ends - 4 * MINUTE)
    assert not counts(last, ONE, ONE.ends + timedelta(hours=3))


def test_those_who_were_there_stand_in_the_order_in_which_they_came() -> None:
    found = [came(1, at=5), came(2, Way.VOICE, 10), came(3, Way.CODE, at=2), came(4, at=2)]
    assert [each.person for each in there(found, ONE, START)] == [3, 4, 1]


def test_a_code_word_is_read_in_any_case_and_spacing_as_long_as_it_holds() -> None:
    change = replace(ONE.change, code="mangga42", code_until=START + CODE_LIFE)
    one = replace(ONE, change=change)
    for said in ("mangga42", "MANGGA 42", " Mangga42\n"):
        assert is_word(one, said, START)
        assert not is_word(one, said, START + CODE_LIFE)
    for said in ("", "mangga", "mangga43", "mangga421"):
        assert not is_word(one, said, START)
    assert not is_word(ONE, "", START)


def test_words_are_drawn_evenly_and_can_be_read_back() -> None:
    drawn = {draw(Random(seed)) for seed in range(3000)}
    assert len({word[:-2] for word in drawn}) == len(WORDS) == len(set(WORDS))
    assert {int(word[-2:]) for word in drawn} == set(range(10, 100))
    assert all(is_word(replace(ONE, change=replace(ONE.change, code=w, code_until=ONE.ends)), w, START) for w in drawn)


def test_the_session_that_is_ended_now_is_the_last_that_has_begun() -> None:
    second = occurrence(replace(SERIES, id=8), DAY, None)
    later = occurrence(SERIES, DAY + timedelta(days=7), None)
    rests = replace(occurrence(replace(SERIES, id=9), DAY, None), rest=Rest.OFF)
    assert recent([ONE, second, later, rests], START) is second
    assert recent([ONE], START - MINUTE) is None


def test_everybody_s_dates_are_added_up() -> None:
    next_day = DAY + timedelta(days=7)
    done = replace(ONE, change=replace(ONE.change, done_at=ONE.ends))
    other = occurrence(SERIES, next_day, None)
    said = {(7, DAY): [1, 2], (7, next_day): [1]}
    presences = {(7, DAY): [came(1), came(3, Way.VOICE, 130)], (7, next_day): [came(2, Way.VOICE, 600)]}
    found = tallied([done, other], said, presences, START + timedelta(days=8))
    assert found == {
        1: Tally(said=2, came=1),
        2: Tally(said=1, came=1, minutes=10),
        3: Tally(minutes=2),
        9: Tally(led=1),
    }


def test_a_date_that_was_not_ended_by_hand_was_led_by_nobody() -> None:
    assert tallied([ONE], {}, {}, START) == {}
