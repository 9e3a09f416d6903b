"""A small feature that takes and gives files, for trying their road on every platform."""

import struct
import time
import zlib
from typing import Annotated

from bot.chat.file import Document
from bot.chat.message import Button, Message, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.param import Arg

MOST = 100_000
"""Bytes that the feature takes."""

READ: list[Document] = []
"""Every file (or words in place of one) that was read, in order."""


def png(width: int = 4, height: int = 3) -> bytes:
    """A real picture, black."""
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


TABLE = Document("soal kelas.csv", b"tanya,jawab\r\n\xc3\xa9,1\r\n", "text/csv")
CHART = Document("chart.png", png(), "image/png")


def _read(file: Document) -> Document:
    READ.append(file)
    return file


def _example(line: str) -> tuple[Example, ...]:
    return (Example(line, T("an example")),)


@command("import", right=Role.GUEST, summary=T("Reads a file"), examples=_example("/import a,b"))
async def import_(
    ctx: Context, file: Annotated[Document, Arg(T("the file"), ask=T("Which file?"), read=_read, most=MOST)]
) -> Message:
    return say(T("Read {n} bytes of “{name}”.", n=len(file.content), name=file.name))


@command("export", right=Role.GUEST, summary=T("Gives a file"), examples=_example("/export"))
async def export(ctx: Context) -> Message:
    return Message(say(T("Here is your file.")).blocks, files=(TABLE,))


@command("chart", right=Role.GUEST, summary=T("Shows a picture"), examples=_example("/chart"), private=False)
async def chart(ctx: Context) -> Reply:
    return Reply(panel(ctx.community.id, 1), public=True)


@action("turn-over", right=Role.GUEST)
async def turn_over(ctx: Context, to: int) -> Reply:
    return Reply(panel(ctx.community.id, to), replaces=True, public=True)


@action("clear", right=Role.GUEST)
async def clear(ctx: Context) -> Reply:
    return Reply(card("Panel", "no picture"), replaces=True, public=True)


@action("label", right=Role.GUEST)
async def label(
    ctx: Context, number: int, text: Annotated[str, Arg(T("What shall it be called?"), ask=T("Which name?"))]
) -> Message:
    return say(T("{n} is called {text}.", n=number, text=text))


@action("take", right=Role.GUEST)
async def take(ctx: Context) -> Message:
    return Message(say(T("Here is your file.")).blocks, files=(TABLE, CHART))


def panel(community: int, number: int) -> Message:
    """A card with a picture."""
    buttons = (
        Button("Turn over", turn_over(community, number + 1)),
        Button("Clear", clear(community)),
        Button("Take", take(community)),
        Button("Label", label(community, number)),
    )
    picture = Document(f"chart{number}.png", png(number + 3), "image/png")
    return Message(card(f"Panel {number}", "text").blocks, rows=(buttons,), card=True, files=(picture,))


@command("draw", right=Role.GUEST, summary=T("Draws a picture"), examples=_example("/draw"))
async def draw(ctx: Context) -> Reply:
    return Reply(say(T("Drawn.")), personal=True, attach=_drawn)


@command("spill", right=Role.GUEST, summary=T("Draws badly"), examples=_example("/spill"))
async def spill(ctx: Context) -> Reply:
    return Reply(say(T("Drawn.")), attach=lambda: Document("", b"1" * (1 // 0)))


def _drawn() -> Document:
    time.sleep(0.05)  # so long that nobody sees an answer begin meanwhile
    return CHART


SHELF = Feature(commands=(import_, export, chart, draw, spill), actions=(turn_over, clear, take, label))
