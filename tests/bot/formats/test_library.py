"""Files of every format go through one door: whole, or refused whole with their lines."""

from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, Kind
from bot.formats import library
from bot.formats.draft import MOST_BYTES, Unreadable
from bot.formats.source import Format
from tests.bot.formats.sample import PIECES, items
from tests.bot.nasty import bad_inputs

DATA = Path(__file__).parent / "data"
PIECE = st.sampled_from(
    (*PIECES, "{T}", "{=a ~b}", "{#1:2}", "{", "}", "\n\n", "ANSWER: A\n", "\nB. y\n", "Soal,Opsi A\n")
)


def lines(name: str, content: bytes) -> list[int]:
    with pytest.raises(Unreadable) as refused:
        library.read(name, content, "id")
    return [problem.line for problem in refused.value.problems]


def test_a_file_that_gift_wrapper_made_goes_through() -> None:
    one, number = (draft.item for draft in library.read("a.txt", (DATA / "gift-wrapper.gift.txt").read_bytes(), "id"))
    assert one.texts["id"].prompt == "Untuk reaksi orde satu, \\(v=k[A]\\). Apa satuan \\(k\\)?"
    assert one.texts["id"].options == ("s\\(^{-1}\\)", "M s\\(^{-1}\\)", "M\\(^{-1}\\) s\\(^{-1}\\)")
    assert one.texts["id"].explanation == "Laju dibagi konsentrasi menyisakan \\(\\frac{1}{s}\\)."
    assert (one.right, one.tags) == ((0,), ("kimia", "kinetika"))
    assert number.number is not None
    assert (number.kind, str(number.number.value), str(number.number.tolerance)) == (Kind.NUMBER, "10", "0.1")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\t=s", "\ts", [4]),
        ("\n}\n\n::Waktu", "\n\n::Waktu", [3]),
        ("=%100%10:0.1", "=%100%sepuluh", [11]),
        ("=%100%10:0.1", "=%50%10:0.1", [11]),
        ("\\{s\\}", "{s}", [7]),
        ("\t=s", "\t~s", [3]),
        ("[html]Untuk", "[html]<img src\\='x'>Untuk", [3]),
    ],
)
def test_a_damaged_copy_of_it_is_refused_by_its_lines(old: str, new: str, told: list[int]) -> None:
    text = (DATA / "gift-wrapper.gift.txt").read_text(encoding="utf-8")
    assert old in text
    assert lines("a.txt", text.replace(old, new).encode()) == told


def test_a_file_that_qti_package_maker_made_goes_through() -> None:
    drafts = library.read("a.txt", (DATA / "qti-package-maker.aiken.txt").read_bytes(), "id")
    assert [(draft.line, draft.item.kind, draft.item.right) for draft in drafts] == [
        (1, Kind.ONE, (0,)),
        (8, Kind.ONE, (1,)),
        (16, Kind.ONE, (1,)),
        (23, Kind.TRUTH, (0,)),
    ]
    assert drafts[2].item.texts["id"].prompt == "What does the Python expression 7 // 2 give?"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("C. Hati\nANSWER: A", "C. Hati", [4]),
        ("C. Mars\n", "", [11]),
        ("ANSWER: B\n\n\nWhat", "ANSWER: E\n\n\nWhat", [13]),
        ("B. 3\n", "B. 4\n", [16]),
    ],
)
def test_a_damaged_copy_of_that_is_refused_by_its_lines(old: str, new: str, told: list[int]) -> None:
    text = (DATA / "qti-package-maker.aiken.txt").read_text(encoding="utf-8")
    assert old in text
    assert lines("a.txt", text.replace(old, new).encode()) == told


@settings(max_examples=25, deadline=None)
@given(st.lists(items(), min_size=1, max_size=3), st.sampled_from((Format.CSV, Format.XLSX, Format.GIFT)))
def test_what_a_format_holds_comes_back(bank: list[Item], form: Format) -> None:
    held = [item for item in bank if library.holds(form, item)]
    if held:
        content = library.write(form, held, "en")
        assert [draft.item for draft in library.read(f"bank.{form}", content, "en")] == held


@settings(max_examples=25, deadline=None)
@given(st.lists(items((Kind.ONE, Kind.TRUTH)), min_size=1, max_size=3), st.sampled_from((Format.AIKEN, Format.ANKI)))
def test_what_a_plainer_format_holds_can_be_read_again(bank: list[Item], form: Format) -> None:
    held = [item for item in bank if library.holds(form, item)]
    if held:
        assert len(library.read("bank.txt", library.write(form, held, "en"), "en")) == len(held)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECE, max_size=60).map("".join), st.sampled_from(["a.csv", "a.gift", "a.txt", ""]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    with suppress(Unreadable):
        assert library.read(name, text.encode("utf-8", "surrogatepass"), "id")


@pytest.mark.parametrize(
    "unit",
    [
        "{", "}", "{}", "\\", "\\{", "~", "q{~a", "q{" + "~a" * 30 + "}\n\n", "q{=a", "::", "::a\n", "#", "q{####",
        "\n", " ", "\t", "[html]" + "<a " * 6000 + "{T}\n\n", "[html]" + "<!--" * 4000 + "{T}\n\n",
        "[html]" + "<sup>" * 3500 + "{T}\n\n", "$\\neq" * 3500 + "{T}\n\n", "// [tag:a",
        "$CATEGORY: a/b\n\n", "$CATEGORY: a/",
        "q{#" + "1" * 9000 + "}\n\n", "q{=" + "\\*" * 9000 + "}\n\n", "A. x\n",
        "q\nA. x\nB. y\n", "ANSWER: A\n", "q\n\n",
        '"', "a,b\n", "#html:true\n",
    ],
)  # fmt: skip
def test_two_megabytes_of_anything_take_a_moment(unit: str) -> None:
    content = (unit * (MOST_BYTES // len(unit)))[:MOST_BYTES]
    for begin in ("", "q {"):
        start = perf_counter()
        with pytest.raises(Unreadable):
            library.read("a.txt", (begin + content)[:MOST_BYTES].encode(), "id")
        assert perf_counter() - start < 5


@pytest.mark.parametrize(("name", "text"), bad_inputs("import"))
def test_nothing_of_a_collected_bad_file_is_taken(name: str, text: str) -> None:
    content = text.encode("latin-1" if {"\xff", "\x90"} & set(text) else "utf-8")
    for ending in ("csv", "gift", "txt", "xlsx"):
        with pytest.raises(Unreadable) as refused:
            library.read(f"{name}.{ending}", content, "id")
        assert refused.value.problems
