"""Codes that link groups or accounts: each command takes its own, guesses are counted, rights hold until the end."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.link import MOST_TRIES
from tests.flows.test_link_place import code, group, offer
from tests.world import DISCORD, TELEGRAM, Human, World, opened

WRONG = "salah atau sudah kedaluwarsa"
MANY = "Terlalu banyak kode"


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """Ani organises the Telegram-like group, Budi the Discord-like one."""
    async with opened(sqlite_address, linked=False) as made:
        yield made


def demote(world: World, human: Human) -> None:
    """From now on the platform knows somebody as a member."""
    actor = world.stage.actor(human.account)
    world.stage.cast[human.account] = replace(actor, role=type(actor.role).MEMBER, owner=False)


async def account_code(human: Human) -> str:
    """A code by which somebody's second account becomes this one."""
    await human.private.says("/linkaccount")
    return human.private.told.split("/linkaccount ")[1][:9]


async def test_a_code_of_a_group_where_one_of_an_account_is_meant_stays_good(world: World) -> None:
    drawn = await code(world)
    await world.budi.private.says(f"/linkaccount {drawn}")
    assert f"/link {drawn}" in world.budi.private.told
    await world.budi.private.says(f"/link {drawn}")
    assert "Kodenya benar" in world.budi.private.told


async def test_a_code_of_an_account_where_one_of_a_group_is_meant_stays_good(world: World) -> None:
    drawn = await account_code(world.dewi)
    await world.citra.private.says(f"/link {drawn}")
    assert f"/linkaccount {drawn}" in world.citra.private.told
    await world.citra.private.says(f"/linkaccount {drawn}")
    assert "Apakah kedua akun" in world.citra.private.told


@pytest.mark.parametrize("own", ["link", "linkaccount"])
async def test_whoever_has_a_right_code_guesses_no_more_than_others(world: World, own: str) -> None:
    """Somebody with two accounts makes codes with the one to go on guessing with the other."""
    guesses = 0
    for issuer in (world.dewi, world.citra, world.eko):
        right = await code(world) if own == "link" else await account_code(issuer)
        for _ in range(MOST_TRIES - 1):
            await world.budi.private.says("/link 2222-2222")
            guesses += WRONG in world.budi.private.told
        await world.budi.private.says(f"/{own} {right}")
    assert guesses == MOST_TRIES - 1
    assert MANY in world.budi.private.told


async def test_a_code_of_the_other_kind_counts_as_a_try(world: World) -> None:
    drawn = await account_code(world.dewi)
    for _ in range(MOST_TRIES):
        await world.citra.private.says(f"/link {drawn}")
        assert f"/linkaccount {drawn}" in world.citra.private.told
    await world.citra.private.says(f"/link {drawn}")
    assert MANY in world.citra.private.told


async def test_nobody_sees_what_another_group_has_who_organises_none_any_more(world: World) -> None:
    await world.ani.private.says("/start")
    drawn = await code(world)
    demote(world, world.ani)
    await world.budi.private.says(f"/link {drawn}")
    await world.budi.private.presses("Kelas Discord")
    assert "bukan pengelola lagi" in world.budi.private.told
    assert not world.ani.private.sees("membawa:")


async def test_what_was_to_be_shown_is_not_when_its_reader_was_demoted_on_the_way(world: World) -> None:
    await world.ani.private.says("/start")
    await world.budi.private.says(f"/link {await code(world)}")
    (choice,) = [entry for entry in world.stage.transcript if entry.pages and entry.pages[-1].rows][-1:]
    await world.stage.press(world.budi.account, choice.id, 0, 0)
    demote(world, world.ani)
    await world.stage.settle()
    assert world.budi.private.sees("membawa:")
    assert not world.ani.private.sees("membawa:")


async def test_an_agreement_with_somebody_who_organises_no_more_is_refused_at_once(world: World) -> None:
    await world.ani.private.says("/start")
    await offer(world)
    demote(world, world.ani)
    await world.budi.private.presses("Gabungkan grup")
    assert "bukan pengelola lagi" in world.budi.private.told
    assert await group(world, DISCORD) != await group(world, TELEGRAM)


async def test_whoever_cannot_be_written_to_answers_an_offer_by_the_command(world: World) -> None:
    await offer(world)
    assert not world.ani.private.screen, "nobody may write to her first"
    await world.ani.says("/goal")
    assert world.ani.sees("membawa:", "Untuk menjawab nanti: /link")
    await world.ani.says("/link")
    await world.ani.presses("Gabungkan Kelas Discord ke Kelas Contoh?")
    await world.ani.presses("Gabungkan grup")
    await world.budi.private.presses("Gabungkan grup")
    assert await group(world, DISCORD) == await group(world, TELEGRAM)
    await world.ani.says("/link")
    assert "Gabungkan Kelas Discord ke Kelas Contoh?" not in world.ani.buttons


async def test_an_offer_is_shown_to_those_it_waits_for_alone(world: World) -> None:
    await offer(world)
    for human in (world.citra, world.dewi.in_(DISCORD)):
        await human.says("/link")
        assert not [label for label in human.buttons if label.startswith("Gabungkan")]
    await world.ani.says("/link")
    demote(world, world.ani)
    await world.ani.presses("Gabungkan Kelas Discord ke Kelas Contoh?")
    assert "untuk pengelola" in world.ani.told
    await world.passes(days=1)
    await world.ani.says("/link")
    assert not [label for label in world.ani.buttons if label.startswith("Gabungkan")]
