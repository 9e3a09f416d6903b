"""What contributions are worth: seen, tried out on the last days, switched on, and never back in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.points import Entry, Reason, reward, season
from tests.flows.crowd import COMMUNITY, number
from tests.flows.test_points import finishes
from tests.flows.test_reward import scene
from tests.world import Human, World


async def entries(world: World) -> list[Entry]:
    async with world.store.read() as unit:
        return list(await unit.ledger.since(COMMUNITY, world.clock() - timedelta(days=400)))


async def answers(world: World, human: Human, count: int, ago: int = 1) -> None:
    """Somebody's answers that were accepted so many days ago."""
    person = await number(world, human)
    async with scene(world, human) as ctx:
        at = ctx.now - timedelta(days=ago)
        for subject in range(count):
            await ctx.unit.ledger.record(reward(ctx.community, person, Reason.ANSWER, 100 * ago + subject, at))


async def thanks(world: World, giver: Human, receiver: Human, times: int) -> None:
    by, person = await number(world, giver), await number(world, receiver)
    async with scene(world, receiver) as ctx:
        month = season(ctx.now, ctx.community.zone)
        for subject in range(times):
            at = ctx.now - timedelta(minutes=subject + 1)
            cause = f"thanks:{subject}:{by}:{person}"
            entry = Entry(COMMUNITY, person, cause, Reason.THANKS, 1, subject, month, at, by=by)
            await ctx.unit.ledger.record(entry)


async def test_every_value_stands_on_one_card(world: World) -> None:
    await world.ani.says("/nilai")
    for words in ("Jawaban terpilih: 5", "Kontribusi pertama: 3", "untuk orang yang sama: 1"):
        assert words in world.ani.told
    assert "/worth answer 3" in world.ani.told
    assert world.public == []


async def test_only_organisers_decide(world: World) -> None:
    await world.budi.says("/worth")
    assert "untuk pengelola" in world.budi.told
    await world.ani.says("/worth answer 3")
    before = await entries(world)
    assert before == await entries(world)


async def test_a_trial_says_whose_sum_would_be_another_and_changes_nothing(world: World) -> None:
    await answers(world, world.citra, 3)
    await answers(world, world.dewi, 1)
    await answers(world, world.eko, 9, ago=31)
    before = await entries(world)
    await world.ani.says("/worth answer 3")
    told = world.ani.told
    assert "3, bukan 5?" in told
    assert "Citra: 15 → 9" in told
    assert "Dewi: 5 → 3" in told
    assert "Eko" not in told, "before the days that are looked at"
    assert "Yang teratas tetap sama: Citra dan Dewi." in told
    assert "Poin yang sudah ada tidak berubah" in told
    assert await entries(world) == before
    async with world.store.read() as unit:
        community = await unit.communities.get(COMMUNITY)
    assert community
    assert community.points.worth == {}


async def test_a_trial_names_the_leaders_that_would_change(world: World) -> None:
    await answers(world, world.citra, 1)
    person = await number(world, world.dewi)
    async with scene(world, world.dewi) as ctx:
        for quiz in range(4):
            await ctx.unit.ledger.record(reward(ctx.community, person, Reason.QUIZ, quiz, ctx.now))
    await world.ani.says("/worth answer 2")
    assert "Teratas sekarang: Citra dan Dewi." in world.ani.told
    assert "Teratas nanti: Dewi dan Citra." in world.ani.told


async def test_who_hides_from_the_board_is_not_named_in_a_trial(world: World) -> None:
    await answers(world, world.citra, 1)
    await answers(world, world.dewi, 1)
    async with world.store.begin() as unit:
        member = await unit.people.member(COMMUNITY, await number(world, world.citra))
        assert member
        await unit.people.save_member(replace(member, ranked=False))
    await world.ani.says("/worth answer 2")
    assert "Citra" not in world.ani.told
    assert "Poin 1 orang lain juga akan berbeda" in world.ani.told


async def test_switched_on_it_counts_from_then_on(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.ani.says("/worth quiz 4")
    await world.ani.presses("Berlakukan")
    assert "Mulai sekarang: Kuis yang diselesaikan: 4." in world.ani.told
    await finishes(world, world.dewi)
    assert "+4 poin" in world.dewi.told
    amounts = {entry.person: entry.amount for entry in await entries(world) if entry.reason is Reason.QUIZ}
    assert amounts == {await number(world, world.citra): 1, await number(world, world.dewi): 4}


async def test_a_kind_that_is_off_gives_nothing_and_keeps_streaks(world: World) -> None:
    await world.ani.says("/worth quiz 0")
    await world.ani.presses("Berlakukan")
    assert "Kuis yang diselesaikan: mati" in world.ani.told
    await world.passes(hours=22)
    await finishes(world, world.citra)
    assert "Selesai. Runtunan 1 hari." in world.citra.told
    await world.citra.presses("3A")
    assert "3 soal selesai." in world.citra.told, "finished once"
    assert await entries(world) == []
    await world.passes(hours=24)
    await finishes(world, world.citra)
    assert "Selesai. Runtunan 2 hari." in world.citra.told
    await world.ani.says("/worth quiz 2")
    assert "Jenis ini sedang mati" in world.ani.told


async def test_left_alone_nothing_changes(world: World) -> None:
    await world.ani.says("/worth answer 3")
    await world.ani.presses("Biarkan")
    assert "Jawaban terpilih: 5" in world.ani.told


async def test_a_lower_limit_names_the_thanks_that_would_not_count(world: World) -> None:
    await thanks(world, world.citra, world.dewi, 1)
    await thanks(world, world.citra, world.eko, 1)
    await world.ani.says("/worth giver 1")
    assert "1 ucapan terima kasih tidak akan dihitung." in world.ani.told
    assert "Senin, 23 November 2026: Citra kepada" in world.ani.told
    await world.ani.presses("Berlakukan")
    assert "Terima kasih sehari dari satu orang: 1" in world.ani.told
    async with world.store.read() as unit:
        community = await unit.communities.get(COMMUNITY)
    assert community
    assert (community.points.giver, community.points.pair) == (1, 1)
    await world.ani.says("/worth giver 9")
    assert "batas lebih tinggi tidak menunjukkan apa-apa" in world.ani.told


@pytest.mark.parametrize(("line", "words"), [("/worth answer 101", "0 sampai 100"), ("/worth fame 3", "berlebih")])
async def test_what_cannot_be_is_refused_with_an_example(world: World, line: str, words: str) -> None:
    await world.ani.says(line)
    assert words in world.ani.told
    assert "/worth" in world.ani.told


async def test_a_kind_is_called_in_either_language(world: World) -> None:
    await world.ani.private.says("/nilai answer")
    assert "/worth answer 3" in world.ani.private.told
    await world.ani.private.runs("worth", kind="giver", points="2")
    assert "Terima kasih sehari dari satu orang: 2, bukan 5?" in world.ani.private.told


async def test_a_press_that_was_made_up_changes_nothing(world: World) -> None:
    await world.ani.says("/worth answer 3")
    from bot.features.points.worth import switch_on

    data = world.app.sign(switch_on(COMMUNITY, "fame", 3))
    shown = world.stage.transcript.post(world.group, None, (), world.clock())
    await world.stage.press_data(world.ani.account, shown.id, data)
    await world.stage.settle()
    assert "Kirim lagi" in world.ani.told
