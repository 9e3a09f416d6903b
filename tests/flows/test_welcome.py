"""Greetings: together, silent, by day, taken away by the next one, and none in a raid."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.places import Ability
from bot.domain.community import Preset
from tests.flows.asked import COMMUNITY
from tests.world import DISCORD, TELEGRAM, Human, World, opened

HELLO = "Selamat datang, "


def greetings(world: World) -> list[str]:
    return [text for text in world.public if HELLO in text]


async def comes(world: World, *names: str) -> list[Human]:
    return [await world.newcomer(name, name=name.title()) for name in names]


async def choose(world: World, preset: Preset) -> None:
    async with world.store.begin() as unit:
        community = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(community, preset=preset))


async def test_those_who_came_within_an_hour_are_greeted_together_in_three_lines(world: World) -> None:
    before, sounding = list(world.public), world.stage.transcript.noise.sounding
    await comes(world, "fani", "gilang")
    assert world.public == before, "not yet"
    await world.passes(minutes=61)
    (greeting,) = greetings(world)
    assert [line for line in greeting.splitlines() if line] == [
        "Selamat datang, Fani, Gilang!",
        "Mulai dengan kuis hari ini, /daily, atau tanyakan sesuatu: /ask",
        "Yang lainnya ada di /help",
    ]
    assert world.stage.transcript.noise.sounding == sounding
    lines = [getattr(block, "line", ()) for each in world.stage.transcript for block in each.pages[-1].blocks]
    called = next([run.mention for run in line] for line in lines if line and line[0].text == "Selamat datang,")
    assert [account.id for account in called if account] == ["fani", "gilang"]
    other = DISCORD if world.group == TELEGRAM else TELEGRAM
    assert not any(HELLO in text for text in world.ani.in_(other).screen), "only where they came"


async def test_the_next_greeting_takes_the_one_before_away(world: World) -> None:
    await comes(world, "fani")
    await world.passes(hours=2)
    await comes(world, "gilang")
    assert "Fani" in greetings(world)[0]
    await world.passes(hours=1)
    (greeting,) = greetings(world)
    assert "Gilang" in greeting
    assert "Fani" not in greeting


async def test_where_nothing_may_be_deleted_the_one_before_stays(world: World) -> None:
    await comes(world, "fani")
    await world.passes(hours=2)
    world.stage.may(world.group, *(frozenset(Ability) - {Ability.DELETE}))
    await comes(world, "gilang")
    await world.passes(hours=2)
    assert len(greetings(world)) == 2


async def came(world: World, who: Human) -> datetime:
    """When somebody came who is greeted for it."""
    async with world.store.read() as unit:
        person = await unit.people.of_account(who.account)
        assert person
        found = await unit.newcomers.get(COMMUNITY, person.id)
    assert found
    return found.at


async def test_nobody_is_greeted_twice_within_thirty_days(world: World) -> None:
    (fani,) = await comes(world, "fani")
    first = await came(world, fani)
    await world.passes(hours=2)
    await fani.leaves()
    await world.passes(days=20)
    await fani.enters()
    await world.passes(hours=2)
    assert len(greetings(world)) == 1
    assert await came(world, fani) == first
    await fani.leaves()
    await world.passes(days=11)
    await fani.enters()
    await world.passes(hours=2)
    assert len(greetings(world)) == 1, "the old one goes"
    assert await came(world, fani) > world.clock() - timedelta(days=1), "and this is the new one"


async def test_who_comes_at_night_is_greeted_in_the_morning_with_all_of_the_night(world: World) -> None:
    await world.passes(hours=13)  # 22.00
    await comes(world, "fani")
    await world.passes(hours=3)
    await comes(world, "gilang")
    await world.passes(hours=4, minutes=50)
    assert not greetings(world)
    await world.passes(minutes=20)
    (greeting,) = greetings(world)
    assert "Fani, Gilang" in greeting


async def test_who_is_gone_again_or_was_put_out_is_not_greeted(world: World) -> None:
    fani, gilang = await comes(world, "fani", "gilang")
    await fani.leaves()
    await world.passes(hours=1)
    (greeting,) = greetings(world)
    assert "Fani" not in greeting
    assert "Gilang" in greeting
    assert gilang.sees(HELLO)


async def test_more_than_twenty_in_an_hour_are_not_greeted(world: World) -> None:
    await comes(world, *(f"bot{number}" for number in range(21)))
    await world.passes(hours=2)
    assert not greetings(world)
    await comes(world, "fani")
    await world.passes(hours=2)
    (greeting,) = greetings(world)
    assert "Fani!" in greeting


async def test_a_big_class_is_greeted_with_a_few_names(world: World) -> None:
    await comes(world, *(f"orang{number}" for number in range(15)))
    await world.passes(hours=1)
    (greeting,) = greetings(world)
    assert greeting.count("Orang") == 8
    assert "dan 7 lagi!" in greeting


async def test_a_calm_group_and_one_that_wants_none_hear_no_greeting(world: World) -> None:
    await choose(world, Preset.CALM)
    await comes(world, "fani")
    await world.passes(hours=2)
    await choose(world, Preset.BALANCED)
    await world.ani.says("/door")
    await world.ani.presses("Jangan sambut siapa pun")
    await comes(world, "gilang")
    await world.passes(hours=2)
    assert not greetings(world)


async def test_switched_off_while_it_waits_it_is_not_said(world: World) -> None:
    await comes(world, "fani")
    await world.ani.says("/door")
    await world.ani.presses("Jangan sambut siapa pun")
    await world.passes(hours=2)
    assert not greetings(world)


async def test_a_group_with_rules_offers_them(world: World) -> None:
    await comes(world, "fani")
    await world.passes(hours=1)
    assert "Aturan kita" not in world.fani.buttons
    await world.ani.says("/rules Saling menghargai")
    await comes(world, "gilang")
    await world.passes(hours=1)
    await world.gilang.presses("Aturan kita")
    assert "Saling menghargai" in world.gilang.told


async def test_an_english_group_is_greeted_in_english(world: World) -> None:
    async with world.store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(COMMUNITY), language="en"))
    await comes(world, "fani")
    await world.passes(hours=1)
    assert any("Welcome, Fani!" in text for text in world.public)


async def test_a_greeting_that_waited_for_the_budget_still_knows_whom_it_greets(world: World) -> None:
    async with world.store.begin() as unit:
        day = world.clock().date()
        for number in range(9):
            await unit.noises.put(COMMUNITY, world.group, day, f"other:{number}", sounds=False)
    await comes(world, "fani")
    await world.passes(hours=3)
    assert not greetings(world)
    await world.passes(hours=24)
    (greeting,) = greetings(world)
    assert "Fani" in greeting


async def test_it_is_said_after_a_restart(sqlite_address: str) -> None:
    async with opened(sqlite_address) as world:
        await comes(world, "fani")
        at = world.clock() + timedelta(hours=2)
        world.sleeps(hours=2)
        await world.wakes()
        assert len(greetings(world)) == 1
        assert world.clock() == at


async def test_members_of_a_group_that_has_just_begun_are_not_new(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas Baru")
    await empty.stage.settle()
    await empty.dewi.says("Catatan kemarin: https://contoh.org/catatan")
    assert empty.citra.sees("contoh.org/catatan"), "we only see her for the first time"
    fani = await empty.newcomer("fani", name="Fani")
    await fani.says("Promo: https://contoh.org/promo")
    assert not empty.citra.sees("contoh.org/promo"), "her we saw come"
