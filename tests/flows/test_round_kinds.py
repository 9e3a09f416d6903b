"""A live round asks items of all six kinds, each answered in the way that it takes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.playground.form import Dialog
from bot.domain.answer import shown_order
from bot.domain.items import Item, ItemText, Kind, Number, letter
from tests.flows.test_round import COMMUNITY, running
from tests.world import DISCORD, TELEGRAM, Human, World, opened

ITEMS = {
    Kind.ONE: Item(COMMUNITY, 0, {"id": ItemText("Pilih satu", ("a", "b", "c"))}, (1,)),
    Kind.SEVERAL: Item(COMMUNITY, 0, {"id": ItemText("Pilih beberapa", ("a", "b", "c"))}, (0, 2), kind=Kind.SEVERAL),
    Kind.TRUTH: Item(COMMUNITY, 0, {"id": ItemText("Bumi bulat")}, (0,), kind=Kind.TRUTH),
    Kind.TEXT: Item(COMMUNITY, 0, {"id": ItemText("Ibu kota?", answers=("Jakarta",))}, kind=Kind.TEXT),
    Kind.NUMBER: Item(
        COMMUNITY, 0, {"id": ItemText("Berapa?")}, kind=Kind.NUMBER, number=Number(Decimal("1.5"), Decimal("0.1"), "m")
    ),
    Kind.ORDER: Item(COMMUNITY, 0, {"id": ItemText("Urutkan", ("satu", "dua", "tiga"))}, kind=Kind.ORDER),
}


async def asks(world: World, kind: Kind) -> None:
    """A running round asks one item of that kind."""
    async with world.store.begin() as unit:
        found = await unit.items.add(replace(ITEMS[kind], tags=(kind.value,)), world.clock())
    assert found.id
    await world.ani.says(f"/quiz {kind.value} 1")
    await world.ani.presses("Buka untuk grup")
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    await world.passes(seconds=1)


async def given(world: World) -> dict[str, int]:
    """The responses to the item with how many gave them."""
    _, quiz = await running(world)
    async with world.store.read() as unit:
        return dict((await unit.quizzes.tally(COMMUNITY, quiz.id)).given.get(0, {}))


def card(world: World) -> str:
    """The id of the round's card in this group."""
    return next(e.id for e in world.stage.transcript if e.place == world.group and e.is_public and e.author is None)


async def replies(world: World, person: Human, words: str) -> None:
    await person.says(words, reply=card(world))


@pytest.fixture
async def heard(sqlite_address: str) -> AsyncIterator[World]:
    """The pane in which the bot hears what people write to each other."""
    async with opened(sqlite_address, TELEGRAM) as made:
        yield made


async def test_true_or_false_is_one_tap(world: World) -> None:
    await asks(world, Kind.TRUTH)
    await world.citra.presses("A")
    assert "Jawaban Benar sudah tercatat" in world.citra.told
    await world.passes(seconds=31)
    assert "1 orang menjawab" in world.public[0]


async def test_several_choices_are_marked_and_sent_on_a_private_page(world: World) -> None:
    await asks(world, Kind.SEVERAL)
    await world.citra.presses("Jawab")
    for label in ("A", "C"):
        await world.citra.presses(label)
    await world.citra.presses("Kirim jawaban")
    assert "Jawaban A, C sudah tercatat" in world.citra.told
    assert await given(world) == {"02": 1}
    assert len(world.public) == 1


async def test_an_item_that_is_over_is_not_opened_any_more(world: World) -> None:
    await asks(world, Kind.SEVERAL)
    await world.passes(seconds=3)
    entry, row, column = world.citra._button("Jawab")
    press = entry.pages[-1].rows[row][column].press
    assert press
    await world.passes(seconds=33)
    await world.stage.press_data(world.citra.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "Soal ini sudah selesai" in world.citra.told
    assert not world.citra.sees("Bisa lebih dari satu yang benar", "A. a")


async def test_an_order_is_tapped_one_after_the_other(world: World) -> None:
    await asks(world, Kind.ORDER)
    _, quiz = await running(world)
    await world.citra.presses("Jawab")
    for option in range(3):
        await world.citra.presses(letter(shown_order(quiz.items[0]).index(option)))
    assert "sudah tercatat" in world.citra.told
    assert await given(world) == {"012": 1}


@pytest.mark.parametrize(("kind", "words"), [(Kind.TEXT, "jakartaa"), (Kind.NUMBER, "1,55 m")])
async def test_words_answer_by_a_plain_reply_to_the_card(heard: World, kind: Kind, words: str) -> None:
    await asks(heard, kind)
    await replies(heard, heard.citra, words)
    marks = [entry.marked for entry in heard.stage.transcript if entry.author == heard.citra.account]
    assert marks == [True], "a mark at the words is enough"
    assert not heard.citra.sees("sudah tercatat")
    await replies(heard, heard.citra, "7")
    assert f"Jawaban pertama yang berlaku: {words}" in heard.citra.told
    assert not heard.dewi.sees("Jawaban pertama yang berlaku"), "told to the writer alone"
    assert await given(heard) == {words: 1}
    await heard.passes(seconds=31)
    async with heard.store.read() as unit:
        live = await unit.rounds.current(COMMUNITY)
        assert live
        assert (await unit.quizzes.tally(COMMUNITY, live.quiz)).right[0] == 1


async def test_words_that_come_after_the_time_are_late_even_before_the_result(heard: World) -> None:
    await asks(heard, Kind.TEXT)
    live, _ = await running(heard)
    assert live.ends_at
    heard.clock.offset += live.ends_at - heard.clock()
    await replies(heard, heard.citra, "Jakarta")
    assert "Soal ini sudah selesai" in heard.citra.told
    assert await given(heard) == {}


async def test_words_in_a_pause_are_not_lost_in_silence(heard: World) -> None:
    await asks(heard, Kind.TEXT)
    await heard.passes(seconds=3)
    await heard.ani.presses("Jeda")
    await replies(heard, heard.citra, "Jakarta")
    assert "Ronde ini sedang dijeda" in heard.citra.told
    await heard.ani.presses("Lanjutkan")
    await replies(heard, heard.citra, "Jakarta")
    assert await given(heard) == {"Jakarta": 1}


async def test_a_reply_that_is_no_number_gets_a_kind_hint(heard: World) -> None:
    await asks(heard, Kind.NUMBER)
    await replies(heard, heard.citra, "banyak sekali")
    assert "Di sini perlu angka" in heard.citra.told
    assert await given(heard) == {}


async def test_a_reply_to_a_card_that_takes_no_words_is_people_s_own_talk(heard: World) -> None:
    await asks(heard, Kind.ONE)
    before = len(heard.citra.screen)
    await replies(heard, heard.citra, "susah ya")
    assert len(heard.citra.screen) == before + 1, "nothing but what was written"
    assert await given(heard) == {}


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER])
async def test_words_answer_by_the_button_too(world: World, kind: Kind) -> None:
    await asks(world, kind)
    await world.citra.presses("Jawab")
    if world.group == DISCORD:
        (dialog,) = [s.what for s in world.stage.transcript.signals if isinstance(s.what, Dialog)]
        await world.stage.submit(dialog, {"words": "1.5"})
        await world.stage.settle()
    else:
        await world.citra.says("1.5")
    assert "Jawaban 1.5 sudah tercatat" in world.citra.told
    assert await given(world) == {"1.5": 1}
