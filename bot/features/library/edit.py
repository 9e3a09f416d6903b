"""Changing what is known of a resource: its words by writing, its level by a tap."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Outcome, Paragraph, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Name, T, code
from bot.command import action
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.library import (
    LONGEST_LABEL,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_KILOBYTES,
    MOST_MINUTES,
    Level,
    Resource,
    take_tags,
)
from bot.features.library import change, page
from bot.param import Arg

NOTHING = "-"
"""What is written to make a field empty."""

ANY = "any"
"""Takes a level back."""

FIELDS = {
    "title": T("Title"),
    "note": T("What I learnt"),
    "tags": T("Topics"),
    "minutes": T("Minutes"),
    "kb": T("Size in kB"),
    "licence": T("Licence"),
    "language": T("Language"),
    "region": T("Region"),
}
IN_A_ROW = 3


@action("library-edit", right=Role.MEMBER, role_aware=True)
async def edit(ctx: Context, number: int) -> Outcome:
    """What can be changed, each behind a button."""
    resource = await own(ctx, number)
    buttons = [Button(label, page.press("set", resource, field)) for field, label in FIELDS.items()]
    rows: list[Row] = [tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)]
    rows.append(
        tuple(
            Button(
                label,
                page.press("level", resource, ANY if level is resource.level else level),
                pick=level is resource.level,
            )
            for level, label in page.LEVELS.items()
        )
    )
    attach = Button(T("Change the file") if resource.file else T("Add a file"), page.press("attach", resource))
    rows.append((attach, Button(T("Show it"), page.press("show", resource))))
    title = T("Change {name}", name=resource.name)
    return Reply(card(title, T("What is different?"), rows=tuple(rows)), personal=True)


async def _above(ctx: Context, number: int, field: str) -> tuple[Block, ...]:
    resource = await own(ctx, number)
    if field not in FIELDS:
        raise Refusal(page.TOO_OLD)
    now = _VALUES[field](resource)
    return (Paragraph((T("{field} of {name}:", field=FIELDS[field], name=resource.name), " ", now or NOTHING)),)


@action("library-set", right=Role.MEMBER, intro=_above, role_aware=True)
async def set_field(
    ctx: Context,
    number: int,
    field: str,
    words: Annotated[
        str,
        Arg(
            help=T("What it should be"),
            ask=T("Write what it should be. A single - leaves it empty."),
            most=LONGEST_NOTE,
        ),
    ],
) -> Outcome:
    """Store the new words of one field."""
    resource = await own(ctx, number, held=True)
    if field not in FIELDS:
        raise Refusal(page.TOO_OLD)
    check_keys(words)
    after = await change.store(ctx, resource, _CHANGES[field](resource, "" if words == NOTHING else words))
    return Reply(await page.page(ctx, after, T("Saved.")), personal=True)


@action("library-level", right=Role.MEMBER, role_aware=True)
async def set_level(ctx: Context, number: int, level: str) -> Outcome:
    """Say for whom it is, or take that back."""
    resource = await own(ctx, number, held=True)
    if level not in (*page.LEVELS, ANY):
        raise Refusal(page.TOO_OLD)
    chosen = Level.ANY if level == ANY else Level(level)
    after = await change.store(ctx, resource, replace(resource, level=chosen))
    return Reply(await page.page(ctx, after, T("Saved.")), replaces=True, personal=True)


async def own(ctx: Context, number: int, *, held: bool = False) -> Resource:
    """The resource of that number, if this person may change it."""
    resource = await page.find(ctx, number, held=held)
    if not page.may_edit(ctx, resource):
        raise Refusal(T("Only {author} and trusted members can change this one.", author=await _author(ctx, resource)))
    return resource


async def _author(ctx: Context, resource: Resource) -> Name:
    names = await ctx.unit.people.names((resource.author,))
    return Name(names.get(resource.author, ""))


def _title(resource: Resource, words: str) -> Resource:
    if not words:
        raise Refusal(T("It needs a title."))
    return replace(resource, title=_short(" ".join(words.split()), LONGEST_TITLE))


def _tags(resource: Resource, words: str) -> Resource:
    """Topics with or without `#`."""
    _, tags = take_tags(" ".join(f"#{word.lstrip('#')}" for word in words.replace(",", " ").split()))
    return replace(resource, tags=tags)


def _short(words: str, most: int) -> str:
    if len(words) > most:
        raise Refusal(T("That is too long: {length} characters, at most {most}.", length=len(words), most=most))
    return words


def _whole(words: str, most: int) -> int:
    if not words:
        return 0
    if not (words.isascii() and words.isdecimal() and len(words) < 10 and int(words) <= most):
        example = code("15")
        raise Refusal(
            T("I need a whole number from {least} to {most}. Example: {example}", least=1, most=most, example=example)
        )
    return int(words)


_CHANGES: dict[str, Callable[[Resource, str], Resource]] = {
    "title": _title,
    "note": lambda resource, words: replace(resource, note=words),
    "tags": _tags,
    "minutes": lambda resource, words: replace(resource, minutes=_whole(words, MOST_MINUTES)),
    "kb": lambda resource, words: replace(resource, kilobytes=_whole(words, MOST_KILOBYTES)),
    "licence": lambda resource, words: replace(resource, licence=_short(words, LONGEST_LABEL)),
    "language": lambda resource, words: replace(resource, language=_short(words, LONGEST_LABEL)),
    "region": lambda resource, words: replace(resource, region=_short(words, LONGEST_LABEL)),
}
_VALUES: dict[str, Callable[[Resource], str]] = {
    "title": lambda resource: resource.title,
    "note": lambda resource: resource.note,
    "tags": lambda resource: " ".join(f"#{tag}" for tag in resource.tags),
    "minutes": lambda resource: str(resource.minutes or ""),
    "kb": lambda resource: str(resource.kilobytes or ""),
    "licence": lambda resource: resource.licence,
    "language": lambda resource: resource.language,
    "region": lambda resource: resource.region,
}
