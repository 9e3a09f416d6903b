"""Aiken as Moodle documents it, and every line that is amiss."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind
from bot.formats import aiken
from bot.formats.draft import MOST_ROWS, Unreadable
from tests.bot.formats.sample import items

GOOD = "Ibu kota Indonesia?\nA. Jakarta\nB. Bogor\nANSWER: A\n"


def said(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Unreadable) as refused:
        aiken.read(text, "en")
    return [(problem.line, problem.text.source) for problem in refused.value.problems]


def read(text: str) -> list[Item]:
    return [draft.item for draft in aiken.read(text, "en")]


def is_true_or_false(item: Item) -> bool:
    """Whether a choice between options says only that, and so becomes a statement."""
    pairs = ({"true", "false"}, {"benar", "salah"})
    return {option.casefold() for option in item.texts["en"].options} in pairs


@settings(max_examples=100, deadline=None)
@given(st.lists(items((Kind.ONE, Kind.TRUTH)).filter(aiken.holds), min_size=1, max_size=4))
def test_what_is_written_is_read_again_without_what_has_no_place(bank: list[Item]) -> None:
    bare = [
        replace(
            item,
            texts={"en": ItemText(item.texts["en"].prompt, item.texts["en"].options)},
            tags=(),
            difficulty=2,
            source="",
        )
        for item in bank
        if not is_true_or_false(item)
    ]
    if bare:
        assert read(aiken.write(bare, "en")) == bare


def test_it_is_written_as_moodle_reads_it() -> None:
    bank = (
        Item(1, 5, {"id": ItemText("2 + 2?", ("3", "4"), "Jumlahkan.")}, (1,), tags=("a",)),
        Item(1, 6, {"id": ItemText("Air basah.")}, (0,), kind=Kind.TRUTH),
    )
    assert aiken.write(bank, "id") == "2 + 2?\nA. 3\nB. 4\nANSWER: B\n\nAir basah.\nA. Benar\nB. Salah\nANSWER: A\n"


@pytest.mark.parametrize(
    ("options", "answer", "right"),
    [("A. True\nB. False", "B", 1), ("A. FALSE\nB. true", "B", 0), ("A) Benar\nB) Salah", "A", 0)],
)
def test_true_and_false_are_a_statement(options: str, answer: str, right: int) -> None:
    (item,) = read(f"Air basah.\n{options}\nANSWER: {answer}")
    assert (item.kind, item.right, item.texts["en"]) == (Kind.TRUTH, (right,), ItemText("Air basah."))


def test_options_have_a_point_or_a_bracket() -> None:
    (item,) = read("Mana?\r\n\r\n A) satu \r\nB.dua\r\nC.\ttiga\r\n\r\nAnswer : c.\r\n")
    assert item.texts["en"] == ItemText("Mana?", ("satu", "dua", "tiga"))
    assert item.right == (2,)


def test_a_question_may_take_several_lines() -> None:
    (item,) = read("x = 1\nApa nilai x?\nA. 1\nB. 2\nANSWER: A")
    assert item.texts["en"].prompt == "x = 1\nApa nilai x?"


def test_formulas_and_code_stay_as_they_are() -> None:
    (item,) = read("$\\frac{1}{2} \\neq \\nu$?\nA. \\{~=#:%*\nB. a[0]\\n\nANSWER: A")
    assert item.texts["en"] == ItemText("$\\frac{1}{2} \\neq \\nu$?", ("\\{~=#:%*", "a[0]\\n"))


def test_each_draft_knows_its_line() -> None:
    assert [draft.line for draft in aiken.read(f"\n{GOOD}\n\n{GOOD}{GOOD}", "en")] == [2, 8, 12]


@pytest.mark.parametrize(
    ("text", "line", "begins"),
    [
        ("a\nA. x\nB. y", 3, "The right answer is missing"),
        (f"a\nA. x\nB. y\n{GOOD}", 3, "The right answer is missing"),
        ("a\nA. x\nB. y\nANSWER: C", 4, "There is no option"),
        ("a\nA. x\nB. y\nANSWER: A, B", 4, "The right answer is one letter"),
        ("a\nA. x\nB. y\nANSWER:", 4, "The right answer is one letter"),
        ("a\nA. x\nC. y\nANSWER: A", 3, "Options are lettered in order"),
        ("a\nA. x\nANSWER: A", 1, "A question has 2 to"),
        ("a\nA. x\nB. X\nANSWER: A", 1, "Two options are the same"),
        ("a\nA. x\nB.\nANSWER: A", 1, "An option is empty"),
        ("a\nANSWER: A", 1, "Under a question come"),
        ("A. x\nB. y\nANSWER: A", 1, "The question is empty"),
        ("ANSWER: A", 1, "Under a question come"),
        (f"Kuis minggu ini\n\n{GOOD}", 1, "Under a question come"),
        ("x" * 301 + "\nA. x\nB. y\nANSWER: A", 1, "The question is too long"),
        ("a\n" + "".join(f"{chr(65 + n)}. {n}\n" for n in range(11)) + "ANSWER: A", 1, "A question has 2 to"),
        ("\n \n", 0, "There is no question"),
    ],
)
def test_what_is_amiss_is_named_with_its_line(text: str, line: int, begins: str) -> None:
    ((told, source),) = said(text)
    assert told == line
    assert source.startswith(begins)


def test_a_file_with_mistakes_is_refused_whole_with_every_line() -> None:
    text = f"{GOOD}\na\nA. x\nB. y\nANSWER: C\n\n{GOOD}\nb\nA. x\nANSWER: A\n"
    assert [line for line, _ in said(text)] == [9, 16]


def test_a_file_holds_no_more_than_fits() -> None:
    assert len(read(GOOD * MOST_ROWS)) == MOST_ROWS
    assert said(GOOD * (MOST_ROWS + 1)) == [(0, "A file holds at most {most} questions. Split it into several.")]


@pytest.mark.parametrize(
    "item",
    [
        Item(0, 0, {"en": ItemText("a", ("x", "y"))}, (0, 1), kind=Kind.SEVERAL),
        Item(0, 0, {"en": ItemText("a", answers=("x",))}, kind=Kind.TEXT),
        Item(0, 0, {"en": ItemText("a\nb", ("x", "y"))}, (0,)),
        Item(0, 0, {"en": ItemText("a", ("x\nz", "y"))}, (0,)),
        Item(0, 0, {"en": ItemText("A. a", ("x", "y"))}, (0,)),
        Item(0, 0, {"en": ItemText("Answer: a", ("x", "y"))}, (0,)),
        Item(0, 0, {"en": ItemText("a", ("x", "y"))}, (0,), picture="a.png"),
    ],
)
def test_what_aiken_cannot_hold_is_not_written(item: Item) -> None:
    assert not aiken.holds(item)
    with pytest.raises(ValueError, match="does not fit"):
        aiken.write((item,), "en")
