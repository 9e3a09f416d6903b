"""What surrounds a live round: its panel, teams, what is missed, empty banks, forged buttons, both databases."""

import asyncio

from bot.chat.places import Account
from bot.chat.press import Press
from bot.domain.quiz import Answer
from bot.domain.round import EVERYBODY, Player
from tests.flows.crowd import people
from tests.flows.raw import pressed, words
from tests.flows.test_round import COMMUNITY, opens, right_letter, running, starts, wrong_letter
from tests.world import DISCORD, TELEGRAM, Human, World, opened


async def told_to(world: World, person: Human, press: Press) -> str:
    """What a press with that meaning is answered."""
    return await words(world, pressed(world, person, world.app.sign(press)))


async def test_the_panel_is_one_private_message_that_edits_itself(world: World) -> None:
    await world.ani.says("/quiz 3")
    before = len(world.ani.screen)
    for label in ("15 dtk", "3 regu", "60 dtk", "Tanpa regu"):
        await world.ani.presses(label)
    assert len(world.ani.screen) == before
    assert "Kuis bareng: 3 soal" in world.ani.told
    assert not world.budi.sees("Kuis bareng: 3 soal")
    assert "Dengan polling" not in world.ani.buttons, "no place here has native polls"
    await world.ani.presses("Buka untuk grup")
    assert world.ani.sees("Ronde sudah dibuka di grup")
    assert "60 detik" in world.public[0]


async def test_items_rest_once_a_round_has_begun_to_ask_them(world: World) -> None:
    async def rested() -> set[int]:
        async with world.store.read() as unit:
            return {item for item, at in (await unit.items.asked_at(COMMUNITY, "")).items() if at}

    before = await rested()
    await opens(world)
    assert await rested() == before, "a round that nobody starts has asked nothing"
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    _, quiz = await running(world)
    assert await rested() == before | {item.id for item in quiz.items}


async def test_a_round_is_never_larger_than_the_bank(world: World) -> None:
    await world.ani.says("/quiz fisika 20")
    assert "Kuis bareng: 4 soal" in world.ani.told
    assert "Topik: fisika" in world.ani.told


async def test_an_unknown_topic_names_those_that_there_are(world: World) -> None:
    await world.ani.says("/quiz astrologi")
    assert "Belum ada soal tentang astrologi" in world.ani.told
    await world.ani.presses("biologi")
    assert world.ani.sees("Kuis bareng: 5 soal", "Topik: biologi")


async def test_an_empty_bank_says_how_to_fill_it(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas 8B")
    await empty.stage.settle()
    await empty.ani.says("/quiz")
    assert "/quizbank add" in empty.ani.told


async def test_teams_are_compared_by_member(world: World) -> None:
    await world.ani.says("/quiz biologi 1")
    await world.ani.presses("2 regu")
    await world.ani.presses("Buka untuk grup")
    for person in (world.citra, world.dewi, world.eko):
        await person.presses("Ikut")
    await world.passes(seconds=3)
    assert "Regu 1: 2" in world.public[0]
    await world.ani.presses("Mulai")
    await world.passes(seconds=3)
    right, wrong = await right_letter(world), await wrong_letter(world)
    await world.citra.presses(right)
    await world.dewi.presses(right)
    await world.eko.presses(wrong)
    assert "You are in team 1" in world.eko.told
    await world.passes(seconds=3)
    assert "Regu 2: 100% benar\nRegu 1: 50% benar" in world.public[0]
    await world.passes(seconds=14)
    assert "hasil" in world.public[0]
    assert "Regu 2: 100% benar\nRegu 1: 50% benar" in world.public[0]


async def test_what_was_missed_comes_back_in_practice(world: World) -> None:
    await starts(world, "/quiz biologi 1")
    await world.passes(seconds=3)
    _, quiz = await running(world)
    right, wrong = await right_letter(world), await wrong_letter(world)
    await world.citra.presses(right)
    await world.dewi.presses(wrong)
    await world.ani.says("/quiz stop")
    async with world.store.read() as unit:
        later = world.clock().replace(year=2027)
        for person, count in ((world.citra, 0), (world.dewi, 1)):
            who = (await unit.arrivals.of(world.group, person.account)).person
            assert who
            assert await unit.recalls.count_due(COMMUNITY, who.id, later) == count
    assert quiz.items


async def test_what_a_crowd_missed_is_noted_for_all_of_them(world: World) -> None:
    await starts(world, "/quiz biologi 1")
    await world.passes(seconds=3)
    _, quiz = await running(world)
    (item,) = quiz.items
    wrong = str((item.right[0] + 1) % item.size)
    crowd = await people(world, 45)
    async with world.store.begin() as unit:
        for person in crowd:
            await unit.quizzes.answer(quiz, person, Answer(0, wrong, False), world.clock())
    await world.ani.says("/quiz stop")
    async with world.store.read() as unit:
        assert [len(await unit.recalls.known(COMMUNITY, person)) for person in crowd] == [1] * 45


async def test_everybody_is_told_in_their_own_language_and_the_group_in_its(world: World) -> None:
    await starts(world)
    await world.passes(seconds=3)
    await world.eko.presses("A")
    assert "Your answer A is in" in world.eko.told
    assert "Waktunya 30 detik" in world.public[0]


async def test_nothing_of_a_round_makes_a_sound_or_a_second_message(world: World) -> None:
    await starts(world)
    for _ in range(2):
        await world.passes(seconds=3)
        await world.citra.presses("A")
        await world.passes(seconds=45)
    assert len(world.public) == 1
    assert world.stage.transcript.noise.sounding == 0


async def test_a_forged_panel_opens_nothing(world: World) -> None:
    for word in ("0b00", "21b00", "5d00", "5b90", "5b", "x" * 5):
        told = await told_to(world, world.ani, Press("live", COMMUNITY, (word, "")))
        assert "terlalu lama" in told
    told = await told_to(world, world.citra, Press("live", COMMUNITY, ("5b00", "")))
    assert "yang membuka ronde" in told
    assert world.public == []


async def test_buttons_of_a_round_that_is_gone_say_so(world: World) -> None:
    await opens(world)
    for press in (
        Press("round", COMMUNITY, (99, 0, "0")),
        Press("round-join", COMMUNITY, (99,)),
        Press("round-mine", COMMUNITY, (99,)),
        Press("page-open", COMMUNITY, (99, 0)),
    ):
        assert "sudah selesai" in await told_to(world, world.citra, press)
    early = await told_to(world, world.citra, Press("round", COMMUNITY, (1, 0, "0")))
    assert "belum dimulai" in early
    assert "masih berjalan" in await told_to(world, world.citra, Press("round-mine", COMMUNITY, (1,)))
    assert "terlalu lama" in await told_to(world, world.ani, Press("steer", COMMUNITY, (1, 0, "lobby", "fly")))


async def test_a_place_that_comes_back_gets_the_round_that_is_running(world: World) -> None:
    other = DISCORD if world.group == TELEGRAM else TELEGRAM
    await world.stage.remove_bot(world.ani.account, other)
    await starts(world)
    await world.passes(seconds=3)
    eko = world.eko.in_(other)
    assert not eko.sees("Kuis bareng")
    await world.stage.add_bot(world.ani.account, other, "Kelas Contoh")
    await world.stage.settle()
    assert eko.sees("Kuis bareng · soal 1 dari 2")
    await eko.presses("A")
    await world.passes(seconds=31)
    assert "1 orang menjawab" in world.public[0]


async def test_stop_is_offered_while_a_round_runs(world: World) -> None:
    async def offered() -> list[tuple[str, str]]:
        return list(await world.app.complete(world.group, world.ani.account, "quiz", "topic", "sto"))

    assert await offered() == []
    await opens(world)
    assert await offered() == [("stop", "Hentikan ronde")]


async def test_a_large_round_is_left_to_the_clock(world: World) -> None:
    await opens(world)
    async with world.store.begin() as unit:
        quiz = await unit.quizzes.get(COMMUNITY, 1)
        assert quiz
        crowd = [(await unit.people.add(Account("playground", f"p{n}"), f"P{n}", "")).id for n in range(EVERYBODY)]
        for person in crowd:
            await unit.rounds.join(Player(COMMUNITY, 1, person, 0, world.clock()))
            await unit.quizzes.answer(quiz, person, Answer(0, "0", False), world.clock())
    await world.citra.presses("Ikut")
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    await world.passes(seconds=3)
    await world.citra.presses("A")
    await world.passes(seconds=3)
    assert "menjawab" not in world.public[0]
    await world.passes(seconds=28)
    assert f"{EVERYBODY + 1} orang menjawab" in world.public[0]


async def test_two_people_in_two_places_open_one_round_at_once(address: str) -> None:
    async with opened(address) as world:
        ani, budi = world.ani.in_(TELEGRAM), world.budi.in_(DISCORD)
        holding, pressed = asyncio.Event(), asyncio.Event()

        async def is_slow() -> None:
            async with world.store.begin() as unit:
                await unit.communities.hold(COMMUNITY)
                holding.set()
                await pressed.wait()

        await ani.says("/quiz biologi 2")
        await budi.says("/quiz fisika 2")
        slow = asyncio.create_task(is_slow())
        await holding.wait()
        both = [asyncio.create_task(human.presses("Buka untuk grup")) for human in (ani, budi)]
        await asyncio.sleep(0.2)
        pressed.set()
        await asyncio.gather(slow, *both)
        async with world.store.read() as unit:
            newest = await unit.quizzes.newest(COMMUNITY, 5)
        assert len(newest) == 1
        assert sum(human.sees("Sudah ada ronde") for human in (ani, budi)) == 1


async def test_a_round_on_either_database(address: str) -> None:
    async with opened(address) as world:
        await opens(world)
        for person in (world.citra, world.dewi):
            await person.presses("Ikut")
        await world.passes(seconds=3)
        await world.ani.presses("Mulai")
        await world.passes(seconds=3)
        for _ in range(2):
            letter = await right_letter(world)
            await world.citra.presses(letter)
            await world.dewi.presses(letter)
            await world.passes(seconds=3)
            assert "2 orang menjawab" in world.public[0]
            await world.passes(seconds=12)
        assert "1. Citra dan Dewi: 2" in world.public[0]
        await world.dewi.says("/points")
        assert "2" in world.dewi.told
