"""A poll within Telegram's limits whatever its texts are, and told again from what Telegram shows of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.clean import visible
from bot.chat.message import Poll
from bot.chat.poll import fit_poll, is_asked_by
from tests.bot.nasty import TEXTS

POLL = Poll("Which one?", ("this", "that"), (1,), "That one.")
LONG = st.integers(0, 700).flatmap(lambda n: TEXTS.map(lambda text: text * (n // max(1, len(text)) + 1)))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_poll_of_ordinary_length_stays_as_it_is() -> None:
    code = Poll("What does this print?\n\nfor i in range(3):\n    print(i)", ("0 1 2", "1 2 3"), (0,), "From 0.\nTo 2.")
    assert fit_poll(POLL) == POLL
    assert fit_poll(code) == code


@given(LONG, st.lists(LONG, min_size=2, max_size=12), LONG)
@example("\u030a", ["\u0333\u2028", "\r"], "\u200b")
@example("\ud83d" * 301, ["👨\u200d👩\u200d👧\u200d👦" * 30, "\t\n"], "\n" * 300)
def test_whatever_the_texts_are_every_part_is_seen_and_short_enough(
    question: str, options: list[str], explanation: str
) -> None:
    fitted = fit_poll(Poll(question, tuple(options), (0,), explanation))
    assert 1 <= units(fitted.question) <= 300
    assert len(fitted.options) == len(options)
    assert all(1 <= units(option) <= 100 and "\n" not in option for option in fitted.options)
    assert all(map(visible, (fitted.question, *fitted.options)))
    assert units(fitted.explanation) <= 200
    assert fitted.explanation.count("\n") <= 2
    assert visible(fitted.explanation) or not fitted.explanation
    assert fit_poll(fitted) == fitted
    "".join((fitted.question, *fitted.options, fitted.explanation)).encode()


@given(LONG, st.lists(LONG, min_size=2, max_size=5))
def test_a_poll_is_told_by_its_own_words_however_they_were_cut(question: str, options: list[str]) -> None:
    poll = Poll(question, tuple(options), (0,))
    shown = fit_poll(poll)
    assert is_asked_by(poll, shown.question, shown.options)
    assert not is_asked_by(poll, shown.question + "x", shown.options)
    assert not is_asked_by(poll, shown.question, (*shown.options, "x"))


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Which one?", ("this", "that")),
        (" Which  one? ", ("this", "that\u200b")),
        ("Which\u00a0one?", ("th\u200fis", "that")),
    ],
)
def test_spaces_and_what_cannot_be_seen_do_not_hide_a_poll(question: str, options: tuple[str, ...]) -> None:
    assert is_asked_by(POLL, question, options)


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("which one?", ("this", "that")),
        ("Which one?", ("that", "this")),
        ("Which one?", ("this",)),
        ("Which one?this", ("that",)),
    ],
)
def test_another_poll_is_another_poll(question: str, options: tuple[str, ...]) -> None:
    assert not is_asked_by(POLL, question, options)


def test_an_option_stands_on_one_line_with_the_spaces_that_it_has() -> None:
    assert fit_poll(Poll("?", ("a  =  b", "if a:\n\n    b\r\n"), (0,))).options == ("a  =  b", "if a: b")


def test_what_is_cut_says_so_and_letters_of_several_parts_stay_whole() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    fitted = fit_poll(Poll("kata " * 100, (family * 20, "b"), (0,), "panjang " * 60))
    assert fitted.question.endswith("…")
    assert fitted.options[0] == family * 9 + "…"
    assert fitted.explanation.endswith("…")


def test_an_explanation_of_many_lines_keeps_its_words_on_three() -> None:
    fitted = fit_poll(Poll("?", ("a", "b"), (0,), "one\n\ntwo\n \nthree\nfour\n"))
    assert fitted.explanation == "one\ntwo\nthree four"
