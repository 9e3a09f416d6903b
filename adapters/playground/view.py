"""Entries, alerts and forms as the page gets them: words and shapes, never markup."""

from collections.abc import Callable
from dataclasses import asdict
from typing import assert_never

from adapters.playground.form import Dialog
from adapters.playground.shelf import Leaf
from adapters.playground.transcript import Alert, Entry, Signal
from bot.chat.message import Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote
from bot.chat.press import Press
from bot.chat.text import Line, Run, Style

Json = dict[str, object]
Sign = Callable[[Press], str]


def entry(shown: Entry, sign: Sign) -> Json:
    """One entry; a deleted one keeps its id so that it can be taken away."""
    if shown.deleted:
        return {"id": shown.id, "deleted": True}
    return {
        "id": shown.id,
        "place": shown.place.chat,
        "author": shown.author.id if shown.author else "",
        "at": shown.at.isoformat(),
        "only": shown.only is not None,
        "command": shown.command,
        "edited": shown.edited,
        "reply": shown.reply,
        "marked": shown.marked,
        "likes": [account.id for account in shown.likes],
        "thanks": [account.id for account in shown.thanks],
        "pages": [page(message, sign) for message in shown.pages],
        "files": [_file(leaf) for leaf in shown.files],
    }


def page(message: Message, sign: Sign) -> Json:
    """A page of an entry: its blocks, and its buttons with the signed payloads that come back when pressed."""
    return {
        "card": message.card,
        "blocks": [_block(block) for block in message.blocks],
        "rows": [[_button(button, sign) for button in row] for row in message.rows],
    }


def signal(shown: Signal) -> Json:
    """An alert or a form."""
    match shown.what:
        case Alert() as alert:
            return {"kind": "alert", "id": alert.id, "place": alert.place.chat, "text": alert.text}
        case Dialog() as form:
            fields = [asdict(field) for field in form.fields]
            parts = {"id": form.id, "place": form.place.chat, "path": form.path, "title": form.title}
            return {"kind": "form", **parts, "fields": fields}
        case _:
            assert_never(shown.what)


def _file(leaf: Leaf) -> Json:
    return {"id": leaf.id, "name": leaf.name, "size": leaf.size, "picture": leaf.is_picture}


def _block(block: Block) -> Json:
    match block:
        case Heading() | Paragraph() | Quote():
            return {"kind": type(block).__name__.lower(), "runs": _runs(block.line)}
        case Bullets():
            return {"kind": "bullets", "items": [_runs(item) for item in block.items]}
        case Code():
            return {"kind": "code", "text": block.text}
        case Bars():
            bars = [
                {"runs": _runs(bar.label), "part": bar.part, "whole": bar.whole, "mark": bar.mark} for bar in block.bars
            ]
            return {"kind": "bars", "bars": bars}
        case _:
            assert_never(block)


def _runs(line: Line) -> list[Json]:
    return [_run(run) for run in line if isinstance(run, Run)]


def _run(run: Run) -> Json:
    shape: Json = {"text": run.text}
    styles = [style.name.lower() for style in Style if style in run.style and style.name]
    if styles:
        shape["styles"] = styles
    if run.url:
        shape["url"] = run.url
    if run.mention:
        shape["mention"] = run.mention.id
    if run.moment:
        shape["moment"] = run.moment.isoformat()
    return shape


def _button(button: Button, sign: Sign) -> Json:
    shape: Json = {"label": str(button.label), "tone": button.tone.value, "pick": button.pick}
    if button.press:
        shape["data"] = sign(button.press)
    else:
        shape["url"] = button.url
    return shape
