"""What counts as an answer to each kind of item, and what as a right one."""

from decimal import Decimal
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import LONGEST_RESPONSE, is_possible, is_right, matches, readings, shown_order
from bot.domain.items import Item, ItemText, Kind, Number


def item(kind: Kind, right: tuple[int, ...] = (), options: tuple[str, ...] = ()) -> Item:
    return Item(1, 7, {"id": ItemText("Apa?", options)}, right, kind=kind)


ONE = item(Kind.ONE, (1,), options=("a", "b", "c"))
SEVERAL = item(Kind.SEVERAL, (0, 2), options=("a", "b", "c"))
TRUTH = item(Kind.TRUTH, (1,))
ORDER = item(Kind.ORDER, options=("satu", "dua", "tiga", "empat"))
TEXT = Item(
    1,
    7,
    {"id": ItemText("Apa?", answers=("fotosintesis",)), "en": ItemText("What?", answers=("photosynthesis", "DNA"))},
    kind=Kind.TEXT,
)


def number(value: str, tolerance: str = "0", unit: str = "") -> Item:
    found = Number(Decimal(value), Decimal(tolerance), unit)
    return Item(1, 7, {"id": ItemText("Berapa?")}, kind=Kind.NUMBER, number=found)


@pytest.mark.parametrize(
    ("asked", "possible"),
    [
        (ONE, {"0", "1", "2"}),
        (TRUTH, {"0", "1"}),
        (SEVERAL, {"0", "1", "2", "01", "02", "12", "012"}),
        (ORDER, {"".join(order) for order in permutations("0123")}),
    ],
    ids=["one", "truth", "several", "order"],
)
def test_only_the_responses_of_its_kind_are_possible(asked: Item, possible: set[str]) -> None:
    tried = {"".join(digits) for length in range(5) for digits in product("01234", repeat=length)}
    assert {response for response in tried | {"x", "²", "٣", " 1", "-1"} if is_possible(asked, response)} == possible


@pytest.mark.parametrize(
    ("asked", "right"),
    [(ONE, "1"), (TRUTH, "1"), (SEVERAL, "02"), (ORDER, "0123")],
    ids=["one", "truth", "several", "order"],
)
def test_a_choice_is_right_only_as_a_whole(asked: Item, right: str) -> None:
    tried = ["".join(digits) for length in range(1, 5) for digits in product("0123", repeat=length)]
    assert [response for response in tried if is_possible(asked, response) and is_right(asked, response)] == [right]


@pytest.mark.parametrize(
    "response",
    [
        "fotosintesis",
        "FOTOSINTESIS",
        "  Fotosintesis. ",
        "fótosintésis",
        "fotosintesi",
        "fotosinteiss",
        "photosynthesis",
        "dna",
    ],
)
def test_words_are_right_in_any_language_case_and_with_one_slip(response: str) -> None:
    assert is_right(TEXT, response)


@pytest.mark.parametrize("response", ["fotosintes", "kemosintesis", "dnb", "RNA", "", "fotosintesis gelap"])
def test_other_words_are_wrong(response: str) -> None:
    assert not is_right(TEXT, response)


@pytest.mark.parametrize(
    ("accepted", "response", "same"),
    [
        ("meiosis", "mitosis", False),
        ("meiosis", "meosis", True),
        ("air", "aie", False),
        ("Jawa Barat", "jawa  barat", True),
        ("Jawa Barat", "jawabarat", True),
        ("1945", "1946", False),
        ("abad 19", "abad 18", False),
        ("Ç", "c", True),
        ("ﬁsika", "fisika", True),
        ("x²", "x2", True),
        ("Straße", "strasse", True),
        ("?", "?", True),
        ("?", "!", False),
        ("≠", "=", False),
    ],
)
def test_how_alike_words_must_be(accepted: str, response: str, same: bool) -> None:
    assert matches(accepted, response) is same


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_either_way(one: str, other: str) -> None:
    assert matches(one, one)
    assert matches(one, other) is matches(other, one) or len(one) != len(other)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("5", ["5"]),
        ("-5", ["-5"]),
        ("−5", ["-5"]),
        ("+5", ["5"]),
        ("0,5", ["0.5"]),
        (".5", ["0.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234", ["1.234", "1234"]),
        ("1.234.567", ["1234567"]),
        ("1 234 567", ["1234567"]),
        ("12.34.56", []),
        ("1,2,3", []),
        ("1.2,3.4", []),
        ("3e8", ["3E+8"]),
        ("3 x 10^8", ["3E+8"]),
        ("3×10^-8", ["3E-8"]),
        ("٣", ["3"]),
        ("1e999", ["1E+999"]),
        ("satu", []),
        ("", []),
        ("1/2", []),
        ("NaN", []),
        ("Infinity", []),
        ("0x10", []),
        ("5 6 kg", ["56"]),
    ],
)
def test_numbers_are_read_as_people_write_them(words: str, values: list[str]) -> None:
    assert list(readings(words, "kg")) == [Decimal(value) for value in values]


@pytest.mark.parametrize("response", ["9,8", "9.8", "9,75", "9,8 m/s²", "9,8 M/S2", "9.80"])
def test_a_number_is_right_within_its_tolerance_with_or_without_the_unit(response: str) -> None:
    assert is_right(number("9.8", "0.05", "m/s²"), response)


@pytest.mark.parametrize("response", ["9,74", "98", "9,8 kg", "-9,8"])
def test_another_number_is_wrong(response: str) -> None:
    assert not is_right(number("9.8", "0.05", "m/s²"), response)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_every_number_reads_itself_in_both_ways_of_writing(value: Decimal) -> None:
    asked = number(str(value))
    assert is_right(asked, f"{value:f}")
    assert is_right(asked, f"{value:,f}")
    assert is_right(asked, f"{value:,f}".translate(str.maketrans(",.", ".,")))


@given(st.text(max_size=LONGEST_RESPONSE * 2))
def test_any_words_are_judged_without_an_error(words: str) -> None:
    for asked in (ONE, SEVERAL, TRUTH, ORDER, TEXT, number("5", unit="kg")):
        if is_possible(asked, words):
            is_right(asked, words)
        assert len(words) <= LONGEST_RESPONSE or not is_possible(TEXT, words) or len(words.strip()) <= LONGEST_RESPONSE


def test_an_order_is_shown_mixed_and_always_in_the_same_way() -> None:
    assert shown_order(ONE) == (0, 1, 2)
    mixed = shown_order(ORDER)
    assert sorted(mixed) == [0, 1, 2, 3] != list(mixed)
    assert shown_order(ORDER) == mixed
    others = {shown_order(Item(1, number_, ORDER.texts, kind=Kind.ORDER)) for number_ in range(20)}
    assert len(others) > 5
