"""A live round, from the panel to the result, on one card in every place of the community."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.app import App
from bot.chat.errors import Unavailable
from bot.domain.jobs import Job
from bot.domain.jobs import State as JobState
from bot.domain.quiz import Quiz, State
from bot.domain.round import SHOWN, Phase, Round
from bot.features import FEATURES
from bot.features.live.answer import BETWEEN_EDITS
from storage.quiz import Quizzes
from tests.world import DISCORD, KEYS, TELEGRAM, World

COMMUNITY = 1


async def opens(world: World, line: str = "/quiz biologi 2") -> None:
    """Ani opens a round for the group."""
    await world.ani.says(line)
    await world.ani.presses("Buka untuk grup")


async def starts(world: World, line: str = "/quiz biologi 2") -> None:
    """The round's first item is on the card."""
    await opens(world, line)
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")


async def running(world: World) -> tuple[Round, Quiz]:
    async with world.store.read() as unit:
        live = await unit.rounds.current(COMMUNITY)
        assert live
        quiz = await unit.quizzes.get(COMMUNITY, live.quiz)
        assert quiz
        return live, quiz


async def right_letter(world: World) -> str:
    live, quiz = await running(world)
    return "ABCDE"[quiz.items[live.position].right[0]]


async def wrong_letter(world: World) -> str:
    return "B" if await right_letter(world) == "A" else "A"


async def test_a_round_is_opened_from_a_private_panel_and_stands_on_one_card(world: World) -> None:
    await world.ani.says("/quiz biologi 2")
    assert world.public == []
    assert world.ani.sees("Kuis bareng: 2 soal", "Topik: biologi")
    await world.ani.presses("60 dtk")
    await world.ani.presses("2 regu")
    await world.ani.presses("Buka untuk grup")
    assert len(world.public) == 1
    assert "60 detik" in world.public[0]
    assert "Regu 2: 0" in world.public[0]
    await world.citra.presses("Ikut")
    assert "regu 1" in world.citra.told
    await world.dewi.presses("Ikut")
    assert "regu 2" in world.dewi.told
    await world.passes(seconds=3)
    assert "2 orang sudah ikut" in world.public[0]


async def test_an_answer_is_told_to_the_presser_alone_and_the_first_one_stands(world: World) -> None:
    await starts(world)
    assert "soal 1 dari 2" in world.public[0]
    right, wrong = await right_letter(world), await wrong_letter(world)
    await world.citra.presses(wrong)
    assert f"Jawaban {wrong} sudah tercatat" in world.citra.told
    for _ in range(3):
        await world.citra.presses(right)
        assert f"Jawaban pertama yang berlaku: {wrong}" in world.citra.told
    assert "Benar" not in world.citra.told
    _, quiz = await running(world)
    async with world.store.read() as unit:
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).given[0] == {str("ABCDE".index(wrong)): 1}
    assert len(world.public) == 1


async def test_a_whole_round_ends_in_a_result_that_shames_nobody(world: World) -> None:
    await opens(world)
    for person in (world.citra, world.dewi, world.eko):
        await person.presses("Ikut")
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    for position in range(2):
        await world.passes(seconds=3)
        right, wrong = await right_letter(world), await wrong_letter(world)
        await world.citra.presses(right)
        await world.dewi.presses(right if position else wrong)
        await world.passes(seconds=31)
        assert f"soal {position + 1} dari 2" in world.public[0]
        assert "2 orang menjawab" in world.public[0]
        await world.passes(seconds=10)
    assert len(world.public) == 1
    result = world.public[0]
    assert "2 orang ikut" in result
    assert "75% dari semua jawaban benar" in result
    assert "1. Citra: 2" in result
    assert "2. Dewi: 1" in result
    assert "soal 1: 1 dari 2 benar" in result
    assert "Eko" not in result
    await world.dewi.presses("Hasil saya")
    assert world.dewi.sees("1 dari 2 benar", "Dapat 2 poin", "1. ")
    await world.citra.says("/why")
    assert world.citra.told.count("+1") == 2
    await world.eko.presses("Hasil saya")
    assert world.eko.sees("No answers of yours")
    async with world.store.read() as unit:
        assert await unit.rounds.current(COMMUNITY) is None
        quiz = await unit.quizzes.get(COMMUNITY, 1)
    assert quiz
    assert quiz.state is State.CLOSED


async def test_one_round_spans_both_places_with_one_result(world: World) -> None:
    other = DISCORD if world.group == TELEGRAM else TELEGRAM
    await opens(world)
    await world.passes(seconds=3)
    dewi = world.dewi.in_(other)
    await dewi.presses("Ikut")
    await world.ani.in_(other).presses("Mulai")
    await world.passes(seconds=3)
    letter = await right_letter(world)
    await world.citra.presses(letter)
    await world.citra.in_(other).presses(letter)
    await dewi.presses(letter)
    live, quiz = await running(world)
    async with world.store.read() as unit:
        tally = await unit.quizzes.tally(COMMUNITY, quiz.id)
        assert len(await unit.rounds.players(COMMUNITY, live.quiz)) == 2
    assert tally.people == 2, "a person is counted once"
    await world.passes(seconds=3)
    for place in (world.group, other):
        public = [text for text in world.eko.in_(place).screen if "2 orang menjawab" in text]
        assert len(public) == 1


async def test_the_item_is_over_as_soon_as_all_players_have_answered(world: World) -> None:
    await opens(world)
    await world.citra.presses("Ikut")
    await world.dewi.presses("Ikut")
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    await world.passes(seconds=3)
    letter = await right_letter(world)
    await world.citra.presses(letter)
    await world.passes(seconds=3)
    assert "menjawab" not in world.public[0]
    await world.dewi.presses(letter)
    await world.passes(seconds=3)
    assert "2 orang menjawab" in world.public[0]


async def test_an_answer_in_the_second_of_the_end_is_late_and_no_answer_counts_twice(world: World) -> None:
    await starts(world)
    letter = await right_letter(world)
    await world.citra.presses(letter)
    live, quiz = await running(world)
    assert live.ends_at
    world.clock.offset += live.ends_at - world.clock()
    await world.dewi.presses(letter)
    assert "Soal ini sudah selesai" in world.dewi.told
    await world.citra.presses(letter)
    assert f"Jawaban {letter} sudah dihitung" in world.citra.told
    async with world.store.read() as unit:
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).answers(0) == 1


async def test_a_button_of_an_earlier_item_says_so(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    entry = next(e for e in world.stage.transcript if e.place == world.group and e.is_public and e.author is None)
    press = entry.pages[-1].rows[0][0].press
    assert press
    await world.passes(seconds=45)
    assert "soal 2 dari 2" in world.public[0]
    await world.stage.press_data(world.citra.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "Soal ini sudah selesai" in world.citra.told


async def test_pause_keeps_the_time_and_only_whoever_runs_the_round_may(world: World) -> None:
    await starts(world)
    await world.passes(seconds=10)
    await world.citra.presses("Jeda")
    assert "yang membuka ronde" in world.citra.told
    await world.budi.presses("Jeda")
    await world.passes(seconds=3)
    assert "Dijeda" in world.public[0]
    assert "Sisa waktu untuk soal ini 20 detik" in world.public[0]
    world.sleeps(hours=5)
    await world.wakes()
    assert "Dijeda" in world.public[0]
    await world.ani.presses("Lanjut")
    await world.passes(seconds=3)
    live, _ = await running(world)
    assert live.ends_at
    assert (live.ends_at - world.clock()).total_seconds() == 17
    letter = await right_letter(world)
    await world.citra.presses(letter)
    assert f"Jawaban {letter} sudah tercatat" in world.citra.told


async def test_a_pause_that_everybody_forgot_makes_room_for_the_next_round(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    await world.citra.presses(await right_letter(world))
    await world.ani.presses("Jeda")
    await world.passes(hours=23)
    assert "setelah sehari ronde berakhir sendiri" in world.public[0]
    await world.passes(hours=2)
    assert "1. Citra: 1" in world.public[0]
    await world.budi.says("/quiz biologi 2")
    assert "Buka untuk grup" in world.budi.buttons


async def test_a_round_whose_clock_broke_goes_on_when_somebody_asks_for_one(world: World) -> None:
    await starts(world)
    live, _ = await running(world)
    async with world.store.begin() as unit:
        job = await unit.jobs.get(COMMUNITY, f"round-turn:{live.quiz}")
        assert job
        await unit.jobs.finish(job, JobState.FAILED)
    await world.passes(minutes=10)
    assert (await running(world))[0] == live
    await world.budi.says("/quiz")
    await world.passes(seconds=3)
    assert "Dijeda" in world.public[0]


async def test_a_database_that_fails_for_a_moment_does_not_pause_the_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await starts(world)
    await world.passes(seconds=3)
    await world.citra.presses(await right_letter(world))
    answered, fails = Quizzes.answered, iter((True,))

    async def fails_once(self: Quizzes, community: int, quiz: int, position: int) -> int:
        if next(fails, False):
            raise Unavailable("just now")
        return await answered(self, community, quiz, position)

    monkeypatch.setattr(Quizzes, "answered", fails_once)
    await world.passes(seconds=29)
    assert (await running(world))[0].phase is Phase.ASKING
    await world.passes(seconds=6)
    assert (await running(world))[0].phase is Phase.SHOWING


async def test_whoever_may_run_the_round_finds_its_end_where_it_is_named(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    await world.ani.presses("Jeda")
    await world.passes(seconds=3)
    await world.budi.says("/quiz")
    assert "Kuis ini sedang dijeda" in world.budi.told
    await world.budi.presses("Lanjut")
    await world.passes(seconds=3)
    assert (await running(world))[0].phase is Phase.ASKING
    await world.budi.says("/quiz")
    await world.budi.presses("Hentikan ronde")
    assert "Ronde sudah diakhiri" in world.budi.told
    async with world.store.read() as unit:
        assert await unit.rounds.current(COMMUNITY) is None


async def test_stop_ends_with_the_result_so_far(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    letter = await right_letter(world)
    await world.citra.presses(letter)
    await world.citra.says("/kuis berhenti")
    assert "yang membuka ronde" in world.citra.told
    await world.ani.says("/quiz stop")
    assert "Ronde sudah diakhiri" in world.ani.told
    await world.passes(seconds=3)
    assert "Kuis bareng · hasil" in world.public[0]
    assert "1. Citra: 1" in world.public[0]
    await world.ani.says("/quiz stop")
    assert "Belum ada ronde" in world.ani.told


async def test_a_round_that_nobody_answers_stops_by_itself_after_two_items(world: World) -> None:
    await starts(world, "/quiz 5")
    await world.passes(minutes=3)
    assert "Dua soal berturut-turut tanpa jawaban" in world.public[0]
    assert len(world.public) == 1
    async with world.store.read() as unit:
        assert await unit.rounds.current(COMMUNITY) is None


async def test_a_lobby_that_nobody_starts_ends_after_half_an_hour(world: World) -> None:
    await opens(world)
    await world.passes(minutes=29)
    assert "Mulai" in world.citra.buttons
    await world.passes(minutes=2)
    assert "berakhir tanpa jawaban" in world.public[0]
    await world.citra.presses("Latihan")
    assert "soal 1 dari 5" in world.citra.told


async def test_a_second_start_answers_with_where_the_round_stands(world: World) -> None:
    await opens(world)
    await world.budi.says("/quiz")
    assert "Sudah ada ronde" in world.budi.told
    await world.budi.presses("Ikut")
    assert "Sudah ikut" in world.budi.told
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    await world.passes(seconds=3)
    await world.budi.says("/quiz fisika")
    assert "soal 1 dari 2" in world.budi.told
    await world.budi.presses("Jawab")
    assert "soal 1 dari 2" in world.budi.told
    await world.budi.presses("A")
    assert "Jawaban A sudah tercatat" in world.budi.told
    assert len(world.public) == 1


async def test_two_panels_open_one_round(world: World) -> None:
    await world.ani.says("/quiz biologi 2")
    await world.budi.says("/quiz fisika 2")
    await world.ani.presses("Buka untuk grup")
    await world.budi.presses("Buka untuk grup")
    assert world.budi.sees("Sudah ada ronde")
    assert len(world.public) == 1


async def test_members_practise_unless_everybody_may_start_rounds(world: World) -> None:
    await world.citra.says("/quiz")
    assert "soal 1 dari 5" in world.citra.told
    async with world.store.begin() as unit:
        group = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(group, quizzes=replace(group.quizzes, anyone=True)))
    await world.citra.says("/quiz 2")
    await world.citra.presses("Buka untuk grup")
    await world.passes(seconds=3)
    await world.dewi.presses("Mulai")
    assert "yang membuka ronde" in world.dewi.told
    await world.citra.presses("Mulai")
    await world.passes(seconds=3)
    assert "soal 1 dari 2" in world.public[0]


async def test_in_private_the_command_practises_also_for_an_organiser(world: World) -> None:
    await world.ani.says("/help")
    await world.ani.private.says("/quiz")
    assert "soal 1 dari 5" in world.ani.private.told


async def test_only_for_me_practises_with_what_was_chosen(world: World) -> None:
    await world.ani.says("/quiz biologi 2")
    await world.ani.presses("Hanya untuk saya")
    assert "soal 1 dari 2" in world.ani.told
    assert world.public == []


async def test_who_does_not_wish_to_be_ranked_is_not_named(world: World) -> None:
    await world.citra.says("/settings")
    await world.citra.presses("Sembunyikan saya")
    await starts(world)
    await world.passes(seconds=3)
    letter = await right_letter(world)
    for person in (world.citra, world.dewi):
        await person.presses(letter)
    await world.ani.says("/quiz stop")
    await world.passes(seconds=3)
    assert "Dewi: 1" in world.public[0]
    assert "Citra" not in world.public[0]


async def test_a_shared_place_names_both(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    letter = await right_letter(world)
    for person in (world.citra, world.dewi):
        await person.presses(letter)
    await world.ani.says("/quiz stop")
    await world.passes(seconds=3)
    assert "1. Citra dan Dewi: 1" in world.public[0]


async def test_the_card_is_edited_at_most_every_three_seconds(world: World) -> None:
    await opens(world)
    versions: list[int] = []

    def version() -> int:
        return next(e.version for e in world.stage.transcript if e.place == world.group and e.is_public)

    for person in (world.citra, world.dewi, world.eko, world.budi):
        await person.presses("Ikut")
        versions.append(version())
    assert len(set(versions)) == 1, "nobody's joining edits the card at once"
    await world.passes(seconds=3)
    assert version() != versions[0]
    assert "4 orang sudah ikut" in world.public[0]


async def test_a_clock_that_was_put_back_does_not_hold_up_the_card(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    world.clock.offset -= timedelta(hours=2)
    await world.ani.presses("Tampilkan hasil")
    live, _ = await running(world)
    assert live.phase is Phase.SHOWING
    assert live.ends_at
    assert live.ends_at <= world.clock() + SHOWN + BETWEEN_EDITS


async def test_next_goes_on_at_once_and_a_second_tap_does_nothing_more(world: World) -> None:
    await starts(world, "/quiz 3")
    await world.passes(seconds=3)
    await world.citra.presses("A")
    entry = next(e for e in world.stage.transcript if e.place == world.group and e.is_public and e.author is None)
    press = next(b.press for row in entry.pages[-1].rows for b in row if b.press and b.press.args[-1] == "next")
    for _ in range(3):
        await world.stage.press_data(world.ani.account, entry.id, world.app.sign(press))
        await world.stage.settle()
    live, _ = await running(world)
    assert (live.phase, live.position) == (Phase.SHOWING, 0)
    await world.passes(seconds=3)
    assert "1 orang menjawab" in world.public[0]
    await world.budi.presses("Berikutnya")
    await world.passes(seconds=3)
    assert "soal 2 dari 3" in world.public[0]


async def test_a_restart_in_the_middle_loses_nothing(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    letter = await right_letter(world)
    await world.citra.presses(letter)
    app = App(FEATURES, world.store, KEYS, world.clock, Random(8))
    world.stage.attach(app)
    world.app = app
    await world.dewi.presses(letter)
    await world.passes(seconds=41)
    assert "soal 2 dari 2" in world.public[0]
    _, quiz = await running(world)
    async with world.store.read() as unit:
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).right[0] == 2
    assert len(world.public) == 1


async def test_a_round_whose_time_ran_out_while_we_were_away_waits_with_all_its_time(world: World) -> None:
    await starts(world)
    await world.passes(seconds=10)
    world.sleeps(minutes=20)
    await world.wakes()
    await world.passes(seconds=3)
    assert "Sisa waktu untuk soal ini 30 detik" in world.public[0]
    await world.budi.presses("Lanjut")
    await world.passes(seconds=3)
    await world.citra.presses(await right_letter(world))
    assert "sudah tercatat" in world.citra.told


async def test_a_look_that_comes_too_early_does_not_lose_the_end(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    async with world.store.begin() as unit:
        await unit.jobs.put(Job(COMMUNITY, "round-turn:1", "round-turn", 1, world.clock()))
    await world.passes(seconds=3)
    assert "Waktunya" in world.public[0]
    await world.passes(seconds=26)
    assert "0 orang menjawab" in world.public[0]
