"""A time that cannot be is refused with what would do; a time before a title is told from it."""

from datetime import UTC, date, datetime, time
from random import Random

import pytest
from hypothesis import given

from bot.chat.errors import Refusal
from bot.chat.places import Place
from bot.context import Context
from bot.domain.agenda import Occurrence, Series, occurrence
from bot.domain.community import Community
from bot.domain.recurrence import Frequency, Rule
from bot.domain.when import Doubt, Fault, Read, Unclear, Unread
from bot.features.session.when import DOUBTS, check, check_move, fault, for_date, takes, understood
from bot.speech import Speech
from tests.bot.nasty import TEXTS

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ZONE = "Asia/Jakarta"
MONDAY = date(2026, 11, 30)
CTX = Context(None, NOW, Random(1), Place("fake", "1"), found=Community(1, "Kelas", NOW, zone=ZONE))  # type: ignore[arg-type]


def monday() -> Occurrence:
    rule = Rule(MONDAY, time(19), ZONE, 90, Frequency.WEEKLY, days=(0,))
    return occurrence(Series(1, 7, rule, "Aljabar", 1, NOW), MONDAY, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senin 19.00 Aljabar linear", "Aljabar linear"),
        ("Monday 7pm Algebra", "Algebra"),
        ("tiap Selasa dan Kamis 19.00-20.30 WITA sampai 20 Desember kecuali 17 Desember Fisika dasar", "Fisika dasar"),
        ("besok jam setengah delapan malam Bedah buku", "Bedah buku"),
        ("every first Monday 7pm Open house", "Open house"),
        ("30/11 19.00: Aljabar", "Aljabar"),
        ("Aljabar linear", "Aljabar linear"),
        ("Senin 19.00", ""),
        ("", ""),
    ],
)
def test_what_follows_a_time_is_the_title(text: str, title: str) -> None:
    assert text[takes(text) :].strip() == title


@given(text=TEXTS)
def test_no_text_takes_more_than_there_is(text: str) -> None:
    assert 0 <= takes(text.strip()) <= len(text.strip())


@pytest.mark.parametrize("why", list(Fault))
def test_every_fault_is_told_in_both_languages_with_what_to_do(why: Fault) -> None:
    english, indonesian = (Speech(language).words(fault(Unread(why))) for language in ("en", "id"))
    assert english != indonesian
    assert len(indonesian) < 120


def test_the_nearest_zone_is_named() -> None:
    assert "America/New_York" in Speech("id").words(fault(Unread(Fault.ZONE, "America/New_York")))


@pytest.mark.parametrize("why", list(Doubt))
def test_every_doubt_is_a_question_in_both_languages(why: Doubt) -> None:
    english, indonesian = (Speech(language).words(DOUBTS[why]) for language in ("en", "id"))
    assert english.endswith("?")
    assert indonesian.endswith("?")
    assert english != indonesian


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kapan-kapan", "couldn't read"),
        ("Senin", "At what time"),
        ("32/13 19.00", "no such date"),
        ("13:00 PM", "No clock"),
        ("19.00-19.00", "lasts"),
        ("9999-12-31 23:59", "too far"),
        ("1/11/2026 19.00", "has passed"),
        ("now", "too soon"),
        ("Selasa 30/11/2026 19.00", "do not fit"),
    ],
)
def test_what_cannot_be_planned_is_refused(words: str, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        check(CTX, words)
    with pytest.raises(Refusal, match=told):
        understood(CTX, words, ZONE)


@pytest.mark.parametrize("words", ["Senin 19.00", "besok 7", "tiap hari 19.00"])
def test_what_is_clear_or_may_be_asked_is_let_through(words: str) -> None:
    check(CTX, words)
    check_move(CTX, words)


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("20.00", MONDAY, time(20)),
        ("pukul 20.00", MONDAY, time(20)),
        ("8pm", MONDAY, time(20)),
        ("Selasa 1 Desember", date(2026, 12, 1), time(19)),
        ("Rabu 2/12 20.00", date(2026, 12, 2), time(20)),
        ("besok 20.00", date(2026, 11, 24), time(20)),
        ("2026-12-05 10:00", date(2026, 12, 5), time(10)),
    ],
)
def test_a_date_that_is_moved_keeps_what_was_not_said(words: str, day: date, at: time) -> None:
    read = for_date(CTX, monday(), words)
    assert isinstance(read, Read)
    assert (read.rule.first, read.rule.at, read.rule.frequency) == (day, at, Frequency.ONCE)


def test_an_hour_that_is_two_is_one_of_its_own_day() -> None:
    read = for_date(CTX, monday(), "7")
    assert isinstance(read, Unclear)
    assert {each.rule.first for each in read.options} == {MONDAY}


def test_a_rule_for_a_date_is_a_rule() -> None:
    read = for_date(CTX, monday(), "tiap Selasa 19.00")
    assert isinstance(read, Read)
    assert read.rule.frequency is Frequency.WEEKLY


@given(words=TEXTS)
def test_no_words_for_a_date_are_an_incident(words: str) -> None:
    try:
        for_date(CTX, monday(), words)
    except Refusal:
        return
