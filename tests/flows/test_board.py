"""Needs and offers: on a nameless card, brought together, and two names passed on only if both agree."""

from datetime import timedelta

import pytest

from bot.chat.events import Deleted, Sender
from bot.domain.board import State
from bot.said import Said
from tests.flows.asked import COMMUNITY, greet
from tests.world import Human, World

LAPTOP = "/butuh Laptop untuk dua minggu #coding"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)
    await world.eko.says("/help")
    await world.eko.private.says("/start")


def card(world: World, name: str) -> str:
    """The public card of that slip, as it stands."""
    return next(text for text in reversed(world.public) if text.startswith(f"{name} ·"))


async def nothing(_: Said) -> None:
    """Nobody waits for an answer."""


def heard(person: Human, words: str) -> int:
    return sum(words in text for text in person.private.screen)


async def test_a_need_becomes_a_card_without_a_name(world: World) -> None:
    count = len(world.public)
    await world.citra.says(LAPTOP)
    assert len(world.public) == count + 1
    shown = card(world, "B1")
    assert shown.startswith("B1 · Dibutuhkan")
    assert "Laptop untuk dua minggu" in shown
    assert "#coding" in shown
    assert "Citra" not in shown


async def test_what_it_is_about_is_asked_later_and_may_stay_open(world: World) -> None:
    await world.citra.private.says("/tawarkan Ruang kosong hari Sabtu")
    assert "terpasang di papan selama 14 hari" in world.citra.private.told
    assert "perangkat" not in card(world, "B1")
    await world.citra.private.presses("perangkat")
    assert "perangkat" in card(world, "B1")


async def test_somebody_answers_and_both_names_are_passed_on_when_both_agree(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.presses("Saya bisa bantu")
    assert "Kalau yang lain juga setuju" in world.dewi.told
    assert heard(world.citra, "Ada yang bisa membantu soal B1")
    assert not heard(world.citra, "Dewi")
    assert not heard(world.dewi, "Citra")
    await world.citra.private.presses("Kenalkan kami")
    assert "Dewi juga setuju soal B1" in world.citra.private.told
    assert heard(world.dewi, "Citra juga setuju soal B1") == 1
    assert not any("juga setuju" in text for text in (*world.public, *world.budi.private.screen))


async def test_a_need_and_an_offer_that_fit_are_told_to_both(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.private.says("/tawarkan Laptop lama, masih jalan")
    assert heard(world.citra, "B2 mungkin cocok dengan B1") == 1
    assert heard(world.dewi, "B1 mungkin cocok dengan B2") == 1
    await world.citra.private.presses("Kenalkan kami")
    assert not heard(world.citra, "Dewi")
    assert not heard(world.dewi, "Citra")
    await world.dewi.private.presses("Kenalkan kami")
    assert "Citra juga setuju" in world.dewi.private.told
    assert heard(world.citra, "Dewi juga setuju") == 1


async def test_who_declines_is_not_named_and_nobody_hears_of_it(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.private.says("/tawarkan Laptop lama, masih jalan")
    await world.dewi.private.presses("Kenalkan kami")
    before = len(world.dewi.private.screen)
    await world.citra.private.presses("Tidak, terima kasih")
    await world.passes(days=1)
    assert not heard(world.citra, "Dewi")
    assert not heard(world.dewi, "Citra")
    assert not any("B1" in text for text in world.dewi.private.screen[before:])


async def test_what_does_not_fit_is_told_to_nobody(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.private.says("/tawarkan Ruang kosong hari Sabtu")
    assert not heard(world.citra, "mungkin cocok")
    assert not heard(world.dewi, "mungkin cocok")


async def test_nobody_else_agrees_for_two_people(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.presses("Saya bisa bantu")
    await world.eko.presses("Saya bisa bantu")
    await world.citra.private.says("/board B1")
    assert world.citra.private.sees("Ada yang menjawab", "menunggu persetujuan dari sini")
    assert not world.citra.private.sees("Dewi")
    await world.citra.private.presses("Kenalkan kami")
    named = [name for name in ("Dewi", "Eko") if heard(world.citra, f"{name} juga setuju")]
    assert len(named) == 1
    other = world.eko if named == ["Dewi"] else world.dewi
    assert not heard(other, "Citra")


async def test_tapping_again_changes_nothing(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    for _ in range(3):
        await world.dewi.presses("Saya bisa bantu")
    assert heard(world.citra, "Ada yang bisa membantu") == 1
    await world.citra.presses("Saya bisa bantu")
    assert "milik sendiri" in world.citra.told


async def test_a_settled_one_has_no_buttons_any_more(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.citra.private.says("/board mine")
    await world.citra.private.presses("B1")
    await world.citra.private.presses("Sudah beres")
    assert card(world, "B1").startswith("B1 · Dibutuhkan · ✓ beres")
    assert "Saya bisa bantu" not in world.dewi.buttons
    assert "Satu ketukan" not in card(world, "B1")
    await world.dewi.private.says("/papan")
    assert "Papannya masih kosong" in world.dewi.private.told
    await world.dewi.private.says("/cari laptop coding")
    assert "B1" not in world.dewi.private.told


async def test_its_author_is_asked_on_day_13_and_it_ends_on_day_14(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.passes(days=12, hours=23)
    assert not heard(world.citra, "turun dari papan")
    await world.passes(hours=2)
    assert heard(world.citra, "B1 turun dari papan") == 1
    await world.passes(hours=20)
    assert card(world, "B1").startswith("B1 · Dibutuhkan\n")
    await world.passes(hours=4)
    assert card(world, "B1").startswith("B1 · Dibutuhkan · sudah turun")


async def test_it_can_be_kept_again_and_again(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    for times in (1, 2):
        await world.passes(days=13, minutes=1)
        assert heard(world.citra, "B1 turun dari papan") == 1, "what was pressed is replaced"
        await world.citra.private.presses("Pasang terus")
        assert "Terpasang 14 hari lagi" in world.citra.private.told, times
    await world.passes(days=12)
    assert card(world, "B1").startswith("B1 · Dibutuhkan\n")


async def test_one_that_ended_can_be_put_up_again(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.passes(days=15)
    await world.citra.private.says("/board B1")
    await world.citra.private.presses("Pasang lagi")
    assert card(world, "B1").startswith("B1 · Dibutuhkan\n")
    await world.dewi.presses("Saya bisa bantu")
    assert heard(world.citra, "Ada yang bisa membantu soal B1") == 1


async def test_after_a_long_sleep_nothing_ends_before_a_word_could_be_said(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    world.sleeps(days=20)
    await world.wakes()
    assert heard(world.citra, "B1 turun dari papan") == 1
    assert card(world, "B1").startswith("B1 · Dibutuhkan\n")
    await world.passes(days=1, minutes=1)
    assert "sudah turun" in card(world, "B1")


async def test_three_needs_and_three_offers_are_enough(world: World) -> None:
    for thing in ("Buku", "Kamera", "Meja"):
        await world.citra.private.says(f"/butuh {thing}")
    await world.citra.private.says("/butuh Kursi")
    assert "Sudah ada 3 kebutuhan" in world.citra.private.told
    await world.citra.private.says("/tawarkan Papan tulis")
    assert "B4" in world.citra.private.told
    await world.citra.private.says("/board B1")
    await world.citra.private.presses("Turunkan")
    await world.citra.private.says("/butuh Kursi")
    assert "B5" in world.citra.private.told
    await world.citra.private.says("/board B1")
    await world.citra.private.presses("Pasang lagi")
    assert "Sudah ada 3 yang terpasang" in world.citra.private.told


async def test_a_moderator_removes_one_and_its_author_hears_of_it(world: World) -> None:
    await world.citra.private.says("/tawarkan Joki tugas murah")
    await world.dewi.private.says("/board B1")
    assert "Hapus" not in world.dewi.private.buttons
    await world.budi.private.says("/board B1")
    await world.budi.private.presses("Hapus")
    assert heard(world.citra, "Moderator menurunkan B1") == 1
    assert not any("Joki" in text for text in world.public)
    async with world.store.read() as unit:
        slip = await unit.board.get(COMMUNITY, 1)
    assert slip
    assert slip.text == ""
    await world.citra.private.says("/board B1")
    assert "Tidak ada B1" in world.citra.private.told


async def test_whoever_deletes_its_card_ends_it(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    async with world.store.read() as unit:
        refs = [ref for ref in await unit.cards.standing(COMMUNITY, "board:1") if ref.place == world.group]
    for ref in refs:
        world.stage.transcript.delete(next(entry for entry in world.stage.transcript if entry.id == ref.message))
        gone = Deleted(key=ref.message, at=world.clock(), place=ref.place, sender=Sender(None), message=ref)
        await world.app.handle(gone, nothing)
    await world.stage.settle()
    assert len(refs) == 1
    async with world.store.read() as unit:
        slip = await unit.board.get(COMMUNITY, 1)
        assert refs[0] not in await unit.cards.standing(COMMUNITY, "board:1")
    assert slip
    assert slip.state is State.OVER
    count = len(world.public)
    await world.citra.private.says("/board B1")
    await world.citra.private.presses("Pasang lagi")
    assert len(world.public) == count + 1
    assert card(world, "B1").startswith("B1 · Dibutuhkan\n")


async def test_the_board_shows_what_is_open_by_side(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.private.says("/tawarkan Ruang kosong hari Sabtu")
    await world.eko.private.says("/board")
    assert world.eko.private.sees("B1 Needed", "B2 Offered")
    await world.eko.private.presses("Offers")
    assert "B1" not in world.eko.private.told
    await world.eko.private.presses("Mine")
    assert "Nothing of yours" in world.eko.private.told
    await world.eko.private.says("/papan butuh")
    assert "B1" in world.eko.private.told
    assert "Citra" not in "".join(world.eko.private.screen)


async def test_it_is_found_by_its_words_and_told_in_the_digest(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.dewi.private.says("/cari laptop")
    assert world.dewi.private.sees("Kebutuhan atau tawaran", "B1")
    assert not world.dewi.private.sees("Citra", "B1")
    await world.ani.private.says("/digest")
    assert "Di papan: 1 kebutuhan, 0 tawaran" in world.ani.private.told


async def test_at_night_nobody_is_rung_up(world: World) -> None:
    await world.citra.private.says(LAPTOP)
    await world.until(world.clock() + timedelta(hours=14))
    await world.dewi.presses("Saya bisa bantu")
    assert not heard(world.citra, "Ada yang bisa membantu")
    await world.passes(hours=8)
    assert heard(world.citra, "Ada yang bisa membantu") == 1


@pytest.mark.parametrize("line", ["/need", "/offer", "/butuh #topik", "/board apa", "/board B99"])
async def test_what_is_missing_or_wrong_is_answered_kindly(world: World, line: str) -> None:
    await world.citra.private.says(line)
    assert world.citra.private.told
    assert "E-" not in world.citra.private.told
