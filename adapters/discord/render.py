"""Localised messages as Discord's JSON: Markdown text, components v2 cards, rows of buttons."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from adapters.discord.attach import components, sendable
from adapters.discord.escape import called, code_block, styled
from adapters.discord.wire import COMPONENTS_V2, FILES, Payload
from bot.chat.clean import clean_text
from bot.chat.fit import Profile, fit
from bot.chat.message import Bar, Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote, Row, Tone
from bot.chat.press import Press
from bot.chat.text import Line, Run, Style

Sign = Callable[[Press], str]

ACCENT = 0x2F7D6B
"""The colour at the edge of a card."""

WIDTH = 10
"""Characters of a full bar."""

LONGEST_URL = 512
"""Of a link button."""

COPY = "~"
"""Parts a payload from a number, where one message shows the same press twice: Discord wants each id once."""

MOST_MENTIONS = 100
"""People whom a message may ping."""

FEWER = 1900
"""Characters of a body that is sent again after Discord refused it."""

_STYLES = {Tone.PLAIN: 2, Tone.MAIN: 1, Tone.DANGER: 4}
_PICKED, _LINK = 3, 5
_ROW, _BUTTON, _TEXT, _CONTAINER = 1, 2, 10, 17
_INVISIBLE = "\u200b"


def cost(block: Block) -> int:
    """UTF-16 units of the rendered block, with the empty line to its neighbour."""
    text = markdown(block)
    return len(text) + sum(char > "\uffff" for char in text) + 2


PLAIN = Profile("discord", 2000, cost, per_row=5, rows=5, label=78)
"""A text message: 2,000 characters, 5 rows of 5 buttons. Labels have 80; two are for the mark of what is picked."""

CARD = Profile("discord card", 4000, cost, per_row=5, rows=5, label=78)
"""A components v2 message: 4,000 characters of text, and with 5 rows of 5 buttons at most 32 of 40 components."""

PROFILES = (PLAIN, CARD)


def pages(message: Message, sign: Sign, *, framed: bool | None = None) -> list[Payload]:
    """The message as one or more bodies; `framed` overrides whether it is a card (a card cannot become a text)."""
    as_card = message.card if framed is None else framed
    return [page(part, sign, as_card=as_card) for part in fit(message, CARD if as_card else PLAIN)]


def page(message: Message, sign: Sign, *, as_card: bool) -> Payload:
    """One fitted page as a body that keeps nothing of what stood there before, and pings nobody but whom we mention."""
    text = "\n\n".join(markdown(block) for block in message.blocks)
    rows = list(_rows(message.rows, sign))
    files = sendable(message.files)
    quiet: Payload = {"allowed_mentions": allowed(message.blocks)} | ({FILES: files} if files else {})
    if not as_card:
        return quiet | {"content": text, "components": rows}
    inside = [{"type": _TEXT, "content": text}, *components(files), *rows]
    framed = [{"type": _CONTAINER, "accent_color": ACCENT, "components": inside}] if message.card else inside
    return quiet | {"content": None, "embeds": None, "components": framed, "flags": COMPONENTS_V2}


def words_only(body: Payload) -> Payload:
    """The first words of a body alone, which Discord takes whatever was wrong with the rest."""
    mentions = body.get("allowed_mentions", {"parse": []})
    return {"content": (first_words(body) or "…")[:FEWER], "allowed_mentions": mentions}


def allowed(blocks: Sequence[Block]) -> Payload:
    """Who may be pinged: those accounts that runs of ours mention, and never what words say."""
    runs = (part for block in blocks for words in lines(block) for part in words if isinstance(part, Run) and part.text)
    mentioned = dict.fromkeys(filter(None, map(called, runs)))
    return {"parse": []} | ({"users": list(mentioned)[:MOST_MENTIONS]} if mentioned else {})


def lines(block: Block) -> tuple[Line, ...]:
    """The lines of a block."""
    match block:
        case Heading() | Paragraph() | Quote():
            return (block.line,)
        case Bullets():
            return block.items
        case Bars():
            return tuple(bar.label for bar in block.bars)
        case Code():
            return ()
        case _:
            assert_never(block)


def first_words(body: Payload) -> str:
    """The text of a body or of a message, of a card its first."""
    return body.get("content") or _first_text(body.get("components") or [])


def markdown(block: Block) -> str:
    """One block as Markdown, in which none of anybody's words are read as markup."""
    match block:
        case Heading():
            return f"## {_one_line(block.line)}"
        case Paragraph():
            return line(block.line)
        case Bullets():
            return "\n".join(f"- {_one_line(item)}" for item in block.items)
        case Code():
            return code_block(clean_text(block.text), block.language)
        case Quote():
            return "\n".join(f"> {part}" for part in line(block.line).split("\n"))
        case Bars():
            return "\n".join(_bar(bar) for bar in block.bars)
        case _:
            assert_never(block)


def line(parts: Line) -> str:
    """A line's runs; neighbours of one style are one, so that escaping sees what stands at a line's start."""
    runs = [part for part in parts if isinstance(part, Run) and part.text]
    joined = [_joined(list(group)) for _, group in groupby(runs, key=_look)]
    return "".join(_separated(joined))


def _look(run: Run) -> tuple[Style, str, int]:
    return run.style, run.url, id(run) if run.moment or run.mention else 0


def _joined(runs: list[Run]) -> Run:
    first = runs[0]
    return replace(first, text=clean_text("".join(run.text for run in runs)))


def _separated(runs: Iterable[Run]) -> Iterator[str]:
    """Between two styled runs stands an invisible character, or their marks would be read together."""
    before = Style.PLAIN
    for run in runs:
        if before and run.style:
            yield _INVISIBLE
        yield styled(run)
        before = run.style


def _one_line(parts: Line) -> str:
    return " ".join(line(parts).split("\n")).strip() or _INVISIBLE


def _bar(bar: Bar) -> str:
    full = round(WIDTH * min(bar.part, bar.whole) / bar.whole) if bar.whole > 0 else 0
    drawn = "█" * full + "░" * (WIDTH - full)
    mark = "✓ " if bar.mark else ""
    return f"`{drawn}` {bar.part} · {mark}{_one_line(bar.label)}"


def _rows(rows: tuple[Row, ...], sign: Sign) -> Iterator[Payload]:
    seen: Counter[str] = Counter()
    for row in rows:
        buttons = [_button(button, sign, seen) for button in row if button.press or _is_web(button.url)]
        if buttons:
            yield {"type": _ROW, "components": buttons}


def _button(button: Button, sign: Sign, seen: Counter[str]) -> Payload:
    label = clean_text(str(button.label))
    if button.press is None:
        return {"type": _BUTTON, "style": _LINK, "label": label, "url": button.url}
    payload = sign(button.press)
    seen[payload] += 1
    again = f"{COPY}{seen[payload]}" if seen[payload] > 1 else ""
    style = _PICKED if button.pick else _STYLES[button.tone]
    shown = f"✓ {label}" if button.pick else label
    return {"type": _BUTTON, "style": style, "label": shown, "custom_id": payload + again}


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://", "discord://")) and len(url) <= LONGEST_URL


def _first_text(components: list[Payload]) -> str:
    found = (part.get("content") or _first_text(part.get("components") or []) for part in components)
    return next((str(words) for words in found if words), "")
