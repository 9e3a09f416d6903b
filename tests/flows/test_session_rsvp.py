"""Saying whether one comes: on the card, by command, with a waiting list where seats are few."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.context import Context
from bot.domain.agenda import Change, Rest
from bot.domain.dated import subject
from bot.domain.rsvp import Answer
from bot.features.session import news
from bot.features.session.entry import find
from bot.features.session.plan import plan
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, card, number, offered, planned
from tests.world import World

YES, LATE, MAYBE, NO = "Saya ikut", "Telat", "Mungkin", "Tidak bisa"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def answers(world: World) -> dict[int, Answer]:
    async with world.store.read() as unit:
        return {each.person: each.answer for each in await unit.rsvps.of_date(COMMUNITY, 1, DAY)}


async def announced(world: World, capacity: int = 0) -> None:
    """The card stands, two days before the session."""
    await planned(world, capacity=capacity)
    await world.until(START - timedelta(days=2) + timedelta(hours=1))


async def test_one_tap_is_stored_and_counted_on_the_one_card(world: World) -> None:
    await announced(world)
    posts = len(world.public)
    assert "Belum ada yang menjawab" in card(world)
    await world.citra.presses(YES)
    assert "Tercatat: hadir" in world.citra.told
    await world.dewi.presses(LATE)
    await world.budi.presses(MAYBE)
    await world.ani.presses(NO)
    assert "2 orang hadir · 1 menyusul · 1 mungkin · 1 tidak bisa" in card(world)
    assert "Citra dan Dewi" in card(world)
    assert len(world.public) == posts


async def test_the_last_choice_counts_and_the_same_tap_three_times_is_one(world: World) -> None:
    await announced(world)
    for label in (YES, YES, YES, NO, YES, MAYBE):
        await world.citra.presses(label)
    assert await answers(world) == {await number(world, world.citra): Answer.MAYBE}
    assert "0 orang hadir · 1 mungkin" in card(world)


async def test_the_command_takes_words_of_both_languages(world: World) -> None:
    await announced(world)
    citra = await number(world, world.citra)
    for line, answer in (
        ("/rsvp yes", Answer.YES),
        ("/ikut telat S1", Answer.LATE),
        ("/hadir tidak", Answer.NO),
        ("/rsvp mungkin s1.2026-11-30", Answer.MAYBE),
    ):
        await world.citra.says(line)
        assert (await answers(world))[citra] is answer, line


@pytest.mark.parametrize("line", ["/rsvp", "/rsvp yes no maybe", "/hadir ya tidak"])
async def test_several_answers_or_none_are_asked_about(world: World, line: str) -> None:
    await announced(world)
    await world.citra.private.says(line)
    assert "Hadir di Aljabar?" in world.citra.private.told
    assert await answers(world) == {}
    await world.citra.private.presses(YES)
    assert await answers(world) == {await number(world, world.citra): Answer.YES}


async def test_a_session_that_nobody_knows_is_refused(world: World) -> None:
    await world.citra.private.says("/rsvp yes")
    assert "Belum ada sesi" in world.citra.private.told
    await announced(world)
    await world.citra.private.says("/rsvp yes S9")
    assert "tidak ditemukan" in world.citra.private.told


async def test_who_is_too_many_waits_and_moves_up_when_somebody_cannot_come(world: World) -> None:
    await announced(world, capacity=1)
    await world.budi.private.says("/start")
    assert "Sisa 1 dari 1 tempat" in card(world)
    await world.citra.presses(YES)
    await world.budi.presses(YES)
    assert "nomor 1 di daftar tunggu" in world.budi.told
    assert "1 orang hadir" in card(world)
    assert "1 di daftar tunggu" in card(world)
    await world.citra.presses(LATE)
    assert "1 di daftar tunggu" in card(world)
    await world.citra.presses(NO)
    assert "Ada tempat: Aljabar" in world.budi.private.told
    assert "Bersama Budi" in card(world)


async def test_after_the_end_and_for_a_date_that_rests_nobody_says_anything(world: World) -> None:
    await announced(world)
    async with world.store.begin() as unit:
        await unit.sessions.put(Change(COMMUNITY, 1, DAY, rest=Rest.OFF, reason="hujan"))
    await world.citra.presses(YES)
    assert "tidak diadakan: ditiadakan: hujan" in world.citra.told
    async with world.store.begin() as unit:
        await unit.sessions.put(Change(COMMUNITY, 1, DAY))
    await world.until(START + timedelta(hours=2))
    await world.citra.private.says("/rsvp yes s1.2026-11-30")
    assert await answers(world) == {}


async def test_who_said_yes_hears_once_that_a_date_moved_or_does_not_take_place(world: World) -> None:
    await announced(world)
    for person in (world.citra, world.budi):
        await person.private.says("/start")
        await person.presses(YES)
    await world.budi.presses(NO)
    await moved(world, Change(COMMUNITY, 1, DAY, on=DAY + timedelta(days=1)))
    assert "Berubah: Aljabar" in world.citra.private.told
    assert "1 Desember" in world.citra.private.told
    assert not any("Berubah" in text for text in world.budi.private.screen)
    assert "Dipindah dari" in card(world)
    await world.passes(minutes=5)
    await moved(world, Change(COMMUNITY, 1, DAY, rest=Rest.OFF, reason="listrik padam"))
    assert "Batal: Aljabar" in world.citra.private.told
    assert "listrik padam" in card(world)
    assert YES not in offered(world)


async def moved(world: World, change: Change) -> None:
    """Store a change of the first date as an organiser's command does."""
    async with world.store.begin() as unit:
        group = await unit.communities.get(COMMUNITY)
        ctx = Context(unit, world.clock(), Random(1), world.group, found=group)
        before = await find(ctx, subject(1, DAY), held=True)
        assert before
        await unit.sessions.put(replace(change, revision=before.change.revision + 1))
        now = await find(ctx, subject(1, DAY))
        assert now
        await plan(ctx, now.series)
        await news.changed(ctx, before, now)
    await world.wakes()
