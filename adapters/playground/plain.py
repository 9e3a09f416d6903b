"""A message as plain lines, for alerts, the terminal and whoever only wants the words."""

from collections.abc import Iterator
from typing import assert_never

from bot.chat.message import Bar, Bars, Block, Bullets, Code, Heading, Message, Paragraph, Quote
from bot.chat.text import Line, Run

WIDTH = 10
"""Characters of a full bar."""


def plain(message: Message) -> str:
    """The words of a localised message; blocks stand apart by an empty line."""
    return "\n\n".join("\n".join(lines(block)) for block in message.blocks)


def lines(block: Block) -> Iterator[str]:
    """One block as lines."""
    match block:
        case Heading() | Paragraph():
            yield words(block.line)
        case Quote():
            yield from (f"| {line}" for line in words(block.line).splitlines())
        case Bullets():
            yield from (f"• {words(item)}" for item in block.items)
        case Code():
            yield block.text
        case Bars():
            yield from map(_bar, block.bars)
        case _:
            assert_never(block)


def words(line: Line) -> str:
    """The words of a line whose pieces are all runs."""
    return "".join(run.text for run in line if isinstance(run, Run))


def _bar(bar: Bar) -> str:
    full = round(WIDTH * bar.part / bar.whole) if bar.whole else 0
    drawn = "█" * full + "░" * (WIDTH - full)
    return f"{'✓' if bar.mark else ' '} {drawn} {bar.part} · {words(bar.label)}"
