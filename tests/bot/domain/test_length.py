"""Lengths of time as moderators type them, in both languages."""

from datetime import timedelta

import pytest

from bot.domain.length import read_length

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("4m", 4 * MINUTE),
        ("3h", 3 * HOUR),
        ("2d", 2 * DAY),
        ("2 Jam", 2 * HOUR),
        ("90  menit", 90 * MINUTE),
        ("sejam", HOUR),
        ("semenit", MINUTE),
        ("seminggu", 7 * DAY),
        ("satu hari", DAY),
        ("an hour", HOUR),
        ("a week", 7 * DAY),
        ("1w", 7 * DAY),
        ("3j", 3 * HOUR),
    ],
)
def test_a_length_is_read(text: str, length: timedelta) -> None:
    assert read_length(text) == length


@pytest.mark.parametrize("text", ["", "3", "0m", "-2h", "h", "sem", "3y", "٣h", "1e5d", "999999d", "sebentar", "2h3m"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert read_length(text) is None
