"""Giving somebody everything that is stored of them, as files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Outcome, Reply, card
from bot.chat.places import Role
from bot.chat.text import Moment, T
from bot.command import action
from bot.context import Context
from bot.features.privacy.shelf import KINDS, SHELVES, parts
from bot.formats.belongings import Line, Section, as_json, as_pages
from bot.repository.privacy import Belongings
from bot.speech import Speech

MOST_FILES = 10
"""Files of one message, as many as both platforms take."""


@action("privacy-export", right=Role.GUEST)
async def give(ctx: Context) -> Outcome:
    """The files, for the asker alone and at most once an hour."""
    if again := await ctx.unit.privacy.take(ctx.person.id, ctx.now):
        raise Refusal(T("You have just taken your data along. The next time: {when}.", when=Moment(again)))
    found = await ctx.unit.privacy.belongings(ctx.person.id)
    speech = Speech(ctx.language, zone=ctx.found.zone if ctx.found else "UTC")
    told = T("One file is for reading, the other (JSON) has every detail. Nobody else's data are in them.")
    secret = T("Keep them to yourself: what you asked without a name is in them too.")
    # Made in a thread when the unit is over, so that nobody waits for it.
    return Reply(
        card(T("Your data as files"), told, secret), personal=True, attach=lambda: files(found, speech, ctx.now)
    )


def files(found: Belongings, speech: Speech, now: datetime) -> Sequence[Document]:
    """The pages first, then the same as JSON."""
    title = speech.words(T("Your data"))
    note = speech.words(T("As of {when}", when=Moment(now)))
    pages = as_pages(title, speech.language, note, _sections(found, speech))
    rows = {name: each for tables in found.values() for name, each in tables.items()}
    made = [_named("mydata", "html", "text/html", number, content) for number, content in enumerate(pages, 1)]
    data = as_json(now.isoformat(), rows)
    made += [_named("mydata", "json", "application/json", number, content) for number, content in enumerate(data, 1)]
    return made[:MOST_FILES]


def _named(stem: str, ending: str, kind: str, number: int, content: bytes) -> Document:
    return Document(f"{stem}-{number}.{ending}" if number > 1 else f"{stem}.{ending}", content, kind)


def _sections(found: Belongings, speech: Speech) -> Sequence[Section]:
    made = []
    for kind in KINDS:
        for name, rows in found.get(kind, {}).items():
            shelf = SHELVES[name]
            lines = [Line(_when(row, shelf.at, speech), str(row.get("group", "")), parts(row, shelf)) for row in rows]
            made.append(Section(speech.words(shelf.label), lines))
    return made


def _when(row: Mapping[str, Any], column: str, speech: Speech) -> str:
    body = row.get("body")
    value = row.get(column) or (body.get(column) if isinstance(body, dict) else None)
    return speech.words(Moment(datetime.fromisoformat(value))) if column and value else ""
