"""Reminders of a session: in private as each person wants them, once in the group, and none of what is no more."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.agenda import Rest
from bot.domain.dated import subject
from bot.domain.jobs import Job
from bot.domain.rsvp import Answer
from bot.features.session.plan import LEAD, plan
from bot.features.session.remind import remind
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, amended, number, planned, says, scene
from tests.world import Human, World

HOUR, MINUTES = timedelta(hours=1), timedelta(minutes=1)
SOON, NEAR = "Sebentar lagi: Aljabar", "Segera mulai: Aljabar"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def comes(world: World, person: Human, answer: Answer = Answer.YES) -> None:
    """Somebody who can be written to said that."""
    await person.private.says("/start")
    await says(world, person, answer)


def reminded(person: Human) -> int:
    return sum(SOON in text for text in person.private.screen)


async def test_who_comes_is_reminded_a_day_before_and_nobody_else(world: World) -> None:
    await planned(world)
    for person, answer in ((world.citra, Answer.YES), (world.dewi, Answer.LATE), (world.budi, Answer.MAYBE)):
        await comes(world, person, answer)
    await world.until(START - timedelta(days=1) - MINUTES)
    assert not reminded(world.citra)
    await world.until(START - timedelta(days=1))
    assert "Senin, 30 November 2026 pukul 19.00" in world.citra.private.told
    await world.until(START + 2 * HOUR)
    assert [reminded(each) for each in (world.citra, world.dewi, world.budi)] == [1, 1, 0]


async def test_whoever_waits_for_a_seat_is_not_reminded(world: World) -> None:
    await planned(world, capacity=1)
    await comes(world, world.citra)
    await world.passes(minutes=1)
    await comes(world, world.budi)
    await world.until(START)
    assert [reminded(each) for each in (world.citra, world.budi)] == [1, 0]


async def test_each_person_chooses_their_reminders(world: World) -> None:
    await planned(world)
    for person in (world.citra, world.budi):
        await comes(world, person)
    await world.citra.private.says("/pengingat")
    await world.citra.private.presses("3 jam")
    await world.citra.private.presses("1 jam")
    await world.budi.private.says("/reminders")
    await world.budi.private.presses("1 hari")
    assert world.budi.private.sees("Tidak ada pengingat pribadi")
    await world.until(START)
    assert [reminded(each) for each in (world.citra, world.budi)] == [3, 0]


async def test_the_settings_lead_to_the_reminders(world: World) -> None:
    await world.citra.private.says("/settings")
    await world.citra.private.presses("Pengingat sesi")
    assert "Pengingat" in world.citra.private.told
    assert any("15 menit" in label for label in world.citra.private.buttons)


async def test_the_group_is_reminded_once_with_a_sound_and_calls_who_said_yes(world: World) -> None:
    await planned(world)
    for person, answer in ((world.citra, Answer.YES), (world.dewi, Answer.LATE)):
        await comes(world, person, answer)
    await world.until(START - timedelta(minutes=16))
    assert NEAR not in "".join(world.public)
    await world.until(START + HOUR)
    (text,) = [text for text in world.public if NEAR in text]
    assert "Citra" in text
    assert "Dewi" not in text
    entry = next(each for each in world.stage.transcript if each.place == world.group and each.sounds and each.pages)
    assert entry.is_public


async def test_in_a_group_of_minors_nobody_is_called_or_written_to(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    async with world.store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(COMMUNITY), minors=True))
    await world.until(START)
    assert not reminded(world.citra)
    (text,) = [text for text in world.public if NEAR in text]
    assert "Citra" not in text


async def test_a_date_that_is_called_off_reminds_nobody(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - timedelta(hours=30))
    await amended(world, rest=Rest.OFF)
    await world.until(START + HOUR)
    assert not reminded(world.citra)
    assert NEAR not in "".join(world.public)


async def test_a_date_that_moves_reminds_of_its_new_time_only(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - timedelta(hours=30))
    await amended(world, on=DAY + timedelta(days=1))
    await world.until(START - MINUTES)
    assert not reminded(world.citra)
    await world.until(START + 24 * HOUR)
    assert reminded(world.citra) == 1
    assert "Selasa, 1 Desember 2026 pukul 19.00" in world.citra.private.told


async def test_a_date_that_was_announced_and_moves_far_away_is_reminded_of_there(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - timedelta(hours=30))
    await amended(world, on=DAY + timedelta(days=4))
    await world.until(START + timedelta(days=5))
    assert reminded(world.citra) == 1
    assert sum(NEAR in text for text in world.public) == 1


async def test_who_was_reminded_is_not_reminded_again_because_it_begins_a_little_later(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - 20 * HOUR)
    await amended(world, at=time(21))
    await world.until(START + 3 * HOUR)
    assert reminded(world.citra) == 1
    assert sum(NEAR in text for text in world.public) == 1


async def test_a_reminder_that_waits_for_its_platform_outlives_a_change_of_the_series(world: World) -> None:
    series = await planned(world)
    await world.until(START - 20 * HOUR)
    await comes(world, world.citra)
    person = await number(world, world.citra)
    async with world.store.begin() as unit:
        ctx = await scene(world, unit)
        await ctx.tell(person, remind, subject(series.id, DAY, 2))
        await plan(ctx, series)
    await world.wakes()
    assert reminded(world.citra) == 1


async def test_the_groups_reminder_follows_a_date_that_moves_after_it(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - 10 * MINUTES)
    assert "pukul 19.00" in next(text for text in world.public if NEAR in text)
    await amended(world, at=time(21))
    assert not any(NEAR in text for text in world.public)
    assert any("Berubah: Aljabar" in text and "pukul 21.00" in text for text in world.public)
    await world.until(START + 2 * HOUR)
    (text,) = [text for text in world.public if NEAR in text]
    assert "pukul 21.00" in text


async def test_the_groups_reminder_says_so_when_the_date_is_called_off_after_it(world: World) -> None:
    await planned(world)
    await world.until(START - 10 * MINUTES)
    await amended(world, rest=Rest.OFF, reason="listrik padam")
    assert not any(NEAR in text for text in world.public)
    assert any("Batal: Aljabar" in text and "listrik padam" in text for text in world.public)


async def test_a_clock_that_is_put_back_reminds_nobody_twice(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START - 23 * HOUR)
    world.sleeps(hours=-2)
    await world.wakes()
    await world.until(START + HOUR)
    assert reminded(world.citra) == 1
    assert sum(NEAR in text for text in world.public) == 1


async def test_a_session_that_is_over_is_not_held_again_on_another_clock(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START + 3 * HOUR)
    await world.ani.says("/zone Europe/London")
    await world.until(START + 12 * HOUR)
    assert reminded(world.citra) == 1
    assert sum(NEAR in text for text in world.public) == 1


async def test_a_session_that_runs_while_the_clock_changes_ends_by_the_new_one(world: World) -> None:
    await planned(world, host=world.citra)
    await world.citra.private.says("/start")
    await world.until(START + 10 * MINUTES)
    await world.ani.says("/zone WIT")
    assert world.citra.private.sees("Aljabar sudah selesai")


async def test_the_groups_reminder_that_came_in_time_does_not_say_that_it_is_late_when_it_changes(world: World) -> None:
    await planned(world)
    await world.until(START - 5 * MINUTES)
    await amended(world, where="Perpustakaan")
    (text,) = [text for text in world.public if NEAR in text]
    assert "Perpustakaan" in text
    assert "Maaf terlambat" not in text


async def test_a_reminder_for_a_date_that_nobody_has_is_no_trouble(world: World) -> None:
    await planned(world)
    async with world.store.begin() as unit:
        for number_ in (subject(1, DAY + timedelta(days=1), 2), subject(9, DAY, 2), subject(1, DAY, 7), 10**17):
            await unit.jobs.put(Job(COMMUNITY, f"{LEAD}:{number_}", LEAD, number_, world.clock()))
    await world.wakes()
    async with world.store.read() as unit:
        assert not await unit.jobs.troubled(COMMUNITY)


async def test_an_answer_that_was_kept_for_a_date_is_no_reminder_of_another(world: World) -> None:
    await planned(world)
    await comes(world, world.citra)
    await world.until(START + timedelta(days=7))
    assert reminded(world.citra) == 1
    assert sum(NEAR in text for text in world.public) == 2
