"""The names of a table's columns: ours in English and Indonesian, and those of well-known quiz tools."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.text import T, code
from bot.domain.items import letter
from bot.formats.draft import Problem, Unreadable
from bot.formats.grid import Row

LONGEST_NAME = 200
"""A longer cell is no name, and not looked at closely."""

FIRST_ROWS = 10
"""Rows among which the header is looked for: some templates begin with a title and advice."""


class Part(StrEnum):
    """What a column holds of an item; the last ones are columns of other tools that no item holds."""

    KIND = "kind"
    PROMPT = "question"
    OPTION = "option"
    RIGHT = "right"
    TOLERANCE = "tolerance"
    UNIT = "unit"
    EXPLANATION = "explanation"
    FEEDBACK = "feedback"
    TAGS = "tags"
    DIFFICULTY = "difficulty"
    SOURCE = "source"
    PICTURE = "picture"
    TIME = "time"
    COUNT = "number"


WORDS = (Part.PROMPT, Part.OPTION, Part.RIGHT, Part.EXPLANATION, Part.FEEDBACK)
"""What an item has in every language; `right` only where it holds the accepted answers."""


@dataclass(frozen=True, slots=True)
class Column:
    """`option` counts from 0 for the parts that each option has; `language` is "" for parts without one."""

    part: Part
    language: str = ""
    option: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """The header row: its line, and where each column stands, with its name.

    Digits in the column of the right answer are `positions` in the templates of tools that ask for a time.
    """

    line: int
    names: tuple[str, ...]
    places: Mapping[Column, int]

    @property
    def positions(self) -> bool:
        """Whether digits are surely positions of options, never their words."""
        return Column(Part.TIME) in self.places


_INDONESIAN = {
    Part.KIND: "Jenis",
    Part.PROMPT: "Soal",
    Part.OPTION: "Opsi",
    Part.RIGHT: "Kunci",
    Part.TOLERANCE: "Toleransi",
    Part.UNIT: "Satuan",
    Part.EXPLANATION: "Pembahasan",
    Part.FEEDBACK: "Umpan balik",
    Part.TAGS: "Topik",
    Part.DIFFICULTY: "Kesulitan",
    Part.SOURCE: "Sumber",
}

_NAMES = {
    Part.KIND: "kind|type|question type|jenis|tipe|jenis soal|tipe soal",
    Part.PROMPT: "question|questions|prompt|question text|q|soal|pertanyaan|butir soal|teks soal",
    Part.RIGHT: (
        "right|right answer|correct|correct answer|correct answers|correct answer(s)|correct option|answer|answers"
        "|answer key|key|kunci|kunci jawaban|jawaban|jawaban benar|jawaban yang benar"
    ),
    Part.TOLERANCE: "tolerance|toleransi",
    Part.UNIT: "unit|satuan",
    Part.EXPLANATION: "explanation|answer explanation|pembahasan|penjelasan",
    Part.TAGS: "tags|tag|topic|topics|topik|label",
    Part.DIFFICULTY: "difficulty|level|kesulitan|tingkat kesulitan|tingkat",
    Part.SOURCE: "source|sumber|referensi",
    Part.PICTURE: "image link|image|picture|gambar",
    Part.TIME: "time limit (sec)|time limit|time in seconds",
    Part.COUNT: "no|no.|nomor|number|#",
}
_PARTS = {name: part for part, names in _NAMES.items() for name in names.split("|")}
_OPTION = re.compile(r"(?:(?:answer )?option|answer|choice|opsi|pilihan|jawaban|alternatif)? ?([a-j]|[1-9]|10)")
_FEEDBACK = re.compile(r"(?:feedback|umpan balik|balikan) ?([a-j]|[1-9]|10)")
_LANGUAGE = re.compile(r"(.+?) ?\((en|id)\)")
_ADVICE = re.compile(r"\s[-–—]\s.*|\s*\(max .*", re.DOTALL)
"""What templates add to a name: `Answer 1 - max 75 characters`."""


def column(name: str, language: str) -> Column | None:
    """What the column of that name holds, None if that is unknown. Names without a language mean `language`."""
    if len(name) > LONGEST_NAME:
        return None
    plain = " ".join(_ADVICE.sub("", unicodedata.normalize("NFKC", name)).casefold().replace("_", " ").split())
    plain = re.sub(r"(?<=\w) ?- ?(?=\w)", " ", plain).rstrip("*: ")
    suffixed = _LANGUAGE.fullmatch(plain)
    base, spoken = (suffixed[1], suffixed[2]) if suffixed else (plain, language)
    found = _part(base)
    if found is None or (suffixed and found[0] not in WORDS):
        return None
    part, option = found
    return Column(part, spoken if part in WORDS else "", option)


def name(place: Column, language: str) -> str:
    """What we call the column in a table whose main language that is."""
    words = _INDONESIAN[place.part] if language == "id" else place.part.capitalize()
    lettered = f"{words} {letter(place.option)}" if place.part in (Part.OPTION, Part.FEEDBACK) else words
    return lettered if place.language in ("", language) else f"{lettered} ({place.language})"


def find(rows: Sequence[Row], language: str) -> Heading | None:
    """The header among the first rows, None if there is none; unknown and repeated columns are refused by name."""
    filled = [row for row in rows[: FIRST_ROWS * 10] if not row.empty][:FIRST_ROWS]
    return next((_heading(row, language) for row in filled if _heads(row, language)), None)


def _heads(row: Row, language: str) -> bool:
    known = [found.part for cell in row.cells if (found := column(cell, language))]
    return Part.PROMPT in known and len(known) > 1


def _heading(row: Row, language: str) -> Heading:
    names = tuple(cell.strip() for cell in row.cells)
    places: dict[Column, int] = {}
    problems = []
    for at, title in enumerate(names):
        place = column(title, language)
        if place in places:
            problems.append(T("Two columns say the same: {column}.", column=code(title[:80])))
        elif place:
            places[place] = at
        elif title:
            problems.append(T("The column {column} is unknown. Rename it or take it out.", column=code(title[:80])))
    if problems:
        raise Unreadable(*(Problem(row.line, problem) for problem in dict.fromkeys(problems)))
    return Heading(row.line, names, places)


def _part(base: str) -> tuple[Part, int] | None:
    if part := _PARTS.get(base):
        return part, 0
    if match := _OPTION.fullmatch(base.rstrip(".)")):
        return Part.OPTION, _index(match[1])
    if match := _FEEDBACK.fullmatch(base):
        return Part.FEEDBACK, _index(match[1])
    return None


def _index(mark: str) -> int:
    return int(mark) - 1 if mark.isdecimal() else ord(mark) - ord("a")
