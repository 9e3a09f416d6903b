"""Statistics of the bank: what a trusted member sees, from which answers, and what needs a look first."""

import struct
from dataclasses import replace

import pytest

from bot.chart import Share, draw_shares
from bot.chat.file import Document
from bot.domain.items import Item, ItemText
from bot.features.statistic import PAGE
from tests.flows.crowd import COMMUNITY, asked, bank, people, write
from tests.world import World

STRONG, WEAK = 7, 6


@pytest.fixture
async def answered(world: World) -> World:
    """Thirteen people answered: #1 doubted, #2 with dead options, #3 easy, #4 hard, #5 good, #6 too few."""
    crowd = await people(world, STRONG + WEAK)
    others = await bank(world, *range(11, 17))
    keys = {person: "".join(_digit(one, person in crowd[:STRONG]) for one in others) for person in crowd}
    await asked(world, others, keys, ago=9)
    items = [replace(one, right=(0,)) for one in await bank(world, 1, 2, 3, 4, 5, 6)]
    async with world.store.begin() as unit:
        for one in items:
            await unit.items.save(one)
    strong = {one: f"200{at % 3 + 1}0{'0' if at < 4 else '-'}" for at, one in enumerate(crowd[:STRONG])}
    weak = {one: f"{int(at > 2)}10{at % 3 + 1}1-" for at, one in enumerate(crowd[STRONG:])}
    await asked(world, items, strong | weak, ago=2)
    return world


def _digit(item: Item, is_strong: bool) -> str:
    return str(item.right[0] if is_strong else (item.right[0] + 1) % 2)


async def test_what_needs_a_look_comes_first(answered: World) -> None:
    await answered.ani.private.says("/banksoal statistik")
    shown = answered.ani.private.told
    assert "Statistik soal · 1 sampai 6 dari 12" in shown
    assert shown.index("#1 ") < shown.index("#2 ")
    assert "Dari 7 orang yang paling bagus di soal lain, 7 menjawab C dan 0 menjawab sesuai kunci." in shown
    assert "Hampir tak ada yang terkecoh C" in shown
    assert "13 jawaban · 100% benar\nTerlalu mudah" in shown
    assert "Terlalu sulit" in shown
    assert "13 jawaban · 54% benar · sangat baik membedakan (0,99)" in shown
    await answered.ani.private.presses("Tampilkan lagi")
    shown = answered.ani.private.told
    assert "#6" in shown
    assert "jawaban belum cukup (4 dari 10)" in shown
    assert "18 soal lain tidak ditanyakan di situ." in shown
    await answered.ani.private.presses("Tampilkan sebelumnya")
    assert "1 sampai 6" in answered.ani.private.told
    assert answered.public == []


async def test_practice_and_second_answers_do_not_count(answered: World) -> None:
    crowd = await people(answered, 3, first=100)
    items = await bank(answered, 6)
    await asked(answered, items, dict.fromkeys(crowd, "0"), ago=1)
    await asked(answered, items, dict.fromkeys(crowd, "1"), ago=0)
    await answered.ani.private.says("/quizbank stats")
    await answered.ani.private.presses("Tampilkan lagi")
    assert "jawaban belum cukup (7 dari 10)" in answered.ani.private.told


async def test_the_chart_shows_the_page_as_a_picture(answered: World) -> None:
    await answered.ani.private.says("/quizbank stats")
    await answered.ani.private.presses("Gambar grafik")
    assert "Berapa yang benar pada jawaban pertama" in answered.ani.private.told
    (file,) = answered.ani.private.files
    assert (file.name, file.kind) == ("statistics.png", "image/png")
    assert file.content.startswith(b"\x89PNG")
    await answered.ani.private.says("/quizbank stats")
    await answered.ani.private.presses("Tampilkan lagi")
    assert "jawaban belum cukup" in answered.ani.private.told
    await answered.ani.private.presses("Gambar grafik")
    first, second = (_bars(file) for file in answered.ani.private.files)
    assert (first, second) == (PAGE, PAGE - 1), "what too few answered is not drawn"


def _bars(file: Document) -> int:
    """How many bars the picture is high enough for."""
    (height,) = struct.unpack(">I", file.content[20:24])
    (less,) = struct.unpack(">I", draw_shares("", "", [Share("", 0.5)]).content[20:24])
    (more,) = struct.unpack(">I", draw_shares("", "", [Share("", 0.5)] * 2).content[20:24])
    return int(1 + (height - less) // (more - less))


async def test_a_topic_has_its_own_statistics(answered: World) -> None:
    words = {"id": ItemText("Apa itu xilem?", ("a", "b"))}
    item = await write(answered, Item(COMMUNITY, 0, words, (0,), tags=("botani",)))
    crowd = await people(answered, 10, first=100)
    await asked(answered, [item], {person: str(person % 2) for person in crowd}, ago=1)
    await answered.ani.private.says("/quizbank stats botani")
    assert "1 sampai 1 dari 1" in answered.ani.private.told
    assert "belum ada pembandingnya" in answered.ani.private.told


async def test_before_any_answer_it_says_where_answers_come_from(world: World) -> None:
    await world.ani.private.says("/quizbank stats")
    assert "soal di sini belum ada yang dijawab. Setelah 10 jawaban" in world.ani.private.told
    assert "Kuis hari ini" in world.ani.private.buttons
    await world.ani.private.says("/quizbank stats filsafat")
    assert "filsafat" in world.ani.private.told
    assert len(world.ani.private.buttons) == 5
    await world.ani.private.presses(world.ani.private.buttons[0])
    assert "Setelah 10 jawaban" in world.ani.private.told


async def test_members_are_told_kindly_whom_to_ask(world: World) -> None:
    await world.citra.private.says("/quizbank stats")
    assert "Statistik" not in world.citra.private.told
