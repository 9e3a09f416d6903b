"""What an item must be is said in the same words for every format."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.items import MOST_ANSWERS, MOST_OPTIONS, Item, ItemText, Kind, Number
from bot.formats.check import MOST_DIGITS, check, legal_tag


def item(text: ItemText, *right: int, kind: Kind = Kind.ONE, number: Number | None = None, **rest: object) -> Item:
    return replace(Item(0, 0, {"en": text}, right, kind=kind, number=number), **rest)  # type: ignore[arg-type]


TWO = ItemText("2 + 2?", ("3", "4"))
ASKED = ItemText("Ask?")
GOOD = (
    item(TWO, 1),
    item(TWO, 0, 1, kind=Kind.SEVERAL),
    item(ASKED, 0, kind=Kind.TRUTH),
    item(ItemText("Sure?", feedback=("Yes", "")), 1, kind=Kind.TRUTH),
    item(ItemText("Who?", answers=("Ani", "ani")), kind=Kind.TEXT),
    item(ASKED, kind=Kind.NUMBER, number=Number(Decimal("-3.50"), Decimal("0.1"), "cm")),
    item(TWO, kind=Kind.ORDER),
    item(ItemText("p" * 300, tuple("o" * 99 + str(n) for n in range(MOST_OPTIONS))), 9),
    item(TWO, 0, tags=("sel-2", "b"), source="s" * 200, difficulty=3),
)
BAD = (
    ("The question is empty.", item(ItemText("", ("a", "b")), 0)),
    ("The question is empty.", item(ItemText("\u200b \u2800\n", ("a", "b")), 0)),
    ("The question is too long", item(ItemText("p" * 301, ("a", "b")), 0)),
    ("A question has 2 to", item(ItemText("p", ("a",)), 0)),
    ("A question has 2 to", item(ItemText("p", tuple("abcdefghijk")), 0)),
    ("A question has 2 to", item(ItemText("p"), kind=Kind.ORDER)),
    ("An option is empty.", item(ItemText("p", ("a", " ")), 0)),
    ("Two options are the same", item(ItemText("p", ("Satu  dua", "satu DUA ")), 0)),
    ("An option is too long", item(ItemText("p", ("a", "b" * 101)), 0)),
    ("No option is marked", item(TWO)),
    ("No option is marked", item(TWO, kind=Kind.SEVERAL)),
    ("No option is marked", item(ASKED, kind=Kind.TRUTH)),
    ("More than one option", item(TWO, 0, 1)),
    ("More than one option", item(TWO, 0, kind=Kind.ORDER)),
    ("The right option is not", item(TWO, 2)),
    ("The right option is not", item(TWO, -1)),
    ("The right option is not", item(TWO, 1, 0, kind=Kind.SEVERAL)),
    ("The right option is not", item(ASKED, 2, kind=Kind.TRUTH)),
    ("The accepted answer is missing", item(ASKED, kind=Kind.TEXT)),
    ("The accepted answer is missing", item(ItemText("p", answers=("a", "\u200b")), kind=Kind.TEXT)),
    ("There are {count} accepted", item(ItemText("p", answers=("a",) * (MOST_ANSWERS + 1)), kind=Kind.TEXT)),
    ("An answer is too long", item(ItemText("p", answers=("a" * 61,)), kind=Kind.TEXT)),
    ("The right number is missing", item(ASKED, kind=Kind.NUMBER)),
    ("The tolerance is less", item(ASKED, kind=Kind.NUMBER, number=Number(Decimal(1), Decimal(-1)))),
    ("The unit is too long", item(ASKED, kind=Kind.NUMBER, number=Number(Decimal(1), unit="u" * 17))),
    ("The explanation is too long", item(replace(TWO, explanation="e" * 601), 0)),
    ("There is feedback for", item(replace(TWO, feedback=("a",)), 0)),
    ("There is feedback for", item(ItemText("p", answers=("a",), feedback=("b",)), kind=Kind.TEXT)),
    ("The feedback on an option", item(replace(TWO, feedback=("a", "b" * 201)), 0)),
    ("{tag} is no topic", item(TWO, 0, tags=("Sel Hewan",))),
    ("There are {count} topics", item(TWO, 0, tags=tuple("abcdef"))),
    ("The difficulty is", item(TWO, 0, difficulty=4)),
    ("The source is too long", item(TWO, 0, source="s" * 201)),
)


@pytest.mark.parametrize("good", GOOD)
def test_nothing_is_said_about_a_good_item(good: Item) -> None:
    assert check(good) is None


@pytest.mark.parametrize(("begins", "bad"), BAD)
def test_what_is_wrong_with_an_item_is_said(begins: str, bad: Item) -> None:
    said = check(bad)
    assert said is not None
    assert said.source.startswith(begins)


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1e99", "1e-99", "1e999999", "1" * (MOST_DIGITS + 1)]
)
def test_a_number_that_would_swell_is_refused(value: str) -> None:
    for number in (Number(Decimal(value)), Number(Decimal(1), Decimal(value).copy_abs())):
        said = check(item(ASKED, kind=Kind.NUMBER, number=number))
        assert said is not None
        assert said.source.startswith("The number is not one")


def test_each_language_of_an_item_is_looked_at() -> None:
    both = Item(0, 0, {"id": ItemText("Apa?", ("a", "b")), "en": ItemText("What?", ("a",))}, (0,))
    assert check(both) is not None


@pytest.mark.parametrize("tag", ["", "-", "a-", "-a", "a--b", "A", "é", "a b", "a_b", "a" * 33, "a\n"])
def test_a_tag_is_words_joined_by_hyphens(tag: str) -> None:
    assert not legal_tag(tag)
    assert legal_tag("sel-hewan-2")
