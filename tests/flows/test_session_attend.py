"""People say that they are there: by a tap on the card, or with the word that is given out."""

import re
from datetime import timedelta

import pytest

from bot.chat.places import Role
from bot.domain.presence import Way
from tests.flows.asked import appoint, greet
from tests.flows.session import COMMUNITY, DAY, END, START, card, change, number, offered, planned
from tests.world import DISCORD, Human, World

HERE = "Saya di sini"
WORD = "Kata kode"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def came(world: World) -> dict[int, Way]:
    async with world.store.read() as unit:
        return {each.person: each.way for each in await unit.presences.of_date(COMMUNITY, 1, DAY)}


async def word(person: Human) -> str:
    """A fresh code word, as that person sees it."""
    await person.private.says("/sesi kode")
    found = re.search(r"/attend ([a-z]+\d\d)", person.private.told)
    assert found, person.private.told
    return found[1]


async def test_the_card_takes_taps_from_a_quarter_of_an_hour_before_until_half_an_hour_after(world: World) -> None:
    await planned(world)
    await world.until(START - 16 * MINUTE)
    assert HERE not in offered(world)
    await world.until(START - 15 * MINUTE)
    assert HERE in offered(world)
    before = len(world.public)
    await world.citra.presses(HERE)
    await world.dewi.presses(HERE)
    assert "Tercatat" in world.citra.told
    await world.citra.presses(HERE)
    assert "sudah ada di daftar" in world.citra.told
    assert await came(world) == dict.fromkeys([await number(world, p) for p in (world.citra, world.dewi)], Way.TAP)
    assert len(world.public) == before
    assert "Citra" not in card(world)
    await world.until(END + 29 * MINUTE)
    assert HERE in offered(world)
    await world.until(END + 30 * MINUTE)
    assert HERE not in offered(world)


async def test_who_taps_after_the_end_is_counted_on_the_card(world: World) -> None:
    await planned(world)
    await world.until(START)
    await world.citra.presses(HERE)
    await world.until(END)
    assert "1 orang hadir" in card(world)
    await world.dewi.presses(HERE)
    assert "2 orang hadir" in card(world)


async def test_a_word_that_was_given_out_takes_the_place_of_the_tap(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START)
    assert HERE in offered(world)
    before = len(world.public)
    said = await word(world.budi)
    assert "sampai pukul 19.30" in world.budi.private.told
    assert HERE not in offered(world)
    await world.citra.presses(WORD)
    if world.group == DISCORD:
        await world.citra.runs("!session-word", word=said)
    else:
        assert "Apa kata kodenya?" in world.citra.told
        await world.citra.says(said)
    await world.dewi.private.says(f"/hadir kode {said.upper()[:-2]} {said[-2:]}")
    assert "Tercatat" in world.dewi.private.told
    await world.eko.private.says(f"/attend {said}")
    assert "Noted" in world.eko.private.told
    assert await came(world) == dict.fromkeys(
        [await number(world, p) for p in (world.citra, world.dewi, world.eko)], Way.CODE
    )
    assert len(world.public) == before
    assert said not in " ".join(world.public)


async def test_a_card_that_still_shows_the_tap_asks_for_the_word(world: World) -> None:
    series = await planned(world, host=world.budi)
    await world.until(START)
    await word(world.budi)
    stored = await change(world)
    async with world.store.begin() as unit:
        await unit.sessions.put(type(stored)(COMMUNITY, series.id, DAY))
    await world.ani.private.says("/help")
    async with world.store.begin() as unit:
        await unit.sessions.put(stored)
    await world.citra.presses(WORD)
    await world.citra.private.says("/absen salah99")
    assert "Bukan itu katanya" in world.citra.private.told
    assert not await came(world)


async def test_a_new_word_makes_the_old_one_void_and_each_holds_half_an_hour(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START)
    old = await word(world.budi)
    new = await word(world.budi)
    assert old != new
    await world.citra.private.says(f"/attend {old}")
    assert "Bukan itu katanya" in world.citra.private.told
    await world.citra.private.says(f"/attend {new}")
    assert "Tercatat" in world.citra.private.told
    await world.until(START + 30 * MINUTE)
    await world.dewi.private.says(f"/attend {new}")
    assert "Bukan itu katanya" in world.dewi.private.told
    assert len(await came(world)) == 1


async def test_words_cannot_be_guessed_on_and_on(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START)
    said = await word(world.budi)
    for _ in range(5):
        await world.citra.private.says("/attend apel00")
        assert "Bukan itu katanya" in world.citra.private.told
    await world.citra.private.says(f"/attend {said}")
    assert "Terlalu banyak" in world.citra.private.told
    assert not await came(world)
    await world.until(START + 16 * MINUTE)
    await world.citra.private.says(f"/attend {said}")
    assert "Tercatat" in world.citra.private.told


async def test_a_word_is_for_whoever_leads_it_and_organisers(world: World) -> None:
    await planned(world, host=world.budi)
    await world.citra.private.says("/session code")
    assert "Tidak ada sesi yang sedang berlangsung" in world.citra.private.told
    await world.until(START)
    await world.citra.private.says("/session code")
    assert "Ini untuk pemateri" in world.citra.private.told
    assert not (await change(world)).code
    await word(world.ani)
    await appoint(world, world.citra, Role.ORGANISER)
    await word(world.citra)


async def test_without_a_session_nobody_is_asked_for_a_word(world: World) -> None:
    await world.citra.private.says("/attend")
    assert "Tidak ada sesi yang sedang berlangsung" in world.citra.private.told
    await planned(world)
    await world.until(START)
    await world.citra.private.says("/attend")
    assert "Apa kata kodenya?" in world.citra.private.told
    await world.citra.private.says("apel12")
    assert "Bukan itu katanya" in world.citra.private.told
