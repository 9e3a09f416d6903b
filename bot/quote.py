"""What a command is about, kept beside its arguments while its questions are open."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.chat.clean import clean_text
from bot.chat.events import Quoted
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref
from bot.command import Command
from bot.context import Context

KEPT = "!quoted"
"""The name under which it stands among the raw arguments; no parameter can have it."""


def keep(reply: Ref | None, quoted: Quoted | None) -> Mapping[str, str]:
    """It as a raw argument, none where there is nothing to keep."""
    if reply is None:
        return {}
    whole = {"reply": asdict(reply), "quoted": asdict(quoted) if quoted else None}
    return {KEPT: json.dumps(whole, ensure_ascii=False, default=datetime.isoformat)}


def recall(ctx: Context, given: Mapping[str, str]) -> tuple[Context, Mapping[str, str]]:
    """The scene with what was kept, and the arguments without it."""
    if KEPT not in given:
        return ctx, given
    whole = json.loads(given[KEPT])
    rest = {name: raw for name, raw in given.items() if name != KEPT}
    place = Place(**whole["reply"].pop("place"))
    return replace(ctx, reply=Ref(place, **whole["reply"]), quoted=_quoted(whole["quoted"])), rest


def fill(ctx: Context, command: Command, given: Mapping[str, str]) -> Mapping[str, str]:
    """The arguments, with the words of the message that the command is about where it takes them."""
    words = ctx.quoted.text if ctx.quoted else ""
    taken = {param.name: words for param in command.params if param.arg.quoted and words.strip()}
    return {**taken, **given}


def clean(quoted: Quoted | None) -> Quoted | None:
    """The same with words that are fit to be kept."""
    return quoted and replace(quoted, text=clean_text(quoted.text), name=clean_text(quoted.name))


def _quoted(raw: dict[str, Any] | None) -> Quoted | None:
    if raw is None:
        return None
    account, file, at = raw["account"], raw["file"], raw.get("at")
    known = (account and Account(**account), raw["name"], file and File(**file))
    return Quoted(raw["text"], *known, at and datetime.fromisoformat(at))
