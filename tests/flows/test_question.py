"""A question from its asking to what solves it, and back."""

import asyncio

import pytest

from bot.chat.places import Role
from bot.domain.question import Closing, State
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, answers, appoint, card, greet, points, question
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_a_question_becomes_a_card_and_a_reply_an_answer(world: World) -> None:
    await world.ani.says(SKY)
    assert "Q1 · terbuka" in card(world, "Q1")
    assert "ditanyakan oleh Ani · #fisika" in card(world, "Q1")
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    assert "Sudah ada 1 jawaban" in card(world, "Q1")
    assert "Budi menjawab" in world.ani.private.told
    assert SCATTERED in world.ani.private.told
    await world.ani.private.presses("Ini jawabannya")
    assert "Q1 · ✓ terjawab" in card(world, "Q1")
    assert SCATTERED in card(world, "Q1")
    assert "+5 poin" in world.budi.private.told
    assert await points(world, world.budi) == 5
    assert (await question(world)).state is State.ANSWERED


async def test_the_card_is_one_message_however_much_happens(world: World) -> None:
    await world.ani.says(SKY)
    before = len(world.public)
    for number in range(4):
        await world.budi.replies(f"Percobaan {number}", to="Kenapa langit biru?")
    await world.citra.presses("Saya juga ingin tahu")
    await world.ani.presses("Pilih Q1.4")
    assert len(world.public) == before


async def test_whoever_asked_accepts_with_one_tap_on_the_card_and_others_are_refused(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.citra.presses("Pilih Q1.1")
    assert "Hanya penanya atau moderator" in world.citra.told
    assert (await question(world)).state is State.OPEN
    await world.ani.presses("Pilih Q1.1")
    assert (await question(world)).state is State.ANSWERED


async def test_several_helpers_are_credited_and_each_only_once(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.citra.replies("Dan mata kita lebih peka pada biru.", to="Kenapa langit biru?")
    for name in ("Q1.1", "Q1.2", "Q1.1"):
        await world.ani.private.says(f"/terjawab {name}")
    assert [each.accepted for each in await answers(world)] == [True, True]
    assert await points(world, world.budi) == 5
    assert await points(world, world.citra) == 5


async def test_what_is_taken_back_is_taken_from_the_points_by_an_entry(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.ani.private.says("/terjawab Q1.1")
    await world.ani.private.says("/pertanyaan Q1.1")
    await world.ani.private.presses("Ternyata bukan ini")
    assert "bukan lagi jawaban terpilih" in world.ani.private.told
    assert await points(world, world.budi) == 0
    assert "Q1 · terbuka" in card(world, "Q1")
    await world.ani.private.presses("Ini jawabannya")
    assert await points(world, world.budi) == 5
    await world.budi.private.says("/mengapa")
    assert world.budi.private.told.count("Q1.1") == 3


async def test_nobody_earns_by_answering_themselves(world: World) -> None:
    await world.ani.says(SKY)
    await world.ani.private.says(f"/jawab Q1 {SCATTERED}")
    await world.ani.private.says("/terjawab Q1")
    assert (await question(world)).state is State.ANSWERED
    assert await points(world, world.ani) == 0


async def test_a_moderator_accepts_for_others_but_not_their_own(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.budi.private.says("/terjawab Q1.1")
    assert "orang lain yang memutuskan" in world.budi.private.told
    await world.citra.private.says("/jawab Q1 Hamburan Rayleigh.")
    await world.budi.private.says("/terjawab Q1.2")
    assert [each.accepted for each in await answers(world)] == [False, True]


async def test_what_whoever_asked_adds_is_no_answer(world: World) -> None:
    await world.ani.says(SKY)
    await world.ani.replies("Maksudku di siang hari.", to="Kenapa langit biru?")
    assert not await answers(world)


async def test_the_same_answer_twice_is_one(world: World) -> None:
    await world.ani.says(SKY)
    for _ in range(2):
        await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    assert len(await answers(world)) == 1


async def test_an_answer_by_the_button_is_asked_for_below_the_question(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.private.says("/pertanyaan Q1")
    await world.budi.private.presses("Jawab")
    assert "Q1: Kenapa langit biru?" in world.budi.private.told
    await world.budi.private.says(SCATTERED)
    assert [each.text for each in await answers(world)] == [SCATTERED]


async def test_still_unclear_reaches_only_whoever_answered(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    before = len(world.public)
    await world.ani.private.presses("Masih belum jelas")
    await world.ani.private.says("Kenapa bukan ungu?")
    assert "Kenapa bukan ungu?" in world.budi.private.told
    assert len(world.public) == before
    assert not any("ungu" in text for text in world.public)
    await world.citra.private.says("/pertanyaan Q1.1")
    assert "ungu" not in world.citra.private.told


async def test_votes_count_once_and_never_for_oneself(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    for _ in range(2):
        await world.citra.likes(SCATTERED)
    await world.budi.likes(SCATTERED)
    async with world.store.read() as unit:
        assert (await unit.questions.votes(COMMUNITY, 1))[1] == 1
    await world.citra.unlikes(SCATTERED)
    async with world.store.read() as unit:
        assert not (await unit.questions.votes(COMMUNITY, 1)).get(1)


async def test_a_question_that_two_others_wonder_about_earns_once(world: World) -> None:
    await world.ani.says(SKY)
    await world.ani.presses("Saya juga ingin tahu")
    assert "orang lain yang memberi suara" in world.ani.told
    await world.budi.presses("Saya juga ingin tahu")
    assert await points(world, world.ani) == 0
    await world.citra.likes("Kenapa langit biru?")
    await world.dewi.likes("Kenapa langit biru?")
    assert await points(world, world.ani) == 2
    assert "(3)" in world.ani.buttons[-1] or any("(3)" in label for label in world.ani.buttons)


async def test_a_deleted_message_takes_the_answer_and_its_points_away(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.ani.private.says("/terjawab Q1.1")
    await world.budi.deletes(SCATTERED)
    assert not await answers(world)
    assert SCATTERED not in card(world, "Q1")
    assert (await question(world)).state is State.OPEN
    assert await points(world, world.budi) == 0


async def test_an_answer_is_withdrawn_by_its_author_and_by_moderators_alone(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.dewi.private.says("/pertanyaan Q1.1")
    assert "Hapus" not in " ".join(world.dewi.private.buttons)
    await world.budi.private.says("/pertanyaan Q1.1")
    await world.budi.private.presses("Hapus")
    assert not await answers(world)


async def test_code_and_formulas_stay_as_they_were_written(world: World) -> None:
    code = "```c\n#include <stdio.h>\nint a[3] = {1,  2};  /* *x* _y_ */\n```"
    await world.ani.private.says(f"/tanya Kenapa ini salah? {code}\nRumusnya $a_1 * b_2$ #c")
    assert "#include <stdio.h>\nint a[3] = {1,  2};  /* *x* _y_ */" in card(world, "Q1")
    assert "$a_1 * b_2$" in card(world, "Q1")
    assert (await question(world)).text == f"Kenapa ini salah? {code}\nRumusnya $a_1 * b_2$"
    assert (await question(world)).tags == ("c",)


async def test_a_question_without_words_is_refused_kindly(world: World) -> None:
    await world.ani.private.says("/tanya #fisika")
    assert "Tulis pertanyaannya setelah perintah" in world.ani.private.told
    await world.ani.private.says(f"/tanya {'a' * 1501}")
    assert "paling panjang" in world.ani.private.told or "1.500" in world.ani.private.told


async def test_nobody_floods_the_group_with_questions(world: World) -> None:
    for number in range(5):
        await world.ani.private.says(f"/tanya Soal nomor {number * 1000} bagaimana?")
        if "Tetap tanyakan" in world.ani.private.buttons:
            await world.ani.private.presses("Tetap tanyakan")
    await world.ani.private.says("/tanya Satu lagi boleh?")
    assert "Sudah 5 pertanyaan dalam satu jam" in world.ani.private.told
    await world.passes(hours=2)
    await world.ani.private.says("/tanya Sekarang boleh?")
    assert (await question(world, 6)).text == "Sekarang boleh?"


async def test_keys_are_never_kept(world: World) -> None:
    await world.ani.private.says("/tanya Token 123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA kok salah?")
    assert "kunci" in world.ani.private.told
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 1) is None


async def test_two_accept_at_once_and_it_counts_once(world: World) -> None:
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await asyncio.gather(world.ani.private.says("/terjawab Q1.1"), world.dewi.private.says("/terjawab Q1.1"))
    assert await points(world, world.budi) == 5


async def test_closing_needs_a_reason_and_reopening_a_tap(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.private.says("/tutup Q1 Bosan")
    assert "Hanya penanya atau moderator" in world.citra.private.told
    await world.budi.private.says("/tutup Q1 Tanyakan di grup fisika.")
    assert "Q1 · ditutup: Tanyakan di grup fisika." in card(world, "Q1")
    assert "Budi menutup Q1" in world.ani.private.told
    await world.ani.private.presses("Buka lagi")
    assert "Q1 · terbuka" in card(world, "Q1")
    assert (await question(world)).closing is Closing.NONE


async def test_what_was_asked_before_is_linked_both_ways(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.private.says("/tanya Warna laut dari mana?")
    await world.budi.private.says("/pertanyaan Q2")
    await world.budi.private.presses("Sudah pernah ditanyakan")
    await world.budi.private.says("Q2")
    assert "dirinya sendiri" in world.budi.private.told
    await world.budi.private.says("/pertanyaan Q2")
    await world.budi.private.presses("Sudah pernah ditanyakan")
    await world.budi.private.says("Q1")
    assert "Q2 · ditutup: sama dengan Q1" in card(world, "Q2")
    await world.citra.private.says("/pertanyaan Q1")
    assert "Ditanyakan lagi sebagai Q2" in world.citra.private.told


async def test_a_stray_message_is_moved_into_its_question(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.says("Eh, itu karena hamburan Rayleigh.")
    await world.dewi.replies("/pindah Q1", to="hamburan Rayleigh")
    assert not await answers(world)
    await world.budi.replies("/pindah Q1", to="hamburan Rayleigh")
    (moved,) = await answers(world)
    assert moved.text == "Eh, itu karena hamburan Rayleigh."
    await world.ani.private.says("/terjawab Q1.1")
    assert await points(world, world.citra) == 5


async def test_somebody_s_message_becomes_their_question(world: World) -> None:
    await world.citra.says("kenapa ya daun warnanya hijau")
    await world.eko.replies("/tanya", to="daun")
    assert "ditanyakan oleh Citra" in card(world, "Q1")
    assert "Pesan tadi menjadi Q1" in world.citra.private.told
    await world.dewi.private.says("/jawab Q1 Klorofil.")
    await world.eko.private.says("/terjawab Q1.1")
    assert "Only whoever asked" in world.eko.private.told
    await world.citra.private.says("/terjawab Q1.1")
    assert (await question(world)).state is State.ANSWERED


async def test_a_moderator_s_word_stands_beside_the_answer(world: World) -> None:
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.ani.says(SKY)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.dewi.private.says("/verifikasi Q1.1 ok")
    await world.ani.private.says("/terjawab Q1")
    assert "✓ Terverifikasi oleh Dewi" in card(world, "Q1")
    await world.dewi.private.says("/verifikasi Q1 ok")
    assert "Perlu nama jawabannya" in world.dewi.private.told


async def test_lists_teach_when_they_are_empty_and_link_when_not(world: World) -> None:
    await world.ani.private.says("/pertanyaan")
    assert "Tidak ada pertanyaan terbuka" in world.ani.private.told
    await world.ani.says(SKY)
    await world.budi.private.says("/pertanyaan menunggu")
    assert "Q1 Kenapa langit biru? · terbuka · 0 jawaban" in world.budi.private.told
    await world.ani.private.says("/pertanyaan punyaku")
    assert "Q1" in world.ani.private.told
    await world.budi.private.says("/pertanyaan punyaku")
    assert "Q1" not in world.budi.private.told
    await world.budi.private.says("/pertanyaan #kimia")
    assert "Belum ada pertanyaan tentang #kimia" in world.budi.private.told
    await world.budi.private.says("/pertanyaan Q9")
    assert "Tidak ada Q9" in world.budi.private.told


async def test_a_search_finds_questions_by_their_answers_and_state(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.ani.private.says("/terjawab Q1")
    await world.citra.private.says("/cari dihamburkan")
    assert "Q1 Kenapa langit biru?" in world.citra.private.told
    await world.citra.private.says("/cari langit is:open")
    assert "Q1" not in world.citra.private.told.replace("/", "")
    await world.citra.private.says("/cari langit status:terjawab dari:ani")
    assert "Q1" in world.citra.private.told


async def test_an_answer_whose_question_cannot_be_told_waits_for_a_tap(world: World) -> None:
    await world.citra.private.says(f"/jawab {SCATTERED}")
    assert "Tidak ada pertanyaan terbuka" in world.citra.private.told
    await world.ani.says(SKY)
    await world.citra.private.says(f"/jawab {SCATTERED}")
    await world.citra.private.presses("Q1 · Kenapa langit biru?")
    assert "Jawaban untuk Q1 sudah masuk" in world.citra.private.told
    assert [each.text for each in await answers(world)] == [SCATTERED]


async def test_nobody_writes_a_reason_in_vain(world: World) -> None:
    await world.citra.private.says("/tutup")
    assert "Pertanyaan yang mana?" in world.citra.private.told
    await world.ani.says(SKY)
    await world.citra.private.says("/tutup Q1")
    assert "Hanya penanya atau moderator" in world.citra.private.told
    await world.ani.private.says("/tutup Q1")
    assert "Mengapa ditutup?" in world.ani.private.told


async def test_whoever_asked_enough_is_told_before_writing_more(world: World) -> None:
    for number in range(5):
        await world.ani.private.says(f"/tanya Bagaimana cara menghitung {number * 1000} derajat?")
        if "Tetap tanyakan" in world.ani.private.buttons:
            await world.ani.private.presses("Tetap tanyakan")
    await world.ani.private.says("/tanya")
    assert "5 pertanyaan dalam satu jam" in world.ani.private.told
