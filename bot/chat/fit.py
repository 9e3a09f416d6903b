"""Cutting a localised message into pages that a platform takes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil
from typing import TypeVar

from bot.chat.clean import graphemes, visible
from bot.chat.message import Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote, Row
from bot.chat.text import Line, Run

V = TypeVar("V")

_SPACE = re.compile(r"(?<=\S)\s(?=\S)")

ELLIPSIS = "…"
FILLER = Paragraph((Run(ELLIPSIS),))
"""Stands on a page that would show nothing, because platforms refuse such a message."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one message may hold on a platform.

    `cost` is what the rendered block costs, the separator to its neighbour included; the costs of a page's blocks
    add up to at most `text`, which must have room for a block of one character. `per_row` buttons stand in each of
    at most `rows` rows. `label` is the longest button label, in UTF-16 units (the strictest way to count).
    """

    name: str
    text: int
    cost: Callable[[Block], int]
    per_row: int
    rows: int
    label: int


def fit(message: Message, profile: Profile) -> tuple[Message, ...]:
    """The message as one or more pages, each within the profile; it never raises, whatever the text is.

    All words stay, in their order; only labels are shortened, and pages that would show nothing are left out. The
    buttons stand on the last page, with more pages below where there are too many.
    """
    pages = [page for page in _pages(message.blocks, profile) if _shows(page)] or [(FILLER,)]
    groups = list(_chunks(_rows(message.rows, profile), profile.rows)) or [()]
    pages += [(FILLER,)] * (len(groups) - 1)
    groups = [()] * (len(pages) - len(groups)) + groups
    bare = replace(message, asks=False, files=())
    *before, last = (replace(bare, blocks=page, rows=rows) for page, rows in zip(pages, groups, strict=True))
    return (*before, replace(last, asks=message.asks, files=message.files))


def shorten(text: str, most: int) -> str:
    """The text in at most `most` UTF-16 units (1 or more); what was cut ends in "…"."""
    if _units(text) <= most:
        return text
    kept = ""
    for piece in graphemes(text[:most]):
        if _units(kept + piece) >= most:
            break
        kept += piece
    return (kept or _start(text[:most], most - 1)) + ELLIPSIS


def _start(text: str, most: int) -> str:
    """The start of one huge grapheme, cut by code point."""
    while _units(text) > most:
        text = text[:-1]
    return text


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _rows(rows: Sequence[Row], profile: Profile) -> list[Row]:
    return [
        tuple(_button(button, profile.label) for button in part)
        for row in rows
        for part in _chunks(row, _width(len(row), profile.per_row))
    ]


def _width(count: int, most: int) -> int:
    """How wide `count` buttons stand in as few equal rows as possible."""
    rows = max(1, ceil(count / most))
    return max(1, ceil(count / rows))


def _button(button: Button, most: int) -> Button:
    label = str(button.label)
    return replace(button, label=shorten(label if visible(label) else ELLIPSIS, most))


def _chunks(values: Sequence[V], size: int) -> Iterator[tuple[V, ...]]:
    return (tuple(values[start : start + size]) for start in range(0, len(values), size))


def _pages(blocks: Sequence[Block], profile: Profile) -> Iterator[tuple[Block, ...]]:
    page: list[Block] = []
    room = profile.text
    for whole in blocks:
        block = whole
        while _words(block):
            cost = profile.cost(block)
            if cost <= room:
                page.append(block)
                room -= cost
                break
            # A block that fits a page of its own is not cut, and none is cut for less than half a page.
            at = 0 if page and (cost <= profile.text or room * 2 < profile.text) else _border(block, room, profile.cost)
            if at or not page:
                head, block = _cut(block, at or _most(block, room, profile.cost) or 1)
                page.append(head)
            yield tuple(page)
            page, room = [], profile.text
    if page:
        yield tuple(page)


def _border(block: Block, room: int, cost: Callable[[Block], int]) -> int:
    """The best place to cut: after a line, a word or at least a grapheme; 0 if not even one of these fits."""
    words, most = _words(block), _most(block, room, cost)
    borders = [at for at in accumulate(map(len, graphemes(words[: most + 1]))) if at <= most][::-1]
    late = [at for at in borders if at * 2 >= most]
    lines = (at for at in late if words[at - 1] == "\n")
    spaces = (at for at in late if words[at - 1].isspace() or words[at : at + 1].isspace())
    wishes = (next(lines, 0), next(spaces, 0), *borders[:1])
    return next((at for at in wishes if at and cost(_cut(block, at)[0]) <= room), 0)


def _most(block: Block, room: int, cost: Callable[[Block], int]) -> int:
    """How many characters of the block surely fit, by doubling and halving; 0 if not even one."""
    low, high = 0, max(1, room)
    while high < len(_words(block)) and cost(_cut(block, high)[0]) <= room:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if cost(_cut(block, middle)[0]) <= room:
            low = middle
        else:
            high = middle
    return low


def _shows(page: Sequence[Block]) -> bool:
    return any(isinstance(block, Bars) or visible(_words(block)) for block in page)


def _words(block: Block) -> str:
    """The characters among which a block is cut; every item of a list ends in a line feed of its own."""
    match block:
        case Code():
            return block.text
        case Heading() | Paragraph() | Quote():
            return _text(block.line)
        case Bullets():
            return "".join(_text(item) + "\n" for item in block.items)
        case Bars():
            return "".join(_text(bar.label) + "\n" for bar in block.bars)


def _cut(block: Block, at: int) -> tuple[Block, Block]:
    """The block up to that character and from it on; `at` is at least 1."""
    match block:
        case Code():
            return replace(block, text=block.text[:at]), replace(block, text=block.text[at:])
        case Heading() | Paragraph() | Quote():
            head, tail = _split(block.line, at)
            return replace(block, line=head), replace(block, line=tail)
        case Bullets():
            index, inside = _find(block.items, at)
            if not inside:
                return Bullets(block.items[:index]), Bullets(block.items[index:])
            head, tail = _split(block.items[index], inside)
            return Bullets((*block.items[:index], head)), Bullets((tail, *block.items[index + 1 :]))
        case Bars():
            index, inside = _find([bar.label for bar in block.bars], at)
            if index or not inside:
                return Bars(block.bars[:index]), Bars(block.bars[index:])
            head, tail = _split(block.bars[0].label, inside)
            return Paragraph(head), Bars((replace(block.bars[0], label=tail), *block.bars[1:]))


def _find(items: Sequence[Line], at: int) -> tuple[int, int]:
    """Which item that character is in, and how far inside it; 0 at its start."""
    for index, item in enumerate(items):
        length = len(_text(item))
        if at == 0 or at < length:
            return index, at
        at = max(0, at - length - 1)
    return len(items), 0


def _split(line: Line, at: int) -> tuple[Line, Line]:
    head: list[Run] = []
    tail: list[Run] = []
    for run in _runs(line):
        here = max(0, min(at, len(run.text)))
        if here:
            head.append(replace(run, text=run.text[:here]))
        if here < len(run.text):
            tail.append(replace(run, text=run.text[here:]))
        at -= here
    return tuple(head), tuple(tail)


def _text(line: Line) -> str:
    """The line's characters; an instant or a mention has no spaces inside, so that it is cut last."""
    return "".join(_SPACE.sub("x", run.text) if run.moment or run.mention else run.text for run in _runs(line))


def _runs(line: Line) -> tuple[Run, ...]:
    return tuple(run for run in line if isinstance(run, Run))
