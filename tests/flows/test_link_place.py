"""Two groups become one, and two again: codes, both words, and what everybody sees."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.places import Place, Role
from bot.domain.link import ALPHABET
from bot.domain.moderation import Deed
from bot.domain.points import Reason, reward
from bot.features import FEATURES
from bot.features.question.page import SAID
from storage.joining.number import FRESH, SAME, SHIFTED
from tests.world import DISCORD, TELEGRAM, World, opened


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """Ani organises the Telegram-like group, Budi the Discord-like one."""
    async with opened(sqlite_address, linked=False) as made:
        yield made


async def code(world: World) -> str:
    """A code that Ani makes in her group."""
    await world.ani.says("/link")
    await world.ani.presses("Buat kode untuk")
    found = re.search(r"/link (\w{4}-\w{4})", world.ani.told)
    assert found
    return found[1]


async def offer(world: World) -> None:
    """Budi uses the code and chooses his group."""
    await world.budi.private.says(f"/link {await code(world)}")
    await world.budi.private.presses("Kelas Discord")


async def join(world: World) -> None:
    """Both agree."""
    await world.ani.private.says("/start")
    await offer(world)
    await world.budi.private.presses("Gabungkan grup")
    await world.ani.private.presses("Gabungkan grup")


async def group(world: World, place: Place) -> int:
    async with world.store.read() as unit:
        found = (await unit.arrivals.of(place, None)).community
        assert found
        return found.id


def test_every_job_knows_what_becomes_of_it() -> None:
    names = {job.name for feature in FEATURES for job in feature.jobs}
    assert names | {SAID} <= {*SHIFTED, *SAME, *FRESH}


async def test_both_see_what_is_joined_and_both_must_agree(world: World) -> None:
    await world.ani.private.says("/start")
    await offer(world)
    assert world.budi.private.sees("Gabungkan Kelas Discord ke", "membawa:", "5 anggota", "5 di antaranya", "7 hari")
    assert world.ani.private.sees("Gabungkan Kelas Discord ke", "membawa:")
    assert await group(world, DISCORD) != await group(world, TELEGRAM), "nothing is joined yet"
    await world.budi.private.presses("Gabungkan grup")
    assert "juga perlu setuju" in world.budi.private.told
    assert await group(world, DISCORD) != await group(world, TELEGRAM)
    await world.ani.private.presses("Gabungkan grup")
    assert "sekarang bagian dari" in world.ani.private.told
    assert world.budi.private.sees("sekarang bagian dari")
    assert await group(world, DISCORD) == await group(world, TELEGRAM)


async def test_one_library_of_questions_and_buttons_that_mean_the_new_numbers(world: World) -> None:
    await world.citra.says("/ask Apa itu gaya? #fisika")
    await world.dewi.in_(DISCORD).says("/ask Apa itu sel? #biologi")
    await join(world)
    await world.citra.says("/search sel")
    assert "sel" in world.citra.told
    async with world.store.read() as unit:
        community = await group(world, TELEGRAM)
        asked = await unit.questions.some(community, range(1, 99))
        (ref,) = await unit.cards.standing(community, f"question:{asked[-1].id}")
        records = await unit.records.page(community, 0, 0, 9)
    assert asked[-1].text == "Apa itu sel?"
    assert ref.place.chat == DISCORD.chat
    assert records[0].deed is Deed.LINK
    assert world.eko.in_(DISCORD).sees(f"Q{asked[-1].id}", "Apa itu sel?")
    await world.eko.in_(DISCORD).replies("The smallest unit of life", to="Apa itu sel?")
    async with world.store.read() as unit:
        (answer,) = await unit.questions.answers(community, asked[-1].id)
    assert answer.text == "The smallest unit of life"


async def test_undone_each_is_as_it_was(world: World) -> None:
    await world.dewi.in_(DISCORD).says("/ask Apa itu sel? #biologi")
    before = await group(world, DISCORD)
    await join(world)
    await world.ani.says("/link undo")
    await world.ani.presses("Pisahkan dari")
    assert "kembali menjadi dua grup" in world.ani.told
    assert world.budi.private.sees("kembali menjadi dua grup")
    assert await group(world, DISCORD) == before
    await world.citra.says("/search sel")
    assert not world.citra.sees("Apa itu sel?")
    await world.eko.in_(DISCORD).replies("The smallest unit of life", to="Apa itu sel?")
    async with world.store.read() as unit:
        assert len(await unit.questions.answers(before, 1)) == 1


async def test_points_come_along_and_are_explained(world: World) -> None:
    there = await group(world, DISCORD)
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(DISCORD, world.citra.account)).person
        community = await unit.communities.get(there)
        assert person
        assert community
        await unit.ledger.record(reward(community, person.id, Reason.QUIZ, 1, world.clock()))
    await join(world)
    await world.citra.says("/why")
    assert world.citra.sees("+1 dibawa dari Kelas Discord")
    await world.ani.says("/link undo")
    await world.ani.presses("Pisahkan dari")
    await world.citra.says("/why")
    assert world.citra.sees("-1 ditarik kembali: dibawa dari Kelas Discord", "+1 dibawa dari Kelas Discord")
    await world.citra.in_(DISCORD).says("/why")
    assert world.citra.in_(DISCORD).sees("dibawa ke")


async def test_after_a_week_it_is_for_good(world: World) -> None:
    await join(world)
    other = await group(world, DISCORD)
    await world.passes(days=8)
    await world.ani.says("/link undo")
    assert "bisa dibatalkan" in world.ani.told
    assert await group(world, DISCORD) == other


async def test_an_old_button_says_that_numbers_are_new(world: World) -> None:
    await world.budi.in_(DISCORD).says("/goal Lulus")
    await join(world)
    await world.budi.in_(DISCORD).presses("Ubah")
    assert "digabung dengan grup lain" in world.budi.in_(DISCORD).told


async def test_only_an_organiser_makes_and_uses_codes(world: World) -> None:
    await world.citra.says("/link")
    await world.citra.presses("Buat kode untuk")
    assert "pengelola" in world.citra.told
    await world.citra.private.says(f"/link {await code(world)}")
    await world.citra.private.presses("Kelas Discord")
    assert "pengelola" in world.citra.private.told
    assert await group(world, DISCORD) != await group(world, TELEGRAM)


async def test_a_code_is_good_once_for_ten_minutes_and_not_for_its_issuer(world: World) -> None:
    drawn = await code(world)
    await world.ani.private.says(f"/link {drawn}")
    assert "salah atau sudah kedaluwarsa" in world.ani.private.told
    await world.passes(minutes=10)
    await world.budi.private.says(f"/link {drawn}")
    assert "salah atau sudah kedaluwarsa" in world.budi.private.told
    drawn = await code(world)
    await world.budi.private.says(f"/link {drawn.lower().replace('-', ' ')}")
    assert "Kodenya benar" in world.budi.private.told
    await world.dewi.private.says(f"/link {drawn}")
    assert "salah atau sudah kedaluwarsa" in world.dewi.private.told


async def test_guessing_is_stopped(world: World) -> None:
    drawn = await code(world)
    looked = 0
    for number in range(1000):
        guess = "".join(ALPHABET[(number // 31**place) % 31] for place in range(8))
        await world.budi.private.says(f"/link {guess}")
        looked += "salah atau sudah kedaluwarsa" in world.budi.private.told
    assert looked == 5
    await world.budi.private.says(f"/link {drawn}")
    assert "Terlalu banyak kode" in world.budi.private.told, "not even the right one"
    await world.passes(minutes=15)
    await world.budi.private.says(f"/link {await code(world)}")
    assert "Kodenya benar" in world.budi.private.told


async def test_whoever_is_no_organiser_any_more_joins_nothing(world: World) -> None:
    await world.ani.private.says("/start")
    await offer(world)
    await world.budi.private.presses("Gabungkan grup")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(DISCORD, world.budi.account)).person
        assert person
        seat = await unit.people.member(await group(world, DISCORD), person.id)
        assert seat
        await unit.people.save_member(replace(seat, role=Role.MEMBER))
    await world.ani.private.presses("Gabungkan grup")
    assert "bukan pengelola lagi" in world.ani.private.told
    assert await group(world, DISCORD) != await group(world, TELEGRAM)


async def test_refused_nothing_happens(world: World) -> None:
    await world.ani.private.says("/start")
    await offer(world)
    await world.ani.private.presses("Tidak")
    await world.budi.private.presses("Gabungkan grup")
    assert "sudah tidak berlaku" in world.budi.private.told


async def test_an_offer_ends_after_a_day(world: World) -> None:
    await world.ani.private.says("/start")
    await offer(world)
    await world.passes(days=1)
    await world.ani.private.presses("Gabungkan grup")
    assert "sudah tidak berlaku" in world.ani.private.told
