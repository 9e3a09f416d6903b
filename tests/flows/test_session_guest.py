"""Somebody from outside comes to one session: by a code, for that date alone, as long as the organisers wish."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.agenda import Rest
from bot.domain.rsvp import Answer, seats
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, END, START, card, number, planned, says
from tests.world import DISCORD, TELEGRAM, Human, World, opened

MINUTE = timedelta(minutes=1)
CODE = re.compile(r"/guest ([2-9A-Z]{4}-[2-9A-Z]{4})")


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def outsider(world: World, handle: str = "fani", name: str = "Fani") -> Human:
    """Somebody who is in another group only, and has a private chat."""
    person = await world.newcomer(handle, name=name, enters=False)
    await person.private.says("/start")
    return person.private


async def invited(world: World) -> str:
    """A fresh code for the next date of the first session."""
    await world.ani.private.says("/sesi tamu S1")
    await world.ani.private.presses("Buat kode" if "Buat kode" in world.ani.private.buttons else "Kode baru")
    found = CODE.search(world.ani.private.told)
    assert found, world.ani.private.told
    return found[1]


async def replies(world: World) -> dict[int, tuple[Answer, bool]]:
    async with world.store.read() as unit:
        return {each.person: (each.answer, each.guest) for each in await unit.rsvps.of_date(COMMUNITY, 1, DAY)}


async def test_a_guest_comes_by_a_code_and_sees_that_date_alone(world: World) -> None:
    await planned(world, where="Ruang 4", url="https://meet.example.org/a", host=world.budi)
    code, fani = await invited(world), await outsider(world)
    before = len(world.public)
    await fani.says(f"/tamu {code.lower()}")
    told = fani.told
    assert "Aljabar, sesi dari" in told
    assert "Ruang 4" in told
    assert "meet.example.org/a" in told
    assert "Tercatat ikut sebagai tamu" in told
    who = await number(world, world.fani)
    assert await replies(world) == {who: (Answer.YES, True)}
    await fani.presses("Tidak bisa ikut")
    assert "Tercatat tidak ikut" in fani.told
    await fani.presses("Saya ikut")
    assert await replies(world) == {who: (Answer.YES, True)}
    assert len(world.public) == before
    async with world.store.read() as unit:
        assert await unit.people.seat(COMMUNITY, who) is None
    await fani.says("/leaderboard")
    assert "Gunakan ini di grup" in fani.told or "grup belajar" in fani.told


async def test_a_guest_counts_for_the_seats_and_says_to_be_there(world: World) -> None:
    await planned(world, capacity=2)
    await says(world, world.citra, Answer.YES)
    code = await invited(world)
    fani, gilang = await outsider(world), await outsider(world, "gilang", "Gilang")
    await fani.says(f"/guest {code}")
    await gilang.says(f"/guest {code}")
    assert "Semua tempat sudah terisi" in gilang.told
    async with world.store.read() as unit:
        found = seats(await unit.rsvps.of_date(COMMUNITY, 1, DAY), 2)
    assert [each.guest for each in found.coming] == [False, True]
    assert len(found.waiting) == 1
    await fani.presses("Saya di sini")
    assert "Kehadiran dicatat dari pukul 18.45" in fani.told
    await world.until(START)
    await fani.presses("Saya di sini")
    assert "Tercatat hadir" in fani.told
    await world.until(END)
    assert "1 orang hadir." in card(world)
    assert not [text for text in fani.screen if "dibawa pulang" in text], "that is for members"
    await world.ani.private.says("/session export")
    people = world.ani.private.files[-2].content.decode("utf-8-sig")
    assert "Fani;tamu;1;1;0;0;0" in people


async def test_a_code_is_good_until_the_session_is_over_or_it_is_made_void(world: World) -> None:
    await planned(world)
    old = await invited(world)
    new = await invited(world)
    fani = await outsider(world)
    await fani.says(f"/guest {old}")
    assert "tidak berlaku lagi" in fani.told
    await world.ani.private.says("/sesi tamu S1")
    await world.ani.private.presses("Batalkan kode")
    await fani.says(f"/guest {new}")
    assert "tidak berlaku lagi" in fani.told
    last = await invited(world)
    await world.until(END)
    await fani.says(f"/guest {last}")
    assert "tidak berlaku lagi" in fani.told
    assert not await replies(world)


async def test_guests_can_be_uninvited_and_are_told(world: World) -> None:
    await planned(world)
    code, fani = await invited(world), await outsider(world)
    await fani.says(f"/guest {code}")
    await world.ani.private.says("/sesi tamu S1")
    assert "Sudah ada 1 tamu" in world.ani.private.told
    await world.ani.private.presses("Batalkan semua tamu")
    assert "Sudah ada 0 tamu" in world.ani.private.told
    assert "menarik kembali undangan ke Aljabar" in fani.told
    assert await replies(world) == {await number(world, world.fani): (Answer.NO, False)}
    await fani.presses("Tidak bisa ikut")
    assert "tidak berlaku lagi" in fani.told
    await fani.says(f"/guest {code}")
    assert "tidak berlaku lagi" in fani.told


async def test_codes_cannot_be_guessed_and_stay_private(world: World) -> None:
    await planned(world)
    code, fani = await invited(world), await outsider(world)
    await fani.says("/guest")
    assert "Kirim kode" in fani.told
    await fani.says("/guest abc")
    assert "8 huruf dan angka" in fani.told
    for _ in range(5):
        await fani.says("/guest 2222-2222")
        assert "tidak berlaku lagi" in fani.told
    await fani.says(f"/guest {code}")
    assert "Terlalu banyak" in fani.told
    assert not await replies(world)
    for person in (world.citra, world.budi):
        await person.private.says("/session guest S1")
        assert "pengelola" in person.private.told


async def test_a_member_needs_no_code_and_minors_get_no_guests(world: World) -> None:
    await planned(world)
    code = await invited(world)
    await world.citra.private.says(f"/guest {code}")
    assert "tidak perlu undangan" in world.citra.private.told
    assert not await replies(world)
    async with world.store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(COMMUNITY), minors=True))
    fani = await outsider(world)
    await fani.says(f"/guest {code}")
    assert "tidak berlaku lagi" in fani.told
    await world.ani.private.says("/sesi tamu S1")
    await world.ani.private.presses("Kode baru")
    assert "tidak ada tamu dari luar" in world.ani.private.told


async def test_a_date_that_was_called_off_lets_nobody_in(world: World) -> None:
    await planned(world)
    code, fani = await invited(world), await outsider(world)
    async with world.store.begin() as unit:
        stored = await unit.sessions.change(COMMUNITY, 1, DAY)
        await unit.sessions.put(replace(stored, rest=Rest.OFF))
    await fani.says(f"/guest {code}")
    assert "tidak berlaku lagi" in fani.told


async def test_a_guest_can_come_from_another_group_and_stay_there(sqlite_address: str) -> None:
    """Where answers in a group reach the asker alone, nobody need write in private."""
    async with opened(sqlite_address, TELEGRAM, linked=False) as world:
        await greet(world)
        await world.ani.private.says("/help")
        await world.ani.private.presses("Kelas Contoh")
        await planned(world)
        code = await invited(world)
        fani = (await world.newcomer("fani", name="Fani", enters=False)).in_(DISCORD)
        await fani.enters()
        await fani.says(f"/guest {code}")
        assert fani.sees("Aljabar, sesi dari", "Tercatat ikut sebagai tamu")
        await fani.presses("Tidak bisa ikut")
        who = await number(world, world.fani)
        assert await replies(world) == {who: (Answer.NO, True)}
        await fani.presses("Saya ikut")
        await world.until(START)
        await fani.presses("Saya di sini")
        assert "Tercatat hadir" in fani.told
        async with world.store.read() as unit:
            assert [each.person for each in await unit.presences.of_date(COMMUNITY, 1, DAY)] == [who]
            assert await unit.people.seat(COMMUNITY, who) is None


async def test_a_guest_is_reminded_and_hears_of_changes_with_a_button_that_works(world: World) -> None:
    await planned(world, url="https://meet.example.org/a")
    code, fani = await invited(world), await outsider(world)
    await fani.says(f"/guest {code}")
    await world.until(START - timedelta(days=1))
    assert "Sebentar lagi: Aljabar" in fani.told
    assert "meet.example.org/a" in fani.told
    await fani.presses("Tidak bisa ikut")
    assert "Tercatat tidak ikut" in fani.told
    await fani.presses("Saya ikut")
    await world.ani.private.says("/session skip S1 banjir")
    await world.ani.private.presses("Liburkan")
    assert "banjir" in fani.told
    assert "Berikutnya" not in fani.told, "other dates are not their business"
