"""What is written as GIFT comes back as it was, and other readers of GIFT take it in the same way."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats import gift
from tests.bot.formats.sample import items

HELD = (Kind.ONE, Kind.SEVERAL, Kind.TRUTH, Kind.TEXT, Kind.NUMBER)
ONE = Item(0, 0, {"en": ItemText("p", ("a", "b"))}, (0,))


def again(written: str, language: str = "en") -> tuple[Item, ...]:
    return tuple(draft.item for draft in gift.read(written, language))


@settings(max_examples=100, deadline=None)
@given(st.lists(items(HELD).filter(gift.holds), min_size=1, max_size=4))
def test_what_is_written_is_read_again_as_it_was(bank: list[Item]) -> None:
    assert again(gift.write(bank, "en")) == tuple(bank)


@pytest.mark.parametrize(
    "prompt",
    [
        r"$a \neq \frac{b}{c}$",
        "$a\neq b$",
        "$a\nnot b$",
        "// no remark",
        "$CATEGORY: none",
        "::no title::",
        "[html]<b>",
        "a\n\n// b\n\n$CATEGORY: c",
        "a <b> & c\\",
        "x = {y: 1} # ~",
        "T",
        "____ {} ____",
        "if x:\n    y = 1\n\n    return",
    ],
)
def test_words_that_look_like_signs_come_back(prompt: str) -> None:
    item = replace(ONE, texts={"en": ItemText(prompt, ("[plain]", "%50% x"), "####", ("#", "[html]"))})
    for right in ((0,), (1,)):
        bank = (replace(item, right=right), replace(item, kind=Kind.SEVERAL, right=right))
        assert again(gift.write(bank, "en")) == bank


def test_it_is_written_as_moodle_reads_it() -> None:
    bank = (
        Item(
            1, 12, {"en": ItemText("2 + 2 = ?", ("3", "4"), "Add.", ("less", ""))}, (1,), tags=("sums",), difficulty=1
        ),
        Item(1, 0, {"en": ItemText("Prime", ("2", "3", "5", "6"))}, (0, 1, 2), kind=Kind.SEVERAL),
        Item(1, 0, {"en": ItemText("True", explanation="So it is.", feedback=("yes", "no"))}, (0,), kind=Kind.TRUTH),
        Item(1, 0, {"en": ItemText("Who?", answers=("Ani", "A*"))}, kind=Kind.TEXT),
        Item(1, 0, {"en": ItemText("Pi?")}, kind=Kind.NUMBER, number=Number(Decimal("3.14"), Decimal("0.01"))),
    )
    assert gift.write(bank, "en") == (
        "// [id:12] [tag:sums] [difficulty:1]\n2 + 2 \\= ?{\n\t~3#less\n\t=4\n\t####Add.\n}\n\n"
        "Prime{\n\t~%33.33333%2\n\t~%33.33333%3\n\t~%33.33333%5\n\t~%-100%6\n}\n\n"
        "True{T#no#yes####So it is.}\n\n"
        "Who?{\n\t=%100%Ani\n\t=%100%A\\\\*\n}\n\n"
        "Pi?{#3.14:0.01}\n"
    )


def test_it_is_written_in_the_language_that_is_asked_for() -> None:
    item = Item(
        0, 0, {"id": ItemText("Siapa?", answers=("Ani",)), "en": ItemText("Who?", answers=("Ani",))}, kind=Kind.TEXT
    )
    assert "Siapa?" in gift.write((item,), "id")
    assert "Who?" in gift.write((item,), "en")


@pytest.mark.parametrize(
    "item",
    [
        replace(ONE, kind=Kind.ORDER, right=()),
        replace(ONE, picture="a.png"),
        Item(0, 0, {"en": ItemText("p")}, kind=Kind.NUMBER, number=Number(Decimal(1), unit="cm")),
        Item(0, 0, {"en": ItemText("p", answers=("a -> b",))}, kind=Kind.TEXT),
        Item(0, 0, {"en": ItemText("p ", answers=("a",))}, kind=Kind.TEXT),
    ],
)
def test_what_gift_cannot_hold_is_not_written(item: Item) -> None:
    assert gift.holds(ONE)
    assert not gift.holds(item)
    with pytest.raises(ValueError, match="does not fit"):
        gift.write((item,), "en")


CORPUS = (
    "Who lives here?{~Ani =Budi#yes ~Citra####They moved in.}",
    "::Title:: Two {~one =two ~three} three.",
    "The sun is a star.{T#wrong#right}",
    "The moon is a star.{FALSE}",
    "Who?{=nobody =no one}",
    "When?{#1822:5}",
    "When?{#1..5}",
    "Which are even?{~%50%2 ~%50%4 ~%-100%5}",
    "A \\{brace\\}, a \\~ and a \\#?{=y\\=1 ~n\\:2}",
    "// remark\nWhere?{\n=here#good\n~there\n}",
)


def outside(text: str) -> Any:
    """The one question as pygiftparser takes it."""
    parser = pytest.importorskip("pygiftparser.parser")
    (question,) = parser.parseFile(StringIO(text + "\n"))
    assert question.valid
    return question


def plain(text: str) -> str:
    return text.replace("\\", "")


def same(question: Any, item: Item) -> None:
    """Both mean the same, apart from backslashes, which pygiftparser leaves to its HTML."""
    text = item.texts["en"]
    answers = question.answers
    assert plain(question.text) in plain(text.prompt)
    match item.kind:
        case Kind.ONE | Kind.SEVERAL:
            assert [plain(answer.answer) for answer in answers.answers] == [plain(option) for option in text.options]
            right = [n for n, answer in enumerate(answers.answers) if answer.fraction > 0]
            assert tuple(right) == item.right
        case Kind.TRUTH:
            assert answers.answer is (item.right == (0,))
            assert (answers.feedbackCorrect, answers.feedbackWrong) == _remarks(item)
        case Kind.TEXT:
            assert [plain(answer.answer) for answer in answers.answers] == list(map(plain, text.answers))
        case _:
            (answer,) = answers.answers
            number = item.number or Number(Decimal(0))
            if hasattr(answer, "mini"):
                span = (float(answer.mini), float(answer.maxi))
                assert span == tuple(map(float, (number.value - number.tolerance, number.value + number.tolerance)))
            else:
                assert (answer.value, answer.tolerance) == (float(number.value), float(number.tolerance))


def _remarks(item: Item) -> Sequence[str]:
    feedback = item.texts["en"].feedback or ("", "")
    return feedback[item.right[0]], feedback[1 - item.right[0]]


@pytest.mark.parametrize("text", CORPUS)
def test_another_reader_takes_a_file_in_the_same_way(text: str) -> None:
    (item,) = again(text)
    same(outside(text), item)


@pytest.mark.parametrize("text", CORPUS)
def test_another_reader_takes_what_is_written_in_the_same_way(text: str) -> None:
    (item,) = again(text)
    same(outside(gift.write((item,), "en")), item)
