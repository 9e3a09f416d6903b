"""Which of the fonts beside this file draws which part of a text, and about how wide; `make fonts` makes them."""

from array import array
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from bot.chat.clean import graphemes

FONTS = Path(__file__).parent / "font"

ELLIPSIS, UNKNOWN = "…", "\ufffd"
"""What ends a shortened text, and what stands for a letter that no font has."""

_COLOURED = "Twemoji.ttf"
_UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\ufe0f")
_LETTER = regex.compile(r"([\p{Bidi_Class=R}\p{Bidi_Class=AL}])|\p{Bidi_Class=L}")
_SHARED = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")


@dataclass(frozen=True, slots=True)
class Font:
    """A font: its file, its family, and its characters as runs of neighbours of one width (1/1000 em)."""

    file: str
    family: str
    firsts: Sequence[int]
    lasts: Sequence[int]
    widths: Sequence[int]

    @property
    def coloured(self) -> bool:
        """Whether it draws emoji; one picture may stand for several characters there."""
        return self.file == _COLOURED

    def width(self, char: str) -> int:
        """Of one character in 1/1000 em, rounded up; -1 where the font lacks it."""
        if _UNSEEN.match(char):
            return 0
        at = bisect(self.firsts, ord(char)) - 1
        return self.widths[at] if at >= 0 and ord(char) <= self.lasts[at] else -1

    def draws(self, letter: str) -> bool:
        """Whether it has every character of the letter."""
        return all(self.width(char) >= 0 for char in letter)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that one font draws, and about how wide it is (1/1000 em)."""

    text: str
    font: Font
    width: int

    @property
    def backwards(self) -> bool | None:
        """Whether its letters read from right to left; None where it has no letters."""
        found = _LETTER.search(self.text)
        return found and found[1] is not None


@cache
def fonts() -> tuple[Font, ...]:
    """All fonts, the preferred first; read when the first picture asks, in about 10 ms."""
    lines = (FONTS / "index.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_font(*line.split("\t")) for line in lines)


def drawable(text: str) -> bool:
    """Whether some font has every letter of the text; else the caller may prefer to show something else."""
    return all(_chosen(letter, None, fonts()) for letter in graphemes(text))


def fit(text: str, room: float) -> list[Piece]:
    """The text in pieces that one font each draws, cut between two letters where it is wider than `room` (in em)."""
    letters = _pieces(graphemes(text))
    if width(letters) <= room:
        return _joined(letters)
    (dots,) = _pieces([ELLIPSIS])
    while letters and width((*letters, dots)) > room:
        letters.pop()
    kept = "".join(letter.text for letter in letters).rstrip()
    return _joined(_pieces(graphemes(kept + ELLIPSIS)))


def _font(file: str, family: str, runs: str) -> Font:
    firsts, lasts, widths = array("I"), array("I"), array("H")
    for run in runs.split():
        reach, _, width = run.partition(":")
        first, _, last = reach.partition("-")
        firsts.append(int(first, 16))
        lasts.append(int(last, 16))
        widths.append(int(width))
    return Font(file, family, firsts, lasts, widths)


def width(pieces: Iterable[Piece]) -> float:
    """Of all of them in em, as the index has it: no script is really twice as wide."""
    return sum(piece.width for piece in pieces) / 1000


def _pieces(letters: Sequence[str]) -> list[Piece]:
    """A piece for each letter; where the first font lacks a letter that the second has, all stand in the second."""
    pieces = _drawn(letters, fonts())
    second = fonts()[1]
    return _drawn(letters, fonts()[1:]) if any(piece.font is second for piece in pieces) else pieces


def _drawn(letters: Iterable[str], known: Sequence[Font]) -> list[Piece]:
    pieces: list[Piece] = []
    for letter in letters:
        before = pieces[-1].font if pieces else None
        font = _chosen(letter, before, known)
        pieces.append(_piece(letter, font) if font else _bare(letter, before, known))
    return pieces


def _chosen(letter: str, before: Font | None, known: Sequence[Font]) -> Font | None:
    """The font that has all of the letter; punctuation and digits are drawn as what stands before them."""
    if _EMOJI.search(letter) and "\ufe0e" not in letter:
        known = sorted(known, key=lambda font: not font.coloured)
    elif before and not before.coloured and _SHARED.fullmatch(letter) and before.draws(letter):
        return before
    return next((font for font in known if font.draws(letter)), None)


def _bare(letter: str, before: Font | None, known: Sequence[Font]) -> Piece:
    """The letter without the marks that its font lacks, or what stands for an unknown one."""
    font = _chosen(letter[0], before, known)
    if font is None:
        return _piece(UNKNOWN, next(font for font in known if font.draws(UNKNOWN)))
    return _piece("".join(char for char in letter if font.width(char) >= 0), font)


def _piece(letter: str, font: Font) -> Piece:
    widths = [font.width(char) for char in letter]
    return Piece(letter, font, max(widths) if font.coloured else sum(widths))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """As few pieces as there are changes of the font; a space alone goes with what follows it."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and (joined[-1].font is piece.font or joined[-1].text.isspace()):
            before = joined.pop()
            joined.append(Piece(before.text + piece.text, piece.font, before.width + piece.width))
        else:
            joined.append(piece)
    return joined
