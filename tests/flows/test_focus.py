"""A focus timer as the group sees it."""

from tests.world import World


async def test_work_and_breaks_stand_on_one_card(world: World) -> None:
    await world.ani.says("/fokus 10 5 2")
    assert world.ani.sees("Berjalan sampai pukul")
    card = world.budi.screen[-1]
    assert "putaran 1 dari 2" in card
    assert "Bersama Ani" in card
    await world.budi.presses("Ikut")
    before = len(world.budi.screen)
    assert world.budi.sees("Bersama Ani dan Budi")
    await world.passes(minutes=10)
    assert world.budi.sees("Rehat sampai")
    await world.passes(minutes=5)
    assert world.budi.sees("putaran 2 dari 2")
    await world.passes(minutes=10)
    assert world.budi.sees("Fokus selesai", "2 orang belajar total 40 menit")
    assert len(world.budi.screen) == before
    assert "Ikut" not in world.budi.buttons


async def test_whoever_leaves_counts_for_what_was_worked(world: World) -> None:
    await world.ani.says("/focus 20 5 1")
    await world.budi.presses("Ikut")
    await world.budi.presses("Ikut")
    assert "Sudah ikut" in world.budi.told
    await world.passes(minutes=6)
    await world.budi.presses("Berhenti ikut")
    assert "6 menit" in world.budi.told
    assert "Bersama Ani." in world.dewi.screen[-1]
    await world.budi.presses("Berhenti ikut")
    assert "tidak sedang ikut" in world.budi.told
    await world.passes(minutes=14)
    assert "2 orang belajar total 26 menit" in world.dewi.screen[-1]


async def test_a_second_timer_in_the_same_place_is_refused(world: World) -> None:
    await world.ani.says("/focus")
    await world.budi.says("/focus")
    assert "Sudah ada waktu fokus" in world.budi.told
    await world.ani.presses("Akhiri")
    await world.budi.says("/focus")
    assert world.budi.sees("Berjalan sampai")


async def test_only_whoever_started_it_or_a_moderator_ends_it(world: World) -> None:
    await world.citra.says("/focus")
    await world.dewi.presses("Akhiri")
    assert "Yang memulai atau moderator" in world.dewi.told
    await world.passes(minutes=3)
    await world.budi.presses("Akhiri")
    assert world.eko.sees("1 orang belajar total 3 menit")
    await world.passes(minutes=60)
    assert world.eko.screen[-1].count("putaran") == 0


async def test_numbers_out_of_reason_and_private_chats_are_refused(world: World) -> None:
    for words in ("4", "25 0", "25 5 99", "121"):
        await world.budi.says(f"/focus {words}")
        assert "bilangan bulat" in world.budi.told, words
    await world.budi.private.says("/focus")
    assert "untuk grup" in world.budi.private.told


async def test_after_a_downtime_the_card_shows_the_present_phase(world: World) -> None:
    await world.ani.says("/focus 10 5 3")
    world.sleeps(minutes=17)
    await world.wakes()
    assert "putaran 2 dari 3" in world.ani.screen[-1]
