"""Rows are divided as Python's own reader of CSV divides them, with the lines where they begin."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.delimited import quote, split
from bot.formats.draft import Unreadable

CELLS = st.text("ab\"',;|\t\r\n #=漢\u2028", max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6)
DELIMITERS = st.sampled_from(",;\t|")


@given(ROWS, DELIMITERS, st.sampled_from(["\r\n", "\n", "\r"]))
def test_what_another_program_quotes_is_read_the_same(rows: list[list[str]], delimiter: str, end: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [list(row.cells) for row in split(file.getvalue(), delimiter)] == rows


@given(ROWS, st.sampled_from(",;\t"))
def test_what_is_quoted_here_is_read_the_same_by_another_program(rows: list[list[str]], delimiter: str) -> None:
    text = "".join(delimiter.join(map(quote, row)) + "\r\n" for row in rows)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)) == rows
    assert [list(row.cells) for row in split(text, delimiter)] == rows


@given(ROWS)
def test_a_row_has_the_line_where_it_begins(rows: list[list[str]]) -> None:
    text = "".join(",".join(map(quote, row)) + "\n" for row in rows)
    starts = [text[:at].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1 for at in _starts(rows)]
    assert [row.line for row in split(text, ",")] == starts


def _starts(rows: list[list[str]]) -> list[int]:
    starts = [0]
    for row in rows[:-1]:
        starts.append(starts[-1] + len(",".join(map(quote, row))) + 1)
    return starts


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b", ("a", "b")),
        ("a,b,", ("a", "b", "")),
        (" a , b ", ("a", "b")),
        ('" a " ,5" pipe', (" a ", '5" pipe')),
        ('"a""b",""', ('a"b', "")),
    ],
)
def test_white_space_around_cells_without_quotes_is_dropped(text: str, cells: tuple[str, ...]) -> None:
    assert [row.cells for row in split(text, ",")] == [cells]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('a,b\n\n"c', 3, 1), ('a,"b\n\n""', 1, 2), ('a\n"b" c,d', 2, 1), ('"a\nb"\n"c""', 3, 1)],
)
def test_a_quote_that_is_not_closed_is_named(text: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as caught:
        list(split(text, ","))
    (problem,) = caught.value.problems
    assert (problem.line, problem.text.args) == (line, {"column": column})
