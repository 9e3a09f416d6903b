"""Workbooks are read for their words only, whatever else is packed into them."""

import contextlib
import io
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind
from bot.formats import archive
from bot.formats.draft import MOST_BYTES, MOST_ROWS, Unreadable
from bot.formats.table import read_xlsx, write_xlsx
from bot.speech import Speech

DAMAGED = "The workbook is damaged, or no XLSX file. Save it again as XLSX."
TOO_LARGE = "The workbook unpacks to too much. Keep only the sheet with the questions."
HEADER = ("Question", "A", "B", "Right")
GOOD = ("Capital?", "Jakarta", "Bogor", "A")
ITEM = Item(0, 0, {"en": ItemText("Capital?", ("Jakarta", "Bogor"))}, (0,))

Parts = dict[str, bytes]


def book(*rows: tuple[object, ...], **sheets: tuple[tuple[object, ...], ...]) -> bytes:
    """A workbook made by openpyxl, with one sheet of these rows and further ones."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for title, table in sheets.items():
        sheet = made.create_sheet(title)
        for row in table:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(content: bytes, change: Callable[[Parts], object]) -> bytes:
    """The workbook with changed parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def problems(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(content, "en")
    return [(problem.line, Speech("en").words(problem.text)) for problem in caught.value.problems]


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book(HEADER, GOOD)


def sheet(parts: Parts, old: bytes, new: bytes) -> None:
    assert old in parts[SHEET]
    parts[SHEET] = parts[SHEET].replace(old, new, 1)


def test_numbers_and_truths_are_read_as_they_are_shown() -> None:
    rows = (
        ("How many?", 5, 0.1, "A"),
        ("Sum?", 0.1 + 0.2, 1e6, 1),
        ("Sure?", None, None, True),
        ("Pi?", None, None, 3.14),
    )
    first, second, third, fourth = (draft.item for draft in read_xlsx(book(HEADER, *rows), "en"))
    assert first.texts["en"].options == ("5", "0.1")
    assert (second.texts["en"].options, second.right) == (("0.3", "1000000"), (0,))
    assert (third.kind, third.right) == (Kind.TRUTH, (0,))
    assert fourth.number is not None
    assert fourth.number.value == Decimal("3.14")


def test_a_date_is_named_because_nobody_knows_what_was_written() -> None:
    wrong = "Column B: The spreadsheet made a date of this cell. Format it as text and write it again."
    assert problems(book(HEADER, GOOD, ("Half?", "1/3", date(2026, 2, 1), "B"))) == [(3, wrong)]


def test_a_date_in_a_column_without_a_name_is_not_passed_over() -> None:
    wrong = "Cell 5 stands in a column without a name. In CSV, put words with a comma in quotes."
    assert problems(book(HEADER, (*GOOD, date(2026, 2, 1)))) == [(2, wrong)]


def test_empty_rows_and_sheets_with_advice_are_passed_over() -> None:
    content = book(("My quiz",), (None,), HEADER, (None, ""), GOOD, Advice=(("Write one question a row.",),))
    (draft,) = read_xlsx(content, "en")
    assert (draft.line, draft.item) == (5, ITEM)


def test_questions_on_two_sheets_are_not_half_read() -> None:
    content = book(HEADER, GOOD, More=(HEADER, GOOD))
    assert problems(content) == [(0, "There are questions on 2 sheets. Put them on one.")]


def test_a_hidden_sheet_is_not_read() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(HEADER, GOOD, More=(HEADER, GOOD))))
    made["More"].sheet_state = "hidden"
    made.save(file := io.BytesIO())
    assert [draft.item for draft in read_xlsx(file.getvalue(), "en")] == [ITEM]


def test_every_wrong_row_is_named_by_the_number_that_the_spreadsheet_shows() -> None:
    rows = (GOOD, (None,), ("Who?", "x", "y", "Z"), ("Who?", "x", "x", "A"))
    assert problems(book(HEADER, *rows)) == [
        (4, "Column Right: Z does not say clearly which option is right. Write its letter."),
        (5, "Two options are the same. Make each one different."),
    ]


@pytest.mark.parametrize("content", [b"", b"MZ\x90\0", b"PK\x03\x04", PLAIN[:-30], PLAIN[:200], b"\x80\x04\x95."])
def test_what_is_no_workbook_is_refused_by_its_content(content: bytes) -> None:
    assert problems(content) == [(0, DAMAGED)]


def test_a_workbook_without_questions_is_refused() -> None:
    assert problems(book()) == [(0, "The file is empty.")]
    wrong = "The first row must name the columns. Example: Question, Option A, Option B, Right"
    assert problems(book((None,), ("name", "points"))) == [(2, wrong)]


def test_too_many_rows_and_bytes_are_refused_at_once() -> None:
    assert problems(b"PK" + b"\0" * MOST_BYTES) == [(0, "The file is too large: at most 2 MB can be imported.")]
    wrong = "There are 2,001 questions, at most 2,000 fit in one import."
    assert problems(book(HEADER, *[GOOD] * (MOST_ROWS + 1))) == [(0, wrong)]


def test_two_thousand_rows_are_read_in_well_under_two_seconds() -> None:
    text = ItemText("p" * 280, tuple(f"{letter}" * 80 for letter in "abcde"), "e" * 300)
    content = write_xlsx([Item(0, 0, {"id": text, "en": text}, (0,))] * MOST_ROWS, "id")
    start = time.process_time()
    assert len(read_xlsx(content, "id")) == MOST_ROWS
    assert time.process_time() - start < 2


def test_a_bomb_is_not_unpacked() -> None:
    zeros = repacked(PLAIN, lambda parts: parts.update({"xl/media/a.bin": b"\0" * (archive.MOST_UNPACKED + 1)}))
    assert len(zeros) < MOST_BYTES
    assert problems(zeros) == [(0, TOO_LARGE)]
    many = repacked(PLAIN, lambda parts: parts.update({f"xl/{at}.xml": b"<a/>" for at in range(archive.MOST_ENTRIES)}))
    assert problems(many) == [(0, TOO_LARGE)]


def test_a_size_that_lies_is_found_out_by_counting() -> None:
    bomb = repacked(PLAIN, lambda parts: parts.update({"xl/z.xml": b"<a>" + b" " * archive.MOST_UNPACKED + b"</a>"}))
    assert problems(_lying(bomb, b"xl/z.xml")) == [(0, TOO_LARGE)]
    small = repacked(PLAIN, lambda parts: parts.update({"xl/z.xml": b"<a>" + b" " * 5000 + b"</a>"}))
    assert read_xlsx(small, "en")
    assert problems(_lying(small, b"xl/z.xml")) == [(0, DAMAGED)]


def _lying(content: bytes, name: bytes) -> bytes:
    """The archive whose headers say that this entry holds 10 bytes."""
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02", content.rindex(name) - 46)
    struct.pack_into("<L", changed, at + 24, 10)
    struct.pack_into("<L", changed, content.index(name) - 30 + 22, 10)
    return bytes(changed)


def _entry(name: str, mode: int = 0, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO(PLAIN)
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(entry, b"<a/>", compression)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _entry("../../../.ssh/authorized_keys"),
        _entry("/etc/passwd"),
        _entry("xl\\..\\a.xml"),
        _entry("C:a.xml"),
        _entry("xl/link.xml", stat.S_IFLNK | 0o777),
        _entry("xl/a.xml", compression=zipfile.ZIP_LZMA),
    ],
    ids=["slip", "absolute", "backslash", "drive", "symlink", "compression"],
)
def test_entries_that_no_office_writes_are_refused(content: bytes) -> None:
    assert problems(content) == [(0, DAMAGED)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_there_twice_is_refused() -> None:
    assert problems(_entry(SHEET)) == [(0, DAMAGED)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused_in_every_part(part: str, encoding: str) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def change(parts: Parts) -> None:
        body = parts[part].decode().partition("?>")[2] or parts[part].decode()
        parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{entity}{body}'.encode(encoding)

    assert problems(repacked(PLAIN, change)) == [(0, DAMAGED)]


def test_cells_of_other_files_are_refused() -> None:
    content = repacked(PLAIN, lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))
    wrong = "The workbook takes cells from other files. Paste them as values first."
    assert problems(content) == [(0, wrong)]


def test_macros_and_media_stay_behind() -> None:
    content = repacked(PLAIN, lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf", "xl/media/1.png": b"\x89"}))
    assert [draft.item for draft in read_xlsx(content, "en")] == [ITEM]
    with zipfile.ZipFile(archive.repack(content)) as packed:
        assert {name.rpartition(".")[2] for name in packed.namelist()} == {"xml", "rels"}


@pytest.mark.parametrize("place", [b"XFD2", b"B1048576", b"B99999"])
def test_a_cell_far_out_takes_no_room(place: bytes) -> None:
    far = repacked(PLAIN, lambda parts: sheet(parts, b'r="B2"', b'r="%s"' % place))
    assert problems(far) == [(0, "A cell stands too far out: at most 10,000 rows and 100 columns are read.")]


def test_rows_and_cells_without_a_place_are_counted_too() -> None:
    cell = b"<c><v>1</v></c>"
    wide = repacked(PLAIN, lambda parts: sheet(parts, b"</sheetData>", b"<row>" + cell * 101 + b"</row></sheetData>"))
    tall = repacked(
        PLAIN, lambda parts: sheet(parts, b"</sheetData>", b"<row>%s</row>" % cell * 10_001 + b"</sheetData>")
    )
    for content in (wide, tall):
        assert problems(content) == [(0, "A cell stands too far out: at most 10,000 rows and 100 columns are read.")]


CELL = b'<c r="B2" t="inlineStr"><is><t>Jakarta</t></is></c>'


def _sharing(words: bytes, uses: int) -> bytes:
    """The workbook with those words shared by a cell of the first row of questions and as many below it."""

    def change(parts: Parts) -> None:
        parts["xl/sharedStrings.xml"] = b"<sst><si><t>Jakarta</t></si><si><t>%s</t></si></sst>" % words
        sheet(parts, CELL, b'<c r="B2" t="s"><v>0</v></c>')
        rows = b"".join(b'<row><c t="s"><v>1</v></c></row>' for _ in range(uses))
        sheet(parts, b"</sheetData>", rows + b"</sheetData>")

    return repacked(PLAIN, change)


def test_long_words_that_every_cell_shares_are_counted_each_time() -> None:
    assert [draft.item for draft in read_xlsx(_sharing(b"", 0), "en")] == [ITEM]
    assert problems(_sharing(b"x" * 2**20, 19))[0][0] == 3
    assert problems(_sharing(b"x" * 2**20, 21)) == [(0, TOO_LARGE)]


def test_a_formula_counts_as_what_it_came_to() -> None:
    cached = b'<c r="B2" t="str"><f>1+WEBSERVICE("https://x.example")</f><v>Jakarta</v></c>'
    content = repacked(PLAIN, lambda parts: sheet(parts, CELL, cached))
    assert [draft.item for draft in read_xlsx(content, "en")] == [ITEM]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    changed = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(changed))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_a_workbook_with_damaged_parts_is_read_or_refused(part: str, data: st.DataObject) -> None:
    def change(parts: Parts) -> None:
        changed = bytearray(parts[part])
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(changed) - 1))
            changed[at : at + data.draw(st.integers(0, 3))] = data.draw(
                st.binary(max_size=2) | st.sampled_from([b"9", b"-", b'"'])
            )
        parts[part] = bytes(changed)

    _read_or_refuse(repacked(PLAIN, change))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.booleans()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.integers(-9, 9)
            | st.dates()
            | st.text("aA=5|,é\n"),
            max_size=6,
        ),
        max_size=5,
    )
)
def test_cells_of_every_type_are_read_or_refused(rows: list[list[object]]) -> None:
    _read_or_refuse(book((*HEADER, "Kind", "Difficulty"), *map(tuple, rows)))


def _read_or_refuse(content: bytes) -> None:
    """Nothing else than this may come of it."""
    with contextlib.suppress(Unreadable):
        assert read_xlsx(content, "en")
