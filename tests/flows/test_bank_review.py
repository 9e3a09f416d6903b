"""A second person reads what was written, and the author hears what became of it."""

import pytest

from bot.chat.places import Role
from bot.domain.community import Review
from bot.domain.items import State
from bot.domain.people import Member
from tests.flows.shelf import COMMUNITY, history, item, items, reviews, writes
from tests.world import Human, World

JUPITER = "Planet terbesar?\n= Jupiter"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, and in private where they are to be told something."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")


@pytest.fixture
def ani(world: World) -> Human:
    return world.ani.private


@pytest.fixture
def citra(world: World) -> Human:
    return world.citra.private


async def test_what_waits_longest_is_approved_and_its_author_told_once(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await writes(citra, JUPITER)
    await ani.says("/banksoal tinjau")
    assert "Soal #31 · 2 menunggu" in ani.told
    assert "Ditulis oleh Citra" in ani.told
    assert ani.buttons == ["Setujui", "Kembalikan", "Ubah", "Berikutnya"]
    await ani.presses("Setujui")
    assert "Soal #31 sekarang dipakai" in ani.told
    assert "Soal #32 · 1 menunggu" in ani.told
    approved = await item(world, 31)
    assert approved.state is State.ACTIVE
    assert approved.reviewer
    assert [past.act for past in await history(world, 31)] == ["approve"]
    told = [text for text in citra.screen if "sudah disetujui" in text]
    assert len(told) == 1
    assert "soal #31" in told[0]
    await ani.presses("Setujui")
    assert "Belum ada yang perlu dibaca" in ani.told


async def test_next_goes_round(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await writes(citra, JUPITER)
    await ani.says("/quizbank review")
    for number in ("#32", "#31", "#32"):
        await ani.presses("Berikutnya")
        assert f"Soal {number} · 2 menunggu" in ani.told


async def test_what_is_sent_back_waits_for_its_author_who_is_told_why(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await ani.says("/quizbank review")
    await ani.presses("Kembalikan")
    assert "Apa yang perlu diubah penulisnya?" in ani.told
    assert "Planet terdekat" in ani.told, "what is sent back stands above the question"
    await ani.says("Tulis juga nama Inggrisnya.")
    assert "kembali ke penulisnya" in ani.told
    assert (await item(world, 31)).state is State.PROPOSED
    assert "Tulis juga nama Inggrisnya." in citra.told
    assert citra.buttons == ["Ubah"]
    await ani.says("/quizbank review")
    assert "Belum ada yang perlu dibaca" in ani.told, "nobody reads it twice"
    await citra.says("/quizbank mine")
    assert "dikembalikan: Tulis juga nama Inggrisnya." in citra.told
    await citra.says("/quizbank edit 31")
    await citra.presses("Jawaban benar")
    await citra.says("= Merkurius | Mercury")
    assert (await item(world, 31)).note == ""
    await ani.says("/quizbank review")
    assert "Soal #31 · 1 menunggu" in ani.told
    await ani.presses("Setujui")
    assert "sudah disetujui" in citra.told
    assert [past.act for past in await history(world, 31)] == ["approve", "edit", "return"]


async def test_who_cannot_be_written_to_finds_it_below_the_next_answer(world: World, ani: Human) -> None:
    values = {"prompt": "Planet terbesar?", "options": "= Jupiter", "right": "", "explanation": "", "topic": ""}
    await world.dewi.runs("quizbank add", **values)
    await ani.says("/quizbank review")
    await ani.presses("Setujui")
    await world.dewi.says("/quizbank mine")
    assert "sudah disetujui" in world.dewi.told
    await world.dewi.says("/quizbank mine")
    assert "sudah disetujui" not in world.dewi.told


async def test_nobody_reads_their_own_where_everybody_s_are_read(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await writes(ani)
    assert (await item(world, 31)).state is State.PROPOSED
    await ani.says("/quizbank review")
    assert "Belum ada yang perlu dibaca" in ani.told
    await world.budi.private.says("/quizbank review")
    await world.budi.private.presses("Setujui")
    assert (await item(world, 31)).state is State.ACTIVE


async def test_an_approval_is_refused_to_the_author_at_the_moment_of_the_press(world: World, ani: Human) -> None:
    """The button was made for somebody else, but what it does is asked of whoever presses it."""
    await reviews(world, Review.EVERYBODY)
    await writes(ani)
    await world.budi.private.says("/quizbank review")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.author is None)
    press = entry.pages[-1].rows[0][0].press
    assert press
    shown = world.stage.transcript.post(ani.at, None, entry.pages, world.clock())
    await world.stage.press_data(ani.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "tulisan sendiri" in ani.told
    assert (await item(world, 31)).state is State.PROPOSED


async def test_a_member_who_got_hold_of_the_button_is_refused(world: World, citra: Human) -> None:
    await writes(world.dewi.private)
    await world.budi.private.says("/quizbank review")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.author is None)
    press = entry.pages[-1].rows[0][0].press
    assert press
    shown = world.stage.transcript.post(citra.at, None, entry.pages, world.clock())
    await world.stage.press_data(citra.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "untuk moderator" in citra.told
    assert (await item(world, 31)).state is State.PROPOSED


async def test_two_readers_at_once_decide_once(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await ani.says("/quizbank review")
    await world.budi.private.says("/quizbank review")
    await ani.presses("Setujui")
    await world.budi.private.presses("Setujui")
    assert "sudah diputuskan orang lain" in world.budi.private.told
    assert len(await history(world, 31)) == 1
    await world.budi.private.presses("Lanjut")
    assert "Belum ada yang perlu dibaca" in world.budi.private.told


async def test_what_was_changed_meanwhile_is_read_once_more(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await ani.says("/quizbank review")
    await citra.says("/quizbank edit 31")
    await citra.presses("Soal")
    await citra.says("Planet yang paling dekat dengan matahari?")
    await ani.presses("Setujui")
    assert "sempat diubah" in ani.told
    assert (await item(world, 31)).state is State.PROPOSED
    await ani.presses("Lanjut")
    assert "Planet yang paling dekat" in ani.told
    await ani.presses("Setujui")
    assert (await item(world, 31)).state is State.ACTIVE


async def test_without_the_rule_members_write_straight_into_the_bank(world: World, citra: Human) -> None:
    await reviews(world, Review.NOBODY)
    await writes(citra)
    assert (await item(world, 31)).state is State.ACTIVE
    await citra.says("/quizbank edit 31")
    assert "untuk moderator" in citra.told, "what is asked is changed by trusted members"


async def test_the_list_leads_to_what_waits(world: World, ani: Human, citra: Human) -> None:
    await writes(citra)
    await ani.says("/quizbank list")
    await ani.presses("Menunggu")
    assert "#31 Planet terdekat dari matahari?" in ani.told
    await ani.presses("Tinjau")
    assert "Soal #31 · 1 menunggu" in ani.told


async def test_whose_questions_are_read_is_one_tap_in_the_settings(world: World, ani: Human) -> None:
    await world.ani.private.says("/setup")
    for label in ("WIB", "Seimbang", "Lanjut", "Selesai", "Pengaturan kuis"):
        await ani.presses(label)
    assert "Orang kedua membaca soal dari anggota sebelum dipakai" in ani.told
    seen = []
    for label in ("Baca dulu semua soal", "Pakai tanpa dibaca dulu", "Baca dulu soal anggota"):
        await ani.presses(label)
        async with world.store.read() as unit:
            group = await unit.communities.get(1)
        assert group
        seen.append(group.quizzes.review)
    assert seen == [Review.EVERYBODY, Review.NOBODY, Review.MEMBERS]
    assert len(await items(world)) == 30


async def test_somebody_who_took_over_a_whole_file_is_not_told_of_each(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    text = "\n\n".join(f"Soal nomor {number}? {{=Ya{number} ~Tidak}}" for number in range(9))
    await ani.says(f"/quizbank import {text}")
    await ani.presses("Simpan 9")
    budi = world.budi.private
    await budi.says("/quizbank review")
    for _ in range(9):
        await budi.presses("Setujui")
    assert len([said for said in ani.screen if "sudah disetujui" in said]) == 5


async def test_who_may_read_hears_once_that_something_waits(world: World, citra: Human) -> None:
    budi = world.budi.private
    await budi.says("/help")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(world.group, budi.account)).person
        assert person
        await unit.people.save_member(Member(COMMUNITY, person.id, Role.ORGANISER, tipped=True))
    for question in ("Planet terdekat dari matahari?\n= Merkurius", JUPITER):
        await writes(citra, question)
    await world.passes(minutes=31)
    await writes(citra, "Planet merah?\n= Mars")
    await world.passes(minutes=31)
    told = [text for text in budi.screen if "menunggu dibaca orang kedua" in text]
    assert told == ["2 soal baru menunggu dibaca orang kedua."]
    await budi.presses("Tinjau")
    for _ in range(3):
        await budi.presses("Setujui")
    await writes(citra, "Planet bercincin?\n= Saturnus")
    await world.ani.private.says("/quizbank review")
    await world.ani.private.presses("Setujui")
    await world.passes(minutes=31)
    assert len([text for text in budi.screen if "menunggu dibaca orang kedua" in text]) == 1, "somebody was quicker"


async def test_the_author_hears_that_somebody_else_must_read_it(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await writes(ani)
    await ani.says("/quizbank review")
    assert "1 soal buatan sendiri menunggu orang lain" in ani.told


async def test_an_author_does_not_put_a_question_back_past_the_second_person(world: World) -> None:
    ani = world.ani.private
    await writes(ani)
    await ani.says("/quizbank show 31")
    await ani.presses("Pensiunkan")
    await reviews(world, Review.EVERYBODY)
    await ani.says("/quizbank show 31")
    await ani.presses("Pakai lagi")
    assert (await item(world, 31)).state is State.PROPOSED
    budi = world.budi.private
    await budi.says("/quizbank show 31")
    await budi.presses("Pensiunkan")
    await budi.says("/quizbank show 31")
    await budi.presses("Pakai lagi")
    assert (await item(world, 31)).state is State.ACTIVE
