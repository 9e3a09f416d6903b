"""What people set for themselves, and what they learn about their data."""

import pytest

from tests.world import TELEGRAM, World


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/language en", "in English"),
        ("/bahasa english", "in English"),
        ("/bahasa id", "bahasa Indonesia"),
        ("/LANGUAGE Bahasa Indonesia", "bahasa Indonesia"),
    ],
)
async def test_the_language_is_chosen_in_words_and_holds_at_once(world: World, line: str, answer: str) -> None:
    await world.dewi.says(line)
    assert answer in world.dewi.told


async def test_the_language_is_chosen_with_a_tap_and_holds_everywhere(world: World) -> None:
    await world.dewi.says("/language")
    if world.group == TELEGRAM:
        await world.dewi.presses("English")
    else:
        await world.dewi.runs("language", name="en")
    assert "I'll answer you in English" in world.dewi.told
    await world.dewi.private.says("/points")
    assert "No points yet" in world.dewi.private.told


async def test_the_group_keeps_its_own_language(world: World) -> None:
    await world.ani.says("/language en")
    await world.passes(hours=22)
    assert "Kuis harian" in world.public[0]


@pytest.mark.parametrize("word", ["../id", "fr", "\0", "🇮🇩", "e n"])
async def test_a_language_that_we_do_not_speak_is_refused_with_those_that_we_do(world: World, word: str) -> None:
    await world.dewi.says(f"/language {word}")
    assert "English" in world.dewi.told or "/language en" in world.dewi.told
    assert "E-" not in world.dewi.told
    await world.dewi.says("/points")
    assert "poin" in world.dewi.told


async def test_the_settings_show_what_holds_and_change_it_in_place(world: World) -> None:
    await world.dewi.says("/settings")
    assert "Bahasa: Bahasa Indonesia" in world.dewi.told
    assert "Di papan peringkat Kelas Contoh: tampil" in world.dewi.told
    before = len(world.dewi.screen)
    await world.dewi.presses("Sembunyikan saya")
    assert "tersembunyi" in world.dewi.told
    await world.dewi.presses("English")
    assert "Language: English" in world.dewi.told
    await world.dewi.presses("Show me")
    assert "shown" in world.dewi.told
    assert len(world.dewi.screen) == before
    assert world.public == []


async def test_somebody_without_a_group_has_settings_too(empty: World) -> None:
    await empty.eko.private.says("/settings")
    assert "Language: English" in empty.eko.private.told
    assert empty.eko.private.buttons == ["Bahasa Indonesia", "English"]


async def test_privacy_says_what_is_stored_and_what_is_not(world: World) -> None:
    await world.dewi.says("/privasi")
    for words in (
        "Data Anda",
        "Yang disimpan",
        "jawaban kuis Anda",
        "yang Anda bagikan",
        "poin",
        "Isi obrolan tidak disimpan",
        "/settings",
    ):
        assert words in world.dewi.told
    await world.eko.private.says("/privacy")
    assert "Only you see your quiz answers" in world.eko.private.told


async def test_a_member_who_leaves_the_board_is_not_on_it(world: World) -> None:
    await world.dewi.says("/settings")
    await world.dewi.presses("Sembunyikan saya")
    await world.passes(hours=22)
    for number in "123":
        await world.dewi.presses(f"{number}A")
    await world.citra.says("/leaderboard")
    assert "Dewi" not in world.citra.told


async def test_the_goal_is_read_by_all_and_set_by_organisers(world: World) -> None:
    await world.citra.says("/tujuan")
    assert "Belajar bareng" in world.citra.told
    await world.citra.says("/goal Menang lomba")
    assert "untuk pengelola" in world.citra.told
    await world.ani.says("/goal Lulus <b>ujian</b> @everyone")
    await world.citra.says("/goal")
    assert "Lulus <b>ujian</b> @everyone" in world.citra.told
    assert world.citra.buttons == []
    await world.ani.private.says("/goal")
    await world.ani.private.presses("Ubah")
    await world.ani.private.says("Lulus bareng")
    await world.citra.says("/goal")
    assert "Lulus bareng" in world.citra.told
    await world.ani.says(f"/goal {'a' * 301}")
    assert "301" in world.ani.told
    assert world.public == []


async def test_a_group_without_a_goal_says_how_to_set_one(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas 8B")
    await empty.stage.settle()
    await empty.citra.says("/goal")
    assert "Belum ada tujuan" in empty.citra.told
    assert "/suggest" in empty.citra.told
    await empty.ani.says("/goal")
    await empty.ani.private.says("/goal")
    await empty.ani.private.presses("Tulis")
    await empty.ani.private.says("Lulus ujian bersama")
    await empty.citra.says("/goal")
    assert "Lulus ujian bersama" in empty.citra.told
