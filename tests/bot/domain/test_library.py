"""What is read from what people share, and what waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.errors import Refusal
from bot.chat.places import Role
from bot.domain.community import Community, LibraryRule
from bot.domain.library import (
    LONGEST_NOTE,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    Doubt,
    Kind,
    Resource,
    doubt,
    is_new,
    read_given,
    shorten,
)
from bot.domain.people import Member
from tests.bot.nasty import TEXTS

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
NOW = BEGAN + timedelta(days=20)
GROUP = Community(1, "Kelas", BEGAN)
OLD = Member(1, 7)
LINK = Resource(1, 0, Kind.LINK, "Sel", 7, NOW, "https://a.example/sel", "k")


def joined(hours: float) -> Member:
    return replace(OLD, since=NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("words", "quoted", "title", "note", "tags"),
    [
        ("https://a.example/x Sel hewan #biologi", "", "Sel hewan", "", ("biologi",)),
        ("Sel https://a.example/x#bab-2 hewan", "", "Sel hewan", "", ()),
        ("https://a.example/x\nSaya belajar banyak.", "", "a.example/x", "Saya belajar banyak.", ()),
        ("a.example.com/x Sel", "", "Sel", "", ()),
        ("", "Lihat https://a.example/x ini #Fisika", "Lihat ini", "", ("fisika",)),
        ("Gaya #gaya", "https://a.example/x Lain #lain", "Gaya", "", ("gaya",)),
        ("https://a.example/x", "Ini penjelasannya", "Ini penjelasannya", "", ()),
    ],
)
def test_an_address_is_told_from_the_words_around_it(
    words: str, quoted: str, title: str, note: str, tags: tuple[str, ...]
) -> None:
    found = read_given(words, quoted)
    assert found.address
    assert (found.title, found.note, found.tags) == (title, note, tags)


@pytest.mark.parametrize(
    ("words", "quoted", "title", "note"),
    [
        ("Baca dua kali #ujian", "", "Baca dua kali", ""),
        ("Gagal total\nSemalam suntuk", "", "Gagal total", "Semalam suntuk"),
        ("", "Baca dua kali", "Baca dua kali", ""),
        ("Tip Dewi", "Baca dua kali", "Tip Dewi", "Baca dua kali"),
        ("", "", "", ""),
        ("#ujian", "", "", ""),
    ],
)
def test_words_without_an_address_are_the_thing_itself(words: str, quoted: str, title: str, note: str) -> None:
    found = read_given(words, quoted)
    assert found.address is None
    assert (found.title, found.note) == (title, note)


def test_long_words_keep_their_whole_text_as_the_note() -> None:
    words = "Matikan ponsel saat belajar. " * 9
    found = read_given(words, "")
    assert found.title.endswith("…")
    assert found.note == words.strip()


@given(TEXTS, TEXTS)
def test_whatever_is_shared_fits(words: str, quoted: str) -> None:
    try:
        found = read_given(words, quoted)
    except Refusal:
        return
    assert len(found.title) <= LONGEST_TITLE
    assert len(found.note) <= LONGEST_NOTE
    assert len(found.tags) <= MOST_TAGS
    assert all(0 < len(tag) <= LONGEST_TAG for tag in found.tags)


@given(st.text(max_size=60), st.integers(1, 40))
def test_shortening_keeps_the_beginning(text: str, most: int) -> None:
    cut = shorten(text, most)
    assert len(cut) <= most
    assert text.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(("hours", "new"), [(0, True), (23.9, True), (24, False), (500, False)])
def test_a_member_is_new_for_a_day(hours: float, new: bool) -> None:
    assert is_new(joined(hours), GROUP, NOW) is new


def test_nobody_is_new_where_nobody_noted_it_or_where_all_are() -> None:
    assert not is_new(OLD, GROUP, NOW)
    began = replace(GROUP, created_at=NOW - timedelta(hours=20))
    assert not is_new(joined(1), began, NOW)


@pytest.mark.parametrize(
    ("changes", "member", "role", "why"),
    [
        ({}, OLD, Role.MEMBER, None),
        ({}, joined(2), Role.MEMBER, Doubt.NEWCOMER),
        ({}, joined(2), Role.TRUSTED, None),
        ({"url": ""}, joined(2), Role.MEMBER, None),
        ({"url": "https://bit.ly/x"}, OLD, Role.TRUSTED, Doubt.SHORTENER),
        ({"note": "lihat s.id/x"}, OLD, Role.MEMBER, Doubt.SHORTENER),
        ({"title": "Sl0t g4cor"}, OLD, Role.TRUSTED, Doubt.WORD),
        ({"tags": ("togel",)}, OLD, Role.MEMBER, Doubt.WORD),
        ({"url": "https://judi-online.example/"}, OLD, Role.MEMBER, Doubt.WORD),
        ({"title": "Joki tugas"}, OLD, Role.MEMBER, Doubt.WORD),
        ({"title": "Freebet"}, OLD, Role.MEMBER, None),
        ({"url": "https://bit.ly/x"}, OLD, Role.MODERATOR, None),
    ],
)
def test_what_waits_and_why(changes: dict[str, str], member: Member, role: Role, why: Doubt | None) -> None:
    group = replace(GROUP, library=LibraryRule(added=("joki tugas",), dropped=("freebet",)))
    assert doubt(replace(LINK, **changes), member, group, role, NOW) is why  # type: ignore[arg-type]
