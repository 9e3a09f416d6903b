"""From a text to words with a meaning, each with the place in the text where it stands."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.when import Fault
from bot.formats.when.part import Calendar, Clock, Flaw, Part, Token, Unit, Zone
from bot.formats.when.word import LONGEST_PHRASE, Meaning, glued, words
from bot.formats.when.zone import ABBREVIATED, offset

_PIECE = re.compile(
    r"""
    (?P<moment>(?P<on>\d{4}-\d{2}-\d{2})t(?P<at>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<offset>z|[+-]\d{2}:?\d{2})?)(?!\w)
    |(?P<iso>\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2})(?!\w|[-/.]\d)
    |(?P<date>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4})(?!\w|[-/.]\d)
    |(?P<time>\d{1,2}[:.]\d{2}(?::\d{2})?)(?!\d|[.:]\d)
    |(?P<decimal>\d{1,2}[.,]5)(?=\s?(?:jam|h(?:ou)?rs?|h)\b)
    |(?P<number>\d{1,4})(?!\d)
    |(?P<utc>(?:utc|gmt)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?)(?!\w)
    |(?P<zone>(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc)/[a-z0-9_+/-]+)
    |(?P<nth>ke-?\d)(?!\w)
    |(?P<half>[ap]\.m\.?)(?!\w)
    |(?P<to>s/d|s\.d\.?)(?!\w)
    |(?P<word>[^\W\d_]+)
    |(?P<sign>[-\u2013\u2014,&+/@])
    |(?P<none>[\s.;()]+)
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_SIGNS = {
    "-": "_DASH",
    "\u2013": "_DASH",
    "\u2014": "_DASH",
    ",": "_COMMA",
    "&": "_AND",
    "+": "_AND",
    "/": "_AND",
    "@": "_AT",
}
_APOSTROPHES = frozenset("'`\u00b4\u2018\u2019\u02bc\u02bb")
_MOST_LETTERS = 4
"""A sign that stands for more letters (some for a whole sentence) is no word of ours and only costs time."""

_NEVER = -1
"""The year 0 that some write, which no date has."""

_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text in small letters without accents, apostrophes and invisible signs; `places` are those in the original."""

    text: str
    places: Sequence[int]


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a text; what has no meaning is of the type OTHER."""
    plain = _plain(text)
    pieces = [match for match in _PIECE.finditer(plain.text) if match.lastgroup != "none"]
    found = _hours(_joined([token for token in _read(pieces) if token.type != "_FILL"]))
    return tuple(replace(each, start=plain.places[each.start], end=plain.places[each.end - 1] + 1) for each in found)


def _plain(text: str) -> _Plain:
    letters, places = [], []
    for place, char in enumerate(text):
        for letter in _letters(char):
            letters.append(letter)
            places.append(place)
    return _Plain("".join(letters), places)


def _letters(char: str) -> str:
    if char in _APOSTROPHES:
        return ""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKD", char).casefold()
    if len(folded) > _MOST_LETTERS:
        return char
    return "".join(each for each in folded if unicodedata.category(each) not in ("Mn", "Cf"))


def _read(pieces: Sequence[re.Match[str]]) -> Iterator[Token]:
    index = 0
    while index < len(pieces):
        if pieces[index].lastgroup == "word":
            token, used = _phrase(pieces, index)
            yield token
            index += used
        elif pieces[index].lastgroup == "number" and _is_suffixed(pieces, index):
            yield Token("NUMBERED", int(pieces[index].group()), pieces[index].start(), pieces[index + 1].end())
            index += 2
        else:
            yield from _single(pieces[index])
            index += 1


def _is_suffixed(pieces: Sequence[re.Match[str]], index: int) -> bool:
    """Whether that number goes on as 5th does."""
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return following is not None and following.group() in _SUFFIXES and following.start() == pieces[index].end()


def _phrase(pieces: Sequence[re.Match[str]], index: int) -> tuple[Token, int]:
    """The longest entry that begins with that word, and how many words it has."""
    first = pieces[index]
    if index and pieces[index - 1].end() == first.start() and (meaning := glued().get(first.group())):
        return _token(meaning, first.start(), first.end()), 1
    run = [first]
    for piece in pieces[index + 1 : index + LONGEST_PHRASE]:
        if piece.lastgroup != "word":
            break
        run.append(piece)
    for length in range(len(run), 0, -1):
        if meaning := _meaning(" ".join(piece.group() for piece in run[:length])):
            return _token(meaning, first.start(), run[length - 1].end()), length
    return Token("OTHER", first.group(), first.start(), first.end()), 1


def _meaning(phrase: str) -> Meaning | None:
    return words().get(phrase) or ABBREVIATED.get(phrase)


def _token(meaning: Meaning, start: int, end: int) -> Token:
    return Token(meaning[0], meaning[1], start, end)


def _single(piece: re.Match[str]) -> Iterator[Token]:
    """What a piece that is no word means; a moment of ISO 8601 is a date, an hour and a zone."""
    if piece.lastgroup != "moment":
        yield Token(*_meant(piece.lastgroup or "", piece.group()), piece.start(), piece.end())
        return
    yield Token(*_meant("iso", piece["on"]), *piece.span("on"))
    yield Token(*_meant("time", piece["at"]), *piece.span("at"))
    if piece["offset"]:
        yield Token("ZONE", offset(piece["offset"]), *piece.span("offset"))


def _meant(kind: str, text: str) -> Meaning:
    match kind:
        case "iso":
            return "DATE", _iso(text)
        case "date":
            return "DATE", _day_first(text)
        case "time":
            return _clock(text)
        case "decimal":
            return "HALVES", int(text[:-2]) * 60 + 30
        case "number":
            return ("YEAR", int(text) or _NEVER) if len(text) == 4 else ("NUMBER", int(text))
        case "utc":
            return "ZONE", offset(text[3:])
        case "zone":
            return "ZONE", Zone(text)
        case "nth":
            return "ORDINAL", int(text[-1])
        case "half":
            return "PART", Part.AM if text[0] == "a" else Part.PM
        case "to":
            return "_TO", text
        case _:
            return _SIGNS.get(text, "OTHER"), text


def _iso(text: str) -> Calendar:
    year, month, day = map(int, re.split("[-/]", text))
    return Calendar(day, month, year or _NEVER)


def _day_first(text: str) -> Calendar:
    """The day comes before the month, as Indonesians write; the weekday in the echo shows who meant it otherwise."""
    day, month, *year = map(int, re.split("[-/.]", text))
    return Calendar(day, month, year[0] + 2000 * (year[0] < 100)) if year else Calendar(day, month)


def _clock(text: str) -> Meaning:
    """An hour with minutes; with two digits it is one of 24."""
    hour, minute, *seconds = re.split("[:.]", text)
    if any(int(second) for second in seconds):
        return "FLAW", Flaw(Fault.NO_SUCH_TIME)
    return "TIME", Clock(int(hour), int(minute), exact=len(hour) == 2)


def _joined(found: Sequence[Token]) -> Sequence[Token]:
    """The same without the comma before a year: December 7, 2026."""
    kinds = [*(token.type for token in found), ""]
    return [token for token, after in zip(found, kinds[1:], strict=True) if (token.type, after) != ("_COMMA", "YEAR")]


_COUNTED = frozenset({"NUMBER", "SPELLED", "TIME", "_HALF"})


def _hours(found: Sequence[Token]) -> Iterator[Token]:
    """The word jam is "hours" behind a number, and "at" before one, unless that one counts minutes."""
    for index, token in enumerate(found):
        after, second = (found[at].type if at < len(found) else "" for at in (index + 1, index + 2))
        if token.type != "_JAM":
            yield token
        elif after in _COUNTED and second != "MINUTE":
            yield replace(token, type="_AT")
        else:
            yield replace(token, type="HOUR", value=Unit.HOUR)
