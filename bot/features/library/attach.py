"""The file that goes with a resource: kept byte for byte, given on demand."""

from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import Annotated

from bot.chat.clean import clean_name
from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action
from bot.context import Context
from bot.features.library import change, edit, page
from bot.param import Arg
from bot.repository import Stored

MOST_BYTES = 2_000 * 1024
"""A thin connection loads it in two minutes; larger things are better linked."""

_RUN = frozenset(
    [
        ".apk",
        ".apks",
        ".xapk",
        ".exe",
        ".bat",
        ".cmd",
        ".com",
        ".msi",
        ".scr",
        ".pif",
        ".js",
        ".mjs",
        ".vbs",
        ".wsf",
        ".jar",
        ".lnk",
        ".ps1",
        ".sh",
        ".dll",
        ".iso",
        ".img",
        ".reg",
        ".html",
        ".htm",
        ".xhtml",
        ".svg",
        ".hta",
        ".docm",
        ".xlsm",
        ".pptm",
    ]
)
"""Endings of files that run something when they are opened, macros and pages with scripts among them."""


def read_file(file: Document) -> Document:
    """A file with a name; refuses words, nothing, and what runs when it is opened."""
    path = PurePath(file.name.replace("\\", "/"))
    if not file.name or not file.content:
        raise Refusal(T("I need a file here, at most {most} kB.", most=MOST_BYTES // 1024))
    suffix = path.suffix.lower()
    if suffix in _RUN:
        raise Refusal(T("Files that run programs or scripts are not kept. A PDF or a picture works."))
    return Document(f"{clean_name(path.stem, 'file')}{suffix[:10]}", file.content, file.kind)


@action("library-attach", right=Role.MEMBER, role_aware=True)
async def attach(
    ctx: Context,
    number: int,
    file: Annotated[
        Document,
        Arg(
            help=T("A file of at most 2,000 kB"),
            ask=T("Send the file: at most 2,000 kB, best a PDF or a picture."),
            most=MOST_BYTES,
            read=read_file,
        ),
    ],
) -> Outcome:
    """Keep the file with the resource, in place of another; its size is what the file has."""
    resource = await edit.own(ctx, number, held=True)
    name = sha256(file.content).hexdigest()
    await ctx.unit.files.put(Stored(resource.community, name, file.name, file.kind, file.content))
    size = -(-len(file.content) // 1024)
    after = replace(resource, file=name, file_name=file.name, kilobytes=size)
    after = await change.store(ctx, resource, after)
    return Reply(await page.page(ctx, after, T("The file is kept.")), personal=True)


@action("library-file", right=Role.MEMBER, role_aware=True)
async def give(ctx: Context, number: int) -> Outcome:
    """The file, for whoever may see the resource."""
    resource = await page.find(ctx, number)
    stored = await ctx.unit.files.get(resource.community, resource.file) if resource.file else None
    if stored is None:
        raise Refusal(page.TOO_OLD)
    file = Document(resource.file_name, stored.content, stored.kind)
    return Reply(replace(say(resource.title), files=(file,)), personal=True)
