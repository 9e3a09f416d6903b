"""First contributions and badges: recorded beside what earns them, shown to their owner alone."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.badge import EFFORTS
from bot.domain.community import PointRule
from bot.domain.points import Reason, reward
from bot.domain.streak import Streak
from bot.features.points.reward import give, take_back
from tests.flows.crowd import COMMUNITY, number
from tests.flows.test_points import finishes
from tests.flows.test_reward import scene
from tests.world import World


async def test_a_first_contribution_counts_more_once(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.passes(hours=24)
    await finishes(world, world.citra)
    await world.citra.says("/points")
    assert "Kontribusi pertama: 3 bulan ini, 3 seluruhnya" in world.citra.told
    assert "Kontribusi pertama, sejak Selasa, 24 November 2026" in world.citra.told
    await world.citra.says("/why")
    assert world.citra.told.count("kontribusi pertama") == 1
    assert "+3 kontribusi pertama, pada Selasa, 24 November 2026" in world.citra.told


async def test_thanks_are_no_contribution_of_one_s_own(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        assert await give(ctx, reward(ctx.community, ctx.person.id, Reason.THANKS, 1, ctx.now))
        assert await ctx.unit.ledger.times(COMMUNITY, ctx.person.id, 0) == {Reason.THANKS: 1}
        assert await ctx.unit.badges.of(COMMUNITY, ctx.person.id) == {}
        assert await give(ctx, reward(ctx.community, ctx.person.id, Reason.QUIZ, 1, ctx.now))
        sums = await ctx.unit.ledger.sums(COMMUNITY, ctx.person.id, 0)
    assert sums == {Reason.THANKS: 1, Reason.QUIZ: 1, Reason.FIRST: 3}


async def test_who_contributed_before_it_counted_is_no_newcomer(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        await ctx.unit.ledger.record(reward(ctx.community, ctx.person.id, Reason.QUIZ, 1, ctx.now))
        await give(ctx, reward(ctx.community, ctx.person.id, Reason.QUIZ, 2, ctx.now))
        assert Reason.FIRST not in await ctx.unit.ledger.sums(COMMUNITY, ctx.person.id, 0)


async def test_a_kind_that_is_off_gives_no_points_and_no_badge(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        off = replace(ctx, found=replace(ctx.community, points=PointRule({"quiz": 0, "first": 0})))
        assert not await give(off, reward(off.community, ctx.person.id, Reason.QUIZ, 1, ctx.now))
        assert await ctx.unit.ledger.entries(COMMUNITY, ctx.person.id, 0, 9) == []
        assert await give(off, reward(off.community, ctx.person.id, Reason.ITEM, 1, ctx.now))
        assert await ctx.unit.ledger.sums(COMMUNITY, ctx.person.id, 0) == {Reason.ITEM: 2}


async def test_a_badge_is_given_once_and_stays_when_its_points_are_taken_back(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        entries = [reward(ctx.community, ctx.person.id, Reason.ANSWER, number, ctx.now) for number in range(10)]
        for entry in entries:
            await give(ctx, entry)
        assert await take_back(ctx, entries[0].cause)
        assert not await take_back(ctx, entries[0].cause), "once"
        assert not await take_back(ctx, "answer:999:1"), "what was never given"
        later = replace(ctx, now=ctx.now + timedelta(days=3))
        assert await give(later, reward(ctx.community, ctx.person.id, Reason.ANSWER, 99, later.now))
        held = await ctx.unit.badges.of(COMMUNITY, ctx.person.id)
    assert {badge.value: at for badge, at in held.items()} == dict.fromkeys(("first", "solved", "solved-10"), ctx.now)
    await world.citra.says("/poin")
    assert "10 jawaban terpilih, sejak Senin, 23 November 2026" in world.citra.told
    assert "Jawaban terpilih: 50" in world.citra.told
    assert world.public == []


async def test_a_month_with_every_kind_is_one_month(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        kinds = sorted(EFFORTS)
        await give(ctx, reward(ctx.community, ctx.person.id, kinds[0], 1, ctx.now))
        later = replace(ctx, now=ctx.now + timedelta(days=30))
        for kind in kinds[1:]:
            await give(later, reward(ctx.community, ctx.person.id, kind, 1, later.now))
        assert "all-round" not in await ctx.unit.badges.of(COMMUNITY, ctx.person.id)
        await give(later, reward(ctx.community, ctx.person.id, kinds[0], 2, later.now))
        assert "all-round" in await ctx.unit.badges.of(COMMUNITY, ctx.person.id)


async def test_a_streak_of_a_week_is_a_badge_on_its_day(world: World) -> None:
    await world.passes(hours=22)
    citra = await number(world, world.citra)
    async with world.store.begin() as unit:
        member = await unit.people.member(COMMUNITY, citra)
        assert member
        yesterday = world.clock().date()
        await unit.people.save_member(replace(member, streak=Streak(5, 5, 0, yesterday - timedelta(days=1))))
    await finishes(world, world.citra)
    await world.citra.says("/points")
    assert "7 hari kuis" not in world.citra.told
    await world.passes(hours=24)
    await finishes(world, world.citra)
    assert "Runtunan 7 hari" in world.citra.told
    await world.citra.says("/points")
    assert "7 hari kuis berturut-turut, sejak Rabu, 25 November 2026" in world.citra.told
