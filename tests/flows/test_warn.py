"""Warnings: given in private with a reason, told, weighed by the ladder, taken back, and appealed against."""

import pytest

from adapters.playground import room
from bot.chat.places import Ability, Account, Role
from bot.domain.moderation import Deed, Kind, Sanction, State
from bot.domain.people import Member
from tests.world import DISCORD, TELEGRAM, World


async def opens(world: World, *names: str) -> None:
    """Let these people open their private chats."""
    for name in names:
        await getattr(world, name).private.says("/start")


async def deeds(world: World) -> list[Deed]:
    """What stands in the record, oldest first."""
    async with world.store.read() as unit:
        return [record.deed for record in reversed(await unit.records.page(1, 0, 0, 50))]


async def test_a_warning_is_private_from_the_beginning_to_the_end(world: World) -> None:
    await opens(world, "citra")
    await world.citra.says("Beli kunci jawaban di sini!")
    before = list(world.public)
    await world.budi.replies("/warn Menjual kunci jawaban", to="Beli kunci")
    assert "Citra diperingatkan" in world.budi.told
    assert "K1: 1 dari 3" in world.budi.told
    assert world.public == before, "the group hears nothing"
    assert not world.citra.private.sees("Menjual kunci jawaban"), "within the minute it can still be undone"
    await world.passes(minutes=1)
    assert world.citra.private.sees("Peringatan dari moderator", "Menjual kunci jawaban", "Beli kunci jawaban")
    assert not world.citra.private.sees("Budi"), "who decided it is not named"
    assert await deeds(world) == [Deed.WARN]


async def test_undone_within_a_minute_nobody_ever_hears_of_it(world: World) -> None:
    await opens(world, "citra")
    await world.budi.says("/warn @citra Salah orang")
    await world.budi.presses("Batalkan")
    assert "Dibatalkan: K1" in world.budi.told
    await world.passes(minutes=5)
    assert not world.citra.private.sees("Salah orang")
    await world.citra.says("/warns")
    assert "Tidak ada peringatan" in world.citra.told
    assert await deeds(world) == [Deed.WARN, Deed.UNDO]


async def test_after_a_minute_there_is_no_undoing_but_a_pardon(world: World) -> None:
    await opens(world, "citra")
    await world.budi.says("/warn @citra Menghina")
    await world.passes(minutes=2)
    await world.budi.presses("Batalkan")
    assert "Satu menitnya sudah lewat" in world.budi.told
    await world.budi.says("/unwarn @citra Sudah minta maaf")
    assert "Diampuni: K1" in world.budi.told
    assert world.citra.private.sees("Kasus K1 dicabut")
    await world.budi.says("/unwarn @citra")
    assert "tidak punya peringatan" in world.budi.told


async def test_without_a_reason_the_usual_ones_are_offered(world: World) -> None:
    at_chat = world.budi.in_(TELEGRAM)  # where forms open, the reason is a field of it
    await world.citra.in_(TELEGRAM).says("Promo!")
    await at_chat.replies("/warn", to="Promo!")
    assert "Spam atau iklan" in at_chat.buttons
    await at_chat.presses("Spam atau iklan")
    await world.passes(minutes=1)
    await world.citra.says("/warns")
    assert "Spam atau iklan" in world.citra.told


async def test_the_group_has_reasons_of_its_own(world: World) -> None:
    at_chat = world.budi.in_(TELEGRAM)  # where forms open, the reason is a field of it
    await world.ani.says("/reasons Menyontek, Iklan")
    await at_chat.says("/warn @citra")
    assert at_chat.buttons[:2] == ["Menyontek", "Iklan"]


async def test_the_ladder_mutes_and_then_asks_an_organiser(world: World) -> None:
    await opens(world, "ani", "citra")
    await world.ani.says("/modlog")  # from now on it is known that she can decide
    await world.budi.says("/warn @citra Satu")
    await world.budi.says("/warn @citra Dua")
    assert "dibisukan sampai" in world.budi.told
    assert world.citra.account in world.stage.muted(TELEGRAM)
    await world.citra.says("Halo?")
    assert not world.budi.sees("Halo?")
    await world.passes(hours=1, minutes=1)
    await world.citra.says("Halo lagi")
    assert world.budi.sees("Halo lagi")
    await world.budi.says("/warn @citra Tiga")
    assert world.ani.private.sees("Putuskan kelanjutannya", "Tiga")
    await world.ani.private.presses("Bisukan sehari")
    async with world.store.read() as unit:
        mutes = await unit.sanctions.active(1, 3, Kind.MUTE, world.clock())
    assert len(mutes) == 1


async def test_the_ladder_can_be_switched_off(world: World) -> None:
    await world.ani.says("/ladder")
    await world.ani.presses("nonaktif")
    assert "Tidak ada akibat otomatis" in world.ani.told
    for reason in ("Satu", "Dua", "Tiga"):
        await world.budi.says(f"/warn @citra {reason}")
    assert not world.stage.muted(TELEGRAM)


async def test_warnings_fade(world: World) -> None:
    await world.budi.says("/warn @citra Satu")
    await world.passes(days=31)
    await world.budi.says("/warn @citra Dua")
    assert "1 dari 3" in world.budi.told
    assert not world.stage.muted(TELEGRAM)


async def test_whoever_cannot_be_written_to_is_called_in_neutral_words(world: World) -> None:
    await world.budi.says("/warn @citra Menghina Dewi")
    await world.passes(minutes=1)
    assert not any("Menghina" in text for text in world.public)
    citra = world.citra.in_(TELEGRAM)
    assert citra.sees("Citra, ada pesan pribadi"), "one call is enough, and there it is a whisper"
    assert not world.citra.in_(DISCORD).sees("Citra, ada pesan pribadi")
    await citra.presses("Baca")
    assert "Menghina Dewi" in citra.told


async def test_where_nobody_can_whisper_a_mention_calls_them_and_goes_once_it_was_read(world: World) -> None:
    world.stage.may(TELEGRAM)
    await world.budi.in_(DISCORD).says("/warn @citra Menghina Dewi")
    await world.passes(minutes=1)
    citra = world.citra.in_(TELEGRAM)
    assert world.dewi.in_(TELEGRAM).sees("Citra, ada pesan pribadi"), "in neutral words for all to see"
    await world.dewi.in_(TELEGRAM).presses("Baca")
    assert not world.dewi.in_(TELEGRAM).sees("Menghina")
    world.stage.may(TELEGRAM, *Ability)
    await citra.presses("Baca")
    assert "Menghina Dewi" in citra.told
    assert not world.dewi.in_(TELEGRAM).sees("ada pesan pribadi")


async def test_an_appeal_goes_to_somebody_else(world: World) -> None:
    await opens(world, "ani", "budi", "citra")
    await world.ani.says("/modlog")
    await world.budi.says("/warn @citra Menghina")
    await world.passes(minutes=1)
    await world.citra.private.presses("Ajukan banding")
    await world.citra.private.says("Itu bercanda dengan Dewi, dia tahu.")
    assert "Moderator yang tidak ikut memutuskan" in world.citra.private.told
    assert world.ani.private.sees("K1", "Itu bercanda")
    assert not world.budi.private.sees("Itu bercanda"), "whoever decided it does not judge it"
    await world.ani.private.presses("Tarik kembali")
    assert world.citra.private.sees("Kasus K1 dicabut")
    async with world.store.read() as unit:
        found = await unit.sanctions.get(1, 1)
    assert found is not None
    assert (found.state, found.judge) == (State.LIFTED, 1)
    assert await deeds(world) == [Deed.WARN, Deed.APPEAL, Deed.LIFT]


async def test_the_record_names_who_did_what_and_members_see_none_of_it(world: World) -> None:
    await world.budi.says("/warn @citra Iklan judi")
    await world.ani.says("/modlog")
    assert "Budi memperingatkan: Citra · Iklan judi" in world.ani.told
    await world.ani.says("/cases judi")
    assert "K1" in world.ani.told
    await world.dewi.says("/modlog")
    assert "untuk moderator" in world.dewi.told
    await world.dewi.says("/warns @citra")
    assert "Yang bisa dilihat hanya peringatan sendiri" in world.dewi.told


async def test_nobody_acts_on_themselves_owners_or_people_as_high(world: World) -> None:
    await world.budi.says("/warn @budi Halo")
    assert "Itu diri sendiri" in world.budi.told
    await world.budi.says("/warn @ani Halo")
    assert "pemilik grup" in world.budi.told
    await world.dewi.says("/warn @citra Halo")
    assert "untuk moderator" in world.dewi.told
    assert await deeds(world) == []


async def test_the_message_goes_when_that_is_wanted(world: World) -> None:
    await world.citra.says("Slot gacor")
    await world.budi.replies("/warn serious -d Judi", to="Slot gacor")
    assert not world.dewi.sees("Slot gacor")
    assert world.budi.sees("2 dari 3")


async def test_muting_and_unmuting(world: World) -> None:
    await opens(world, "citra")
    await world.budi.says("/mute @citra 3h Banjir pesan")
    assert world.citra.account in world.stage.muted(TELEGRAM)
    assert world.citra.private.sees("Untuk sementara belum bisa menulis", "Banjir pesan")
    await world.budi.says("/unmute @citra")
    assert not world.stage.muted(TELEGRAM)
    assert world.citra.private.sees("K1 dicabut")
    await world.budi.says("/mute @citra 900d")
    assert "Berapa lama" in world.budi.told
    assert not world.stage.muted(TELEGRAM)


async def test_a_warning_takes_nobody_else_s_message_away(world: World) -> None:
    await world.ani.says("Aturan baru: tugas Senin")
    await world.budi.replies("/warn @citra -d Alasan lain", to="Aturan baru")
    assert world.dewi.sees("Aturan baru"), "the owner wrote it, not Citra"
    assert "bukan orang itu" in world.budi.told
    assert await deeds(world) == []


async def test_nothing_follows_from_a_warning_that_was_taken_back(world: World) -> None:
    await opens(world, "ani")
    await world.ani.says("/modlog")
    await world.budi.says("/warn @citra grave Satu")
    assert world.ani.private.sees("Putuskan kelanjutannya")
    await world.budi.says("/unwarn @citra")
    await world.ani.private.presses("Bisukan seminggu")
    assert not world.stage.muted(TELEGRAM)
    assert not world.stage.muted(DISCORD)
    assert await deeds(world) == [Deed.WARN, Deed.PARDON]


async def test_an_appeal_that_is_granted_late_stands_in_the_record_as_granted(world: World) -> None:
    await opens(world, "ani", "budi", "citra")
    await world.ani.says("/modlog")
    await world.budi.says("/mute @citra 1h Menghina")
    await world.citra.private.presses("Ajukan banding")
    await world.citra.private.says("Itu bercanda.")
    await world.passes(hours=2)
    await world.ani.private.presses("Tarik kembali")
    assert await deeds(world) == [Deed.MUTE, Deed.APPEAL, Deed.LIFT]


@pytest.mark.parametrize("kind", [Kind.MUTE, Kind.BAN])
async def test_pardoning_needs_the_same_right_as_letting_write_or_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    await world.budi.says("/help")
    async with world.store.begin() as unit:
        await unit.sanctions.add(Sanction(1, 0, kind, 3, 1, world.clock(), "Iklan judi"))
    monkeypatch.setitem(room._ABILITIES, Role.MODERATOR, frozenset({Ability.PIN}))
    await world.budi.says("/warns @citra")
    await world.budi.presses("K1")
    await world.budi.presses("Ampuni")
    async with world.store.read() as unit:
        found = await unit.sanctions.get(1, 1)
    assert found
    assert found.state is State.ACTIVE
    assert await deeds(world) == []


async def test_who_stands_as_high_is_safe_also_where_no_place_of_theirs_can_be_asked(world: World) -> None:
    async with world.store.begin() as unit:
        rara = await unit.people.add(Account("elsewhere", "dewi2"), "Rara", "")
        await unit.people.join(Member(1, rara.id, Role.ORGANISER))
        sari = await unit.people.add(Account("elsewhere", "eko2"), "Sari", "")
        await unit.people.note_standing(await unit.people.join(Member(1, sari.id)), Role.ORGANISER)
    for name in ("Rara", "Sari"):
        await world.budi.says(f"/warn {name} Halo")
        assert "setara atau lebih tinggi" in world.budi.told
    assert await deeds(world) == []
