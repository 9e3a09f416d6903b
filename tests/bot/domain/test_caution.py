"""Which words and hosts make a link wait, however they are disguised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.caution import SHORTENERS, WORDS, fold, listed_site, listed_word
from tests.bot.nasty import TEXTS


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Slot gacor hari ini", "slot gacor"),
        ("sl0t g4cor", "slot gacor"),
        ("SLОT GАCОR", "slot gacor"),
        ("ｓｌｏｔ　ｇａｃｏｒ", "slot gacor"),
        ("s.l.o.t g-a-c-o-r", "slot gacor"),
        ("slot\u200b gac\u0301or", "slot gacor"),
        ("sloooot gacoor", "slot gacor"),
        ("https://slotgacor88.com/daftar", "slot gacor"),
        ("www.t0gel-hk.com", "togel"),
        ("togel88", "togel"),
        ("JUD1 0NLINE", "judi online"),
        ("judi0nline", "judi online"),
        ("Auto m4xw1n", "maxwin"),
    ],
)
def test_a_listed_word_is_found_in_its_disguises(text: str, word: str) -> None:
    assert listed_word(text, WORDS) == word


@pytest.mark.parametrize(
    "text",
    [
        "slot waktu belajar",
        "Fotogelap dan kamera",
        "mengelola waktu",
        "Peluang dalam permainan poker: matematika",
        "https://id.wikipedia.org/wiki/Teori_peluang",
        "Menjudikan",
        "Pragmatik dalam linguistik",
        "Bonus soal untuk anggota",
        "",
    ],
)
def test_words_of_learners_are_left_alone(text: str) -> None:
    assert listed_word(text, WORDS) == ""


def test_a_word_on_a_line_of_its_own_is_found() -> None:
    assert listed_word("Sel\ntogel\tya", WORDS) == "togel"


def test_a_group_s_own_word_is_found_the_same_way() -> None:
    assert listed_word("J0KI tugas!", ("joki tugas",)) == "joki tugas"


@pytest.mark.parametrize("word", WORDS)
def test_every_listed_word_finds_itself_and_leaves_something_to_find(word: str) -> None:
    assert listed_word(f"Ayo {word} sekarang", (word,)) == word
    assert len(fold(word)) >= 4


@given(TEXTS | st.text())
def test_folding_twice_is_folding_once_for_what_is_found(text: str) -> None:
    assert listed_word(text, WORDS) in ("", *WORDS)


@pytest.mark.parametrize("site", SHORTENERS)
def test_a_shortener_is_known_wherever_it_stands(site: str) -> None:
    for text in (f"https://{site}/x", f"Buka www.{site.upper()}.", f"http://{site}:8080", f"({site})"):
        assert listed_site(text, SHORTENERS) == site
    for text in (f"https://{site}.example.com/", f"https://my{site}/", ""):
        assert listed_site(text, (site,)) == ""


def test_part_of_a_name_is_no_shortener() -> None:
    assert listed_site("https://reddit.com/r/x https://blogs.ideal.example", SHORTENERS) == ""
