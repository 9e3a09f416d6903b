"""Questions are taken over from files and pasted text: all or none, and nothing twice."""

import pytest

from bot.domain.community import Review
from bot.domain.items import Kind, State
from tests.flows.shelf import item, items, reviews, writes
from tests.world import Human, World

AIKEN = "Ibu kota Jepang?\nA. Osaka\nB. Tokyo\nANSWER: B"
GIFT = "// topik\n::satu:: Ibu kota Jepang? {=Tokyo ~Osaka}\n\nPaus itu mamalia. {T}\n\nBerapa 7 x 8? {#56}"
CSV = "question,option1,option2,correct\nIbu kota Jepang?,Osaka,Tokyo,2\nIbu kota Peru?,Lima,Cusco,1\n"


@pytest.fixture
async def ani(world: World) -> Human:
    """The organiser in the private chat, whose group is known."""
    for person in (world.ani, world.budi, world.citra):
        await person.says("/help")
    return world.ani.private


async def size(world: World) -> int:
    return len(await items(world))


async def test_pasted_text_is_shown_and_then_saved(world: World, ani: Human) -> None:
    await ani.says(f"/quizbank import {AIKEN}")
    assert "Belum disimpan" in ani.told
    assert "1 soal terbaca: 1 × satu pilihan benar" in ani.told
    assert "Benar: B. Tokyo" in ani.told
    assert ani.buttons == ["Simpan 1", "Batalkan"]
    assert await size(world) == 30
    await ani.presses("Simpan 1")
    assert "1 soal sekarang ada di bank" in ani.told
    saved = await item(world, 31)
    assert saved.text("id").options == ("Osaka", "Tokyo")
    assert (saved.right, saved.state, set(saved.texts)) == ((1,), State.ACTIVE, {"id"})
    assert saved.author


async def test_the_file_is_asked_for(world: World, ani: Human) -> None:
    await ani.says("/banksoal impor")
    assert "Kirim berkasnya" in ani.told
    await ani.sends("soal.gift", GIFT.encode())
    assert "3 soal terbaca" in ani.told
    await ani.presses("Simpan 3")
    kinds = [each.kind for each in (await items(world))[30:]]
    assert kinds == [Kind.ONE, Kind.TRUTH, Kind.NUMBER]


@pytest.mark.parametrize(("name", "content", "count"), [("a.csv", CSV, 2), ("a.txt", AIKEN, 1), ("", GIFT, 3)])
async def test_a_file_comes_along_with_the_command(
    world: World, ani: Human, name: str, content: str, count: int
) -> None:
    await ani.sends(name, content.encode(), "/quizbank import")
    assert f"{count} soal terbaca" in ani.told
    await ani.presses(f"Simpan {count}")
    assert await size(world) == 30 + count


async def test_the_same_file_twice_brings_nothing_new(world: World, ani: Human) -> None:
    for _ in range(2):
        await ani.sends("soal.gift", GIFT.encode(), "/quizbank import")
        if "Simpan 3" in ani.buttons:
            await ani.presses("Simpan 3")
    assert "Tidak ada yang baru" in ani.told
    assert "3 di antaranya sudah ada" in ani.told
    assert await size(world) == 33


async def test_two_previews_of_the_same_file_are_saved_once(world: World, ani: Human) -> None:
    budi = world.budi.private
    for person in (ani, budi):
        await person.says(f"/quizbank import {AIKEN}")
    for person in (ani, budi):
        await person.presses("Simpan 1")
    assert "0 soal sekarang ada di bank" in budi.told
    assert await size(world) == 31


async def test_a_bad_file_is_refused_whole_with_its_lines(world: World, ani: Human) -> None:
    bad = CSV + "".join(f"Soal {number}?,Ya,Tidak,{9}\n" for number in range(12))
    await ani.sends("soal.csv", bad.encode(), "/quizbank import")
    assert "Tidak ada yang diambil" in ani.told
    assert ani.told.count("Baris ") == 10
    assert "Baris 4: " in ani.told
    assert "Dan 2 lagi." in ani.told
    assert ani.buttons == ["Kirim lagi"]
    assert await size(world) == 30
    await ani.presses("Kirim lagi")
    await ani.sends("soal.csv", CSV.encode())
    assert "2 soal terbaca" in ani.told


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 50, b"\x89PNG\r\n\x1a\n" + b"x" * 99, b"halo semua", b"PK\x03\x04broken"]
)
async def test_what_is_no_file_of_questions_is_said_kindly(world: World, ani: Human, content: bytes) -> None:
    await ani.sends("soal", content, "/quizbank import")
    assert "Tidak ada yang diambil" in ani.told
    assert "E-" not in ani.told
    assert await size(world) == 30


async def test_similar_ones_stand_beside_those_of_the_bank(world: World, ani: Human) -> None:
    await writes(ani, "Apa ibu kota negara Jepang?\n= Tokyo")
    text = f"{AIKEN}\n\nIbu kota Peru?\nA. Lima\nB. Cusco\nANSWER: A"
    await ani.says(f"/quizbank import {text}")
    assert "1 mirip dengan soal di bank:" in ani.told
    assert "Ibu kota Jepang? ↔ #31 Apa ibu kota negara Jepang?" in ani.told
    assert ani.buttons == ["Simpan semua 2", "Simpan 1, tanpa yang mirip", "Batalkan"]
    await ani.presses("tanpa yang mirip")
    assert [each.text("id").prompt for each in (await items(world))[31:]] == ["Ibu kota Peru?"]
    await ani.says(f"/quizbank import {text}")
    assert "1 di antaranya sudah ada" in ani.told
    await ani.presses("Simpan")
    assert await size(world) == 33


async def test_cancelled_or_forgotten_previews_save_nothing(world: World, ani: Human) -> None:
    await ani.says(f"/quizbank import {AIKEN}")
    await ani.presses("Batalkan")
    assert "Tidak ada yang disimpan" in ani.told
    await ani.says(f"/quizbank import {AIKEN}")
    await world.passes(minutes=31)
    await ani.presses("Simpan 1")
    assert "Pratinjau ini sudah tidak ada" in ani.told
    assert await size(world) == 30


async def test_where_everybody_s_are_read_they_wait(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await ani.says(f"/quizbank import {AIKEN}")
    await ani.presses("Simpan 1")
    assert "menunggu dibaca orang kedua" in ani.told
    assert len(await items(world, State.PROPOSED)) == 1


async def test_markup_in_a_file_is_shown_as_it_was_written(world: World, ani: Human) -> None:
    await ani.says("/quizbank import Apa <b>ini</b> @everyone?\nA. *x*\nB. [y](http://z)\nANSWER: A")
    assert "Apa <b>ini</b> @everyone?" in ani.told
    assert "[y](http://z)" in ani.told


async def test_a_member_takes_nothing_over(world: World, ani: Human) -> None:
    await world.citra.private.says(f"/quizbank import {AIKEN}")
    assert "untuk moderator" in world.citra.private.told
    assert await size(world) == 30


async def test_who_is_trusted_no_more_saves_no_preview(world: World, ani: Human) -> None:
    from dataclasses import replace

    from bot.chat.places import Role

    budi = world.budi.private
    await budi.says(f"/quizbank import {AIKEN}")
    world.stage.cast_as(replace(world.stage.actor(budi.account), role=Role.MEMBER))
    await budi.presses("Simpan 1")
    assert "untuk moderator" in budi.told
    assert await size(world) == 30
