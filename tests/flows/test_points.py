"""Points, why they are there, and the board: private until a moderator shares it."""

from dataclasses import replace

import pytest

from bot.domain.points import Reason, reward
from tests.world import GROUPS, Human, World

COMMUNITY = 1


async def finishes(world: World, *people: Human) -> None:
    """These people answer all of today's items."""
    for person in people:
        for number in "123":
            await person.presses(f"{number}A")


@pytest.fixture
async def played(world: World) -> World:
    """Tuesday, after Citra and Dewi finished the quiz."""
    await world.passes(hours=22)
    await finishes(world, world.citra, world.dewi)
    return world


async def test_points_are_told_to_their_owner_alone(played: World) -> None:
    await played.citra.says("/poin")
    assert "1 bulan ini, 1 seluruhnya" in played.citra.told
    assert "Runtunan: 1 hari, terbaik 1" in played.citra.told
    assert len(played.public) == 1, "the quiz alone"
    await played.citra.presses("Asal poin?")
    assert "+1 menyelesaikan kuis harian Selasa, 24 November 2026" in played.citra.told


async def test_points_of_last_month_count_for_all_time_only(played: World) -> None:
    await played.passes(days=10)
    await played.citra.says("/points")
    assert "0 bulan ini, 1 seluruhnya" in played.citra.told
    await played.citra.says("/leaderboard")
    assert "Belum ada yang punya poin" in played.citra.told
    await played.citra.presses("Sepanjang masa")
    assert "Citra · 1" in played.citra.told
    await played.citra.presses("Bulan ini")
    assert "Belum ada yang punya poin" in played.citra.told


async def test_without_points_the_next_step_is_a_tap_away(world: World) -> None:
    await world.citra.says("/points")
    assert "benar atau salah" in world.citra.told
    await world.citra.presses("Kuis hari ini")
    assert "Belum ada kuis yang dibuka" in world.citra.told
    await world.citra.says("/why")
    assert "Belum ada poin" in world.citra.told


async def test_why_is_read_page_by_page_in_one_message(world: World) -> None:
    for day in range(10):
        await world.passes(hours=22 if not day else 24)
        await finishes(world, world.citra)
    await world.citra.says("/mengapa")
    assert world.citra.told.count("+1") == 8
    assert world.citra.buttons == ["Lebih lama"]
    before = len(world.citra.screen)
    await world.citra.presses("Lebih lama")
    assert world.citra.sees("Selasa, 24 November 2026")
    assert world.citra.buttons == ["Lebih baru"]
    await world.citra.presses("Lebih baru")
    assert world.citra.buttons == ["Lebih lama"]
    assert len(world.citra.screen) == before


async def test_the_board_counts_the_month_and_is_seen_by_the_asker_alone(played: World) -> None:
    await played.eko.says("/leaderboard")
    lines = played.eko.told.splitlines()
    assert "1. Citra · 1" in lines
    assert "2. Dewi · 1" in lines
    assert "Share with the group" not in played.eko.buttons
    assert len(played.public) == 1


@pytest.mark.parametrize("line", ["/leaderboard all", "/peringkat sepanjang masa", "/top ALL"])
async def test_the_board_of_all_time_is_asked_for_in_words(played: World, line: str) -> None:
    await played.citra.says(line)
    assert "sepanjang masa" in played.citra.told
    assert "Citra · 1" in played.citra.told


async def test_a_period_that_does_not_exist_is_refused_with_one_that_does(played: World) -> None:
    await played.citra.says("/leaderboard century")
    assert "/leaderboard last" in played.citra.told


async def test_who_does_not_wish_to_be_on_the_board_is_not(played: World) -> None:
    await played.citra.says("/leaderboard")
    await played.citra.presses("Sembunyikan saya")
    assert "Citra" not in played.citra.told
    assert "1. Dewi · 1" in played.citra.told
    await played.citra.says("/points")
    assert "1 bulan ini" in played.citra.told, "the points are still there"
    await played.citra.presses("Tampilkan saya")
    assert played.citra.sees("Citra · 1")


async def test_nobody_yet_is_said_kindly(world: World) -> None:
    await world.citra.says("/leaderboard")
    assert "Poin pertama datang dari kuis harian" in world.citra.told


async def test_a_moderator_shares_the_board_once_a_day_without_a_sound(played: World) -> None:
    await played.budi.says("/leaderboard")
    for _ in range(2):
        await played.budi.presses("Bagikan ke grup")
        assert played.budi.sees("Sudah dibagikan")
    assert len(played.public) == 2
    assert "1. Citra · 1" in played.public[1]
    assert played.stage.transcript.noise.sounding == 0
    await played.passes(hours=24)
    await finishes(played, played.citra)
    await played.budi.presses("Bagikan ke grup")
    assert "1. Citra · 2" in played.public[-1]
    assert "1. Citra · 1" in played.public[1], "what was shared yesterday stays as it was"


async def test_the_board_of_all_time_is_shared_too_and_in_every_place(played: World) -> None:
    await played.budi.says("/leaderboard all")
    await played.budi.presses("Bagikan ke grup")
    for place in GROUPS:
        assert played.budi.in_(place).sees("Kontributor sepanjang masa", "1. Citra · 1")


async def test_a_member_s_press_on_sharing_is_refused(played: World) -> None:
    await played.budi.says("/leaderboard")
    entry = next(e for e in reversed(tuple(played.stage.transcript)) if e.only == played.budi.account)
    press = entry.pages[-1].rows[-1][0].press
    assert press
    shown = played.stage.transcript.post(played.group, None, entry.pages, played.clock())
    before = len(played.public)
    await played.stage.press_data(played.citra.account, shown.id, played.app.sign(press))
    await played.stage.settle()
    assert "untuk moderator" in played.citra.told
    assert len(played.public) == before


async def test_a_name_that_would_break_the_line_does_not(played: World) -> None:
    names = {"citra": "Ci\ntra\u2028\u202etxt", "dewi": "\u200b\u2800"}
    for actor in tuple(played.stage.cast.values()):
        if actor.id in names:
            played.stage.cast_as(type(actor)(actor.id, names[actor.id], actor.role))
    await played.citra.says("/help")
    await played.dewi.says("/help")
    await played.eko.says("/leaderboard")
    ranked = [line for line in played.eko.told.splitlines() if line[:2] in {"1.", "2."}]
    assert len(ranked) == 2
    assert "Ci tra txt" in ranked[0]
    assert "#" in ranked[1], "a number stands in for a name that nobody can see"


async def test_nothing_is_posted_because_of_points(played: World) -> None:
    await played.passes(hours=12)
    assert len(played.public) == 1


async def test_the_board_is_a_picture_as_well_with_names_in_any_script(world: World) -> None:
    names = {"citra": "ᬘᬶᬢ᭄ᬭ", "dewi": "ديوي 🌸", "eko": "<b>Eko & co"}
    async with world.store.begin() as unit:
        for handle, name in names.items():
            person = await unit.people.of_account(getattr(world, handle).account)
            assert person
            await unit.people.save(replace(person, name=name))
            community = await unit.communities.get(1)
            assert community
            assert await unit.ledger.record(reward(community, person.id, Reason.QUIZ, 1, world.clock()))
    await world.ani.says("/leaderboard")
    await world.ani.presses("Sebagai gambar")
    (file,) = world.ani.files
    assert (file.name, file.content[:4]) == ("leaderboard.png", b"\x89PNG")
    assert len(file.content) > 10_000, "something is drawn on it"


async def test_an_empty_board_has_no_picture(world: World) -> None:
    await world.ani.says("/leaderboard")
    assert "Sebagai gambar" not in world.ani.buttons
