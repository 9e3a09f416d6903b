"""Streaks over many days: of a member with freeze days, and of the group; broken ones are not blamed."""

from datetime import date

from bot.domain.streak import Streak
from tests.flows.raw import invoked, words
from tests.world import Human, World

COMMUNITY = 1


async def finishes(person: Human) -> None:
    for number in "123":
        await person.presses(f"{number}A")


async def day_by_day(world: World, person: Human, days: str) -> None:
    """Live that many days from the next quiz on: "+" for one that the person finishes, "." for one missed."""
    for kind in days:
        now = world.clock()
        await world.passes(hours=(24 - now.hour) % 24 or 24, minutes=1 - now.minute)
        if kind == "+":
            await finishes(person)


async def streak(world: World, person: Human) -> Streak:
    async with world.store.read() as unit:
        member = (await unit.arrivals.of(world.group, person.account)).member
    assert member
    return member.streak


async def test_a_week_earns_a_freeze_day_that_carries_over_one_missed_day(world: World) -> None:
    await day_by_day(world, world.citra, "+++++++")
    found = await streak(world, world.citra)
    assert (found.length, found.freezes, found.last) == (7, 1, date(2026, 11, 30))
    await day_by_day(world, world.citra, ".+")
    found = await streak(world, world.citra)
    assert (found.length, found.freezes) == (8, 0)


async def test_two_missed_days_begin_anew_without_a_word_of_blame(world: World) -> None:
    await day_by_day(world, world.citra, "+++..+")
    found = await streak(world, world.citra)
    assert (found.length, found.best) == (1, 3)
    assert "Runtunan 1 hari." in world.citra.told
    await world.citra.says("/points")
    assert "terbaik 3" in world.citra.told


async def test_a_day_without_a_quiz_is_not_missed(world: World) -> None:
    await day_by_day(world, world.citra, "++")
    await world.stage.remove_bot(world.ani.account, world.group)
    async with world.store.begin() as unit:
        await unit.jobs.cancel(COMMUNITY, "daily-open")
    await world.passes(days=3)
    await world.stage.add_bot(world.ani.account, world.group, "Kelas Contoh")
    await words(world, invoked(world, world.ani, "zone WIB"))
    await day_by_day(world, world.citra, "+")
    assert (await streak(world, world.citra)).length == 3


async def test_one_item_of_three_does_not_carry_the_streak(world: World) -> None:
    await day_by_day(world, world.citra, "+.")
    await world.citra.presses("1A")
    assert (await streak(world, world.citra)).length == 1


async def test_finishing_twice_a_day_counts_once(world: World) -> None:
    await day_by_day(world, world.citra, "+")
    await finishes(world.citra)
    assert (await streak(world, world.citra)).length == 1
    assert "3 soal selesai." in world.citra.told


async def each_day(world: World, *days: str) -> None:
    """Live these days from the next quiz to its close: each names by their first letters who finishes it."""
    people = {"b": world.budi, "c": world.citra, "d": world.dewi, "e": world.eko}
    for day in days:
        await day_by_day(world, world.citra, ".")
        for letter in day:
            await finishes(people[letter])
        await world.passes(hours=13)


async def test_the_group_s_streak_stands_on_the_result_while_enough_finish_every_day(world: World) -> None:
    await each_day(world, "cd")
    assert "Runtunan grup" not in world.public[-1], "one day is no streak yet"
    await each_day(world, "ce", "de")
    assert "Runtunan grup: 3 hari" in world.public[-1]
    await world.citra.says("/points")
    assert "Runtunan grup: 3 hari" in world.citra.told
    await world.ani.says("/digest")
    assert "Runtunan grup: 3 hari" in world.ani.told
    await each_day(world, "c")
    assert "Runtunan grup" not in world.public[-1], "one person is no group"
    await world.citra.says("/points")
    assert "Runtunan grup" not in world.citra.told
    await each_day(world, "ce", "cd")
    assert "Runtunan grup: 2 hari" in world.public[-1]
