"""Who leads a session: drawn in turn a week before, swapped, skipped, taken over; and the agenda of whoever does."""

from datetime import date, timedelta

import pytest

from bot.domain.host import State
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, card, change, number, planned
from tests.world import Human, World

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)
    for person in (world.ani, world.budi, world.citra, world.dewi, world.eko):
        await person.private.says("/start")


async def states(world: World, day: date = DAY) -> dict[int, State]:
    async with world.store.read() as unit:
        return {turn.person: turn.state for turn in await unit.hosts.turns(COMMUNITY, 1, day)}


async def drawn(world: World) -> None:
    """A session whose hosts take turns; the first one was just drawn."""
    await planned(world, rota=True)
    await world.until(START - WEEK)


async def joined(world: World, *people: Human) -> None:
    for person in people:
        await person.private.says("/teach")
        await person.private.presses("Saya ikut bergiliran")


async def test_whoever_takes_turns_is_drawn_a_week_before_and_stands_on_the_card(world: World) -> None:
    await joined(world, world.citra)
    await drawn(world)
    assert "Giliran mengajar: Aljabar" in world.citra.private.told
    assert (await change(world)).host == await number(world, world.citra)
    await world.citra.private.presses("Siap, saya pandu")
    assert await states(world) == {await number(world, world.citra): State.TAKEN}
    await world.until(START - timedelta(days=2) + timedelta(hours=1))
    assert "Pemateri: Citra" in card(world)


async def test_turns_go_round_fairly_over_eight_weeks(world: World) -> None:
    people = (world.ani, world.budi, world.citra, world.dewi)
    await joined(world, *people)
    await planned(world, rota=True)
    await world.until(START + 7 * WEEK - timedelta(days=1))
    hosts = [(await change(world, 1, DAY + n * WEEK)).host for n in range(8)]
    assert sorted(hosts) == sorted([await number(world, person) for person in people] * 2)
    assert sorted(hosts[:4]) == sorted(hosts[4:])


async def test_who_skips_passes_it_on_and_who_is_last_leaves_it_to_anybody(world: World) -> None:
    await joined(world, world.citra, world.dewi)
    await drawn(world)
    first, second = (
        (world.citra, world.dewi)
        if (await change(world)).host == await number(world, world.citra)
        else (world.dewi, world.citra)
    )
    await first.private.presses("Lewati")
    assert "yang berikutnya ditanya" in first.private.told
    assert (await change(world)).host == await number(world, second)
    await second.private.says("/teach skip")
    assert "siapa pun bisa mengambilnya" in second.private.told
    await world.until(START - timedelta(days=1))
    assert "Belum ada pemateri" in card(world)
    await world.budi.private.says("/teach S1")
    assert "Pemateri: Budi" in card(world)
    await world.eko.private.says("/teach S1")
    assert "Somebody leads this one already" in world.eko.private.told


async def test_a_turn_is_swapped_with_whoever_is_free_first(world: World) -> None:
    await joined(world, world.citra)
    await drawn(world)
    await joined(world, world.dewi, world.budi)
    await world.citra.private.says("/teach")
    await world.citra.private.presses("Tukar")
    assert (await change(world)).host == await number(world, world.citra)
    assert "Bisa pandu sesi ini? Aljabar" in world.dewi.private.told
    await world.budi.private.presses("Tidak kali ini")
    await world.dewi.private.presses("Saya ambil")
    assert (await change(world)).host == await number(world, world.dewi)
    assert "Dewi menggantikan mengajar Aljabar" in world.citra.private.told
    await world.budi.private.says("/teach")
    assert "Dewi" in world.budi.private.told


async def test_only_whoever_was_asked_takes_over_and_only_once(world: World) -> None:
    await joined(world, world.citra)
    await drawn(world)
    await joined(world, world.dewi, world.budi)
    await world.citra.private.says("/teach")
    await world.citra.private.presses("Tukar")
    await world.dewi.private.presses("Saya ambil")
    await world.budi.private.presses("Saya ambil")
    assert "sudah beres" in world.budi.private.told.casefold() or "terima kasih" in world.budi.private.told.casefold()
    assert (await change(world)).host == await number(world, world.dewi)
    await world.citra.private.presses("Lewati")
    assert "sudah berpindah" in world.citra.private.told
    assert (await change(world)).host == await number(world, world.dewi)


async def test_an_empty_rota_teaches(world: World) -> None:
    await world.citra.private.says("/giliran")
    assert "Menjelaskan itu cara belajar terbaik" in world.citra.private.told
    await world.citra.private.says("/teach Aljabar, Fisika")
    assert "Aljabar dan Fisika" in world.citra.private.told
    await world.citra.private.says("/teach " + ", ".join("abcdef"))
    assert "Paling banyak 5 topik" in world.citra.private.told
    await world.citra.private.says("/teach")
    await world.citra.private.presses("Berhenti bergiliran")
    assert "Boleh ikut lagi" in world.citra.private.told


async def test_the_host_gets_a_draft_the_day_before_and_may_show_it(world: World) -> None:
    await world.dewi.says("/tanya Kenapa akar dua tidak rasional?")
    await planned(world, host=world.citra)
    await world.until(START - timedelta(days=1))
    assert "Agenda Aljabar" in world.citra.private.told
    assert "akar dua" in world.citra.private.told
    assert "akar dua" not in card(world)
    await world.citra.private.presses("Tampilkan ke grup")
    assert "akar dua" in card(world)
    await world.citra.private.says("/session agenda S1\nUlangan bab 2\nSoal 3 sampai 5")
    assert "Soal 3 sampai 5" in card(world)
    assert "akar dua" not in card(world)
    await world.citra.private.presses("Hapus dari kartu")
    assert "Soal 3 sampai 5" not in card(world)


async def test_others_see_the_agenda_but_do_not_write_it(world: World) -> None:
    await planned(world, host=world.citra)
    await world.dewi.private.says("/session agenda S1")
    assert "Agenda Aljabar" in world.dewi.private.told
    assert "Tampilkan ke grup" not in world.dewi.private.buttons
    await world.dewi.private.says("/session agenda S1\nPesta")
    assert "ditulis oleh pemateri" in world.dewi.private.told
    assert (await change(world)).agenda == ()
