"""Giving the library away as files: Markdown, a table, or pages for phones without a connection."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Outcome, Reply, card
from bot.chat.places import Role
from bot.chat.text import Day, T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.library import Resource, State, Wish
from bot.domain.quiz import local_date
from bot.features.library import page
from bot.features.library.shelf import topics
from bot.formats.check import legal_tag
from bot.formats.pack import Entry, as_markdown, as_pages, as_table
from bot.param import Arg, Choice
from bot.speech import Speech

MOST_FILES = 10
"""Files of one message, as many as both platforms take; the newest resources are in them."""

_PAGE = 500
_FORMATS = (
    Choice("html", T("Pages for phones, without a connection")),
    Choice("csv", T("Table (CSV)")),
    Choice("markdown", "Markdown"),
)


@command(
    "export resources",
    right=Role.MODERATOR,
    aliases=("ekspor sumber", "export sumber", "ekspor resources", "group export", "grup ekspor"),
    summary=T("Get the group's resources as files"),
    examples=(
        Example("/export resources html", T("Pages that open on any phone without a connection")),
        Example("/ekspor sumber csv #biology", T("One topic, for a spreadsheet")),
    ),
    slash="group export",
)
async def give(
    ctx: Context,
    form: Annotated[str, Arg(help=T("html, csv or markdown"), ask=T("In which format?"), choices=_FORMATS)],
    topic: Annotated[str, Arg(help=T("A topic of the library"), most=40, complete=topics)] = "",
) -> Outcome:
    """What everybody sees, as private files."""
    tag = (topic or "").casefold().lstrip("#")
    entries = await _entries(ctx, tag)
    if not entries:
        raise Refusal(T("Nothing here yet. Share the first one: {command}", command=code("/share")))
    # In a thread, so that everybody else is answered meanwhile.
    files = await asyncio.to_thread(_write, ctx, form, tag, entries)
    count = T("{n} resource in this file.", "{n} resources in this file.", n=len(entries))
    told = [count]
    if len(files) > MOST_FILES:
        told.append(T("The newest are in these {n} files; take one topic at a time for the rest.", n=MOST_FILES))
    message = card(T("Resources as a file"), *told)
    return Reply(replace(message, files=tuple(files[:MOST_FILES])), personal=True)


async def _entries(ctx: Context, tag: str) -> list[Entry]:
    speech = Speech(ctx.community.language, zone=ctx.community.zone, register=ctx.community.register)
    found: list[Entry] = []
    while part := await ctx.unit.library.page(ctx.community.id, Wish(tag), len(found), _PAGE):
        found += await _described(ctx, part, speech)
    return found


async def _described(ctx: Context, part: Sequence[Resource], speech: Speech) -> list[Entry]:
    marks = await ctx.unit.library.marks(ctx.community.id, [each.id for each in part])
    names = await ctx.unit.people.names(sorted({person for each in part for person in (each.author, each.judge)} - {0}))
    described = []
    for each in part:
        lines = page.facts(each, marks[each.id], names)
        verifier = names.get(each.judge, "") if each.state is State.VERIFIED else ""
        described.append(Entry(each, tuple(map(speech.words, lines)), verifier, marks[each.id].votes))
    return described


def _write(ctx: Context, form: str, tag: str, entries: list[Entry]) -> list[Document]:
    group = ctx.community
    stem = f"resources-{tag}" if legal_tag(tag) else "resources"
    title = f"{group.name} #{tag}" if tag else group.name
    if form == "csv":
        return [Document(f"{stem}.csv", as_table(entries), "text/csv")]
    if form == "markdown":
        return [Document(f"{stem}.md", as_markdown(title, entries), "text/markdown")]
    day = Speech(group.language).words(T("As of {day}", day=Day(local_date(ctx.now, group.zone))))
    pages = as_pages(title, group.language, day, entries)
    names = [f"{stem}-{number}.html" for number in range(1, len(pages) + 1)] if len(pages) > 1 else [f"{stem}.html"]
    return [Document(name, content, "text/html") for name, content in zip(names, pages, strict=True)]
