"""Why each point is there, whoever gave it, took it back or corrected it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

from bot.context import Context
from bot.domain.points import Entry, Reason, fix, resource_reward, reward, season, undo
from bot.features.points.reward import day_began, give, take_back
from tests.flows.asked import SCATTERED, SKY, greet
from tests.flows.crowd import COMMUNITY, number
from tests.flows.test_points import finishes
from tests.world import Human, World

DAY = "Senin, 23 November 2026"


@asynccontextmanager
async def scene(world: World, human: Human) -> AsyncIterator[Context]:
    """A unit of work in which that person acts."""
    async with world.store.begin() as unit:
        arrival = await unit.arrivals.of(world.group, human.account)
        yield Context(
            unit,
            world.clock(),
            Random(1),
            world.group,
            found=arrival.community,
            who=arrival.person,
            seat=arrival.member,
        )


def thanks(ctx: Context, giver: int, note: str = "") -> Entry:
    month = season(ctx.now, ctx.community.zone)
    cause = f"thanks:1:{giver}"
    return Entry(COMMUNITY, ctx.person.id, cause, Reason.THANKS, 1, 1, month, ctx.now, by=giver, note=note)


async def test_each_kind_says_who_and_what(world: World) -> None:
    budi = await number(world, world.budi)
    async with scene(world, world.citra) as ctx:
        await give(ctx, thanks(ctx, budi, "penjelasan <b>jelas</b>"))
        await give(ctx, resource_reward(ctx.community, ctx.person.id, 12, budi, ctx.now))
        await take_back(ctx, "resource:12", by=budi, note="tautan mati")
        await ctx.unit.ledger.record(
            fix(ctx.community, ctx.person.id, Reason.ANSWER, -2, 1, ctx.now, by=budi, note="dihitung dua kali")
        )
    await world.citra.says("/why")
    told = world.citra.told
    assert f"+1 Budi berterima kasih pada {DAY} (penjelasan <b>jelas</b>)" in told
    assert "+3 Budi memverifikasi R12 yang dibagikan" in told
    assert "-3 Budi menarik ini kembali: R12 yang dibagikan sudah diverifikasi (tautan mati)" in told
    assert "-2 Budi mengoreksi poin (dihitung dua kali)" in told
    assert f"+3 kontribusi pertama, pada {DAY}" in told
    await world.dewi.says("/why")
    assert "Belum ada poin" in world.dewi.told, "others' points are others'"


async def test_whom_nobody_knows_any_more_is_not_named(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        await give(ctx, thanks(ctx, 99_999))
        await give(ctx, reward(ctx.community, ctx.person.id, Reason.QUIZ, 1, ctx.now))
        await take_back(ctx, f"quiz:1:{ctx.person.id}")
        await ctx.unit.ledger.record(fix(ctx.community, ctx.person.id, Reason.QUIZ, 1, 1, ctx.now, by=99_999, note=""))
    await world.citra.says("/why")
    assert f"+1 ucapan terima kasih pada {DAY}" in world.citra.told
    assert f"-1 ditarik kembali: menyelesaikan kuis harian {DAY}" in world.citra.told
    assert "+1 poin dikoreksi" in world.citra.told


async def test_an_undo_is_told_by_the_day_of_what_it_took_back_and_may_be_undone(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        entry = reward(ctx.community, ctx.person.id, Reason.QUIZ, 1, ctx.now)
        await give(ctx, entry)
        back = undo(entry, ctx.now + timedelta(days=2), ctx.community.zone)
        await ctx.unit.ledger.record(back)
        await ctx.unit.ledger.record(undo(back, ctx.now + timedelta(days=3), ctx.community.zone))
    await world.citra.says("/why")
    assert f"-1 ditarik kembali: menyelesaikan kuis harian {DAY}" in world.citra.told
    assert "+1 ditarik kembali: poin ditarik kembali" in world.citra.told


async def test_the_group_s_day_begins_at_its_midnight(world: World) -> None:
    async with scene(world, world.citra) as ctx:
        assert day_began(ctx).isoformat() == "2026-11-22T17:00:00+00:00"


async def test_the_board_of_last_month_is_that_month_s(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.passes(days=10)
    await world.dewi.says("/leaderboard last")
    assert "Kontributor bulan lalu" in world.dewi.told
    assert "1. Citra · 1" in world.dewi.told
    await world.dewi.presses("Bulan ini")
    assert "Belum ada yang punya poin" in world.dewi.told
    await world.dewi.presses("Bulan lalu")
    assert "1. Citra · 1" in world.dewi.told
    await world.dewi.says("/peringkat bulan lalu")
    assert "Kontributor bulan lalu" in world.dewi.told


async def test_a_shared_board_of_last_month_stays_that_month_s(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.passes(days=10)
    before = len(world.public)
    await world.budi.says("/leaderboard last")
    for _ in range(2):
        await world.budi.presses("Bagikan ke grup")
    assert len(world.public) == before + 1
    assert "Kontributor bulan lalu" in world.public[-1]
    assert "1. Citra · 1" in world.public[-1]
    await world.passes(days=31)
    await world.stage.settle()
    assert "1. Citra · 1" in next(text for text in world.public if "Kontributor" in text)


async def test_first_contributions_make_no_leaders(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.dewi.says("/leaderboard")
    assert "Kontribusi pertama" not in world.dewi.told


async def test_switching_between_periods_keeps_the_moderator_s_button(world: World) -> None:
    await world.budi.says("/leaderboard")
    await world.budi.presses("Bulan lalu")
    assert "Bagikan ke grup" in world.budi.buttons


async def accepted(world: World, asks: str) -> None:
    """Citra asks, Budi answers, Citra accepts."""
    await greet(world)
    await world.citra.private.says(asks)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.citra.private.says("/terjawab Q1.1")


async def answer_entries(world: World) -> list[Entry]:
    async with world.store.read() as unit:
        found = await unit.ledger.since(COMMUNITY, world.clock() - timedelta(days=1))
    return [entry for entry in found if entry.reason is Reason.ANSWER]


async def test_who_accepted_an_answer_is_told(world: World) -> None:
    await accepted(world, SKY)
    await world.budi.private.says("/why")
    assert "+5 Citra memilih jawaban Q1.1" in world.budi.private.told
    await world.citra.private.says("/pertanyaan Q1.1")
    await world.citra.private.presses("Ternyata bukan ini")
    await world.budi.private.says("/why")
    assert "-5 Citra menarik ini kembali:" in world.budi.private.told


async def test_who_asked_without_a_name_stands_in_no_entry(world: World) -> None:
    await accepted(world, "/tanya anon Kenapa langit biru?")
    await world.citra.private.says("/pertanyaan Q1.1")
    await world.citra.private.presses("Ternyata bukan ini")
    assert [(entry.amount, entry.by) for entry in await answer_entries(world)] == [(5, 0), (-5, 0)]
    await world.budi.private.says("/why")
    assert "Citra" not in world.budi.private.told


async def test_what_was_given_is_taken_back_whatever_an_answer_is_worth_now(world: World) -> None:
    await accepted(world, SKY)
    await world.ani.private.says("/worth answer 2")
    await world.ani.private.presses("Berlakukan")
    await world.citra.private.says("/pertanyaan Q1.1")
    await world.citra.private.presses("Ternyata bukan ini")
    await world.passes(minutes=1)
    await world.citra.private.presses("Ini jawabannya")
    assert "+2 poin" in world.budi.private.told
    assert [entry.amount for entry in await answer_entries(world)] == [5, -5, 2]
    await world.ani.private.says("/worth answer 0")
    await world.ani.private.presses("Berlakukan")
    await world.citra.private.presses("Ternyata bukan ini")
    await world.passes(minutes=1)
    await world.citra.private.presses("Ini jawabannya")
    assert [entry.amount for entry in await answer_entries(world)] == [5, -5, 2, -2]
    assert "poin" not in world.budi.private.told
