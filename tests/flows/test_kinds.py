"""Every kind of item, answered in practice and in the daily quiz, in the way that its kind takes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.items import Item, ItemText, Kind, Number, State
from tests.flows.raw import hears, pressed
from tests.world import World

ONE = Item(1, 0, {"id": ItemText("2 + 2?", ("3", "4"), "Dua dan dua.", ("Kurang satu.", ""))}, (1,))
SEVERAL = Item(1, 0, {"id": ItemText("Mana yang prima?", ("2", "4", "5"))}, (0, 2), kind=Kind.SEVERAL)
TRUTH = Item(1, 0, {"id": ItemText("Bumi bulat.", explanation="Dilihat dari jauh.")}, (0,), kind=Kind.TRUTH)
TEXT = Item(1, 0, {"id": ItemText("Proses tumbuhan membuat gula?", answers=("fotosintesis",))}, kind=Kind.TEXT)
NUMBER = Item(
    1,
    0,
    {"id": ItemText("Percepatan gravitasi?")},
    kind=Kind.NUMBER,
    number=Number(Decimal("9.8"), Decimal("0.1"), "m/s²"),
)
ORDER = Item(1, 0, {"id": ItemText("Urutkan dari kecil.", ("satu", "dua", "tiga"))}, kind=Kind.ORDER)
KINDS = {item.kind: item for item in (ONE, SEVERAL, TRUTH, TEXT, NUMBER, ORDER)}


async def bank(world: World, *items: Item) -> list[Item]:
    """Let the bank hold these items alone."""
    async with world.store.begin() as unit:
        for item in await unit.items.list(1, State.ACTIVE):
            await unit.items.save(replace(item, state=State.RETIRED))
        return [await unit.items.add(item, world.clock()) for item in items]


async def practises(world: World, item: Item) -> None:
    await bank(world, item)
    await world.budi.private.says("/kuis 1")
    assert item.text("id").prompt.replace("`", "") in world.budi.private.told


async def opens(world: World, *items: Item) -> None:
    await bank(world, *items)
    await world.passes(hours=22, minutes=1)


async def stored(world: World) -> dict[int, tuple[str, bool]]:
    """Budi's answers in the daily quiz by item position."""
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(world.group, world.budi.account)).person
        assert person
        answers = (await unit.quizzes.all_answers(1, 1)).get(person.id, ())
        return {answer.position: (answer.response, answer.right) for answer in answers}


def marked(world: World) -> list[str]:
    """The buttons that are marked as chosen."""
    entry = world.budi.private._entries()[-1]
    return [str(button.label) for row in entry.pages[-1].rows for button in row if button.pick]


async def test_several_choices_are_marked_one_by_one_and_sent(world: World) -> None:
    await practises(world, SEVERAL)
    assert "Kirim jawaban" not in world.budi.private.buttons
    for label in ("A", "B", "C", "B"):
        await world.budi.private.presses(label)
    assert marked(world) == ["A", "C"]
    await world.budi.private.presses("Kirim jawaban")
    assert "✅ Benar!" in world.budi.private.told


async def test_too_many_choices_are_wrong_and_the_key_is_named(world: World) -> None:
    await practises(world, SEVERAL)
    for label in ("A", "B", "C", "Kirim jawaban"):
        await world.budi.private.presses(label)
    assert "❌" in world.budi.private.told
    assert "A. 2 dan C. 5" in world.budi.private.told


@pytest.mark.parametrize(
    ("label", "verdict"), [("A", "✅ Benar! Dilihat dari jauh."), ("B", "❌ Belum tepat: jawabannya Benar.")]
)
async def test_a_statement_is_true_or_false(world: World, label: str, verdict: str) -> None:
    await practises(world, TRUTH)
    assert "A. Benar" in world.budi.private.told
    await world.budi.private.presses(label)
    assert verdict in world.budi.private.told


async def test_an_order_is_tapped_and_can_be_begun_again(world: World) -> None:
    await practises(world, ORDER)
    shown = {line.partition(". ")[2]: line[0] for line in world.budi.private.told.splitlines() if ". " in line[:3]}
    await world.budi.private.presses(shown["tiga"])
    assert marked(world) == [f"1. {shown['tiga']}"]
    await world.budi.private.presses("Ulangi")
    assert marked(world) == []
    for word in ("satu", "dua", "tiga"):
        await world.budi.private.presses(shown[word])
    assert "✅ Benar!" in world.budi.private.told


async def writes(world: World, words: str) -> None:
    """Press the button that asks for words and write them."""
    await world.budi.private.presses("Tulis jawaban")
    await world.budi.private.says(words)


@pytest.mark.parametrize(("words", "verdict"), [("Fotosintesys", "✅ Benar!"), ("respirasi", "❌ Belum tepat")])
async def test_words_are_written_and_read_kindly(world: World, words: str, verdict: str) -> None:
    await practises(world, TEXT)
    await writes(world, words)
    assert verdict in world.budi.private.told


async def test_a_number_is_asked_again_where_it_was_none(world: World) -> None:
    await practises(world, NUMBER)
    assert "Satuan: m/s²" in world.budi.private.told
    await writes(world, "kira-kira sepuluh")
    assert "Di sini perlu angka" in world.budi.private.told
    await writes(world, "9,81 m/s²")
    assert "✅ Benar! 9,8 ± 0,1 m/s²" in world.budi.private.told


async def test_the_word_about_the_chosen_option_is_said(world: World) -> None:
    await practises(world, ONE)
    await world.budi.private.presses("A")
    assert "Kurang satu. Dua dan dua." in world.budi.private.told


async def test_the_daily_card_takes_a_tap_where_one_is_enough_and_goes_on_privately_elsewhere(world: World) -> None:
    await opens(world, SEVERAL, TRUTH, TEXT)
    labels = set(world.budi.buttons)
    truth = next(label[0] for label in labels if label.endswith("A"))
    assert labels == {f"{truth}A", f"{truth}B", *(f"{n}: jawab" for n in {"1", "2", "3"} - {truth})}
    await world.budi.presses(f"{truth}A")
    assert (await stored(world))[int(truth) - 1] == ("0", True)
    public = world.public[-1]
    for number in sorted({"1", "2", "3"} - {truth}):
        await world.budi.presses(f"{number}: jawab")
        if "Mana yang prima" in world.budi.told:
            for label in ("A", "C", "Kirim jawaban"):
                await world.budi.presses(label)
        else:
            await world.budi.says("fotosintesis") if not world.stage.habits(world.group).forms else await fills(world)
    assert {right for _, right in (await stored(world)).values()} == {True}
    assert len(await stored(world)) == 3
    assert world.public[-1] == public, "nothing of it is seen by others"


async def fills(world: World) -> None:
    """Send the form that opened."""
    form = world.stage.transcript.signals[-1].what
    await world.stage.submit(form, {"words": "fotosintesis"})  # type: ignore[arg-type]
    await world.stage.settle()


async def test_the_first_answer_in_words_stands(world: World) -> None:
    await opens(world, TEXT)
    await world.budi.private.says("/harian")
    await writes(world, "respirasi")
    assert (await stored(world)) == {0: ("respirasi", False)}
    await world.budi.private.says("/harian")
    assert "Cukup untuk hari ini" in world.budi.private.told


async def test_a_closed_card_shows_how_each_kind_was_answered(world: World) -> None:
    await opens(world, SEVERAL, NUMBER, ORDER)
    await world.budi.private.says("/harian")
    for _ in range(3):
        told = world.budi.private.told
        if "prima" in told:
            for label in ("A", "Kirim jawaban"):
                await world.budi.private.presses(label)
        elif "gravitasi" in told:
            await writes(world, "9.8")
        else:
            for label in ("A", "B", "C"):
                await world.budi.private.presses(label)
    await world.passes(hours=14)
    result = world.public[-1]
    assert "9,8 ± 0,1 m/s²" in result
    assert "A. 2" in result
    assert "1 orang ikut, 1 menyelesaikan" in result
    assert "satu → dua → tiga" in result


async def test_a_formula_stays_as_it_was_written(world: World) -> None:
    prompt = r"Hitung $\frac{a_1}{b*c}$ untuk `x_1 <b>` dan \(y^2\)?"
    await practises(world, replace(TEXT, texts={"id": ItemText(prompt, answers=("satu",))}))
    assert r"$\frac{a_1}{b*c}$" in world.budi.private.told
    assert "x_1 <b>" in world.budi.private.told


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_forged_response_is_refused(world: World, kind: Kind) -> None:
    await practises(world, KINDS[kind])
    entry = world.budi.private._entries()[-1]
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(world.group, world.budi.account)).person
        assert person
        found = await unit.practices.get(1, person.id)
    assert found
    for response in ("9", "00", "x", "", "0123456789"):
        press = world.app.index.actions["practise"](1, found[0], 0, response)
        await world.stage.press_data(world.budi.account, entry.id, world.app.sign(press))
        await world.stage.settle()
        assert "✅" not in world.budi.private.told
        assert "❌" not in world.budi.private.told


@pytest.mark.parametrize("taken", ["9", "00", "x", "3"])
async def test_a_forged_choice_on_the_way_is_refused(world: World, taken: str) -> None:
    await practises(world, SEVERAL)
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(world.group, world.budi.account)).person
        assert person
        found = await unit.practices.get(1, person.id)
    assert found
    press = world.app.index.actions["practise-mark"](1, found[0], 0, taken)
    await world.stage.press_data(world.budi.account, world.budi.private._entries()[-1].id, world.app.sign(press))
    await world.stage.settle()
    assert "terlalu lama" in world.budi.private.told


@pytest.mark.parametrize(("item", "response"), [(SEVERAL, "02"), (ORDER, "012"), (TEXT, "fotosintesis")])
async def test_what_needs_more_than_a_tap_is_not_answered_by_one_on_the_card(
    world: World, item: Item, response: str
) -> None:
    await opens(world, item)
    press = world.app.index.actions["daily"](1, 1, 0, response)
    await world.stage.press_data(world.budi.account, world.budi._entries()[-1].id, world.app.sign(press))
    await world.stage.settle()
    assert "terlalu lama" in world.budi.told
    assert await stored(world) == {}


async def test_only_the_answer_that_stands_is_missed_and_only_once(world: World) -> None:
    await opens(world, ONE, replace(ONE, texts={"id": ItemText("3 + 4?", ("7", "6"))}, right=(0,)))
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
        person = (await unit.arrivals.of(world.group, world.ani.account)).person
    assert quiz
    assert person
    positions = {item.text("id").prompt: position for position, item in enumerate(quiz.items, 1)}
    missed, known = positions["2 + 2?"], positions["3 + 4?"]
    for label in (f"{known}A", f"{known}B", f"{missed}A"):
        await world.ani.presses(label)
    async with world.store.begin() as unit:
        once = await unit.recalls.get(1, person.id, quiz.items[missed - 1].id)
        assert await unit.recalls.get(1, person.id, quiz.items[known - 1].id) is None
    assert once
    await world.passes(minutes=30)
    await world.ani.presses(f"{missed}A")
    async with world.store.begin() as unit:
        assert await unit.recalls.get(1, person.id, quiz.items[missed - 1].id) == once


async def test_the_example_of_a_number_is_written_as_its_reader_writes_numbers(world: World) -> None:
    await world.budi.private.says("/language en")
    await practises(world, NUMBER)
    await world.budi.private.presses("Write my answer")
    await world.budi.private.says("a lot")
    assert "Example: 12.5" in world.budi.private.told


async def test_whatever_is_shown_or_said_of_somebodys_answer_is_for_their_eyes_alone(world: World) -> None:
    await opens(world, replace(SEVERAL, picture="none"))
    actions = world.app.index.actions
    presses = (
        actions["mine-open"](1, 1, 0),
        actions["mine-mark"](1, 1, 0, "0"),
        actions["mine"](1, 1, 0, "02"),
    )
    for press in presses:
        (said,) = await hears(world, pressed(world, world.budi, world.app.sign(press)))
        assert (said.personal, said.public) == (True, False), press
