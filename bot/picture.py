"""The leaderboard as a picture, with names in every script; no system fonts, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat.clean import clean_name
from bot.chat.file import Document
from bot.glyph import fit, width
from bot.ink import drawn, words
from bot.line import Line, lines

WIDTH = 1000
"""Pixels: a phone held upright shows a picture at about a third of this, so letters are large."""

MOST_KINDS, MOST_NAMES = 8, 5
"""More would make the letters too small to read, or the picture too high for a phone."""

Leader = tuple[str, int]
Kind = tuple[str, Sequence[Leader]]

_EDGE, _GAP, _TOP, _BOTTOM = 44, 48, 118, 36
_HEAD, _ROW, _AFTER = 58, 54, 26
_TITLE, _LABEL, _TEXT = 44, 32, 30
_PLACE, _PAD = 44, 14
_INK, _SOFT, _BLUE, _BAR = "#1f2933", "#616e7c", "#2f6fde", "#dce8fb"

_LONGEST = 80
"""Letters of a line; more never fit."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A line of words, where it begins (or ends), and the room for it in em."""

    words: str
    x: float
    y: int
    size: int
    ink: str
    room: float = WIDTH
    anchor: str = "start"


@dataclass(slots=True)
class _Sheet:
    """What is on the picture so far."""

    texts: list[_Text] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)

    def write(self, text: str, room: float, x: float, y: int, size: int, ink: str, fallback: str = "") -> None:
        """Words of somebody, in `room` pixels; `fallback` stands where nothing of them can be seen."""
        self.texts.append(_Text(clean_name(text, fallback, _LONGEST), x, y, size, ink, room / size))

    def number(self, number: int, x: float, y: int, ink: str, anchor: str) -> float:
        """Return about how many pixels it takes."""
        self.texts.append(_Text(f"{number}", x, y, _TEXT, ink, anchor=anchor))
        return width(fit(f"{number}", WIDTH)) * _TEXT


def draw_board(name: str, title: str, columns: Sequence[Kind]) -> Document:
    """A PNG, 1000 pixels wide and at most 1600 high, of at most eight kinds with their first five names and points.

    A name that is too long is cut between two letters, a letter that no font has is shown as U+FFFD: ask
    `glyph.drawable` where something else should stand for such a name. Takes about 150 ms, so not inside a unit.
    """
    sheet = _Sheet()
    height = _board(sheet, title, columns[:MOST_KINDS])
    ready = lines([(text.words, text.room) for text in sheet.texts])
    parts = [*sheet.bars, *map(_line, sheet.texts, ready)]
    png = drawn(parts, WIDTH, height, [piece.font for line in ready for _, piece in line.places], "#ffffff")
    return Document(f"{name}.png", png, "image/png")


def _board(sheet: _Sheet, title: str, kinds: Sequence[Kind]) -> int:
    """Return the height; a kind stands in the column that is shorter so far."""
    sheet.write(title, WIDTH - 2 * _EDGE, _EDGE, 76, _TITLE, _INK)
    count = 1 if len(kinds) < 4 else 2
    wide = (WIDTH - 2 * _EDGE - (count - 1) * _GAP) / count
    ends = [_TOP] * count
    for kind in kinds:
        column = ends.index(min(ends))
        ends[column] = _kind(sheet, kind, _EDGE + column * (wide + _GAP), ends[column], wide)
    return max(ends) - _AFTER + _BOTTOM


def _kind(sheet: _Sheet, kind: Kind, x: float, y: int, wide: float) -> int:
    """Return where the next one may begin."""
    label, leaders = kind
    sheet.write(label, wide, x, y + 32, _LABEL, _BLUE)
    y += _HEAD
    most = max((points for _, points in leaders), default=0)
    for place, leader in enumerate(leaders[:MOST_NAMES], 1):
        _bar(sheet, leader[1] / max(most, 1), x, y, wide)
        _row(sheet, place, leader, x, y + 34, wide)
        y += _ROW
    return y + _AFTER


def _bar(sheet: _Sheet, part: float, x: float, y: int, wide: float) -> None:
    size = f'width="{wide * max(part, 0):.0f}" height="{_ROW - 8}" rx="8"'
    sheet.bars.append(f'<rect x="{x:.0f}" y="{y}" {size} fill="{_BAR}"/>')


def _row(sheet: _Sheet, place: int, leader: Leader, x: float, y: int, wide: float) -> None:
    name, points = leader
    sheet.number(place, x + _PAD, y, _SOFT, "start")
    taken = sheet.number(points, x + wide - _PAD, y, _INK, "end")
    sheet.write(name, wide - _PLACE - taken - 2 * _PAD - 8, x + _PLACE, y, _TEXT, _INK, "?")


def _line(text: _Text, line: Line) -> str:
    look = f'y="{text.y}" font-size="{text.size}" fill="{text.ink}" text-anchor="{text.anchor}"'
    return "".join(words(piece, f'x="{text.x + at * text.size:.1f}" {look}') for at, piece in line.places)
