"""Reading the rules of a group, and what a new version changed."""

from datetime import UTC, datetime

import pytest

from bot.chat.places import Place, Ref
from bot.domain.pin import MOST_PINS, Pin, excess
from bot.domain.proposal import LAPSES, Kind, Proposal, State
from bot.domain.rules import Change, Edition, compare, read_lines

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Satu\n2) Dua", ("Satu", "Dua")),
        ("- Satu\n* Dua\n• Tiga\n– Empat", ("Satu", "Dua", "Tiga", "Empat")),
        ("  Satu  \n\n  Dua ", ("Satu", "Dua")),
        ("Satu - dua * tiga 1. empat", ("Satu - dua * tiga 1. empat",)),
        ("*tebal* - x", ("*tebal* - x",)),
        ("2026 tahun baik\n10.30 mulai\n-1 derajat", ("2026 tahun baik", "10.30 mulai", "-1 derajat")),
        ("1. 2. Dua", ("2. Dua",)),
        ("1.\n-\n \n", ("1.", "-")),
        ("", ()),
    ],
)
def test_each_line_is_a_rule_without_its_number(text: str, lines: tuple[str, ...]) -> None:
    assert read_lines(text) == lines


def edition(*lines: str) -> Edition:
    return Edition(1, 1, lines, 1, NOW)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (None, edition("a", "b"), Change()),
        (edition("a", "b"), edition("b", "a"), Change()),
        (edition("a", "b"), edition("a", "c", "d"), Change((2, 3), 1)),
        (edition("a", "b"), edition("a"), Change((), 1)),
        (edition("a"), edition("b"), Change((1,), 1)),
    ],
)
def test_what_a_version_changed(before: Edition | None, after: Edition, change: Change) -> None:
    assert compare(before, after) == change


def pinned(number: int) -> Pin:
    return Pin(1, number, Ref(Place("test", "1"), str(number)), 1, NOW)


def test_only_the_oldest_pins_are_too_many() -> None:
    pins = [pinned(number) for number in range(MOST_PINS + 2)]
    assert excess(pins) == pins[:2]
    assert excess(pins[:MOST_PINS]) == []
    assert excess([]) == []


def test_a_proposal_waits_until_it_was_decided_or_has_lapsed() -> None:
    wanted = Proposal(1, 1, Kind.BAN, 1, NOW)
    assert wanted.waits(NOW)
    assert not wanted.waits(NOW + LAPSES)
    assert not Proposal(1, 1, Kind.BAN, 1, NOW, state=State.DECLINED).waits(NOW)
