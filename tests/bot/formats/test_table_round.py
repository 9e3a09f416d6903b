"""Tables give back what was written into them, byte for byte."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.table import holds, read_csv, read_xlsx, write_csv, write_xlsx
from tests.bot.formats.strategy import items

LANGUAGES = st.sampled_from(["id", "en"])
BANKS = st.lists(items(), min_size=1, max_size=5)
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NUMERIC = {"Right", "Kunci", "Tolerance", "Toleransi"}
RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
RISKY = (*RUN, "\t", "\r", "\n")


@SLOW
@given(BANKS, LANGUAGES)
def test_a_csv_gives_back_every_item(bank: list[Item], language: str) -> None:
    drafts = read_csv(write_csv(bank, language).decode("utf-8"), language)
    assert [draft.item for draft in drafts] == bank


@SLOW
@given(BANKS, LANGUAGES)
def test_a_workbook_gives_back_every_item(bank: list[Item], language: str) -> None:
    drafts = read_xlsx(write_xlsx(bank, language), language)
    assert [draft.item for draft in drafts] == bank
    assert [draft.line for draft in drafts] == list(range(2, len(bank) + 2))


@SLOW
@given(BANKS)
def test_no_cell_of_a_csv_is_run_by_a_spreadsheet(bank: list[Item]) -> None:
    header, *rows = csv.reader(io.StringIO(write_csv(bank, "en").decode("utf-8-sig"), newline=""))
    for row, item in zip(rows, bank, strict=True):
        for title, cell in zip(header, row, strict=True):
            numeric = title in NUMERIC and item.kind is Kind.NUMBER
            assert numeric or not cell.startswith(RISKY)
            assert numeric or not cell.lstrip().startswith(RUN)
            if numeric and cell:
                Decimal(cell)


@SLOW
@given(BANKS)
def test_no_cell_of_a_workbook_is_a_formula(bank: list[Item]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(bank, "id"))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert all(cell.data_type != "n" or cell.value is None for row in sheet.iter_rows() for cell in row)


@SLOW
@given(BANKS, st.randoms())
def test_columns_may_stand_in_any_order_and_case(bank: list[Item], random: object) -> None:
    rows = list(csv.reader(io.StringIO(write_csv(bank, "id").decode("utf-8-sig"), newline=""), delimiter=";"))
    order = list(range(len(rows[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    rows[0] = [title.upper() if at % 2 else f"  {title.lower()}  " for at, title in enumerate(rows[0])]
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([row[at] for at in order] for row in rows)
    assert [draft.item for draft in read_csv(file.getvalue(), "id")] == bank


def test_a_csv_for_indonesia_divides_by_semicolons_and_says_its_encoding() -> None:
    content = write_csv([Item(0, 0, {"id": ItemText("Ibu kota?", ("Jakarta", "Bogor"))}, (0,))], "id")
    assert content.startswith(b"\xef\xbb\xbfJenis;Soal;Opsi A;Opsi B;Kunci;")


def test_a_negative_number_stays_a_number_and_a_word_like_it_is_guarded() -> None:
    number = Item(0, 0, {"en": ItemText("0 - 5?")}, kind=Kind.NUMBER, number=Number(Decimal(-5)))
    word = Item(0, 0, {"en": ItemText("=1+1", answers=("-5",))}, kind=Kind.TEXT)
    first, second = write_csv([number, word], "en").decode("utf-8-sig").splitlines()[1:]
    assert first.startswith("number,0 - 5?,-5,")
    assert second.startswith("text,'=1+1,'-5,")


def test_the_second_language_stands_in_columns_of_its_own() -> None:
    texts = {"id": ItemText("Satu?", answers=("ya",)), "en": ItemText("One?", answers=("yes", "y|n"))}
    header, row = write_csv([Item(0, 0, texts, kind=Kind.TEXT)], "id").decode("utf-8-sig").splitlines()
    assert header == "Jenis;Soal;Kunci;Pembahasan;Topik;Kesulitan;Sumber;Soal (en);Kunci (en);Pembahasan (en)"
    assert row == "isian;Satu?;ya;;;2;;One?;yes | y||n;"


def test_words_only_in_the_second_language_stay_there() -> None:
    item = Item(0, 0, {"en": ItemText("One?", ("a", "b"))}, (1,))
    for drafts in (read_csv(write_csv([item], "id").decode(), "id"), read_xlsx(write_xlsx([item], "id"), "id")):
        assert [draft.item for draft in drafts] == [item]


def test_a_picture_is_not_held() -> None:
    item = Item(0, 0, {"en": ItemText("One?", ("a", "b"))}, (1,))
    assert holds(item)
    assert not holds(replace(item, picture="a.png"))
