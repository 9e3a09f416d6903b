"""A corrected key is read in the item's own form, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.chat.text import T
from bot.domain.answer import is_right, shown_order
from bot.domain.items import Item, ItemText, Kind, Number, letter
from bot.formats.key import read_key

WORDS = ItemText("?", ("satu", "dua", "tiga"), feedback=("f1", "f2", "f3"))
ONE = Item(1, 12, {"id": WORDS}, (0,))
SEVERAL = replace(ONE, kind=Kind.SEVERAL, right=(0, 1))
TRUTH = Item(1, 12, {"id": ItemText("?")}, (0,), kind=Kind.TRUTH)
TEXT = Item(1, 12, {"id": ItemText("?", answers=("a",)), "en": ItemText("?", answers=("b",))}, kind=Kind.TEXT)
NUMBER = replace(TRUTH, kind=Kind.NUMBER, right=(), number=Number(Decimal(3), Decimal("0.5"), "m"))
ORDER = replace(ONE, kind=Kind.ORDER, right=())


def read(item: Item, words: str) -> Item:
    found = read_key(item, words)
    assert isinstance(found, Item)
    return found


@pytest.mark.parametrize(("words", "right"), [("B", (1,)), (" c ", (2,)), ("b.", (1,)), ("dua", (1,))])
def test_one_option(words: str, right: tuple[int, ...]) -> None:
    assert read(ONE, words) == replace(ONE, right=right)


@pytest.mark.parametrize(("words", "right"), [("A C", (0, 2)), ("c, a", (0, 2)), ("B", (1,)), ("a b c", (0, 1, 2))])
def test_several_options(words: str, right: tuple[int, ...]) -> None:
    assert read(SEVERAL, words) == replace(SEVERAL, right=right)


@pytest.mark.parametrize(("words", "right"), [("true", 0), ("Benar", 0), ("false", 1), ("SALAH", 1)])
def test_a_truth(words: str, right: int) -> None:
    assert read(TRUTH, words).right == (right,)


def test_accepted_words_hold_in_every_language() -> None:
    found = read(TEXT, "xilem | pembuluh kayu")
    assert {words.answers for words in found.texts.values()} == {("xilem", "pembuluh kayu")}


@pytest.mark.parametrize(
    ("words", "value", "near"),
    [
        ("3.14 ± 0.01", "3.14", "0.01"),
        ("3,14 m +- 0,01 m", "3.14", "0.01"),
        ("-2 +/- 0", "-2", "0"),
        ("4", "4", "0.5"),
    ],
)
def test_a_number_keeps_its_tolerance_unless_another_is_given(words: str, value: str, near: str) -> None:
    assert read(NUMBER, words).number == Number(Decimal(value), Decimal(near), "m")


def test_an_order_is_given_in_the_letters_that_people_saw() -> None:
    shown = shown_order(ORDER)
    wanted = (2, 0, 1)
    letters = " ".join(letter(shown.index(option)) for option in wanted)
    found = read(ORDER, letters)
    assert found.text("id").options == ("tiga", "satu", "dua")
    assert found.text("id").feedback == ("f3", "f1", "f2"), "what is said of an option goes with it"
    assert is_right(found, "012")
    assert read(ORDER, letters.replace(" ", "").lower()) == found


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ONE, "D"),
        (ONE, "A B"),
        (ONE, "empat"),
        (SEVERAL, "A D"),
        (TRUTH, "mungkin"),
        (TEXT, " | "),
        (NUMBER, "banyak"),
        (NUMBER, "1,500"),
        (NUMBER, "3 ± kira-kira"),
        (ORDER, "A B"),
        (ORDER, "A A B"),
        (ORDER, "A B C D"),
        (ORDER, ""),
    ],
)
def test_words_that_are_no_key_are_none(item: Item, words: str) -> None:
    assert read_key(item, words) is None


def test_a_key_that_no_item_may_have_is_refused_with_the_reason() -> None:
    assert isinstance(read_key(NUMBER, "3 ± -1"), T)
    assert isinstance(read_key(TEXT, "a" * 61), T)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ONE, "A"),
        (SEVERAL, "A, B"),
        (TRUTH, "True"),
        (NUMBER, "3 ± 0.5 m"),
        (replace(TEXT, texts={"id": ItemText("?", answers=("a", "b|c"))}), "a | b||c"),
        (ORDER, " → ".join(letter(shown_order(ORDER).index(option)) for option in range(3))),
    ],
)
def test_the_key_as_it_is_shown_is_no_correction(item: Item, words: str) -> None:
    assert read(item, words) == item
