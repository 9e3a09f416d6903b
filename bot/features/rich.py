"""Somebody's words with code and formulas set in a fixed width, so that no platform changes a byte of them."""

import re
from collections.abc import Iterator

from bot.chat.message import Block, Code, Paragraph
from bot.chat.text import Run, Style

_FENCE = re.compile(r"```(?:(?P<language>[A-Za-z0-9+#-]{1,16})?\n)?(?P<code>.+?)\n?```", re.DOTALL)
_FIXED = re.compile(
    r"`(?P<code>[^`\n]+)`|(?P<formula>\$\$[^$]+\$\$|\$(?=\S)[^$\n]*[^$\s]\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\])", re.DOTALL
)


def rich(text: str, style: Style = Style.PLAIN, lead: str = "") -> tuple[Block, ...]:
    """The text as paragraphs and code blocks; `lead` stands before its first word.

    Between three backticks stands a block of code, between single ones code in the line. A formula between dollar
    signs or LaTeX's brackets keeps them, because nobody draws it here.
    """
    blocks: list[Block] = []
    end = 0
    for fence in _FENCE.finditer(text):
        blocks += _paragraph(lead + text[end : fence.start()], style)
        blocks.append(Code(fence["code"], fence["language"] or ""))
        lead, end = "", fence.end()
    return (*blocks, *_paragraph(lead + text[end:], style))


def inline(text: str, style: Style = Style.PLAIN) -> tuple[Run, ...]:
    """The same as runs of one line."""
    return tuple(_runs(text, style))


def _paragraph(text: str, style: Style) -> tuple[Block, ...]:
    return (Paragraph(inline(text.strip("\n"), style)),) if text.strip() else ()


def _runs(text: str, style: Style) -> Iterator[Run]:
    end = 0
    for found in _FIXED.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()], style)
        yield Run(found["code"] or found["formula"], Style.CODE)
        end = found.end()
    if end < len(text):
        yield Run(text[end:], style)
