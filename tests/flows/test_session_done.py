"""A session from its beginning to its end: what the card says, who is asked, and what whoever led it gets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.places import Role
from bot.domain.points import Reason
from bot.domain.rsvp import Answer
from tests.flows.asked import appoint, greet, points
from tests.flows.session import COMMUNITY, DAY, END, START, card, change, number, offered, planned, says
from tests.world import Human, World

HERE = "Saya di sini"
ASKED = "Apa satu hal yang dibawa pulang"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def met(world: World, *people: Human, host: Human | None = None) -> None:
    """The session was, and these people were there."""
    await planned(world, host=host)
    await world.until(START)
    for person in people:
        await person.presses(HERE)
    await world.until(END)


def asked(person: Human, words: str = ASKED) -> int:
    return sum(words in text for text in person.private.screen)


async def entries(world: World, person: Human) -> list[tuple[int, str]]:
    async with world.store.read() as unit:
        found = await unit.ledger.entries(COMMUNITY, await number(world, person), 0, 20)
    return [(entry.amount, entry.cause) for entry in found if entry.reason is Reason.SESSION]


async def test_whoever_led_it_is_asked_in_private_and_ends_it_with_two_taps(world: World) -> None:
    before = len(world.public)
    await met(world, world.citra, world.dewi, host=world.budi)
    told = world.budi.private.told
    assert "Aljabar sudah selesai" in told
    assert "2 orang hadir." in told
    await world.budi.private.presses("Tambah catatan")
    await world.budi.private.says("https://example.org/catatan")
    assert "Aljabar selesai. Terima kasih!" in world.budi.private.told
    await world.budi.private.presses("Tulis ringkasan")
    await world.budi.private.says("Kami menyelesaikan lembar 3.")
    assert "Ganti catatan" in world.budi.private.buttons
    shown = card(world)
    assert "2 orang hadir." in shown
    assert "Catatan: example.org/catatan" in shown
    assert "Yang dibahas: Kami menyelesaikan lembar 3." in shown
    posts = [text.splitlines()[0] for text in world.public[before:] if "Aljabar" in text]
    assert posts == ["Belajar: Aljabar", "Segera mulai: Aljabar"], "one card, edited, and one reminder"


async def test_leading_a_session_is_a_contribution_if_somebody_came(world: World) -> None:
    await met(world, world.citra, host=world.budi)
    before = await points(world, world.budi)
    assert await points(world, world.citra) == 0
    await world.budi.private.presses("Sudah terlaksana")
    await world.budi.private.says("/sesi selesai")
    await world.ani.private.says("/session done S1")
    assert await points(world, world.budi) == before + 5
    await world.budi.private.says("/why")
    assert "memimpin S1.2026-11-30" in world.budi.private.told


async def test_alone_nobody_taught(world: World) -> None:
    await met(world, world.budi, host=world.budi)
    await world.budi.private.says("/sesi selesai")
    assert "Aljabar selesai" in world.budi.private.told
    assert not await entries(world, world.budi)
    await world.passes(minutes=10)
    await world.citra.presses(HERE)
    assert [amount for amount, _ in await entries(world, world.budi)] == [5], "somebody came, and said so late"


async def test_an_end_that_is_taken_back_takes_its_points_along_and_can_be_set_again(world: World) -> None:
    await met(world, world.citra, host=world.budi)
    for _ in range(2):
        await world.ani.private.says("/sesi selesai S1 https://example.org/a Semua soal.")
        await world.ani.private.presses("Batalkan")
        assert "S1.2026-11-30 dibuka lagi" in world.ani.private.told
    await world.ani.private.says("/sesi selesai")
    assert sorted(amount for amount, _ in await entries(world, world.budi)) == [-5, -5, 5, 5, 5]
    stored = await change(world)
    assert stored.notes == "https://example.org/a"
    assert stored.recap == "Semua soal."
    assert stored.done_at == world.clock()


async def test_only_whoever_leads_it_and_organisers_end_a_session(world: World) -> None:
    await met(world, world.citra, host=world.budi)
    await world.citra.private.says("/sesi selesai")
    assert "Belum ada sesi yang baru dimulai" in world.citra.private.told
    await world.citra.private.says("/session done S1.2026-11-30")
    assert "Ini untuk pemateri" in world.citra.private.told
    assert (await change(world)).done_at is None
    await appoint(world, world.citra, Role.ORGANISER)
    await world.citra.private.says("/session done S1.2026-11-30")
    assert (await change(world)).done_at == world.clock()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/sesi selesai S1", "Belum ada sesi yang baru dimulai"),
        ("/sesi selesai S1.2026-11-30", "S1.2026-11-30 belum dimulai"),
        ("/sesi selesai S9", "Belum ada sesi yang baru dimulai"),
        ("/sesi selesai S9.2026-11-30", "/sessions"),
    ],
)
async def test_what_has_not_begun_is_not_ended(world: World, line: str, told: str) -> None:
    await planned(world, host=world.budi)
    await world.ani.private.says(line)
    assert told in world.ani.private.told
    assert (await change(world)).done_at is None


@pytest.mark.parametrize("link", ["http://example.org/a", "https://192.168.0.1/a", "https://discord.gg/abc"])
async def test_notes_that_cannot_be_kept_end_nothing(world: World, link: str) -> None:
    await met(world, world.citra, host=world.budi)
    await world.budi.private.says(f"/sesi selesai S1 {link}")
    assert "selesai. Terima kasih" not in world.budi.private.told
    assert not (await change(world)).done_at
    assert not await entries(world, world.budi)


async def test_a_session_that_is_ended_early_is_over_at_once(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START)
    await world.citra.presses(HERE)
    await world.until(START + 40 * MINUTE)
    await world.budi.private.says("/sesi selesai")
    assert "1 orang hadir." in card(world)
    assert asked(world.citra) == 1
    await world.until(START + 70 * MINUTE)
    assert HERE not in offered(world)
    await world.until(END + 60 * MINUTE)
    assert asked(world.citra) == 1
    assert asked(world.budi, "sudah selesai") == 0, "it was ended by hand, so nobody is asked"


async def test_a_session_that_was_ended_too_early_goes_on_when_that_is_taken_back(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START + 10 * MINUTE)
    await world.budi.private.says("/sesi selesai")
    assert "Sudah selesai" in card(world)
    await world.budi.private.presses("Batalkan")
    assert "Sedang berlangsung" in card(world)
    await world.until(END - MINUTE)
    await world.citra.presses(HERE)
    await world.until(END)
    assert "Sudah selesai" in card(world)
    assert HERE in offered(world)
    await world.until(END + 30 * MINUTE)
    assert HERE not in offered(world)


async def test_nobody_is_asked_about_a_session_to_which_nobody_came(world: World) -> None:
    await met(world)
    assert asked(world.ani, "sudah selesai") == 0


async def test_without_anybody_who_leads_it_whoever_planned_it_is_asked(world: World) -> None:
    await met(world, world.citra)
    assert asked(world.ani, "sudah selesai") == 1
    await world.ani.private.presses("Sudah terlaksana")
    assert (await change(world)).done_at == world.clock()
    assert not await entries(world, world.ani)


async def test_who_was_there_is_asked_what_they_take_along_and_nobody_is_named(world: World) -> None:
    await met(world, world.citra, world.dewi, world.eko, host=world.budi)
    assert [asked(person) for person in (world.citra, world.dewi, world.budi, world.ani)] == [1, 1, 0, 0]
    assert asked(world.eko, "What is one thing") == 0, "Eko never opened private messages"
    await world.citra.private.presses("Jawab")
    await world.citra.private.says("Rumus *abc* <b>")
    assert "disimpan tanpa nama" in world.citra.private.told
    await world.dewi.private.presses("Jawab")
    await world.dewi.private.says("Diskriminan")
    await world.budi.private.says("/sesi selesai")
    await world.budi.private.presses("Yang dibawa pulang (2)")
    assert "Rumus *abc* <b>" in world.budi.private.told
    assert "Diskriminan" in world.budi.private.told
    assert not [name for name in ("Citra", "Dewi") if name in world.budi.private.told]
    assert not [text for text in world.public if "Diskriminan" in text]


async def test_in_a_group_of_minors_nobody_is_asked_first(world: World) -> None:
    await world.ani.private.says("/help")
    async with world.store.begin() as unit:
        held = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(held, minors=True))
    await met(world, world.citra, world.dewi, host=world.budi)
    assert [asked(person) for person in (world.citra, world.dewi)] == [0, 0]


async def test_after_a_night_of_absence_nobody_is_asked_any_more(world: World) -> None:
    await planned(world, host=world.budi)
    await world.until(START)
    await world.citra.presses(HERE)
    world.sleeps(hours=20)
    await world.wakes()
    assert "1 orang hadir." in card(world)
    assert asked(world.citra) == 0
    assert asked(world.budi, "sudah selesai") == 1


async def test_a_session_that_was_missed_altogether_is_over_when_the_bot_is_back(world: World) -> None:
    await planned(world)
    await world.until(START - 60 * MINUTE)
    world.sleeps(hours=6)
    await world.wakes()
    assert HERE not in offered(world)
    async with world.store.read() as unit:
        marks = await unit.leads.marks(COMMUNITY, 1, DAY)
    assert 9 in marks
    assert 8 not in marks


async def test_too_few_who_want_it_call_a_date_off_two_hours_before_and_once(world: World) -> None:
    await planned(world, quorum=3)
    await says(world, world.citra, Answer.YES)
    await says(world, world.dewi, Answer.LATE)
    await says(world, world.eko, Answer.MAYBE)
    await world.until(START - 121 * MINUTE)
    assert (await change(world)).rest == ""
    await world.until(START - 120 * MINUTE)
    stored = await change(world)
    assert (stored.rest, stored.revision) == ("quorum", 1)
    assert asked(world.citra, "yang hadir terlalu sedikit") == asked(world.dewi, "yang hadir terlalu sedikit") == 1
    assert "terlalu sedikit" in card(world)
    await world.until(END)
    assert asked(world.citra, "yang hadir terlalu sedikit") == 1
    assert await change(world) == stored
    assert HERE not in offered(world)
    assert asked(world.ani, "sudah selesai") == 0


async def test_enough_who_want_it_or_an_organiser_s_word_let_it_take_place(world: World) -> None:
    await planned(world, quorum=2)
    for person in (world.citra, world.dewi):
        await says(world, person, Answer.YES)
    await world.until(START)
    assert (await change(world)).rest == ""
    assert HERE in offered(world)


async def test_a_date_that_an_organiser_keeps_is_not_called_off(world: World) -> None:
    await planned(world, quorum=2)
    async with world.store.begin() as unit:
        await unit.sessions.put(replace(await unit.sessions.change(COMMUNITY, 1, DAY), kept=True))
    await world.until(START)
    assert (await change(world)).rest == ""
