"""The door: a question for those who ask to come in, moderators who decide once, and honesty where it was too late."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.playground.cast import Actor
from bot.chat.act import Admit, Decline
from bot.chat.places import Role
from bot.domain.door import State
from bot.domain.moderation import Deed
from bot.domain.people import Person
from tests.flows.asked import COMMUNITY
from tests.flows.refusal import refuses
from tests.flows.test_warn import deeds
from tests.flows.test_watch import heard
from tests.world import TELEGRAM, Human, World, opened

QUESTION = "Apa yang ingin dipelajari di sini?"
ASKS = "meminta masuk"


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """A group of the kind at which people knock, with moderators who can be written to."""
    async with opened(sqlite_address, TELEGRAM) as made:
        for person in (made.ani, made.budi):
            await person.says("/help")
            await person.private.says("/start")
        yield made


async def outsider(world: World, handle: str = "fani", language: str = "id") -> Human:
    return await world.newcomer(handle, name=handle.title(), language=language, enters=False)


async def state(world: World, number: int = 1) -> State:
    async with world.store.read() as unit:
        found = await unit.knocks.get(COMMUNITY, number)
    assert found
    return found.state


async def is_member(world: World, who: Human) -> bool:
    async with world.store.read() as unit:
        person: Person | None = await unit.people.of_account(who.account)
        return person is not None and await unit.people.seat(COMMUNITY, person.id) is not None


def is_in(world: World, who: Human) -> bool:
    return who.account not in world.stage.rooms[TELEGRAM].away


async def test_without_a_question_moderators_decide_at_once(world: World) -> None:
    before, fani = list(world.public), await outsider(world)
    await fani.knocks()
    assert world.public == before
    for person in (world.ani, world.budi):
        assert person.private.sees("Fani meminta masuk")
    assert not await is_member(world, fani)
    await world.ani.private.presses("Izinkan masuk")
    assert is_in(world, fani)
    assert await is_member(world, fani)
    assert await deeds(world) == [Deed.ADMIT]
    assert await state(world) is State.ADMITTED


async def test_with_a_question_the_next_private_words_are_the_answer(world: World) -> None:
    await world.ani.says(f"/pintu {QUESTION}")
    assert QUESTION in world.ani.told
    fani = await outsider(world)
    await fani.knocks()
    assert fani.private.sees("Sebelum pintu dibuka", "Kelas Contoh", QUESTION)
    assert not world.ani.private.sees(ASKS), "moderators hear with the answer"
    await fani.private.says("Aljabar, untuk ujian masuk")
    assert "Terima kasih" in fani.private.told
    assert world.ani.private.sees("Fani meminta masuk", QUESTION, "Aljabar, untuk ujian masuk")
    await world.ani.private.presses("Izinkan masuk")
    assert is_in(world, fani)
    await fani.private.says("Halo?")
    assert not world.ani.private.sees("Halo?"), "that was no answer any more"


async def test_who_did_something_else_first_answers_by_the_button(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    fani = await outsider(world)
    await fani.knocks()
    await fani.private.says("/start")
    await fani.private.presses("Jawab")
    assert QUESTION in fani.private.told
    await fani.private.says("Geometri")
    assert world.ani.private.sees("Fani meminta masuk", "Geometri")
    await fani.private.presses("Jawab")
    assert "sudah tidak terbuka" in fani.private.told
    assert heard(world.ani, ASKS) == 1


async def test_not_now_is_kind_and_leaves_the_door_for_another_day(world: World) -> None:
    fani = await outsider(world)
    await fani.knocks()
    await world.ani.private.presses("Nanti saja")
    assert not is_in(world, fani)
    assert fani.private.sees("belum membuka pintu", "Itu bukan penilaian")
    assert await deeds(world) == [Deed.DECLINE]
    await fani.knocks()
    assert heard(world.ani, ASKS) == 2, "what was decided, and the new card"
    await world.ani.private.presses("Izinkan masuk")
    assert is_in(world, fani)


async def test_two_who_decide_at_once_decide_once(world: World) -> None:
    world.stage.cast_as(Actor("budi", "Budi", Role.ORGANISER))
    fani = await outsider(world)
    await fani.knocks()
    await asyncio.gather(world.ani.private.presses("Izinkan masuk"), world.budi.private.presses("Nanti saja"))
    told = [world.ani.private.told, world.budi.private.told]
    assert sum("sudah memutuskan" in text for text in told) == 1
    assert len(await deeds(world)) == 1
    assert is_in(world, fani) is (await state(world) is State.ADMITTED)


async def test_the_rights_of_whoever_decides_must_cover_it(world: World) -> None:
    fani = await outsider(world)
    await fani.knocks()
    await world.budi.private.presses("Izinkan masuk")
    assert "belum mencakup memasukkan anggota" in world.budi.private.told
    assert not is_in(world, fani)
    await fani.private.says("/door")
    await fani.private.says("/held")
    assert not is_in(world, fani)


async def test_who_no_longer_asks_is_told_honestly(world: World) -> None:
    fani = await outsider(world)
    await fani.knocks()
    world.stage.rooms[TELEGRAM].knocking.clear()
    await world.ani.private.presses("Izinkan masuk")
    assert world.ani.private.sees("Permintaan masuknya sudah tidak ada")
    assert await state(world) is State.LAPSED
    assert await deeds(world) == [Deed.ADMIT, Deed.FAIL]
    await world.budi.private.presses("Nanti saja")
    assert "sudah tidak ada" in world.budi.private.told


async def test_a_platform_that_refuses_lets_it_be_tried_again(world: World) -> None:
    fani = await outsider(world)
    await fani.knocks()
    with refuses(world, Admit, Decline):
        await world.ani.private.presses("Izinkan masuk")
    assert "Platform tidak mengizinkan" in world.ani.private.told
    assert not is_in(world, fani)
    await world.ani.private.presses("Izinkan masuk")
    assert is_in(world, fani)


async def test_after_three_days_the_wish_has_lapsed_and_the_answer_is_forgotten(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    fani, gilang = await outsider(world), await outsider(world, "gilang")
    for person in (fani, gilang):
        await person.knocks()
    await gilang.private.says("Kimia")
    await world.passes(days=3, minutes=1)
    assert (await state(world, 1), await state(world, 2)) == (State.LAPSED, State.LAPSED)
    async with world.store.read() as unit:
        found = await unit.knocks.get(COMMUNITY, 2)
    assert found
    assert found.answer == ""
    await fani.private.says("Terlambat")
    assert not world.ani.private.sees("Terlambat")
    await fani.private.presses("Jawab")
    assert "sudah tidak terbuka" in fani.private.told
    await world.ani.private.presses("Izinkan masuk")
    assert "sudah tidak ada" in world.ani.private.told


async def test_who_asks_twice_is_one(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    fani = await outsider(world)
    for _ in range(2):
        await fani.knocks()
        world.stage.rooms[TELEGRAM].knocking.clear()
        await world.passes(minutes=1)
    assert heard(fani, QUESTION) == 2, "asked anew"
    await fani.private.says("Biologi")
    await fani.knocks()
    assert heard(world.ani, ASKS) == 1
    async with world.store.read() as unit:
        assert await unit.knocks.get(COMMUNITY, 2) is None


async def test_many_at_once_are_told_by_their_number(world: World) -> None:
    crowd = [await outsider(world, f"orang{number}") for number in range(12)]
    for person in crowd:
        await person.knocks()
    assert heard(world.ani, ASKS) == 6
    assert "6 orang meminta masuk" in world.ani.private.told
    await world.passes(minutes=11)
    assert heard(world.ani, ASKS) == 7
    await world.ani.private.presses("Lihat")
    await world.ani.private.presses("Orang0")
    assert "Orang0 meminta masuk" in world.ani.private.told
    await world.ani.private.presses("Izinkan masuk")
    assert is_in(world, crowd[0])
    await world.ani.says("/door")
    assert "Yang menunggu di pintu" in world.ani.told


async def test_the_question_and_the_greeting_are_switched_on_a_card(world: World) -> None:
    await world.ani.says("/door")
    assert "ditanya apa-apa" in world.ani.told
    await world.ani.presses("Tanyakan sesuatu")
    await world.ani.says(QUESTION)
    assert QUESTION in world.ani.told
    await world.ani.presses("Jangan tanya apa-apa")
    await world.ani.presses("Jangan sambut siapa pun")
    async with world.store.read() as unit:
        community = await unit.communities.get(COMMUNITY)
    assert community
    assert (community.door.question, community.door.welcome) == ("", False)
    assert await deeds(world) == [Deed.SETTING] * 3
    await world.dewi.says("/door")
    assert "untuk pengelola" in world.dewi.told


async def test_an_english_speaker_is_asked_in_english_and_the_question_stays_as_it_is(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    hana = await outsider(world, "hana", "en")
    await hana.private.says("/language en")
    await hana.knocks()
    assert hana.private.sees("Before the door opens", QUESTION)


async def test_an_answer_that_is_too_long_is_asked_for_once_more(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    fani = await outsider(world)
    await fani.knocks()
    await fani.private.says("x" * 600)
    assert not world.ani.private.sees(ASKS)
    await fani.private.says("Singkat saja")
    assert world.ani.private.sees(ASKS, "Singkat saja")


async def test_nobody_answers_for_somebody_else(world: World) -> None:
    await world.ani.says(f"/door {QUESTION}")
    fani = await outsider(world)
    await fani.knocks()
    entry = next(each for each in world.stage.transcript if each.place == fani.private.at and each.pages[-1].rows)
    press = entry.pages[-1].rows[0][0].press
    assert press
    await world.dewi.says("/door")
    shown = [each for each in world.stage.transcript if each.is_for(world.dewi.account)][-1]
    await world.stage.press_data(world.dewi.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "untuk orang lain" in " ".join(world.dewi.alerts)
    assert await state(world) is State.ASKED
