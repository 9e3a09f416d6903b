"""The watch: what waits for a moderator, who hears of it, and what is left alone."""

from dataclasses import replace

import pytest

from adapters.playground.cast import Actor
from bot.chat.act import Remove
from bot.chat.places import Ability, Role
from bot.domain.community import LibraryRule
from bot.domain.held import State
from bot.domain.moderation import Deed, Kind
from tests.flows.asked import COMMUNITY, SKY, appoint
from tests.flows.refusal import refuses
from tests.flows.test_warn import deeds
from tests.world import DISCORD, TELEGRAM, Human, World

WAITS = "Pesan ini menunggu"
NEWS = "pesan menunggu moderator"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Moderators and Citra have opened their private chats."""
    for person in (world.ani, world.budi, world.citra):
        await person.says("/help")
        await person.private.says("/start")


async def floods(who: Human, count: int, begin: int = 0) -> None:
    for number in range(begin, begin + count):
        await who.says(f"Pesan nomor {number}")


def heard(who: Human, words: str) -> int:
    """How many messages with these words somebody sees in their private chat."""
    return sum(words in text for text in who.private.screen)


async def states(world: World) -> list[State]:
    """What became of all held messages."""
    async with world.store.read() as unit:
        found = [await unit.holds.get(COMMUNITY, number) for number in range(1, 99)]
    return [each.state for each in found if each]


async def test_a_flood_waits_in_private_and_the_group_hears_nothing(world: World) -> None:
    before = list(world.public)
    await floods(world.citra, 9)
    assert world.dewi.sees("Pesan nomor 5")
    assert not any(world.dewi.sees(f"Pesan nomor {n}") for n in (6, 7, 8))
    assert world.public == before
    assert world.citra.private.sees(WAITS, "Pesan nomor 6", "banyak pesan sekaligus", "Moderator akan melihatnya")
    assert heard(world.citra, WAITS) == 1, "once in ten minutes"
    for person in (world.ani, world.budi):
        assert heard(person, NEWS) == 1
    assert await deeds(world) == [Deed.HOLD] * 3
    assert not world.stage.muted(world.group), "the first time nobody is muted"


async def test_moderators_hear_again_after_ten_minutes_of_all_that_came(world: World) -> None:
    await floods(world.citra, 9)
    assert "1 pesan menunggu" in world.budi.private.screen[-1]
    await world.passes(minutes=9)
    assert heard(world.budi, NEWS) == 1
    await world.passes(minutes=2)
    assert heard(world.budi, NEWS) == 2
    assert "3 pesan menunggu" in world.budi.private.screen[-1]
    await world.passes(hours=3)
    assert heard(world.budi, NEWS) == 2, "nothing came meanwhile"


async def test_who_floods_again_within_the_hour_is_muted_for_ten_minutes_by_bareng(world: World) -> None:
    await floods(world.citra, 8)
    await world.passes(minutes=20)
    await floods(world.citra, 10, 20)
    assert world.citra.account in world.stage.muted(world.group)
    assert not world.citra.sees("Pesan nomor 28"), "muted at the second flood, the rest is never said"
    async with world.store.read() as unit:
        person = await unit.people.of_account(world.citra.account)
        assert person
        (mute,) = await unit.sanctions.active(COMMUNITY, person.id, Kind.MUTE, world.clock())
    assert (mute.actor, mute.reason) == (0, "Terlalu banyak pesan atau sebutan sekaligus")
    assert world.citra.private.sees("Terlalu banyak pesan atau sebutan")
    await world.passes(minutes=11)
    assert world.citra.account not in world.stage.muted(world.group)
    await world.citra.says("Maaf, sudah tenang")
    assert world.dewi.sees("Maaf, sudah tenang")


async def test_after_an_hour_a_flood_is_the_first_one_again(world: World) -> None:
    await floods(world.citra, 8)
    await world.passes(hours=2)
    await floods(world.citra, 8, 20)
    assert not world.stage.muted(world.group)


async def test_the_same_words_a_third_time_wait_and_so_do_those_of_several(world: World) -> None:
    for _ in range(3):
        await world.citra.says("Jasa joki tugas murah")
        await world.passes(seconds=30)
    assert sum("joki" in text for text in world.dewi.screen) == 2
    assert world.citra.private.sees("berulang-ulang")
    text = "Kunci jawaban ujian lengkap, hubungi nomor di profil saya sekarang juga"
    people = [await world.newcomer(f"orang{n}", name=f"Orang {n}") for n in range(5)]
    for person in people:
        await person.says(text)
    assert sum(text in shown for shown in world.dewi.screen) == 4


async def test_calling_everybody_by_name_waits(world: World) -> None:
    await world.newcomer("fani", name="Fani")
    five = " ".join(f"@{name}" for name in ("ani", "budi", "dewi", "eko", "citra"))
    await world.citra.says(f"{five} kumpul ya")
    assert world.dewi.sees("kumpul ya"), "five may be called"
    await world.dewi.says(f"{five} @fani ayo")
    assert not world.citra.sees("ayo")
    await world.dewi.says(f"{five} @fani sekarang")
    assert world.dewi.account in world.stage.muted(world.group), "the second time"


@pytest.mark.parametrize("link", ["https://contoh.org/promo", "wikipedia.org"])
async def test_a_link_of_a_newcomer_waits_and_one_of_an_old_member_does_not(world: World, link: str) -> None:
    fani = await world.newcomer("fani", name="Fani")
    await fani.private.says("/start")
    await fani.says(f"Lihat {link}")
    assert not world.dewi.sees(f"Lihat {link}")
    assert fani.private.sees(WAITS, "tautan yang diperiksa dulu")
    await world.dewi.says(f"Baca {link}")
    assert world.budi.sees(f"Baca {link}")
    await world.passes(days=4)
    await fani.says(f"Sekarang {link}")
    assert world.dewi.sees(f"Sekarang {link}"), "no longer new"


async def test_a_link_behind_words_is_a_link(world: World) -> None:
    fani = await world.newcomer("fani", name="Fani")
    await fani.says("Lihat ini", links=("https://contoh.org/rahasia",))
    assert not world.dewi.sees("Lihat ini")
    await world.budi.says("/held")
    await world.budi.presses("1")
    assert "https://contoh.org/rahasia" in world.budi.told


@pytest.mark.parametrize("link", ["https://bit.ly/3abc", "Bit.ly/3abc", "https://slot-gacor88.example"])
async def test_shorteners_and_gambling_sites_wait_whoever_links_them(world: World, link: str) -> None:
    await world.dewi.says(f"Bagus: {link}")
    assert not world.citra.sees("Bagus:")
    await appoint(world, world.dewi, Role.TRUSTED)
    await world.dewi.says(f"Tepercaya: {link}")
    assert world.citra.sees("Tepercaya:")


async def test_the_group_s_own_list_holds(world: World) -> None:
    await world.dewi.says("Ini https://toko.example/x")
    assert world.citra.sees("toko.example")
    async with world.store.begin() as unit:
        community = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(community, library=LibraryRule(added=("toko.example",))))
    await world.dewi.says("Lagi https://toko.example/y")
    assert not world.citra.sees("Lagi https")


async def test_moderators_are_left_alone_also_those_whom_we_do_not_know_yet(world: World) -> None:
    await floods(world.budi, 12)
    assert world.dewi.sees("Pesan nomor 11")
    gilang = await world.newcomer("gilang", name="Gilang")
    world.stage.cast_as(Actor("gilang", "Gilang", Role.MODERATOR))
    await gilang.says("Aturan: https://contoh.org/aturan")
    assert world.dewi.sees("contoh.org/aturan")
    assert not any("menunggu" in text for text in world.budi.private.screen)
    await gilang.says("Lagi: https://contoh.org/lagi")
    assert await states(world) == ([State.EXEMPT] if world.group == TELEGRAM else []), "then they are known"


async def test_a_private_chat_is_nobody_s_business(world: World) -> None:
    await floods(world.citra.private, 9)
    assert await states(world) == []


async def test_where_nothing_can_be_removed_only_moderators_hear(world: World) -> None:
    world.stage.may(world.group, *(frozenset(Ability) - {Ability.DELETE}))
    await floods(world.citra, 7)
    assert world.dewi.sees("Pesan nomor 6")
    assert not world.citra.private.sees(WAITS)
    assert heard(world.budi, NEWS) == 1
    await world.budi.says("/held")
    await world.budi.presses("1")
    assert "tidak bisa saya sembunyikan" in world.budi.told
    await world.budi.presses("Buang")
    assert world.budi.private.sees("tidak bisa saya hapus")
    world.stage.may(world.group, *Ability)
    await world.passes(minutes=1)
    await floods(world.citra, 7, 10)
    assert not world.dewi.sees("Pesan nomor 16")


async def test_a_platform_that_refuses_is_like_a_missing_right(world: World) -> None:
    with refuses(world, Remove):
        await floods(world.citra, 7)
    assert world.dewi.sees("Pesan nomor 6")
    assert not world.citra.private.sees(WAITS)
    assert heard(world.ani, NEWS) == 1


async def test_what_waits_is_no_answer_to_a_question(world: World) -> None:
    await world.dewi.says(SKY)
    fani = await world.newcomer("fani", name="Fani")
    await fani.replies("Jawabannya di https://contoh.org/langit", to="Q1 ·")
    async with world.store.read() as unit:
        assert not await unit.questions.answers(COMMUNITY, 1)
    await world.citra.replies("Karena cahaya biru dihamburkan", to="Q1 ·")
    async with world.store.read() as unit:
        assert len(await unit.questions.answers(COMMUNITY, 1)) == 1


async def test_more_than_ten_newcomers_whose_messages_wait_are_a_raid(world: World) -> None:
    raiders = [await world.newcomer(f"bot{n}", name=f"Bot {n}") for n in range(12)]
    for number, raider in enumerate(raiders[:10]):
        await raider.says(f"Klik https://contoh.org/{number}")
    assert not world.ani.private.sees("Banyak anggota baru sekaligus")
    for number, raider in enumerate(raiders[10:]):
        await raider.says(f"Klik https://contoh.org/{10 + number}")
    assert world.ani.private.sees("Banyak anggota baru sekaligus", "Pesan dari 11 anggota baru")
    assert heard(world.ani, "Banyak anggota baru") == 1
    assert not world.budi.private.sees("Banyak anggota baru"), "organisers are told"
    await world.ani.private.presses("Usulkan mengunci grup")
    assert not world.locked
    assert world.budi.private.sees("Kunci seluruh grup selama 1 jam")
    await world.budi.private.presses("Setuju")
    assert world.locked


async def test_each_rule_can_be_switched_off(world: World) -> None:
    await world.ani.says("/jaga")
    assert "Lebih dari 6 pesan dalam 10 detik" in world.ani.told
    for label in ("Banjir pesan", "Tautan"):
        await world.ani.presses(label)
    assert "Banjir" in " ".join(world.ani.buttons)
    await floods(world.citra, 9)
    await world.citra.says("https://bit.ly/3abc")
    assert world.dewi.sees("Pesan nomor 8")
    assert world.dewi.sees("bit.ly")
    assert await deeds(world) == [Deed.SETTING] * 2
    await world.dewi.says("/watch")
    assert "untuk pengelola" in world.dewi.told


async def test_how_long_somebody_is_new_is_the_group_s(world: World) -> None:
    fani = await world.newcomer("fani", name="Fani")
    await world.ani.says("/watch")
    await world.ani.presses("baru: 7 hari")
    await world.passes(days=5)
    await fani.says("Lihat https://contoh.org")
    assert not world.dewi.sees("contoh.org")


async def test_an_english_speaker_hears_it_in_english(world: World) -> None:
    await world.eko.private.says("/language en")
    await floods(world.eko, 7)
    assert world.eko.private.sees("Your message waits", "many messages at once")


async def test_a_flood_in_one_place_does_not_count_in_the_other(world: World) -> None:
    for number in range(12):
        await world.citra.in_(TELEGRAM if number % 2 else DISCORD).says(f"Pesan nomor {number}")
    assert await states(world) == []
