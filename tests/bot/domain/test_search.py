"""What the words of a search mean, and what an entry is found by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import MOST_TERMS, MOST_WORDS, Entry, Query, impacts, marks_of, parse

ENTRY = Entry(
    1, "resource", 7, "Turunan fungsi", "Latihan soal turunan.", ("kalkulus",), datetime(2026, 1, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("turunan fungsi", Query(("turunan", "fungsi"))),
        ("turunan #Kalkulus", Query(("turunan",), ("#kalkulus",))),
        ("#aljabar-linear is:open", Query((), ("#aljabar-linear", "is:open"))),
        ("from:@Ani dari:budi", Query((), ("from:ani", "from:budi"))),
        ('from:"Ani Putri" limit', Query(("limit",), ("from:ani", "from:putri"))),
        ("status:terbuka IS:Verified", Query((), ("is:open", "is:verified"))),
        ("kind:Resource jenis:sumber limit", Query(("limit",), (), ("resource", "sumber"))),
        ("topik:limit topic:limit", Query((), ("#limit",))),
        ("C# dasar", Query(("c", "dasar"))),
        ("lihat https://contoh.id/a:b", Query(("lihat", "https", "contoh", "id", "b"))),
        ("bab:3", Query(("bab", "3"))),
        ("#!!! is:", Query()),
        ("", Query()),
        ("turunan turunan TURUNAN", Query(("turunan",))),
    ],
)
def test_words_and_filters_are_told_apart(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    "text", ['"', '""', "limit AND NOT *", "limit OR (", "NEAR/3", "limit*", "%_\\", "';--", "^limit", "{a} : b"]
)
def test_syntax_of_search_engines_is_only_words(text: str) -> None:
    assert all(word.replace(".", "").isalnum() for word in parse(text).words)


@given(st.text())
def test_any_text_is_a_query_of_bounded_size(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS
    assert len(query.marks) <= MOST_WORDS
    assert all(" " not in mark and mark[0] in "#fi" for mark in query.marks)


def test_a_word_weighs_more_in_the_title_than_among_tags_and_there_more_than_in_the_text() -> None:
    texts = replace(ENTRY, title="satu", body="dua", tags=("tiga",))
    weights = impacts(texts)
    assert weights["satu"] > weights["tiga"] > weights["dua"] > 0


def test_a_word_weighs_more_in_a_short_text() -> None:
    long = replace(ENTRY, body=ENTRY.body + " kata" * 200)
    assert impacts(long)["turun"] < impacts(ENTRY)["turun"]


def test_other_entries_do_not_change_what_a_word_weighs() -> None:
    assert impacts(ENTRY) == impacts(replace(ENTRY, community=2, subject=9))


def test_an_endless_text_is_found_by_its_weightiest_words() -> None:
    long = replace(ENTRY, body=" ".join(f"kata{number}" for number in range(100_000)))
    found = impacts(long)
    assert len(found) == MOST_TERMS
    assert "turun" in found


def test_filters_find_the_tags_the_state_and_the_author() -> None:
    marked = replace(ENTRY, tags=("Aljabar Linear",), states=("open", "verified"), author="Ani Putri")
    assert marks_of(marked) == ("#aljabar-linear", "is:open", "is:verified", "from:ani", "from:putri")
    assert set(parse('#"aljabar linear" is:open is:terverifikasi from:putri').marks) <= set(marks_of(marked))


def test_who_asks_without_a_name_is_found_by_none() -> None:
    assert not any(mark.startswith("from:") for mark in marks_of(ENTRY))


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_any_entry_is_found_by_whole_weights_and_marks_without_spaces(
    title: str, body: str, tag: str, author: str
) -> None:
    entry = replace(ENTRY, title=title, body=body, tags=(tag,), author=author)
    assert all(isinstance(weight, int) and weight > 0 for weight in impacts(entry).values())
    assert all(mark and mark.split() == [mark] for mark in marks_of(entry))
    assert set(parse(f'#"{tag}"').marks) <= set(marks_of(entry)) or '"' in tag
