"""Questions are changed part by part; what they were before is kept."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.domain.community import Review
from bot.domain.items import Item, ItemText, Kind, Number, State
from tests.flows.shelf import history, item, items, reviews, writes
from tests.world import Human, World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, so that the private chat knows whose it is."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")


@pytest.fixture
def ani(world: World) -> Human:
    return world.ani.private


async def changes(person: Human, number: int, label: str, words: str) -> None:
    """Change one part of a question."""
    await person.says(f"/quizbank edit {number}")
    await person.presses(label)
    await person.says(words)


async def test_each_part_has_a_button_and_its_present_words_above_the_question(world: World, ani: Human) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56\n63")
    await ani.says("/banksoal ubah 31")
    parts = ["Soal", "Pilihan", "Kunci", "Pembahasan", "Tanggapan tiap pilihan", "Topik", "Kesulitan", "Sumber"]
    assert ani.buttons == [*parts, "Lihat soalnya"]
    await ani.presses("Pilihan")
    assert "Sekarang:" in ani.told
    assert "54\n*56\n63" in ani.told
    await ani.says("54\n*56\n63\n65")
    assert (await item(world, 31)).text("id").options == ("54", "56", "63", "65")
    assert ani.buttons == [*parts, "Lihat soalnya"]


async def test_every_part_can_be_changed(world: World, ani: Human) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56\n63")
    await changes(ani, 31, "Soal", "Berapa 7 × 8?")
    await changes(ani, 31, "Pembahasan", "7 × 8 = 56.")
    await changes(ani, 31, "Tanggapan", "Itu 6 × 9.\n-\nItu 7 × 9.")
    await changes(ani, 31, "Topik", "matematika, perkalian")
    await changes(ani, 31, "Sumber", "Buku kelas 3")
    await ani.says("/quizbank edit 31")
    await ani.presses("Kesulitan")
    await ani.presses("mudah")
    found = await item(world, 31)
    text = ItemText("Berapa 7 × 8?", ("54", "56", "63"), "7 × 8 = 56.", ("Itu 6 × 9.", "", "Itu 7 × 9."))
    assert found.texts == {"id": text}
    assert (found.tags, found.source, found.difficulty) == (("matematika", "perkalian"), "Buku kelas 3", 1)
    assert found.version == 2, "only the question itself was changed"
    pasts = await history(world, 31)
    assert [past.act for past in pasts] == ["edit"] * 6
    assert pasts[-1].item.text("id").prompt == "7 × 8 = ?"


@pytest.mark.parametrize("label", ["Pembahasan", "Sumber", "Tanggapan"])
async def test_a_hyphen_removes_what_is_there(world: World, ani: Human, label: str) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56")
    await changes(ani, 31, label, "Kata-kata")
    before = await item(world, 31)
    await changes(ani, 31, label, "-")
    after = await item(world, 31)
    assert before != after
    assert (after.source, after.text("id").explanation, after.text("id").feedback) == ("", "", ())


async def test_options_may_turn_a_question_into_another_kind(world: World, ani: Human) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56")
    seen: list[tuple[Kind, Sequence[int]]] = []
    for words in ("*56\n*lima puluh enam\n54", "= 56", "= lima puluh enam", "benar"):
        await changes(ani, 31, "Jawaban benar" if seen and seen[-1][0] is not Kind.SEVERAL else "Pilihan", words)
        found = await item(world, 31)
        seen.append((found.kind, found.right))
    assert seen == [(Kind.SEVERAL, (0, 1)), (Kind.NUMBER, ()), (Kind.TEXT, ()), (Kind.TRUTH, (0,))]
    assert (await history(world, 31))[1].item.number == Number(Decimal(56))


async def test_options_without_a_mark_keep_the_place_that_was_right(world: World, ani: Human) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56")
    await changes(ani, 31, "Pilihan", "lima puluh empat\nlima puluh enam")
    assert (await item(world, 31)).right == (1,)
    await changes(ani, 31, "Pilihan", "54\n56\n58")
    assert "Tidak ada pilihan" in ani.told or "benar" in ani.told
    assert (await item(world, 31)).size == 2, "which of three is right cannot be guessed"


async def test_the_key_is_chosen_by_taps(world: World, ani: Human) -> None:
    await writes(ani, "Bilangan prima?\n*2\n4\n5")
    await ani.says("/quizbank edit 31")
    for label in ("Kunci", "C", "Simpan kuncinya"):
        await ani.presses(label)
    found = await item(world, 31)
    assert (found.kind, found.right, found.version) == (Kind.SEVERAL, (0, 2), 2)
    await ani.says("/quizbank edit 31")
    for label in ("Kunci", "A", "Simpan kuncinya"):
        await ani.presses(label)
    assert ((await item(world, 31)).kind, (await item(world, 31)).right) == (Kind.ONE, (2,))


async def test_the_key_of_what_was_asked_is_corrected_with_everybody_s_points(world: World, ani: Human) -> None:
    await world.passes(days=1)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    assert quiz
    asked: Item = quiz.items[0]
    await ani.says(f"/quizbank edit {asked.id}")
    other = next(label for label in ("A", "B") if label != "ABCDE"[asked.right[0]])
    for label in ("Kunci", other, "Simpan kuncinya"):
        await ani.presses(label)
    assert "sudah pernah ditanyakan" in ani.told
    assert ani.buttons == ["Perbaiki kuncinya"]
    budi = world.budi.private
    await budi.says(f"/quizbank edit {asked.id}")
    for label in ("Kunci", other, "Simpan kuncinya"):
        await budi.presses(label)
    assert f"pengelola memperbaiki kuncinya dengan /quizbank rekey {asked.id}" in budi.told
    assert "Perbaiki kuncinya" not in budi.buttons, "a moderator may not"
    assert (await item(world, asked.id)).right == asked.right
    await changes(ani, asked.id, "Pembahasan", "Lain")
    async with world.store.read() as unit:
        again = await unit.quizzes.latest(1)
    assert again
    assert again.items[0].text("id").explanation != "Lain", "what is being asked keeps its own copy"


async def test_a_question_in_two_languages_keeps_its_options_together(world: World, ani: Human) -> None:
    before = await item(world, 1)
    await changes(ani, 1, "Pilihan", "*satu\ndua\ntiga\nempat\nlima\nenam")
    assert "dua bahasa" in ani.told
    assert await item(world, 1) == before
    await changes(ani, 1, "Soal", "Pertanyaan lain?")
    after = await item(world, 1)
    assert after.texts["id"].prompt == "Pertanyaan lain?"
    assert after.texts["en"] == before.texts["en"]


async def test_the_same_words_change_nothing(world: World, ani: Human) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56")
    await changes(ani, 31, "Soal", "7 × 8 = ?")
    assert await history(world, 31) == []


@pytest.mark.parametrize(
    ("label", "words", "said"),
    [
        ("Soal", "x" * 301, "300"),
        ("Pilihan", "4\n4", "pilihan yang sama"),
        ("Tanggapan", "a\nb\nc\nd", "4"),
        ("Topik", "a/b", "biologi"),
        ("Topik", "a,b,c,d,e,f", "6"),
    ],
)
async def test_what_is_no_good_is_told_and_changes_nothing(
    world: World, ani: Human, label: str, words: str, said: str
) -> None:
    await writes(ani, "7 × 8 = ?\n54\n*56")
    before = await item(world, 31)
    await changes(ani, 31, label, words)
    assert said in ani.told
    assert await item(world, 31) == before


async def test_an_author_changes_what_waits_and_nothing_else(world: World) -> None:
    citra = world.citra.private
    await writes(citra)
    await changes(citra, 31, "Soal", "Planet mana yang terdekat dari matahari?")
    found = await item(world, 31)
    assert found.text("id").prompt.startswith("Planet mana")
    assert found.state is State.PROPOSED
    await world.ani.private.says("/quizbank review")
    await world.ani.private.presses("Setujui")
    await citra.says("/quizbank edit 31")
    assert "untuk moderator" in citra.told
    await citra.says("/quizbank show 31")
    assert "Ubah" not in citra.buttons


async def test_words_sent_after_the_approval_change_nothing(world: World) -> None:
    citra = world.citra.private
    await writes(citra)
    await citra.says("/quizbank edit 31")
    await citra.presses("Soal")
    await world.ani.private.says("/quizbank review")
    await world.ani.private.presses("Setujui")
    await citra.says("Sesuatu yang lain sama sekali?")
    assert "untuk moderator" in citra.told
    assert (await item(world, 31)).text("id").prompt.startswith("Planet terdekat")


async def test_where_everybody_s_are_read_a_changed_question_is_read_again(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await changes(ani, 2, "Sumber", "Buku")
    assert (await item(world, 2)).state is State.ACTIVE, "the question itself is the same"
    await changes(ani, 2, "Soal", "Pertanyaan lain?")
    assert (await item(world, 2)).state is State.PROPOSED
    await ani.says("/quizbank review")
    await ani.presses("Setujui")
    assert "tulisan sendiri" in ani.told
    await world.budi.private.says("/quizbank review")
    await world.budi.private.presses("Setujui")
    assert (await item(world, 2)).state is State.ACTIVE
    assert len(await items(world)) == 30
