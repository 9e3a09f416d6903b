"""One row of a table as an item."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.chat.text import T, code
from bot.domain.items import MOST_OPTIONS, Item, ItemText, Kind, Number
from bot.formats.answer import read_answers, read_letters, read_number, read_truth
from bot.formats.check import check
from bot.formats.grid import Row, unguard
from bot.formats.heading import WORDS, Column, Heading, Part, name

_KINDS = {
    Kind.ONE: "one|single|single choice|satu|satu jawaban",
    Kind.SEVERAL: "several|checkbox|multiple answers|multiple select|beberapa|pilihan ganda kompleks",
    Kind.TRUTH: "truth|true false|true/false|t/f|tf|benar salah|benar/salah|b/s",
    Kind.TEXT: "text|short text|short answer|fill in the blank|isian|isian singkat|jawaban singkat",
    Kind.NUMBER: "number|numeric|numerical|angka|bilangan",
    Kind.ORDER: "order|ordering|reorder|urutan|mengurutkan",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_CHOICE = frozenset(("multiple choice", "mcq", "mc", "quiz", "pilihan ganda", "pg"))
"""Kinds of other tools that may have one right option or several."""

_LEVELS = {
    word: level
    for level, words in enumerate(("1|easy|mudah", "2|medium|sedang", "3|hard|sulit|sukar"), 1)
    for word in words.split("|")
}


class Wrong(Exception):
    """Why a row is no item."""

    def __init__(self, text: T) -> None:
        super().__init__(text.source)
        self.text = text


@dataclass(frozen=True, slots=True)
class Record:
    """A row below its heading; `language` is the table's main one."""

    row: Row
    heading: Heading
    language: str

    def get(self, part: Part, language: str = "", option: int = 0) -> str:
        """The words of that cell, "" if there is no such cell; raises `Wrong` for a date."""
        place = Column(part, language, option)
        at = self.heading.places.get(place)
        if at is None or at >= len(self.row.cells):
            return ""
        if at in self.row.dates:
            raise self.wrong(
                place, T("The spreadsheet made a date of this cell. Format it as text and write it again.")
            )
        return unguard(self.row.cells[at])

    def series(self, part: Part, language: str) -> tuple[str, ...]:
        """The cells of a part that each option has, without the empty ones at the end."""
        cells = [self.get(part, language, option) for option in range(MOST_OPTIONS)]
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)

    def wrong(self, place: Column, text: T) -> Wrong:
        """The error, with the name of the column as it stands in the table."""
        at = self.heading.places.get(place)
        title = name(place, self.language) if at is None else self.heading.names[at]
        return Wrong(T("Column {column}: {text}", column=code(title[:80]), text=text))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which anything is said, the main one first."""
        spoken = sorted({place.language for place in self.heading.places} - {self.language, ""})
        return tuple(language for language in (self.language, *spoken) if self._says(language))

    def _says(self, language: str) -> bool:
        words = (place for place in self.heading.places if place.language == language and place.part in WORDS)
        own = (place for place in words if place.part is not Part.RIGHT or language != self.language)
        return any(self.get(place.part, language, place.option) for place in own)


def read(row: Row, heading: Heading, language: str) -> Item:
    """The item of that row; raises `Wrong`."""
    record = Record(row, heading, language)
    _check_cells(record)
    kind = _kind(record)
    texts = {spoken: _text(record, kind, spoken) for spoken in record.languages}
    item = Item(
        0,
        0,
        texts or {language: ItemText("")},
        _right(record, kind, texts),
        tags=_tags(record.get(Part.TAGS)),
        difficulty=_difficulty(record),
        source=record.get(Part.SOURCE),
        kind=kind,
        number=_number(record) if kind is Kind.NUMBER else None,
    )
    if problem := check(item):
        raise Wrong(problem)
    return item


def _check_cells(record: Record) -> None:
    """Refuse words where no column has a name, and what no item can hold."""
    heading = record.heading
    for at, cell in enumerate(record.row.cells):
        titled = at < len(heading.names) and heading.names[at]
        counted = at == 0 and cell.strip().isdecimal()
        if not titled and not counted and (cell.strip() or at in record.row.dates):
            wrong = T(
                "Cell {number} stands in a column without a name. In CSV, put words with a comma in quotes.",
                number=at + 1,
            )
            raise Wrong(wrong)
    if record.get(Part.PICTURE).strip():
        raise record.wrong(Column(Part.PICTURE), T("Pictures cannot be imported. Add it afterwards."))


def _kind(record: Record) -> Kind:
    word = re.sub(r"[\s_-]+", " ", record.get(Part.KIND).strip().casefold())
    if kind := _KIND.get(word):
        return kind
    if word and word not in _CHOICE:
        raise record.wrong(
            Column(Part.KIND),
            T("{kind} is no kind of question that exists here.", kind=code(word[:40])),
        )
    return _told(record)


def _told(record: Record) -> Kind:
    """The kind, as far as the row tells it."""
    right = record.get(Part.RIGHT, record.language)
    if any(record.series(Part.OPTION, language) for language in record.languages):
        return Kind.ONE if len(_chosen(record)) == 1 else Kind.SEVERAL
    if record.get(Part.TOLERANCE) or record.get(Part.UNIT) or read_number(right) is not None:
        return Kind.NUMBER
    return Kind.TEXT if read_truth(right) is None else Kind.TRUTH


def _text(record: Record, kind: Kind, language: str) -> ItemText:
    prompt = record.get(Part.PROMPT, language)
    if not prompt.strip():
        raise record.wrong(Column(Part.PROMPT, language), T("The question is empty."))
    options = record.series(Part.OPTION, language)
    right = record.get(Part.RIGHT, language)
    answers: tuple[str, ...] = ()
    match kind:
        case Kind.TEXT:
            # A template of another tool writes the accepted answers where other kinds have their options.
            answers, options = (read_answers(right), options) if right.strip() else (options, ())
        case Kind.TRUTH if tuple(map(read_truth, options)) == (True, False):
            options = ()
    if options and kind in (Kind.TEXT, Kind.TRUTH, Kind.NUMBER):
        raise record.wrong(Column(Part.OPTION, language), T("A question of this kind has no options."))
    if right and kind is not Kind.TEXT and language != record.language:
        raise record.wrong(Column(Part.RIGHT, language), T("Only a question answered in words has answers here."))
    feedback = record.series(Part.FEEDBACK, language)
    size = 2 if kind is Kind.TRUTH else len(options)
    padded = feedback + ("",) * (size - len(feedback)) if feedback else ()
    return ItemText(prompt, options, record.get(Part.EXPLANATION, language), padded, answers)


def _right(record: Record, kind: Kind, texts: Mapping[str, ItemText]) -> tuple[int, ...]:
    right = record.get(Part.RIGHT, record.language)
    match kind:
        case Kind.ONE | Kind.SEVERAL:
            return _chosen(record)
        case Kind.TRUTH:
            return _truth(record, right)
        case Kind.ORDER if right.strip():
            raise record.wrong(
                Column(Part.RIGHT, record.language),
                T("Leave this empty: the options of an ordering question stand in their right order."),
            )
        case _:
            return ()


def _truth(record: Record, right: str) -> tuple[int, ...]:
    truth = read_truth(right)
    if truth is not None:
        return (0,) if truth else (1,)
    options = record.series(Part.OPTION, record.language)
    chosen = read_letters(right, options, record.heading.positions)
    if chosen is None or len(chosen) != 1:
        raise record.wrong(Column(Part.RIGHT, record.language), T("Write true or false."))
    return chosen


def _chosen(record: Record) -> tuple[int, ...]:
    right = record.get(Part.RIGHT, record.language)
    if not right.strip():
        raise record.wrong(Column(Part.RIGHT, record.language), T("The right answer is missing."))
    for language in record.languages:
        options = record.series(Part.OPTION, language)
        if found := read_letters(right, options, record.heading.positions):
            return found
    raise record.wrong(
        Column(Part.RIGHT, record.language),
        T("{right} does not say clearly which option is right. Write its letter.", right=code(right.strip()[:40])),
    )


def _number(record: Record) -> Number:
    tolerance = record.get(Part.TOLERANCE).strip()
    return Number(
        _decimal(record, Column(Part.RIGHT, record.language)),
        _decimal(record, Column(Part.TOLERANCE)) if tolerance else Decimal(0),
        record.get(Part.UNIT),
    )


def _decimal(record: Record, place: Column) -> Decimal:
    cell = record.get(place.part, place.language)
    number = read_number(cell)
    if number is None:
        wrong = T("Write a number without unit, like {example}.", example=code("1500.5"))
        raise record.wrong(place, wrong)
    return number


def _tags(cell: str) -> tuple[str, ...]:
    topics = ("-".join(part.casefold().lstrip(" #").split()) for part in re.split(r"[,;|]", cell))
    return tuple(dict.fromkeys(topic for topic in topics if topic))


def _difficulty(record: Record) -> int:
    word = record.get(Part.DIFFICULTY).strip().casefold()
    if word and word not in _LEVELS:
        raise record.wrong(Column(Part.DIFFICULTY), T("The difficulty is 1 (easy), 2 or 3 (hard)."))
    return _LEVELS.get(word, 2)
