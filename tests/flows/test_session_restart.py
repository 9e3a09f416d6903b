"""Bareng does not run while reminders of a session fall due: what is still of use is sent once and says that it is
late, what is not is left out and listed.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.dated import read_subject
from bot.domain.jobs import Job, State
from bot.domain.rsvp import Answer
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, card, planned, says
from tests.world import World, opened

SOON, NEAR, LATE = "Sebentar lagi: Aljabar", "Segera mulai: Aljabar", "Maaf terlambat"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community on either database, with a session to which Citra comes."""
    async with opened(address) as made:
        await greet(made)
        await made.citra.private.says("/start")
        await planned(made)
        await says(made, made.citra, Answer.YES)
        yield made


async def rests(world: World, length: timedelta) -> None:
    """Nothing runs for so long; then it does again, and what is found is settled twice over."""
    world.sleeps(seconds=length.total_seconds())
    await world.wakes()
    await world.wakes()


def reminders(world: World) -> list[str]:
    return [text for text in world.citra.private.screen if SOON in text]


def calls(world: World) -> list[str]:
    return [text for text in world.public if NEAR in text]


async def dropped(world: World) -> list[tuple[str, int]]:
    """What organisers find listed as left out: the kinds, and which reminders."""
    async with world.store.read() as unit:
        jobs = await unit.jobs.troubled(COMMUNITY)
    found = [job for job in jobs if _is_ours(job) and job.state is State.DROPPED]
    return sorted((job.kind, _reminder(job)) for job in found)


def _is_ours(job: Job) -> bool:
    return job.kind.startswith("session-")


def _reminder(job: Job) -> int:
    series, day, number = read_subject(job.subject)
    assert (series, day) == (1, DAY)
    return number


async def test_five_minutes_over_a_reminder_are_no_delay_to_speak_of(world: World) -> None:
    await world.until(START - 24 * HOUR - MINUTE)
    await rests(world, 5 * MINUTE)
    (text,) = reminders(world)
    assert LATE not in text
    await world.until(START + HOUR)
    assert len(reminders(world)) == 1
    assert not await dropped(world)


async def test_five_hours_over_a_reminder_make_it_late(world: World) -> None:
    await world.until(START - 24 * HOUR - MINUTE)
    await rests(world, 5 * HOUR)
    (text,) = reminders(world)
    assert LATE in text
    await world.until(START + HOUR)
    assert len(reminders(world)) == 1
    assert not await dropped(world)


async def test_twenty_five_hours_leave_one_late_reminder_of_what_still_comes(world: World) -> None:
    await world.until(START - 48 * HOUR - MINUTE)
    await rests(world, 25 * HOUR)
    (text,) = reminders(world)
    assert LATE in text
    assert card(world)
    await world.until(START + HOUR)
    assert len(reminders(world)) == 1
    assert len(calls(world)) == 1
    assert not await dropped(world)


async def test_five_minutes_over_the_beginning_are_late_but_of_use(world: World) -> None:
    await world.until(START - 16 * MINUTE)
    await rests(world, 21 * MINUTE)
    (text,) = calls(world)
    assert LATE in text
    assert "Citra" in text
    assert "Sedang berlangsung" in card(world)
    assert not await dropped(world)


async def test_eleven_minutes_after_the_beginning_nobody_is_called_any_more(world: World) -> None:
    await world.until(START - 16 * MINUTE)
    await rests(world, 27 * MINUTE)
    assert not calls(world)
    assert await dropped(world) == [("session-lead", 5)]


async def test_five_hours_over_the_beginning_are_of_no_use(world: World) -> None:
    await world.until(START - 2 * HOUR)
    before = len(world.public)
    await rests(world, 5 * HOUR)
    assert not calls(world)
    assert len(world.public) == before
    assert ("session-lead", 4) in await dropped(world)
    assert ("session-lead", 5) in await dropped(world)
    assert "Sudah selesai" in card(world)


async def test_a_date_that_passed_unseen_is_not_announced_afterwards(world: World) -> None:
    await world.until(START - 49 * HOUR)
    await rests(world, timedelta(hours=51))
    assert not reminders(world)
    assert not calls(world)
    assert not any(text.startswith("Belajar: ") for text in world.public)
    listed = await dropped(world)
    assert [number for kind, number in listed if kind == "session-lead"] == [1, 2, 3, 4, 5]
    assert ("session-announce", 0) in listed


async def test_the_next_date_is_announced_whatever_was_missed(world: World) -> None:
    await world.until(START - 49 * HOUR)
    await rests(world, timedelta(days=4))
    await world.until(START + timedelta(days=7))
    assert "Senin, 7 Desember 2026" in card(world)
    assert len(calls(world)) == 1
