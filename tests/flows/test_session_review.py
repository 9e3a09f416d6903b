"""Sessions under odd names, late presses and people who are gone."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.chat.places import Role
from bot.domain.agenda import MOST_SERIES, Series
from bot.domain.community import Pause
from bot.domain.feed import Feed
from bot.domain.moderation import Kind
from bot.domain.recurrence import Frequency, Rule
from bot.domain.rsvp import Answer
from bot.features.session.feed import gather
from bot.features.session.plan import plan
from tests.flows.asked import appoint, greet
from tests.flows.planned import plans, running, series
from tests.flows.session import COMMUNITY, END, START, amended, card, change, number, planned, says, scene
from tests.world import World

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody can be written to."""
    await greet(world)
    for person in (world.ani, world.budi, world.citra, world.dewi, world.eko):
        await person.private.says("/start")


async def test_days_at_the_ends_of_the_calendar_are_no_dates(world: World) -> None:
    await world.ani.says("/zone America/New_York")
    await planned(world)
    for day in ("0001-01-01", "9999-12-31"):
        for word in ("done", "skip", "edit", "guest", "restore", "pause"):
            await world.ani.says(f"/session {word} S1.{day}")
            assert "Ada gangguan" not in world.ani.told, (word, day)


async def test_what_only_a_series_can_have_is_set_for_the_series_of_a_date(world: World) -> None:
    await planned(world)
    await world.ani.says("/session edit S1.2026-11-30 quorum 5")
    assert world.ani.sees("Ubah S1?", "Kalau kurang dari 5 orang")
    await world.ani.presses("Simpan")
    assert (await series(world)).quorum == 5


async def offered(world: World) -> None:
    """Citra's turn is offered to Dewi."""
    await world.citra.private.says("/teach")
    await world.citra.private.presses("Saya ikut bergiliran")
    await planned(world, rota=True)
    await world.until(START - WEEK)
    await world.dewi.private.says("/teach")
    await world.dewi.private.presses("Saya ikut bergiliran")
    await world.citra.private.says("/teach")
    await world.citra.private.presses("Tukar")
    assert "Saya ambil" in world.dewi.private.buttons


async def test_nobody_takes_over_what_has_passed(world: World) -> None:
    await offered(world)
    await world.until(END + timedelta(minutes=1))
    await world.dewi.private.presses("Saya ambil")
    assert (await change(world)).host == await number(world, world.citra)


async def test_nobody_takes_over_what_was_called_off(world: World) -> None:
    await offered(world)
    await world.ani.says("/session skip S1")
    await world.ani.presses("Liburkan")
    await world.dewi.private.presses("Saya ambil")
    assert (await change(world)).host == await number(world, world.citra)


async def test_who_skips_while_it_runs_makes_nobody_the_host_unasked(world: World) -> None:
    await offered(world)
    await world.until(START + timedelta(minutes=1))
    await world.citra.private.presses("Lewati")
    assert (await change(world)).host == -1


async def test_in_a_group_of_minors_the_card_names_nobody(world: World) -> None:
    await world.ani.says("/minors on")
    await planned(world, host=world.citra)
    await world.until(START - timedelta(days=1))
    assert "Citra" not in card(world)


async def test_a_host_who_is_erased_leaves_the_date_to_others(world: World) -> None:
    await planned(world, host=world.citra)
    await world.citra.private.says("/forgetme")
    await world.citra.private.presses("Ya, hapus semuanya")
    await world.passes(days=2)
    await world.dewi.private.says("/teach S1")
    assert (await change(world)).host == await number(world, world.dewi)


async def test_who_led_one_date_and_is_erased_leaves_it_to_others(world: World) -> None:
    await planned(world)
    await world.citra.private.says("/teach S1")
    assert (await change(world)).host == await number(world, world.citra)
    await world.citra.private.says("/forgetme")
    await world.citra.private.presses("Ya, hapus semuanya")
    await world.passes(days=2)
    await world.dewi.private.says("/teach S1")
    assert (await change(world)).host == await number(world, world.dewi)


async def test_no_more_series_are_taken_up_again_than_may_run(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin 08.00 Aljabar")
    await world.ani.says("/session cancel S1")
    assert world.ani.buttons == ["Batalkan sesi", "Jangan, biarkan"]
    await world.ani.presses("Batalkan sesi")
    assert (await series(world)).over
    async with world.store.begin() as unit:
        made = replace(await series(world), over=False)
        for _ in range(MOST_SERIES):
            await unit.sessions.add(made)
    await world.ani.says("/session restore S1")
    await world.ani.presses("Adakan lagi")
    assert "50 sesi" in world.ani.told
    assert len(await running(world)) == MOST_SERIES


async def test_a_series_that_rests_for_years_goes_on_after_it(world: World) -> None:
    rule = Rule(date(2026, 12, 1), time(19), "Asia/Jakarta", 60, Frequency.MONTHLY, every=24)
    rest = Pause(date(2026, 12, 1), date(2028, 12, 31))
    async with world.store.begin() as unit:
        made = await unit.sessions.add(
            Series(COMMUNITY, 0, rule, "Reuni", await number(world, world.ani), world.clock(), pauses=(rest,))
        )
        await plan(await scene(world, unit), made)
    async with world.store.read() as unit:
        assert await unit.jobs.get(COMMUNITY, f"session-tick:{made.id}")


@pytest.mark.parametrize("words", ["tiap 30 bulan tanggal 5 19.00", "tiap 3 tahun 5 Desember 19.00"])
async def test_what_comes_again_after_more_than_two_years_is_not_planned(world: World, words: str) -> None:
    await world.ani.says(f"/session new {words} Reuni")
    assert not world.ani.sees("Rencanakan sesi ini?")


async def put_out(world: World) -> None:
    """Citra is banned by two moderators."""
    await appoint(world, world.budi, Role.MODERATOR)
    await world.citra.says("Daftar judi di sini")
    await world.budi.replies("/keluarkan Iklan judi", to="Daftar judi")
    await world.ani.private.presses("Setuju")
    async with world.store.read() as unit:
        assert await unit.sanctions.active(COMMUNITY, await number(world, world.citra), Kind.BAN, world.clock())


async def test_who_was_put_out_is_reminded_no_more(world: World) -> None:
    await planned(world, url="https://meet.example.org/room")
    for person in (world.citra, world.dewi):
        await says(world, person, Answer.YES)
    await put_out(world)
    await amended(world, where="Perpustakaan")
    await world.until(START - timedelta(minutes=30))
    assert world.dewi.private.sees("Sebentar lagi: Aljabar", "meet.example.org")
    assert not world.citra.private.sees("Aljabar")


async def test_the_calendar_of_who_was_put_out_is_empty(world: World) -> None:
    await planned(world)
    citra = await number(world, world.citra)
    one = Feed("", 0, citra, world.clock())
    async with world.store.read() as unit:
        before = await gather(unit, one, world.clock())
    await put_out(world)
    async with world.store.read() as unit:
        after = await gather(unit, one, world.clock())
    assert before
    assert after
    assert (len(before.plans), len(after.plans)) == (1, 0)
