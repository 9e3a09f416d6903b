"""A question as people write it: which kind it is, and what is right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.errors import Refusal
from bot.domain.items import Item, Kind, Number
from bot.features.bank.add import settled
from bot.features.bank.written import IN_ORDER, check_lines, spelled, understand
from bot.formats.check import check


@pytest.mark.parametrize(
    ("lines", "right"),
    [("benar", 0), ("Salah.", 1), ("TRUE", 0), ("false", 1), ("= benar", 0), ("*Salah", 1), ("b", 0), ("s", 1)],
)
def test_one_word_answers_a_statement(lines: str, right: int) -> None:
    written = understand("Paus itu mamalia.", (lines,))
    assert (written.kind, written.right, written.options) == (Kind.TRUTH, (right,), ())


@pytest.mark.parametrize("lines", [("*Benar", "Salah"), ("Salah", "* Benar"), ("a. Salah", "*b. Benar")])
def test_the_two_options_true_and_false_are_a_statement(lines: tuple[str, ...]) -> None:
    assert (understand("Paus?", lines).kind, understand("Paus?", lines).right) == (Kind.TRUTH, (0,))


@pytest.mark.parametrize(("lines", "chosen", "right"), [(("Benar", "Salah"), "b", 1), (("Salah", "Benar"), "b", 0)])
def test_true_and_false_without_a_mark_are_asked_for(lines: tuple[str, ...], chosen: str, right: int) -> None:
    written = understand("Paus?", lines)
    assert written.is_open
    assert (settled(written, chosen).kind, settled(written, chosen).right) == (Kind.TRUTH, (right,))


@pytest.mark.parametrize(
    ("lines", "options", "right"),
    [
        (("54", "*56", "63"), ("54", "56", "63"), (1,)),
        (("54", "=56", "63"), ("54", "56", "63"), (1,)),
        (("*2", "3", "* 5"), ("2", "3", "5"), (0, 2)),
        (("A. Osaka", "*B. Tokyo"), ("Osaka", "Tokyo"), (1,)),
        (("a) Osaka", "b) Tokyo", "c) Kyoto"), ("Osaka", "Tokyo", "Kyoto"), ()),
        (("54", "56"), ("54", "56"), ()),
        (("* 54", "* 56"), ("54", "56"), ()),
        (("B. Tokyo", "A. Osaka"), ("B. Tokyo", "A. Osaka"), ()),
        (("A. Rahman", "Chairil"), ("A. Rahman", "Chairil"), ()),
        (("1. Osaka", "2. Tokyo"), ("Osaka", "Tokyo"), ()),
        (("5*", "2*3"), ("5*", "2*3"), ()),
    ],
)
def test_options_with_marks_letters_and_numbers(
    lines: tuple[str, ...], options: tuple[str, ...], right: tuple[int, ...]
) -> None:
    written = understand("Berapa?", lines)
    assert (written.options, written.right) == (options, right)
    assert written.kind is (Kind.SEVERAL if len(right) > 1 else Kind.ONE)
    assert written.is_open == (not right)


@pytest.mark.parametrize("prompt", ["Urutkan dari yang kecil", "Susunlah:", "Put them in order", "Sort these"])
def test_numbered_lines_below_a_question_for_an_order_stand_in_it(prompt: str) -> None:
    written = understand(prompt, ("1. satu", "2) dua", "3. tiga"))
    assert (written.kind, written.options) == (Kind.ORDER, ("satu", "dua", "tiga"))
    assert not written.is_open


def test_numbered_lines_below_another_question_may_still_stand_in_order() -> None:
    written = understand("Fase mitosis?", ("1. profase", "2. metafase"))
    assert settled(written, IN_ORDER).kind is Kind.ORDER
    assert settled(written, "b").right == (1,)


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (("= Tokyo",), ("Tokyo",)),
        (("=Tokyo | tokio | Edo",), ("Tokyo", "tokio", "Edo")),
        (("= H2O", "= air", "=air"), ("H2O", "air")),
        (("= 2 Mei 1998",), ("2 Mei 1998",)),
        (("= 2n",), ("2n",)),
        (("= 1/2",), ("1/2",)),
        (("= 3 | tiga",), ("3", "tiga")),
    ],
)
def test_words_after_an_equals_sign_are_accepted_answers(lines: tuple[str, ...], answers: tuple[str, ...]) -> None:
    written = understand("Apa?", lines)
    assert (written.kind, written.answers) == (Kind.TEXT, answers)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("= 56", Number(Decimal(56))),
        ("=3,14", Number(Decimal("3.14"))),
        ("= 3,14 ± 0,01", Number(Decimal("3.14"), Decimal("0.01"))),
        ("= 3.14 +/- 0.01 rad", Number(Decimal("3.14"), Decimal("0.01"), "rad")),
        ("= 9,8 ± 0,1 m/s²", Number(Decimal("9.8"), Decimal("0.1"), "m/s²")),
        ("= -40 °C", Number(Decimal(-40), unit="°C")),
        ("= 25%", Number(Decimal(25), unit="%")),
        ("= 5 kg", Number(Decimal(5), unit="kg")),
        ("= 5kg", Number(Decimal(5), unit="kg")),
        ("= 5 m", Number(Decimal(5), unit="m")),
        ("= 6 x 10^23", Number(Decimal("6E+23"))),
        ("= 1.234", Number(Decimal(1234))),
        ("= 1.234.567", Number(Decimal(1234567))),
        ("= 0.5", Number(Decimal("0.5"))),
    ],
)
def test_a_number_with_its_tolerance_and_unit(line: str, number: Number) -> None:
    written = understand("Berapa?", (line,))
    assert (written.kind, written.number) == (Kind.NUMBER, number)


def test_what_a_point_means_depends_on_the_language() -> None:
    assert understand("?", ("= 1.234",), "id").number == Number(Decimal(1234))
    assert understand("?", ("= 1.234",), "en").number == Number(Decimal("1.234"))
    assert understand("?", ("= 1,234",), "en").number == Number(Decimal(1234))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("Tokyo",), "One line is one answer"),
        (("a", "A"), "Two options are the same"),
        (("*" + "x" * 101, "y"), "An option is too long"),
        (("= " + "x" * 61,), "An answer is too long"),
        (("=",), "The accepted answer is missing"),
        (("= 5 ± 0,1 " + "x" * 17,), ""),
    ],
)
def test_lines_that_no_question_can_have_are_refused_at_once(lines: tuple[str, ...], said: str) -> None:
    if not said:
        assert understand("?", lines).kind is Kind.TEXT
        return
    with pytest.raises(Refusal) as refused:
        check_lines(lines)
    assert refused.value.text.source.startswith(said)


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("Paus?", ("salah",)),
        ("Berapa?", ("54", "*56")),
        ("Berapa?", ("*2", "3", "*5")),
        ("Apa?", ("= Tokyo", "= Edo")),
        ("Berapa?", ("= 9,8 ± 0,1 m/s²",)),
        ("Berapa?", ("= 1,234",)),
        ("Berapa?", ("= 1.234 ± 0,001",)),
        ("Urutkan", ("1. satu", "2. dua")),
    ],
)
def test_what_is_shown_for_a_change_reads_as_the_same_question(prompt: str, lines: tuple[str, ...]) -> None:
    written = understand(prompt, lines)
    item = Item(1, 1, {"id": written.text(prompt)}, written.right, kind=written.kind, number=written.number)
    for language in ("id", "en"):
        assert understand(prompt, tuple(spelled(item, item.text("id"), language).splitlines()), language) == written


_LINE = st.one_of(
    st.text(alphabet="=*|±.,0123456789 abKm%/°-+ABC)", min_size=1, max_size=24), st.text(min_size=1, max_size=40)
).filter(lambda line: line.strip() == line and len(line.splitlines()) == 1)


@given(st.text(max_size=30), st.lists(_LINE, min_size=1, max_size=10).map(tuple), st.sampled_from(["id", "en"]))
def test_whatever_is_written_is_a_question_or_kindly_refused(
    prompt: str, lines: tuple[str, ...], language: str
) -> None:
    try:
        check_lines(lines)
    except Refusal:
        return
    written = understand(prompt, lines, language)
    right = (0,) if written.is_open else written.right
    item = Item(1, 1, {"id": written.text("Apa?")}, right, kind=written.kind, number=written.number)
    assert check(item) is None
    assert len(written.options) <= len(lines)


@given(st.lists(_LINE, min_size=2, max_size=10).map(tuple))
def test_no_option_loses_more_than_its_mark(lines: tuple[str, ...]) -> None:
    written = understand("Apa?", lines)
    for option, line in zip(written.options, lines, strict=False):
        assert line.endswith(option)
