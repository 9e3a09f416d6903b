"""Which needs and offers fit together, and when a slip's author is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.board import ASK_BEFORE, HANGS_FOR, Kind, Meeting, Side, Slip, State, Step, meets, next_step, read_name

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ENDS = NOW + HANGS_FOR


def need(text: str, number: int = 1, *tags: str) -> Slip:
    return Slip(1, number, Side.NEED, text, 7, NOW, ENDS, tags)


def offer(text: str, number: int = 2, *tags: str) -> Slip:
    return Slip(1, number, Side.OFFER, text, 8, NOW, ENDS, tags)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Butuh laptop bekas untuk belajar Python", "Ada laptop nganggur, bisa dipinjam dua minggu"),
        ("Cari ruang untuk diskusi", "Ruangan di masjid kosong tiap sore"),
        ("I need a room", "We have a free room"),
        ("Butuh proyektor", "Proyektor sekolah bisa dipinjamkan"),
    ],
)
def test_what_speaks_of_the_same_fits(one: str, other: str) -> None:
    assert meets(need(one), [offer(other)]) == [offer(other)]
    assert meets(offer(other), [need(one)]) == [need(one)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Butuh tempat belajar hari Senin", "Menawarkan mentor matematika hari Senin"),
        ("Butuh bantuan dua jam", "Bisa membantu dua jam"),
        ("Cari kalkulator", "Ada ruang kosong"),
        ("", ""),
        (
            "Butuh buku kimia organik terbitan lama dengan pembahasan reaksi lengkap",
            "Ada kamera, mikrofon, tripod, layar hijau, serta lampu studio dan buku manual",
        ),
    ],
)
def test_words_that_stand_everywhere_bring_nobody_together(one: str, other: str) -> None:
    assert meets(need(one), [offer(other)]) == []


def test_a_common_topic_is_enough() -> None:
    assert meets(need("Bingung", 1, "fisika"), [offer("Siap", 2, "fisika", "kimia")])
    assert not meets(need("Bingung", 1, "fisika"), [offer("Siap", 2, "kimia")])


def test_two_kinds_that_were_said_must_be_the_same() -> None:
    wanted, given = need("ruang diskusi"), offer("ruang diskusi")
    for mine, theirs, fits in (
        (Kind.SPACE, Kind.SPACE, True),
        (Kind.SPACE, Kind.ANY, True),
        (Kind.ANY, Kind.MENTOR, True),
        (Kind.SPACE, Kind.MENTOR, False),
    ):
        assert bool(meets(replace(wanted, kind=mine), [replace(given, kind=theirs)])) is fits


@pytest.mark.parametrize(
    "changed",
    [{"side": Side.NEED}, {"author": 7}, {"state": State.TAKEN}, {"state": State.OVER}, {"state": State.REMOVED}],
)
def test_only_open_ones_of_the_other_side_by_others_fit(changed: dict[str, object]) -> None:
    assert not meets(need("laptop"), [replace(offer("laptop"), **changed)])  # type: ignore[arg-type]


def test_an_ended_one_meets_nothing() -> None:
    assert not meets(replace(need("laptop"), state=State.OVER), [offer("laptop")])


def test_the_best_come_first_and_only_three() -> None:
    board = [offer("laptop", number) for number in (5, 3, 4, 6)] + [offer("laptop bagus", 9, "coding")]
    assert [each.id for each in meets(need("laptop bagus", 1, "coding"), board)] == [9, 3, 4]


def test_the_author_is_asked_a_day_before_the_end() -> None:
    slip = need("laptop")
    assert next_step(slip) == (Step.ASK, ENDS - ASK_BEFORE)
    assert next_step(replace(slip, asked=True)) == (Step.END, ENDS)
    assert timedelta(days=13) == ENDS - ASK_BEFORE - NOW


@pytest.mark.parametrize(("words", "number"), [("B4", 4), ("b12", 12), ("7", 7), ("R4", 0), ("butuh", 0), ("", 0)])
def test_a_name_is_read(words: str, number: int) -> None:
    assert read_name(words) == number


def test_both_must_agree() -> None:
    meeting = Meeting(1, 1, 4, 0, host=7, guest=8)
    assert not meeting.is_agreed
    assert not replace(meeting, host_agrees=True).is_agreed
    assert not replace(meeting, guest_agrees=True).is_agreed
    assert replace(meeting, host_agrees=True, guest_agrees=True).is_agreed
    assert (meeting.partner(7), meeting.partner(8)) == (8, 7)
    assert replace(meeting, host_agrees=True).agrees(7)
    assert not replace(meeting, host_agrees=True).agrees(8)
