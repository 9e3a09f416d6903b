"""Searching: private, forgiving, page by page, over whatever the features declare."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

import pytest

from bot.chat.message import Outcome, say
from bot.chat.places import Place, Role
from bot.chat.text import Line, T
from bot.command import Feature, Finding, action
from bot.context import Context
from bot.domain.search import Entry
from bot.features.search import PAGE, search_feature
from tests.world import DISCORD, MONDAY, TELEGRAM, World, opened

COMMUNITY = 1
HIDDEN = 66

NOTES = {
    1: ("Rumus kuadrat", "akar persamaan", ("aljabar",)),
    2: ("Limit fungsi", "kalikan sekawan", ("kalkulus",)),
    3: ("Limit tak hingga", "pangkat tertinggi", ("kalkulus",)),
    HIDDEN: ("Limit rahasia", "", ()),
}


@action("read-note", right=Role.MEMBER)
async def read_note(ctx: Context, number: int) -> Outcome:
    """A note."""
    return say(f"Catatan {NOTES[number][0]}")


async def lines(ctx: Context, subjects: Sequence[int]) -> Mapping[int, Line]:
    return {each: (f"catatan {each}",) for each in subjects if each != HIDDEN}


NOTE = Finding("note", T("Note"), lines, read_note, ("catatan",))
FEATURE = Feature(actions=(read_note,), findings=(NOTE,))


@pytest.fixture(params=[TELEGRAM, DISCORD], ids=["telegram", "discord"])
async def world(
    request: pytest.FixtureRequest, sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """A group whose members find notes, all but one that nobody may see."""
    monkeypatch.setattr("tests.world.FEATURES", (FEATURE, search_feature((FEATURE,))))
    async with opened(sqlite_address, request.param) as made:
        for number, (title, body, tags) in NOTES.items():
            await put(made, number, title, body, tags)
        yield made


async def put(world: World, number: int, title: str, body: str = "", tags: tuple[str, ...] = ()) -> None:
    at = MONDAY + timedelta(minutes=number)
    async with world.store.begin() as unit:
        await unit.searches.put(Entry(COMMUNITY, "note", number, title, body, tags, at, "Budi", ("open",)))


async def test_what_has_the_words_is_told_to_the_asker_alone(world: World) -> None:
    await world.citra.says("/cari persamaan kuadrat")
    assert "1 hasil untuk persamaan kuadrat" in world.citra.told
    assert "1. catatan 1" in world.citra.told
    assert not world.public
    await world.citra.presses("Buka 1")
    assert "Catatan Rumus kuadrat" in world.citra.told


async def test_without_words_it_asks_for_them(world: World) -> None:
    if world.group == TELEGRAM:
        await world.citra.says("/search")
        assert "Cari apa?" in world.citra.told
        await world.citra.says("sekawan")
    else:
        await world.citra.runs("search", words="sekawan")
    assert "catatan 2" in world.citra.told


async def test_what_the_asker_may_not_see_is_not_even_counted(world: World) -> None:
    await world.citra.says("/search limit")
    assert "2 hasil" in world.citra.told
    assert str(HIDDEN) not in world.citra.told
    await world.citra.says("/search rahasia")
    assert "Belum ada yang cocok dengan rahasia" in world.citra.told


async def test_filters_narrow_it(world: World) -> None:
    await world.citra.says("/search limit #kalkulus dari:budi status:terbuka jenis:catatan")
    assert "2 hasil" in world.citra.told
    await world.citra.says("/search limit #aljabar")
    assert "Tidak ada yang cocok" in world.citra.told
    assert "#aljabar" in world.citra.told


async def test_a_kind_that_nobody_declared_is_named_with_those_that_are(world: World) -> None:
    await world.citra.says("/search limit kind:soal")
    assert "kind:note" in world.citra.told


async def test_a_typing_error_is_forgiven_and_said(world: World) -> None:
    await world.citra.says("/search kuadart")
    assert "catatan 1" in world.citra.told
    assert "kuadart tidak ditemukan; yang ini mendekati" in world.citra.told


async def test_words_that_say_nothing_teach_how_to_ask(world: World) -> None:
    await world.citra.says("/search apa itu yg ini")
    assert "/search persamaan kuadrat" in world.citra.told


async def test_many_hits_are_turned_page_by_page_in_one_message(world: World) -> None:
    for number in range(100, 112):
        await put(world, number, "Integral")
    await world.citra.says("/search integral")
    assert "12 hasil" in world.citra.told
    assert world.citra.told.count("catatan") == PAGE
    shown = len(world.citra.screen)
    await world.citra.presses("Lihat hasil berikutnya")
    await world.citra.presses("Lihat hasil berikutnya")
    assert "11. catatan 101" in world.citra.told
    assert "Lihat hasil berikutnya" not in world.citra.buttons
    await world.citra.presses("Lihat hasil sebelumnya")
    assert "6. catatan 106" in world.citra.told
    assert len(world.citra.screen) == shown, "always the same message"


async def test_pages_of_an_older_search_say_so(world: World) -> None:
    for number in range(100, 112):
        await put(world, number, "Integral")
    await world.citra.says("/search integral")
    await world.citra.says("/search lainnya")
    await world.citra.presses("Lihat hasil berikutnya")
    assert "sudah ada pencarian lain" in " ".join([*world.citra.alerts, world.citra.told])


@pytest.mark.parametrize(
    "words", ['"', "limit AND NOT *", "*_[limit](x)_*", "<b>limit</b>", "#", "@everyone", "x" * 400]
)
async def test_whatever_is_typed_is_answered(world: World, words: str) -> None:
    await world.citra.says(f"/search {words}")
    assert world.citra.told


@pytest.mark.parametrize("group", [TELEGRAM, DISCORD], ids=["telegram", "discord"])
async def test_what_a_member_shares_another_one_finds_and_opens(group: Place, sqlite_address: str) -> None:
    async with opened(sqlite_address, group) as made:
        await made.citra.says("/share https://contoh.example/limit Cara membaca grafik fungsi #kalkulus")
        await made.dewi.says("/cari bacaan grafk #kalkulus")
        assert "1 hasil" in made.dewi.told
        assert "Cara membaca grafik fungsi" in made.dewi.told
        await made.dewi.presses("Buka 1")
        assert "contoh.example" in made.dewi.told
