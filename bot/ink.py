"""Drawing SVG with the shipped fonts, and how wide words become when they are drawn."""

import zlib
from collections.abc import Iterable, Sequence
from html import escape
from struct import unpack

from bot.glyph import FONTS, Font, Piece

_SIZE = 24
"""Pixels of an em where words are measured: that is about as exact as an eye is."""

_FLAT, _ROW = 0.05, 3
"""Words are measured lying flat on this many rows of pixels each: only their width matters."""

_ALPHA = 4
"""The place of the channel of a pixel that says how much of it is covered."""

_SEEN = 8
"""Less cover than this is no ink."""

_RTL = "\u200f"

Ink = tuple[float, float]
"""Where what is drawn begins, and how long it is, in em."""


def drawn(parts: Iterable[str], width: int, height: int, fonts: Iterable[Font], background: str | None) -> bytes:
    """A PNG of these pieces of SVG; no other fonts are known to it."""
    import resvg_py

    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    png = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>',
        background=background,
        skip_system_fonts=True,
        font_files=sorted({str(FONTS / font.file) for font in fonts}),
    )
    return bytes(png)


def words(piece: Piece, attributes: str) -> str:
    """The SVG of a piece without the spaces around it; what somebody wrote is escaped here.

    Its punctuation stands on the side where its letters end.
    """
    mark = _RTL if piece.backwards else ""
    return (
        f'<text font-family="{escape(piece.font.family)}" xml:space="preserve" {attributes}>'
        f"{mark}{escape(piece.text.strip())}{mark}</text>"
    )


def measured(pieces: Sequence[Piece]) -> list[Ink]:
    """Where the ink of each begins and how long it is, in em: the index only guesses."""
    if not pieces:
        return []
    reach = int(max(piece.width for piece in pieces) / 1000 * 2 + 4) * _SIZE
    parts = [
        words(piece, f'font-size="{_SIZE}" transform="matrix(1 0 0 {_FLAT} {_SIZE} {at * _ROW + 2})"')
        for at, piece in enumerate(pieces)
    ]
    rows = _alpha(drawn(parts, reach, len(pieces) * _ROW, [piece.font for piece in pieces], None))
    return [_ink(rows[at : at + _ROW]) for at in range(0, len(rows), _ROW)]


def _ink(rows: Sequence[Sequence[int]]) -> Ink:
    marked = [x for row in rows for x, alpha in enumerate(row) if alpha > _SEEN]
    if not marked:
        return 0.0, 0.0
    return min(marked) / _SIZE - 1, (max(marked) - min(marked) + 1) / _SIZE


def _alpha(png: bytes) -> list[bytearray]:
    """How much of each pixel is covered, by rows (PNG, 8 bits, RGBA; https://www.w3.org/TR/png-3/#9Filters)."""
    width, height = unpack(">II", png[16:24])
    raw, stride = _inflated(png), width * _ALPHA + 1
    before, rows = bytearray(width), []
    for y in range(height):
        line = raw[y * stride : (y + 1) * stride]
        before = _unfiltered(line[0], bytearray(line[_ALPHA::_ALPHA]), before)
        rows.append(before)
    return rows


def _inflated(png: bytes) -> bytes:
    at, packed = 8, b""
    while at < len(png):
        (length,) = unpack(">I", png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(packed)


def _unfiltered(kind: int, line: bytearray, before: bytearray) -> bytearray:
    """Each filter works on one channel alone, so alpha needs no other."""
    left = corner = 0
    for x, up in enumerate(before):
        guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner) if kind == 4 else 0)[kind]
        left, corner = (line[x] + guess) & 255, up
        line[x] = left
    return line


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
