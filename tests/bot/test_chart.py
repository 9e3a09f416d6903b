"""The chart is a picture that a phone shows: its bars are as long as the shares, and its words are there."""

import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from bot.chart import WIDTH, Share, draw_shares

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Pixel = tuple[int, int, int]


def decoded(content: bytes) -> list[list[Pixel]]:
    """The rows of pixels of an 8-bit PNG with colours and transparency (the format's own five filters)."""
    assert content.startswith(SIGNATURE)
    at, packed, head = len(SIGNATURE), b"", (0, 0, 0, 0)
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0]
        head = struct.unpack(">IIBB", body[:10]) if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    width, height, depth, colour = head
    assert (depth, colour) == (8, 6)
    raw, stride = zlib.decompress(packed), width * 4
    before, rows = bytearray(stride), []
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for x in range(stride):
            left, up, corner = (line[x - 4], before[x], before[x - 4]) if x > 3 else (0, before[x], 0)
            line[x] = (line[x] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) & 255
        before = line
        rows.append([(line[x], line[x + 1], line[x + 2]) for x in range(0, stride, 4)])
    return rows


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def dark(rows: list[list[Pixel]]) -> int:
    """How many pixels are ink."""
    return sum(max(pixel) < 90 for row in rows for pixel in row)


def blue(row: list[Pixel]) -> int:
    """How many pixels of the row belong to a bar."""
    return sum(pixel == (0x2F, 0x6F, 0xDE) for pixel in row)


def lengths(rows: list[list[Pixel]]) -> list[int]:
    """How long each bar is, from the top."""
    counts = [0, *map(blue, rows), 0]
    return [max(counts[at + 1], counts[at + 2]) for at, (one, two) in enumerate(pairwise(counts)) if not one and two]


THREE = [Share("#12 · n=24 · 90%", 0.9), Share("#7 · n=10 · 50%", 0.5), Share("#3 · n=31 · 20%", 0.2)]
TEN = [Share(f"#{number} · n={number * 3} · {number * 10}%", number / 10) for number in range(10, 0, -1)]


def test_a_full_chart_is_a_small_picture_of_600_rows() -> None:
    made = draw_shares("facility", "Right at the first try", TEN)
    assert (made.name, made.kind) == ("facility.png", "image/png")
    assert struct.unpack(">II", made.content[16:24]) == (WIDTH, 600)
    assert len(made.content) < 100_000


def test_the_bars_are_as_long_as_the_shares_and_the_first_is_on_top() -> None:
    rows = decoded(draw_shares("c", "", THREE).content)
    assert (len(rows[0]), rows[0][0]) == (WIDTH, (255, 255, 255))
    found = lengths(rows)
    assert len(found) == 3
    for bar, length in zip(THREE, found, strict=True):
        assert length / found[0] == pytest.approx(bar.part / 0.9, abs=0.01)


def test_the_words_are_drawn_with_the_font_beside_it() -> None:
    with_words = dark(decoded(draw_shares("c", "Berapa yang langsung benar?", THREE).content))
    without_title = dark(decoded(draw_shares("c", "", THREE).content))
    without_labels = dark(decoded(draw_shares("c", "", [Share("", bar.part) for bar in THREE]).content))
    assert with_words - without_title > 1500, "the title"
    assert without_title - without_labels > 1500, "three labels"


def test_nobodys_words_are_markup() -> None:
    made = draw_shares("c", '<script>&"</text>', [Share("#1 </text><rect/>", 0.5)])
    assert len(decoded(made.content)) == 186


@pytest.mark.parametrize("part", [0.0, 1.0])
def test_the_ends_of_the_scale_are_drawn(part: float) -> None:
    found = lengths(decoded(draw_shares("c", "c", [Share("#1", part)]).content))
    assert bool(found) == bool(part)


def test_a_start_pays_nothing_for_charts() -> None:
    code = "import bot.features, bot.chart, sys; print([m for m in ('pygal', 'resvg_py') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_charts_that_are_drawn_at_once_do_not_mix() -> None:
    def draw(number: int) -> bytes:
        return draw_shares("c", f"{number}", [Share(f"#{number}", number / 8)]).content

    alone = [draw(number) for number in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, range(1, 9))) == alone
    assert len(set(alone)) == 8
