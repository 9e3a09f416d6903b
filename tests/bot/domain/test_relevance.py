"""How well a text fits a query."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.domain.relevance import Candidate, Wanted, is_unknown, meant, rank, typos, wanted

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(subject: int, minutes: int = 0, **impacts: int) -> Candidate:
    return Candidate("resource", subject, NOW + timedelta(minutes=minutes), impacts)


def word(term: str, weight: float) -> Wanted:
    return Wanted({term: weight}, weight)


@pytest.mark.parametrize("typo", ["intgral", "integrall", "intagral", "inetgral", "nitegral", "integra"])
def test_one_error_is_forgiven(typo: str) -> None:
    assert "integral" in typos(typo)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9))
def test_what_is_meant_is_one_error_away(text: str) -> None:
    found = typos(text)
    assert text not in found
    assert {OSA.distance(text, other) for other in found} == {1}


@pytest.mark.parametrize("exact", ["abcd", "12345", "x2abc", "1945"])
def test_short_words_and_numbers_are_taken_at_their_word(exact: str) -> None:
    assert typos(exact) == frozenset()


def test_the_error_may_be_in_what_a_stem_keeps() -> None:
    assert "fotosintesi" in meant("fotosinteis")


def test_a_word_counts_by_the_better_of_its_terms() -> None:
    both = Wanted({"sama": 1.0, "persamaan": 3.0}, 3.0)
    assert both.score({"sama": 100, "persamaan": 100}) == 300
    assert both.score({"sama": 100}) == 100
    assert both.score({}) == 0


def test_rare_words_weigh_more() -> None:
    counts = {"fungsi": 90, "determinan": 2}
    rare, common = wanted("determinan", counts, {}, 100), wanted("fungsi", counts, {}, 100)
    assert rare.whole > common.whole > 0
    assert wanted("fungsi", {"fungsi": 100}, {}, 100).whole > 0, "also what all texts have is worth something"


def test_a_misspelt_word_weighs_less_than_the_right_one() -> None:
    right = wanted("integral", {"integral": 5}, {}, 100)
    wrong = wanted("intgral", {}, {"integral": 5}, 100)
    assert is_unknown("intgral", {"integral": 5})
    assert 0 < wrong.weights["integral"] < right.weights["integral"]


def test_the_better_text_comes_first_and_among_equals_the_newer() -> None:
    words = [word("a", 2.0), word("b", 1.0)]
    texts = [candidate(1, a=10), candidate(2, a=10, b=10), candidate(3, 5, a=10), candidate(4, b=10), candidate(5, c=9)]
    hits = rank(words, texts)
    assert [hit.subject for hit in hits] == [2, 3, 1, 4]
    assert [round(hit.share, 2) for hit in hits] == [1, 0.67, 0.67, 0.33]


def test_a_text_that_only_shares_a_word_with_all_others_is_left_out() -> None:
    hits = rank([word("a", 5.0), word("b", 0.1)], [candidate(1, a=10), candidate(2, b=10)])
    assert [hit.subject for hit in hits] == [1]


def test_words_that_nobody_wrote_take_no_hit_away() -> None:
    unknown = [Wanted({}, 9.0)] * 20
    (hit,) = rank([*unknown, word("a", 1.0)], [candidate(1, a=10)])
    assert hit.share < 0.01


def test_without_words_the_newest_come_first() -> None:
    assert [hit.subject for hit in rank([], [candidate(1), candidate(2, 9), candidate(3, 3)])] == [2, 3, 1]


@given(st.permutations([candidate(number, number % 3, a=number % 4, b=number % 5) for number in range(12)]))
def test_the_order_of_hits_does_not_depend_on_how_they_were_read(texts: list[Candidate]) -> None:
    words = [word("a", 1.5), word("b", 1.0)]
    assert rank(words, texts) == rank(words, sorted(texts, key=lambda each: each.subject))
