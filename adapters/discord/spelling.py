"""Messages rendered as Discord shows them, in which commands are called as they are registered here."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from adapters.discord import render
from adapters.discord.render import Sign
from adapters.discord.wire import Payload
from bot.chat.message import Bars, Block, Bullets, Code, Heading, Message, Paragraph, Quote
from bot.chat.text import Line, Run, Style
from bot.command import Command


class Renderer:
    """Makes bodies of messages: buttons are signed, and `/zone` is `/group zone` where it is registered so."""

    def __init__(self, sign: Sign, commands: Iterable[Command]) -> None:
        self.sign = sign
        self._slashes = {command.path: command.slash for command in commands if command.slash}
        longest = sorted(map(re.escape, self._slashes), key=len, reverse=True)
        self._command = re.compile(f"/({'|'.join(longest)})(?!\\S)") if longest else None

    def pages(self, message: Message, *, framed: bool | None = None) -> list[Payload]:
        """See `adapters.discord.render.pages`."""
        blocks = tuple(self._block(block) for block in message.blocks) if self._command else message.blocks
        return render.pages(replace(message, blocks=blocks), self.sign, framed=framed)

    def _block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph() | Quote():
                return replace(block, line=self._line(block.line))
            case Bullets():
                return replace(block, items=tuple(map(self._line, block.items)))
            case Bars():
                return replace(block, bars=tuple(replace(bar, label=self._line(bar.label)) for bar in block.bars))
            case Code():
                return block
            case _:
                assert_never(block)

    def _line(self, line: Line) -> Line:
        return tuple(self._run(part) if isinstance(part, Run) and part.style & Style.CODE else part for part in line)

    def _run(self, run: Run) -> Run:
        found = self._command.match(run.text) if self._command else None
        return replace(run, text=f"/{self._slashes[found[1]]}{run.text[found.end() :]}") if found else run
