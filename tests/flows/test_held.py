"""The queue of held messages: one look, one decision, and everybody who should hears of it."""

import asyncio

import pytest

from adapters.playground import room
from bot.chat.places import Ability, Role
from bot.domain.held import State
from bot.domain.moderation import Deed, Kind
from tests.flows.asked import COMMUNITY, appoint
from tests.flows.test_warn import deeds
from tests.flows.test_watch import heard, states
from tests.world import Human, World

LINK = "Catatanku: https://contoh.org/catatan"


@pytest.fixture
async def fani(world: World) -> Human:
    """A newcomer whose message with a link waits, in a group whose moderators are known."""
    for person in (world.ani, world.budi):
        await person.says("/help")
        await person.private.says("/start")
    made = await world.newcomer("fani", name="Fani")
    await made.private.says("/start")
    await made.says(LINK)
    assert not world.dewi.sees(LINK)
    return made


async def test_let_stand_the_words_are_said_again_by_bareng(world: World, fani: Human) -> None:
    assert world.budi.private.sees("1 pesan menunggu moderator")
    await world.budi.private.presses("Lihat")
    assert "1. Fani: Catatanku" in world.budi.private.told
    await world.budi.private.presses("1")
    assert "tautan yang diperiksa dulu" in world.budi.private.told
    await world.budi.private.presses("Biarkan tampil")
    assert "Pesannya dibiarkan tampil" in world.budi.private.told
    assert world.dewi.sees("Fani menulis:", LINK)
    assert fani.private.sees("boleh tampil", "sudah saya kembalikan")
    assert await deeds(world) == [Deed.HOLD, Deed.RELEASE]


async def test_dropped_nobody_reads_it_and_the_author_hears_so(world: World, fani: Human) -> None:
    before = list(world.public)
    await world.budi.says("/held")
    await world.budi.presses("1")
    await world.budi.presses("Buang")
    assert world.public == before
    assert not world.dewi.sees("contoh.org")
    assert fani.private.sees("mengeluarkannya dari grup")
    assert await deeds(world) == [Deed.HOLD, Deed.DISCARD]
    await world.budi.says("/tertahan")
    assert "Tidak ada pesan yang menunggu" in world.budi.told


async def test_dropped_with_a_warning_the_warning_says_it(world: World, fani: Human) -> None:
    await world.budi.private.says("/held")
    await world.budi.private.presses("1")
    await world.budi.private.presses("Buang dan peringatkan")
    await world.budi.private.presses("Spam atau iklan")
    assert "penulisnya diperingatkan" in world.budi.private.told
    await world.passes(minutes=2)
    assert fani.private.sees("Peringatan dari moderator", "Spam atau iklan", LINK)
    assert not fani.private.sees("mengeluarkannya dari grup"), "said once"
    async with world.store.read() as unit:
        person = await unit.people.of_account(fani.account)
        assert person
        (warning,) = await unit.sanctions.active(COMMUNITY, person.id, Kind.WARNING, world.clock())
    assert (warning.evidence.words, warning.points) == (LINK, 1)
    assert await deeds(world) == [Deed.HOLD, Deed.WARN, Deed.DISCARD]


async def test_two_who_decide_at_once_decide_once(world: World, fani: Human) -> None:
    for person in (world.ani, world.budi):
        await person.private.says("/held")
        await person.private.presses("1")
    await asyncio.gather(world.ani.private.presses("Biarkan tampil"), world.budi.private.presses("Buang"))
    told = [world.ani.private.told, world.budi.private.told]
    assert sum("sudah memutuskan" in text for text in told) == 1
    assert len(await deeds(world)) == 2
    assert sum("Fani menulis" in text for text in world.public) == (State.STANDS in await states(world))


async def test_the_queue_goes_on_with_the_next_one(world: World, fani: Human) -> None:
    await fani.says("Dan ini https://contoh.org/dua")
    await world.budi.private.says("/held")
    assert "2 pesan menunggu" in world.budi.private.told
    await world.budi.private.presses("1")
    await world.budi.private.presses("Buang")
    await world.budi.private.presses("Berikutnya")
    assert "contoh.org/dua" in world.budi.private.told
    await world.budi.private.presses("Biarkan tampil")
    assert "Berikutnya" not in world.budi.private.buttons


async def test_everything_of_one_author_is_dropped_by_one_tap(world: World, fani: Human) -> None:
    gilang = await world.newcomer("gilang", name="Gilang")
    await gilang.says("Punya Gilang https://contoh.org/g")
    for number in range(5):
        await fani.says(f"Promo https://contoh.org/{number}")
    await world.budi.private.says("/held")
    assert "2 lagi setelah ini" in world.budi.private.told
    await world.budi.private.presses("1")
    await world.budi.private.presses("Buang semua darinya")
    assert await states(world) == [State.DROPPED, State.OPEN, *[State.DROPPED] * 5]
    assert heard(fani, "mengeluarkannya dari grup") == 1
    await world.budi.private.presses("Berikutnya")
    assert "Punya Gilang" in world.budi.private.told
    assert "Buang semua darinya" not in world.budi.private.buttons


async def test_a_file_cannot_be_brought_back(world: World, fani: Human) -> None:
    await fani.sends("tugas.pdf", b"%PDF", "Lihat https://contoh.org/tugas")
    await world.budi.private.says("/held")
    await world.budi.private.presses("2")
    assert "Ada berkas yang ikut" in world.budi.private.told
    await world.budi.private.presses("Biarkan tampil")
    assert fani.private.sees("silakan kirim sekali lagi")


async def test_after_a_week_nobody_has_to_decide_and_the_words_are_gone(world: World, fani: Human) -> None:
    await world.passes(days=8)
    assert await states(world) == [State.EXPIRED]
    async with world.store.read() as unit:
        found = await unit.holds.get(COMMUNITY, 1)
    assert found
    assert (found.words, found.urls) == ("", ())
    await world.budi.says("/held")
    assert "Tidak ada pesan yang menunggu" in world.budi.told
    assert (await deeds(world))[:2] == [Deed.HOLD, Deed.DISCARD]


async def test_a_decided_message_is_forgotten_after_a_week_as_well(world: World, fani: Human) -> None:
    await world.budi.says("/held")
    await world.budi.presses("1")
    await world.budi.presses("Biarkan tampil")
    await world.passes(days=8)
    async with world.store.read() as unit:
        found = await unit.holds.get(COMMUNITY, 1)
    assert found
    assert (found.state, found.words) == (State.STANDS, "")


async def test_it_is_for_moderators_and_not_for_the_author(world: World, fani: Human) -> None:
    await world.dewi.says("/held")
    assert "untuk moderator" in world.dewi.told
    await world.budi.says("/held")
    await appoint(world, fani, Role.MODERATOR)
    await fani.says("/held")
    await fani.presses("1")
    assert "harus orang lain" in fani.told


async def test_the_author_hears_again_after_ten_minutes(world: World, fani: Human) -> None:
    await fani.says("Dua https://contoh.org/2")
    assert heard(fani, "Pesan ini menunggu") == 1
    await world.passes(minutes=11)
    await fani.says("Tiga https://contoh.org/3")
    assert heard(fani, "Pesan ini menunggu") == 2


async def test_who_cannot_be_written_to_hears_with_the_next_private_answer(world: World) -> None:
    hana = await world.newcomer("hana", name="Hana")
    before = list(world.public)
    await hana.says(LINK)
    assert world.public == before, "nobody is called in the group for that"
    await hana.says("/points")
    assert "Pesan ini menunggu" in hana.told


@pytest.mark.parametrize("way", ["Buang", "Buang semua darinya"])
async def test_what_still_stands_is_removed_only_by_who_may_and_never_of_an_equal(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    fani = await world.newcomer("fani", name="Fani")
    world.stage.may(world.group, *(frozenset(Ability) - {Ability.DELETE}))
    await fani.says(LINK)
    await fani.says(f"{LINK}/2")
    world.stage.may(world.group, *Ability)
    with monkeypatch.context() as patch:
        patch.setitem(room._ABILITIES, Role.MODERATOR, frozenset({Ability.PIN}))
        await drops(world.budi, way)
    await appoint(world, fani, Role.MODERATOR)
    await drops(world.budi, way)
    assert world.dewi.sees(f"{LINK}/2")
    assert await states(world) == [State.OPEN, State.OPEN]
    await appoint(world, fani, Role.MEMBER)
    await drops(world.budi, way)
    assert State.OPEN not in (await states(world))[:1]


async def drops(person: Human, way: str) -> None:
    await person.private.says("/held")
    await person.private.presses("1")
    await person.private.presses(way)
