"""Tables of attendance as spreadsheets read them: every cell as it was, and none that they run."""

import csv
from io import StringIO

import pytest

from bot.formats.attendance import DateRow, PersonRow, dates, people
from tests.bot.nasty import bad_inputs

PERSON = PersonRow("Ani", "", 3, 2, 45, 1, 7)
DATE = DateRow("S7.2026-12-14", "Aljabar", "2026-12-14 19:00", 90, "berlangsung", "Budi", 5, 1, 2, 4)


def rows(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize(
    ("language", "delimiter", "name", "title"), [("id", ";", "Nama", "Judul"), ("en", ",", "Name", "Title")]
)
def test_the_columns_are_named_in_the_group_s_language(language: str, delimiter: str, name: str, title: str) -> None:
    head, *body = rows(people([PERSON], language), delimiter)
    assert head[0] == name
    assert body == [["Ani", "", "3", "2", "45", "1", "7"]]
    head, *body = rows(dates([DATE], language), delimiter)
    assert head[1] == title
    assert body == [["S7.2026-12-14", "Aljabar", "2026-12-14 19:00", "90", "berlangsung", "Budi", "5", "1", "2", "4"]]


def test_a_file_without_rows_still_names_its_columns() -> None:
    assert len(rows(people([], "id"), ";")) == len(rows(dates([], "en"), ",")) == 1


@pytest.mark.parametrize(("name", "raw"), bad_inputs("name"))
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_name_breaks_a_row_or_is_run(name: str, raw: str, language: str) -> None:
    delimiter = ";" if language == "id" else ","
    person = PersonRow(raw, "", 3, 2, 45, 1, 7)
    date = DateRow("S7", raw, "2026-12-14 19:00", 90, raw, raw, 5, 1, 2, 4)
    for content, width in ((people([person, PERSON], language), 7), (dates([date, DATE], language), 10)):
        found = rows(content, delimiter)
        assert [len(row) for row in found] == [width] * 3, name
        assert not [cell for row in found for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")], name


def test_a_formula_stands_there_as_words() -> None:
    found = rows(people([PersonRow("=1+1", "@x", 0, 0, 0, 0, 0)], "en"), ",")
    assert found[1][:2] == ["'=1+1", "'@x"]
