"""The bank goes out as a file, and what a format cannot hold is named."""

import pytest

from bot.formats import library
from bot.formats.source import Format
from tests.flows.shelf import files, items, writes
from tests.world import Human, World


@pytest.fixture
async def ani(world: World) -> Human:
    """The organiser in the private chat, whose group is known."""
    for person in (world.ani, world.citra):
        await person.says("/help")
    return world.ani.private


def content(world: World) -> bytes:
    """The last file that the bot has sent."""
    sent = world.stage.shelf.get(files(world)[-1].id)
    assert sent
    return sent.content


@pytest.mark.parametrize("form", list(Format))
async def test_a_file_comes_privately_and_reads_as_the_same_questions(world: World, ani: Human, form: Format) -> None:
    before = list(world.public)
    await ani.says(f"/banksoal ekspor {form}")
    assert "30 soal di berkas ini" in ani.told
    (file,) = files(world)
    drafts = library.read(file.name, content(world), "id")
    asked = {each.text("id").prompt for each in await items(world)}
    assert {draft.item.text("id").prompt for draft in drafts} == asked
    assert world.public == before


async def test_only_one_topic_goes_out(world: World, ani: Human) -> None:
    await ani.says("/quizbank export gift #Biologi")
    drafts = library.read("", content(world), "id")
    assert 0 < len(drafts) < 30
    assert "biologi" in files(world)[-1].name


@pytest.mark.parametrize(
    ("form", "question", "why"),
    [
        ("aiken", "Planet terbesar?\n= Jupiter", "jenisnya: isian singkat"),
        ("gift", "Urutkan\n1. a\n2. b", "jenisnya: mengurutkan"),
        ("gift", "Gravitasi?\n= 9,8 ± 0,1 m/s²", "ada satuannya"),
    ],
)
async def test_what_a_format_cannot_hold_is_named_with_the_reason(
    world: World, ani: Human, form: str, question: str, why: str
) -> None:
    await writes(ani, question)
    await ani.says(f"/quizbank export {form}")
    assert "30 soal di berkas ini" in ani.told
    assert "1 soal tidak ikut" in ani.told
    assert f"#31 {why}" in ani.told


async def test_more_than_ten_are_named_by_number_alone(world: World, ani: Human) -> None:
    for number in range(12):
        await writes(ani, f"Urutkan {number}\n1. a{number}\n2. b")
    await ani.says("/quizbank export aiken")
    assert "12 soal tidak ikut" in ani.told
    assert "juga #41 dan #42" in ani.told


async def test_nothing_to_hold_means_no_file(world: World, ani: Human) -> None:
    await ani.says("/quizbank export csv zoologi")
    assert "belum ada soal untuk diekspor" in ani.told
    await ani.runs("quizbank add", prompt="Urutkan", options="1. a\n2. b", right="", explanation="", topic="urutan")
    await ani.says("/quizbank export aiken urutan")
    assert "Tidak ada berkas" in ani.told
    assert files(world) == []


async def test_the_format_is_asked_for_with_buttons(world: World, ani: Human) -> None:
    await ani.says("/quizbank export")
    assert ani.buttons[:5] == ["CSV", "Excel (xlsx)", "GIFT", "Aiken", "Anki"]
    await ani.presses("GIFT")
    assert "30 soal di berkas ini" in ani.told


async def test_a_member_gets_no_file(world: World, ani: Human) -> None:
    await world.citra.private.says("/quizbank export csv")
    assert "untuk moderator" in world.citra.private.told
    assert files(world) == []


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        ("csv", []),
        ("xlsx", []),
        ("gift", ["bahasa lain"]),
        ("anki", ["bahasa lain"]),
        ("aiken", ["pembahasan", "topik", "bahasa lain"]),
    ],
)
async def test_what_a_format_has_no_place_for_is_said(world: World, ani: Human, form: str, lost: list[str]) -> None:
    await ani.says(f"/quizbank export {form}")
    assert ("Hanya ada di sini" in ani.told) == bool(lost)
    assert all(word in ani.told for word in lost)
    assert "tanggapan" not in ani.told, "no question has any"


@pytest.mark.parametrize("form", list(Format))
async def test_a_file_that_comes_back_brings_nothing_new(world: World, ani: Human, form: Format) -> None:
    for text in ("Paus itu mamalia.\nbenar", "Planet terbesar?\n= Jupiter | Yupiter", "Prima?\n*2\n4\n*5"):
        await writes(ani, text)
    await writes(ani, "Urutkan\n1. satu\n2. dua\n3. tiga")
    await writes(ani, "Percepatan gravitasi?\n= 9,8 ± 0,1 m/s²")
    await ani.says(f"/quizbank export {form}")
    name, sent = files(world)[-1].name, content(world)
    await ani.sends(name, sent, "/quizbank import")
    assert "Tidak ada yang baru" in ani.told
