"""Suggestions: made with a name or without, voted for in private, answered with a reason."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from bot.chat.places import Role
from tests.adapters.telegram.circle import circled
from tests.flows.asked import greet
from tests.flows.test_question_anonymous import others_see
from tests.world import World

SHORTER = "/saran Kuis hari Jumat lebih pendek"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_a_suggestion_is_noted_without_a_word_in_public(world: World) -> None:
    before = world.public
    await world.citra.says(SHORTER)
    assert world.public == before
    await world.citra.private.says("/suggestions")
    assert world.citra.private.sees("I1", "Kuis hari Jumat", "belum ditanggapi", "0 orang mendukung")


async def test_moderators_hear_of_the_first_one_that_waits(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.dewi.private.says("/suggest Meet online twice a month")
    assert sum("saran menunggu tanggapan" in text for text in world.budi.private.screen) == 1
    assert not any("menunggu tanggapan" in text for text in world.dewi.private.screen)
    await world.budi.private.presses("Tinjau")
    assert world.budi.private.sees("I1", "I2")


async def test_one_vote_a_person_and_the_same_tap_takes_it_back(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.dewi.private.says("/daftarsaran I1")
    await world.dewi.private.presses("Saya dukung")
    assert "1 orang mendukung" in world.dewi.private.told
    await world.eko.private.says("/suggestions I1")
    await world.eko.private.presses("I am for it")
    assert "2 people are for it" in world.eko.private.told
    await world.dewi.private.presses("Tarik suara saya")
    assert "1 orang mendukung" in world.dewi.private.told


async def test_a_moderator_says_what_becomes_of_it_and_its_author_hears_why(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.budi.private.says("/suggestions I1")
    await world.budi.private.presses("Rencanakan")
    assert world.budi.private.sees("I1", "direncanakan", "Kenapa?")
    await world.budi.private.says("Mulai bulan depan.")
    assert world.citra.private.sees("I1", "direncanakan", "Budi: Mulai bulan depan.")
    await world.dewi.private.says("/suggestions")
    assert world.dewi.private.sees("I1", "direncanakan")
    await world.dewi.private.says("/suggestions I1")
    assert "Rencanakan" not in world.dewi.private.buttons


async def test_each_change_is_told_and_a_settled_one_leaves_the_open_ones(world: World) -> None:
    await world.citra.private.says(SHORTER)
    for label, why in (("Bahas dulu", "Hari Minggu."), ("Sudah terlaksana", "Sejak kemarin.")):
        await world.budi.private.says("/suggestions I1")
        await world.budi.private.presses(label)
        await world.budi.private.says(why)
        await world.passes(minutes=1)
    assert world.citra.private.sees("sedang dibahas", "Hari Minggu.")
    assert world.citra.private.sees("terlaksana", "Sejak kemarin.")
    await world.dewi.private.says("/suggestions")
    assert "Belum ada saran yang terbuka" in world.dewi.private.told
    await world.dewi.private.presses("Selesai")
    assert "I1" in world.dewi.private.told


async def test_whoever_is_no_moderator_any_more_decides_nothing(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.budi.private.says("/suggestions I1")
    world.stage.cast_as(replace(world.stage.actor(world.budi.account), role=Role.MEMBER))
    await world.budi.private.presses("Bahas dulu")
    assert "untuk moderator" in world.budi.private.told
    await world.dewi.private.says("/suggestions I1")
    assert world.dewi.private.sees("I1", "belum ditanggapi")
    assert not {"Bahas dulu", "Hapus"} & set(world.dewi.private.buttons)


async def test_an_author_takes_a_suggestion_back_and_nobody_else_can(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.citra.private.says("/suggestions mine")
    await world.citra.private.presses("I1")
    await world.citra.private.presses("Tarik kembali")
    await world.dewi.private.says("/suggestions I1")
    assert "Tidak ada I1" in world.dewi.private.told
    await world.dewi.private.says("/cari Kuis Jumat pendek")
    assert "I1" not in world.dewi.private.told


async def test_a_removed_one_is_gone_and_its_author_knows_why(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.budi.private.says("/suggestions I1")
    await world.budi.private.presses("Hapus")
    await world.budi.private.says("Sudah ada.")
    assert world.citra.private.sees("I1", "dihapus", "Sudah ada.")
    await world.dewi.private.says("/suggestions")
    assert "Belum ada saran" in world.dewi.private.told


async def test_it_is_found_by_its_words(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.dewi.private.says("/cari kuis jumat pendek")
    assert world.dewi.private.sees("Saran", "I1")


async def test_nobody_reads_who_made_an_anonymous_one(world: World) -> None:
    before = others_see(world, world.citra)
    await world.citra.private.says("/saran anon Kuis hari Jumat lebih pendek")
    assert "tanpa nama" in world.citra.private.told
    await world.budi.private.says("/suggestions I1")
    assert world.budi.private.sees("I1", "saran anonim")
    await world.budi.private.presses("Bahas dulu")
    await world.budi.private.says("Kita bahas Minggu.")
    assert world.citra.private.sees("I1", "Kita bahas Minggu."), "its author hears of it all the same"
    await world.dewi.private.says("/cari kuis jumat pendek")
    await world.dewi.private.says("/cari dari:citra")
    after = others_see(world, world.citra)[len(before) :]
    assert "Citra" not in after
    await world.citra.private.says("/suggestions mine")
    assert world.citra.private.sees("I1", "sedang dibahas")


async def test_logs_name_neither_the_author_nor_their_number(world: World) -> None:
    account = world.citra.account
    with structlog.testing.capture_logs() as lines:
        await world.citra.private.says("/saran anon Kuis hari Jumat lebih pendek")
        world.stage.cast.pop(account)  # nothing can be sent to them any more, which is logged
        await world.budi.private.says("/suggestions I1")
        await world.budi.private.presses("Bahas dulu")
        await world.budi.private.says("Kita bahas Minggu.")
    assert lines
    logged = json.dumps(lines, default=str)
    assert "Citra" not in logged
    assert account.id not in logged
    assert ":p" not in logged


async def test_a_name_can_be_taken_off_later(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.citra.private.presses("Hapus nama saya")
    await world.dewi.private.says("/suggestions I1")
    assert world.dewi.private.sees("I1", "saran anonim")
    assert not world.dewi.private.sees("I1", "Citra")


async def test_where_everybody_reads_along_nothing_is_anonymous(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.says(circle.eko, "/suggest anon Shorter quizzes on Fridays")
        assert circle.told(circle.eko)[-1].endswith("To suggest without your name, send this to me in private.")
        named = await circle.says(circle.eko, "/suggest Shorter quizzes on Fridays")
        assert circle.marked(named)
        await circle.writes(circle.eko, "/suggestions")
        assert "I1 Shorter quizzes" in circle.told(circle.eko)[-1]
        assert "I2" not in circle.told(circle.eko)[-1]


async def test_there_is_an_end_to_suggestions_of_a_day(world: World) -> None:
    for number in range(5):
        await world.citra.private.says(f"/saran Saran nomor {number}")
    await world.citra.private.says(SHORTER)
    assert "Sudah 5 saran" in world.citra.private.told
    await world.passes(days=1, minutes=1)
    await world.citra.private.says(SHORTER)
    assert "I6" in world.citra.private.told


async def test_organisers_are_reminded_on_the_23rd_day_and_on_the_last(world: World) -> None:
    def reminders() -> int:
        return sum("belum ditanggapi" in text and "paling lambat" in text for text in world.ani.private.screen)

    await world.citra.private.says(SHORTER)
    await world.passes(days=22, hours=23)
    assert reminders() == 0
    await world.passes(hours=2)
    assert reminders() == 1
    assert not any("paling lambat" in text for text in world.dewi.private.screen)
    await world.passes(days=7)
    assert reminders() == 2
    await world.passes(days=40)
    assert reminders() == 2


async def test_an_answered_one_reminds_nobody(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.budi.private.says("/suggestions I1")
    await world.budi.private.presses("Belum bisa")
    await world.budi.private.says("Jadwal penuh.")
    await world.passes(days=31)
    assert not any("paling lambat" in text for text in world.ani.private.screen)


async def test_the_digest_tells_of_them_in_one_line(world: World) -> None:
    await world.citra.private.says(SHORTER)
    await world.ani.private.says("/digest")
    assert "1 saran baru, 0 ditanggapi" in world.ani.private.told


@pytest.mark.parametrize("line", ["/suggest", "/suggestions apa", "/suggestions I99", "/saran \u200b"])
async def test_what_is_missing_or_wrong_is_answered_with_an_example(world: World, line: str) -> None:
    await world.citra.private.says(line)
    assert world.citra.private.told
    assert "E-" not in world.citra.private.told
