"""Names are fit for one line, texts are fit for a database, and neither says anything else than before."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.clean import LONGEST_NAME, MOST_MARKS, clean_name, clean_text, graphemes, isolate, visible
from tests.bot.nasty import DIRECTIONS, TEXTS, bad_inputs

NAMES = dict(bad_inputs("name"))
EXPECTED = {
    "BI-name-001": "?",
    "BI-name-003": "?",
    "BI-name-005": "?",
    "BI-name-007": "evil.exe",
    "BI-name-009": "مريم العلي",
    "BI-name-015": "é",
    "BI-name-021": "@everyone",
    "BI-name-033": "a b c d e f",
    "BI-name-045": "=1+1",
    "BI-name-047": "null",
    "BI-name-049": "log 2026-01-01 ERROR forged line",
    "BI-name-051": "?",
    "BI-name-053": "漢" * 32,
    "BI-name-059": "0",
    "BI-name-065": "陈 伟",
}
"""What is shown of a collected bad name; the others are shown as they are."""


@pytest.mark.parametrize(("name", "raw"), NAMES.items())
def test_every_collected_bad_name_can_be_shown(name: str, raw: str) -> None:
    shown = clean_name(raw)
    assert visible(shown)
    assert len(graphemes(shown)) <= LONGEST_NAME
    assert shown.splitlines() == [shown]
    assert not set(shown) & set(DIRECTIONS)


@pytest.mark.parametrize(("name", "raw"), NAMES.items())
def test_a_collected_name_says_what_it_said(name: str, raw: str) -> None:
    if name in EXPECTED:
        assert clean_name(raw) == EXPECTED[name]
    elif name == "BI-name-011":
        assert len(clean_name(raw)) <= MOST_MARKS + len("Zalgo")
    elif name == "BI-name-013":
        assert clean_name(raw) == "👨\u200d👩\u200d👧\u200d👦" * (len(raw) // 7)
    else:
        assert clean_name(raw) == raw[:LONGEST_NAME].strip()


@given(raw=TEXTS)
@example(raw="\u0301" * 99)
@example(raw="\u115f\u3164\u00ad")
@example(raw="a" * 31 + "👨\u200d👩\u200d👧\u200d👦" * 2)
def test_a_name_is_one_short_visible_line(raw: str) -> None:
    shown = clean_name(raw, "Anggota")
    assert visible(shown)
    assert len(graphemes(shown)) <= LONGEST_NAME
    assert len(shown.splitlines()) == 1
    assert not set(shown) & set(DIRECTIONS)
    assert "\0" not in shown
    shown.encode()


@given(raw=TEXTS)
def test_a_name_that_was_cleaned_stays_as_it_is(raw: str) -> None:
    once = clean_name(raw)
    assert clean_name(once) == once


@given(raw=TEXTS)
def test_a_name_has_few_marks_on_one_letter(raw: str) -> None:
    run = 0
    for char in clean_name(raw):
        run = run + 1 if unicodedata.combining(char) else 0
        assert run <= MOST_MARKS


def test_a_name_is_cut_between_graphemes() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert clean_name(family * 40) == family * LONGEST_NAME


@given(raw=TEXTS)
def test_a_clean_text_can_be_stored_and_sent(raw: str) -> None:
    text = clean_text(raw)
    assert "\0" not in text
    text.encode()


@given(raw=st.text())
def test_a_sound_text_is_kept_byte_for_byte(raw: str) -> None:
    assert clean_text(raw) == raw.replace("\0", "")


def test_two_halves_of_an_emoji_become_whole() -> None:
    assert clean_text("\ud83d\ude00") == "😀"
    assert clean_text("a\ud83d") == "a\ufffd"


def depth(text: str) -> list[int]:
    """How many isolates are open after each character, as the bidirectional algorithm counts them."""
    open_now = 0
    depths = []
    for char in text:
        if char in "\u2066\u2067\u2068":
            open_now += 1
        elif char == "\u2069":
            open_now = max(0, open_now - 1)
        depths.append(open_now)
    return depths


@given(text=TEXTS)
@example(text="\u2069\u202e")
@example(text="\u2069\u2067")
@example(text="\u2067\u2067\u2069")
@example(text="a\n\u202eb")
def test_an_isolated_text_cannot_reach_out_of_its_isolate(text: str) -> None:
    for line in re.split(r"[\n\r\x1c-\x1e\x85\u2029]", isolate(text)):
        if line.startswith("\u2068"):
            *inside, end = depth(line)
            assert end == 0
            assert min(inside) >= 1
        else:
            assert not set(line) & set(DIRECTIONS)


@given(text=TEXTS)
def test_isolating_adds_and_drops_nothing_but_direction_marks(text: str) -> None:
    rest = str.maketrans("", "", "\u2068\u2069")
    assert isolate(text).translate(rest) == text.translate(rest)


def test_an_arabic_name_does_not_turn_the_number_after_it() -> None:
    assert isolate("مريم") == "\u2068مريم\u2069"
    assert isolate("Ani") == "Ani"
    assert isolate("漢字") == "漢字"


@given(text=TEXTS)
def test_graphemes_are_the_whole_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
