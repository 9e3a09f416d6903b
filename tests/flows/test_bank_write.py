"""Anybody writes for the bank: every kind of question, in one message, by steps or by a form."""

from decimal import Decimal

import pytest

from bot.domain.community import Review
from bot.domain.items import Item, Kind, Number, State
from tests.flows.shelf import item, items, reviews, writes
from tests.world import Human, World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, so that the private chat knows whose it is."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")


@pytest.fixture
def ani(world: World) -> Human:
    """The organiser in the private chat."""
    return world.ani.private


async def newest(world: World) -> Item:
    return (await items(world))[-1]


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("7 × 8 = ?\n54\n*56\n63", Kind.ONE, (1,)),
        ("Bilangan prima?\n*2\n4\n*5", Kind.SEVERAL, (0, 2)),
        ("Paus itu mamalia.\nbenar", Kind.TRUTH, (0,)),
        ("Planet terdekat dari matahari?\n= Merkurius | Mercury", Kind.TEXT, ()),
        ("Berapa π?\n= 3,14 ± 0,01", Kind.NUMBER, ()),
        ("Urutkan fase mitosis\n1. profase\n2. metafase\n3. anafase", Kind.ORDER, ()),
    ],
)
async def test_each_kind_is_found_from_what_was_written(
    world: World, ani: Human, text: str, kind: Kind, right: tuple[int, ...]
) -> None:
    await writes(ani, text)
    assert "Tersimpan" in ani.told
    found = await newest(world)
    assert (found.kind, found.right, found.state) == (kind, right, State.ACTIVE)
    assert "Benar: " in ani.told


async def test_a_number_keeps_its_tolerance_and_unit(world: World, ani: Human) -> None:
    await writes(ani, "Percepatan gravitasi?\n= 9,8 ± 0,1 m/s²")
    assert (await newest(world)).number == Number(Decimal("9.8"), Decimal("0.1"), "m/s²")
    assert "9,8 ± 0,1 m/s²" in ani.told


async def test_a_whole_dialogue_asks_nothing_that_was_said(world: World, ani: Human) -> None:
    await ani.says("/quizbank add")
    for words in ("Paus itu mamalia.", "benar"):
        await ani.says(words)
    assert "Mengapa itu benar?" in ani.told
    await ani.says("Paus menyusui anaknya.")
    await ani.says("biologi, #mamalia, Hewan Laut")
    found = await newest(world)
    assert (found.kind, found.tags) == (Kind.TRUTH, ("biologi", "mamalia", "hewan-laut"))


async def test_numbered_lines_may_be_options_or_an_order(world: World, ani: Human) -> None:
    await ani.says("/quizbank add Fase mitosis pertama sampai terakhir?\n1. profase\n2. metafase")
    assert ani.buttons[:3] == ["A. profase", "B. metafase", "Urutannya sudah benar"]
    await ani.presses("Urutannya sudah benar")
    for _ in range(2):
        await ani.presses("Lewati")
    assert (await newest(world)).kind is Kind.ORDER


async def test_formulas_and_code_stay_byte_for_byte(world: World, ani: Human) -> None:
    await writes(ani, "Keluaran `a = [x*2 for x in s]`?\n*`[2,  4]`\n$x^2_{1}$")
    text = (await newest(world)).text("id")
    assert text.prompt == "Keluaran `a = [x*2 for x in s]`?"
    assert text.options == ("`[2,  4]`", "$x^2_{1}$")


async def test_named_options_say_difficulty_and_source_too(world: World) -> None:
    values = {"explanation": "", "topic": "", "difficulty": "3", "source": "Buku Biologi, hlm. 12"}
    await world.ani.runs("quizbank add", prompt="Paus itu mamalia.", options="benar", right="", **values)
    found = await newest(world)
    assert (found.difficulty, found.source) == (3, "Buku Biologi, hlm. 12")


async def test_a_member_s_question_waits_for_a_second_person(world: World) -> None:
    citra = world.citra.private
    await writes(citra)
    assert "Orang kedua membacanya dulu" in citra.told
    (waiting,) = await items(world, State.PROPOSED)
    assert waiting.author
    assert len(await items(world)) == 30
    await world.ani.private.says("/quizbank list")
    assert "Merkurius" not in world.ani.private.told


async def test_a_similar_question_is_shown_before_saving(world: World, ani: Human) -> None:
    await writes(ani, "Apa planet yang terdekat dari matahari?\n= Merkurius")
    await writes(ani, "Planet mana yang terdekat dari matahari?\n= Merkurius")
    assert "Apakah sama dengan salah satu ini?" in ani.told
    assert "Apa planet yang terdekat" in ani.told
    assert ani.buttons == ["Tetap simpan", "Batalkan"]
    await ani.presses("Tetap simpan")
    assert len(await items(world)) == 32
    assert (await item(world, 32)).text("id").answers == ("Merkurius",)


async def test_a_similar_question_may_be_left_alone(world: World, ani: Human) -> None:
    await writes(ani, "Apa planet yang terdekat dari matahari?\n= Merkurius")
    await writes(ani, "Planet mana yang terdekat dari matahari?\n= Merkurius")
    await ani.presses("Batalkan")
    assert "Tidak ada yang disimpan" in ani.told
    assert len(await items(world)) == 31


async def test_saving_twice_or_too_late_saves_once(world: World, ani: Human) -> None:
    await writes(ani, "Apa planet yang terdekat dari matahari?\n= Merkurius")
    await writes(ani, "Planet mana yang terdekat dari matahari?\n= Merkurius")
    (entry,) = [e for e in world.stage.transcript if e.pages and "Apakah sama" in str(e.pages[0].blocks)]
    press = entry.pages[-1].rows[0][0].press
    assert press
    for _ in range(2):
        await world.stage.press_data(ani.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "Pratinjau ini sudah tidak ada" in ani.told
    assert len(await items(world)) == 32
    await writes(ani, "Planet apakah yang terdekat dari matahari?\n= Merkurius")
    await world.passes(minutes=31)
    await ani.presses("Tetap simpan")
    assert "Pratinjau ini sudah tidak ada" in ani.told
    assert len(await items(world)) == 32


async def test_somebody_else_cannot_save_a_preview(world: World, ani: Human) -> None:
    await writes(ani, "Apa planet yang terdekat dari matahari?\n= Merkurius")
    await writes(ani, "Planet mana yang terdekat dari matahari?\n= Merkurius")
    (entry,) = [e for e in world.stage.transcript if e.pages and "Apakah sama" in str(e.pages[0].blocks)]
    press = entry.pages[-1].rows[0][0].press
    assert press
    shown = world.stage.transcript.post(world.group, None, entry.pages, world.clock())
    await world.stage.press_data(world.budi.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "Pratinjau ini sudah tidak ada" in world.budi.told
    assert len(await items(world)) == 31


async def test_the_very_same_question_is_not_taken_again(world: World, ani: Human) -> None:
    await writes(ani)
    await writes(ani, "Planet  terdekat dari matahari?\n=Merkurius")
    assert "Sudah ada di bank" in ani.told
    assert ani.buttons == ["Lihat soalnya"]
    assert len(await items(world)) == 31


async def test_what_others_wrote_and_nobody_read_yet_stays_unseen(world: World) -> None:
    await writes(world.citra.private)
    await writes(world.dewi.private)
    assert "Orang kedua membacanya dulu" in world.dewi.private.told
    assert len(await items(world, State.PROPOSED)) == 2


async def test_a_member_cannot_bury_the_readers(world: World) -> None:
    citra = world.citra.private
    await writes(citra)
    (first,) = await items(world, State.PROPOSED)
    async with world.store.begin() as unit:
        for _ in range(49):
            await unit.items.add(first, world.clock())
    await writes(citra, "Planet terbesar?\n= Jupiter")
    assert "Masih ada 50 soal" in citra.told
    assert len(await items(world, State.PROPOSED)) == 50


async def test_one_s_own_questions_are_listed_with_what_became_of_them(world: World) -> None:
    citra = world.citra.private
    await citra.says("/quizbank mine")
    assert "Belum ada soal" in citra.told
    await writes(citra)
    await writes(world.dewi.private, "Planet terbesar?\n= Jupiter")
    await citra.says("/banksoal punyaku")
    assert "#31 Planet terdekat dari matahari? · menunggu" in citra.told
    assert "Jupiter" not in citra.told
    assert "Planet terbesar" not in citra.told
    await citra.presses("#31")
    assert "Benar: Merkurius" in citra.told


async def test_a_member_sees_no_question_of_others(world: World) -> None:
    await writes(world.dewi.private)
    for number in (1, 31, 999):
        for line in ("show", "edit"):
            await world.citra.private.says(f"/quizbank {line} {number}")
            assert "untuk moderator" in world.citra.private.told, (number, line)


async def test_a_number_that_is_nowhere_is_said_kindly(world: World, ani: Human) -> None:
    await ani.says("/quizbank show 999")
    assert "Tidak ada soal #999 di sini" in ani.told


async def test_everything_about_a_question_is_on_one_page(world: World, ani: Human) -> None:
    await writes(world.citra.private)
    await ani.says("/quizbank show 31")
    for words in ("Soal #31 · menunggu", "Benar: Merkurius", "isian singkat, sedang", "Ditulis oleh Citra"):
        assert words in ani.told
    assert {"Ubah", "Tambah gambar", "Lihat riwayatnya"} <= set(ani.buttons)


async def test_a_question_is_retired_and_put_back(world: World, ani: Human) -> None:
    await ani.says("/quizbank show 3")
    await ani.presses("Pensiunkan")
    assert (await item(world, 3)).state is State.RETIRED
    assert "tidak ditanyakan lagi" in ani.told
    await ani.says("/quizbank list")
    await ani.presses("Dipensiunkan")
    assert "#3 " in ani.told
    await ani.presses("#3")
    await ani.presses("Pakai lagi")
    assert (await item(world, 3)).state is State.ACTIVE
    await ani.presses("Lihat riwayatnya")
    assert "dipakai lagi oleh Ani" in ani.told
    assert "dipensiunkan oleh Ani" in ani.told


async def test_an_old_button_retires_nothing_twice(world: World, ani: Human) -> None:
    await ani.says("/quizbank show 3")
    first = world.stage.transcript
    entry = next(e for e in reversed(tuple(first)) if e.author is None)
    press = next(b.press for row in entry.pages[-1].rows for b in row if b.label == "Pensiunkan")
    assert press
    for _ in range(2):
        await world.stage.press_data(ani.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "terlalu lama" in ani.told
    async with world.store.read() as unit:
        assert len(await unit.items.history(1, 3)) == 1


async def test_a_member_learns_no_key_by_writing_what_will_be_asked(world: World) -> None:
    """Whatever they mark as right, they see the same words."""
    asked = await item(world, 1)
    text = asked.text("id")
    citra, said = world.citra.private, set()
    for prompt in (text.prompt, f"Coba jawab: {text.prompt}"):
        for right in range(asked.size):
            lines = "\n".join(f"*{option}" if at == right else option for at, option in enumerate(text.options))
            await writes(citra, f"{prompt}\n{lines}")
            before, _, _ = citra.told.partition("Yang baru:")
            said.add(before)
            await citra.presses("Batalkan")
    (told,) = said
    assert text.options[1] in told
    assert "Benar: " not in told
    assert text.explanation not in told


async def test_an_author_takes_back_what_waits(world: World) -> None:
    citra = world.citra.private
    await writes(citra)
    await citra.says("/quizbank show 31")
    await citra.presses("Pensiunkan")
    assert (await item(world, 31)).state is State.RETIRED
    assert citra.buttons == ["Lihat riwayatnya"]


async def test_who_reads_alone_puts_nothing_back_unread(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await writes(ani)
    await ani.says("/quizbank show 31")
    for label in ("Pensiunkan", "Pakai lagi"):
        await ani.presses(label)
    assert (await item(world, 31)).state is State.PROPOSED
    await ani.presses("Pensiunkan")
    await world.budi.private.says("/quizbank show 31")
    await world.budi.private.presses("Pakai lagi")
    assert (await item(world, 31)).state is State.ACTIVE
