"""Codes: how they are drawn, shown and read."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.domain.link import ALPHABET, MOST_TRIES, TRY_SPAN, Tries, digest, draw, read, shown

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_code_has_no_letters_that_are_taken_for_one_another() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert len(set(ALPHABET)) == 31
    codes = {draw(Random(seed)) for seed in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in codes)
    assert set("".join(codes)) == set(ALPHABET), "every letter is drawn"


@pytest.mark.parametrize("typed", ["ABCD2345", "abcd-2345", " abcd 2345 ", "A B C D 2 3 4 5"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read(typed) == "ABCD2345"
    assert read(shown("ABCD2345")) == "ABCD2345"


@pytest.mark.parametrize("typed", ["", "ABCD234", "ABCD23456", "ABCD234O", "ABCD234é", "ABCD234\u0662", "💡" * 8])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read(typed) is None


def test_the_digest_is_not_the_code() -> None:
    assert digest("ABCD2345") == digest("ABCD2345") != digest("ABCD2346")
    assert "ABCD2345" not in digest("ABCD2345")


def test_the_sixth_try_is_too_many() -> None:
    assert not Tries(MOST_TRIES, NOW).too_many
    assert Tries(MOST_TRIES + 1, NOW).too_many
    assert Tries(6, NOW).until == NOW + TRY_SPAN == NOW + timedelta(minutes=15)
