"""Tables of items, CSV and XLSX, with the same columns.

They hold everything of an item but its community, id, state, version, people and picture. Each row is an item; the
header names the columns in English or Indonesian, in any order. Words of a further language stand in columns with
its code: `Question (en)`.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.chat.text import T, code
from bot.domain.items import Item, Kind
from bot.formats import cell, delimited, record, workbook
from bot.formats.draft import MOST_BYTES, MOST_ROWS, Draft, Problem, Unreadable
from bot.formats.grid import Row
from bot.formats.heading import Column, Heading, Part, column, find, name

_EXAMPLE = {"id": "Soal, Opsi A, Opsi B, Kunci", "en": "Question, Option A, Option B, Right"}


def read_csv(text: str, language: str) -> tuple[Draft, ...]:
    """The items of a CSV file whose delimiter is a comma, a semicolon or a tab; raises `Unreadable`."""
    _check_size(len(text))
    rows = delimited.read(text, lambda title: column(title, language) is not None)
    heading = find(rows, language)
    if not heading:
        raise _headless(rows, language)
    return _drafts(rows, heading, language)


def read_xlsx(content: bytes, language: str) -> tuple[Draft, ...]:
    """The items of an XLSX workbook, which stand on one of its sheets; raises `Unreadable`."""
    _check_size(len(content))
    sheets = workbook.read(content)
    found = [(rows, heading) for rows in sheets if (heading := find(rows, language))]
    if len(found) > 1:
        raise Unreadable(Problem(0, T("There are questions on {count} sheets. Put them on one.", count=len(found))))
    if not found:
        raise _headless([row for rows in sheets for row in rows], language)
    return _drafts(*found[0], language)


def write_csv(items: Sequence[Item], language: str) -> bytes:
    """The items as CSV in UTF-8, with the delimiter that spreadsheets expect where that language is spoken."""
    return delimited.write(_rows(items, language), ";" if language == "id" else ",")


def write_xlsx(items: Sequence[Item], language: str) -> bytes:
    """The items as a workbook with one sheet."""
    return workbook.write(_rows(items, language), "Soal" if language == "id" else "Questions")


def holds(item: Item) -> bool:
    """Whether nothing of the question is lost: a picture would be."""
    return not item.picture


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Unreadable(
            Problem(0, T("The file is too large: at most {most} MB can be imported.", most=MOST_BYTES // 2**20))
        )


def _headless(rows: Sequence[Row], language: str) -> Unreadable:
    first = next((row.line for row in rows if not row.empty), 0)
    if not first:
        return Unreadable(Problem(0, T("The file is empty.")))
    example = code(_EXAMPLE["id" if language == "id" else "en"])
    return Unreadable(Problem(first, T("The first row must name the columns. Example: {example}", example=example)))


def _drafts(rows: Iterable[Row], heading: Heading, language: str) -> tuple[Draft, ...]:
    body = [row for row in rows if row.line > heading.line and not row.empty]
    if not body:
        raise Unreadable(Problem(heading.line, T("There is no question below the names of the columns.")))
    if len(body) > MOST_ROWS:
        raise Unreadable(
            Problem(
                0, T("There are {count} questions, at most {most} fit in one import.", count=len(body), most=MOST_ROWS)
            )
        )
    drafts, problems = [], []
    for row in body:
        try:
            drafts.append(Draft(row.line, record.read(row, heading, language)))
        except record.Wrong as error:
            problems.append(Problem(row.line, error.text))
    if problems:
        raise Unreadable(*problems)
    return tuple(drafts)


def _rows(items: Sequence[Item], language: str) -> Iterator[tuple[str, ...]]:
    columns = _columns(items, language)
    yield tuple(name(place, language) for place in columns)
    for item in items:
        yield cell.write(item, columns, language)


def _columns(items: Sequence[Item], language: str) -> tuple[Column, ...]:
    """Those that the items need, in a fixed order."""
    texts = [text for item in items for text in item.texts.values()]
    options = max((len(text.options) for text in texts), default=4)
    feedback = max((len(text.feedback) for text in texts), default=0)
    numbers = any(item.number for item in items)
    others = sorted({spoken for item in items for spoken in item.texts} - {language})
    columns = [Column(Part.KIND), *_words(language, options, feedback, True)]
    if numbers:
        columns += [Column(Part.TOLERANCE), Column(Part.UNIT)]
    columns += [Column(Part.TAGS), Column(Part.DIFFICULTY), Column(Part.SOURCE)]
    answered = any(item.kind is Kind.TEXT for item in items)
    return (*columns, *(place for spoken in others for place in _words(spoken, options, feedback, answered)))


def _words(language: str, options: int, feedback: int, right: bool) -> Iterator[Column]:
    yield Column(Part.PROMPT, language)
    yield from (Column(Part.OPTION, language, option) for option in range(options))
    if right:
        yield Column(Part.RIGHT, language)
    yield Column(Part.EXPLANATION, language)
    yield from (Column(Part.FEEDBACK, language, option) for option in range(feedback))
