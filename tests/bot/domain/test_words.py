"""From texts to the terms by which they are found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import MOST_LETTERS, SHORT, STOP, fold, terms, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rumus ABC, x^2 + 3x = 0!", ["rumus", "abc", "x", "2", "3x", "0"]),
        ("H₂O dan CO₂", ["h2o", "co2"]),
        ("café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("9,81 m/s² atau 9.81", ["9.81", "m", "s2", "9.81"]),
        ("print(max_value) # C++", ["print", "max", "value", "c"]),
        ("bunga-bunga 'tumbuh'", ["bunga", "bunga", "tumbuh"]),
        ("ﬁsika", ["fisika"]),
        ("🙂 … — ", []),
    ],
)
def test_letters_and_digits_are_kept_and_nothing_else(text: str, found: list[str]) -> None:
    assert [token for token in words(text) if token not in STOP] == found


def test_words_that_hold_sentences_together_say_nothing() -> None:
    assert list(words("kak tolong dong jelasin yg dgn the of what is integral")) == ["jelasin", "integral"]


def test_what_pupils_shorten_is_read_as_the_whole_word() -> None:
    assert list(words("mtk kls 10")) == ["matematika", "kelas", "10"]
    assert not any(word in SHORT or word in STOP for word in SHORT.values())


@pytest.mark.parametrize(
    "family",
    [
        ("membaca", "bacaan", "dibaca", "pembaca", "bacalah"),
        ("menulis", "tulisan", "ditulis", "penulis", "tulisannya"),
        ("persamaan", "menyamakan", "disamakan"),
        ("kurang", "mengurangi", "pengurangan", "dikurangi"),
        ("tentu", "menentukan", "penentuan", "ditentukan"),
        ("pakai", "pemakaian", "dipakai"),
        ("hitung", "menghitung", "dihitung", "perhitungan"),
        ("derivative", "derivatives"),
        ("multiply", "multiplied", "multiplying"),
    ],
)
def test_forms_of_a_word_share_a_term(family: tuple[str, ...]) -> None:
    shared = set(terms(family[0]))
    for word in family[1:]:
        assert shared & set(terms(word)), word


def test_a_word_has_a_term_for_each_language_and_one_for_a_letter_that_melted_away() -> None:
    assert terms("kirim") == ("kirim",)
    assert terms("mengirim") == ("irim", "mengirim", "kirim")
    assert set(terms("pengiriman")) >= {"kirim", "irim"}
    assert all(1 <= len(terms(word)) <= 2 for word in ("running", "persamaan", "42", "x", "menyapu", "penting"))


@given(st.text())
def test_any_text_gives_terms_that_every_database_takes(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token) <= MOST_LETTERS
        for term in terms(token):
            assert 0 < len(term) <= MOST_LETTERS
            assert "\0" not in term
            assert not term.isspace()
            term.encode()


@given(st.text())
def test_case_and_accents_make_no_difference(text: str) -> None:
    assert list(tokens(unicodedata.normalize("NFD", text))) == list(tokens(unicodedata.normalize("NFC", text)))
    assert fold(fold(text)) == fold(text)
