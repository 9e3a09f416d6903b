"""The public card of a date: one in each place, which says when, where and who, and what became of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from adapters.playground.plain import plain
from adapters.playground.transcript import Entry
from bot.domain.agenda import Kind, Rest
from bot.domain.rsvp import Answer
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, TITLE, amended, card, offered, planned, says
from tests.world import DISCORD, TELEGRAM, World

ANSWERS = ["Saya ikut", "Telat", "Mungkin", "Tidak bisa"]
HERE = "Saya di sini"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


def cards(world: World) -> list[str]:
    """All cards of sessions that stand in the group."""
    return [text for text in world.public if text.startswith(TITLE)]


async def announced(world: World, at: datetime = START - 47 * HOUR, **more: Any) -> None:
    await planned(world, **more)
    await world.until(at)


async def test_it_comes_two_days_before_and_only_then(world: World) -> None:
    await announced(world, START - 48 * HOUR - MINUTE)
    assert not cards(world)
    await world.until(START - 48 * HOUR)
    (text,) = cards(world)
    assert "Senin, 30 November 2026 pukul 19.00 WIB sampai 20.30" in text
    assert offered(world) == ANSWERS


async def test_both_places_of_a_group_have_one_and_both_are_edited(world: World) -> None:
    await announced(world)
    there = World(world.app, world.stage, world.clock, DISCORD if world.group == TELEGRAM else TELEGRAM)
    await world.citra.presses("Saya ikut")
    for each in (world, there):
        assert len(cards(each)) == 1
        assert "1 orang hadir" in card(each)


async def test_it_says_where_and_about_what(world: World) -> None:
    await announced(world, topic="Matriks", where="Perpustakaan", url="https://example.org/ruang", kind=Kind.QUIZ)
    (text,) = [each for each in world.public if "Aljabar" in each]
    for part in ("Matriks", "Perpustakaan", "https://example.org/ruang", "Kuis"):
        assert part in text


async def test_what_people_write_is_never_markup(world: World) -> None:
    await planned(world, where="<b>Aula</b> *x* [klik](https://jahat.example) @everyone")
    await world.until(START - 47 * HOUR)
    assert "<b>Aula</b> *x* [klik](https://jahat.example) @everyone" in card(world)


async def test_it_counts_and_names_at_most_ten(world: World) -> None:
    await announced(world)
    for each in range(12):
        human = await world.newcomer(f"baru{each}", name=f"Baru{each:02}")
        await human.presses("Saya ikut")
    text = card(world)
    assert "12 orang hadir" in text
    assert "Baru09" in text
    assert "Baru10" not in text
    assert "2 lainnya" in text


async def test_in_a_group_of_minors_nobody_is_named(world: World) -> None:
    async with world.store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(COMMUNITY), minors=True))
    await announced(world)
    await world.citra.presses("Saya ikut")
    assert "1 orang hadir" in card(world)
    assert "Citra" not in card(world)


async def test_many_taps_at_one_moment_are_few_edits(world: World) -> None:
    await announced(world)
    posts = len(world.public)
    for person in (world.citra, world.dewi, world.eko):
        await says(world, person, Answer.YES)
    await world.budi.presses("Tidak bisa")
    assert len(world.public) == posts
    assert "3 orang hadir · 1 tidak bisa" in card(world)


async def test_it_follows_the_session_from_its_beginning_to_its_end(world: World) -> None:
    await announced(world, START - MINUTE)
    assert "Sedang berlangsung" not in card(world)
    assert offered(world) == [*ANSWERS, HERE]
    await world.until(START)
    assert "Sedang berlangsung" in card(world)
    assert offered(world) == [*ANSWERS, HERE]
    await world.until(START + 90 * MINUTE)
    assert "Sudah selesai" in card(world)
    assert offered(world) == [HERE]
    await world.until(START + 2 * HOUR)
    assert len(cards(world)) == 1


async def test_a_date_that_moved_names_both_times(world: World) -> None:
    await announced(world)
    await amended(world, on=DAY + timedelta(days=1))
    assert len(cards(world)) == 1
    assert "Selasa, 1 Desember 2026 pukul 19.00" in card(world)
    assert "Dipindah dari Sen, 30 Nov pukul 19.00" in card(world)
    assert offered(world) == ANSWERS


async def test_a_date_that_is_called_off_says_why_and_takes_no_answer(world: World) -> None:
    await announced(world)
    await amended(world, rest=Rest.OFF, reason="pemateri sakit")
    assert "pemateri sakit" in card(world)
    await world.until(START + 3 * HOUR)
    assert len(cards(world)) == 1
    assert "berlangsung" not in card(world)
    with pytest.raises(AssertionError, match="no button"):
        await world.citra.presses("Saya ikut")


async def test_one_that_is_given_back_takes_answers_again(world: World) -> None:
    await announced(world)
    await amended(world, rest=Rest.OFF)
    await amended(world, rest=Rest.NONE)
    assert "tidak diadakan" not in card(world)
    assert offered(world) == ANSWERS
    assert len(cards(world)) == 1


async def test_what_rests_before_it_was_announced_is_not_announced(world: World) -> None:
    await planned(world)
    await amended(world, rest=Rest.OFF)
    await world.until(START + HOUR)
    assert not cards(world)


async def test_every_date_has_its_own_card_and_waits_for_the_one_before(world: World) -> None:
    await planned(world)
    await amended(world, on=date(2026, 12, 6), at=None)
    before = datetime(2026, 12, 6, 12, 0, tzinfo=START.tzinfo)
    await world.until(before + 80 * MINUTE)
    assert len(cards(world)) == 1
    await world.until(before + 2 * HOUR)
    first, second = cards(world)
    assert "6 Desember" in first
    assert "Senin, 7 Desember 2026" in second


async def test_no_card_comes_in_the_night(world: World) -> None:
    await planned(world)
    await amended(world, at=time(2, 30))
    night = datetime(2026, 11, 27, 19, 30, tzinfo=START.tzinfo)
    await world.until(night + 3 * HOUR)
    assert not cards(world)
    await world.until(night + 3 * HOUR + 30 * MINUTE)
    assert len(cards(world)) == 1


async def test_a_card_that_somebody_deleted_comes_back_with_the_next_answer(world: World) -> None:
    await announced(world)
    entry = next(each for each in world.stage.transcript if each.place == world.group and is_card(each))
    world.stage.transcript.delete(entry)
    assert not cards(world)
    await world.citra.private.says("/rsvp yes")
    assert "1 orang hadir" in card(world)


def is_card(entry: Entry) -> bool:
    return entry.is_public and bool(entry.pages) and plain(entry.pages[0]).startswith(TITLE)
