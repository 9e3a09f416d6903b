"""Looking through the library: page by page, by topic, level and size, or what one keeps for oneself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, T, bold, code
from bot.command import Example, Finding, Menu, action, command
from bot.context import Context
from bot.domain.library import Level, Marks, Resource, Wish
from bot.features.library import page, queue
from bot.features.library.change import FOUND_AS
from bot.features.library.share import LONGEST_BUTTON
from bot.formats.check import legal_tag
from bot.param import Arg, Choice

PAGE = 5
MOST_TOPICS = 4
SMALL = 500
"""kB that a thin connection loads in a few seconds."""

_LEVELS = {
    Level.BASIC: ("basic", "dasar", "pemula", "mudah"),
    Level.MIDDLE: ("intermediate", "middle", "menengah"),
    Level.ADVANCED: ("advanced", "lanjut", "lanjutan", "mahir"),
}
_MINE = ("mine", "kept", "saved", "tersimpan", "punyaku", "disimpan")
_QUEUE = ("review", "tinjau", "antrean")
_SIZE = re.compile(r"(?:<=?|≤)?\s*(\d{1,8})\s*(?:kb)?", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"r(\d{1,8})", re.IGNORECASE | re.ASCII)


async def topics(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The library's topics that contain what was typed."""
    wanted = text.casefold().lstrip("#")
    return tuple(Choice(f"#{tag}", f"#{tag}") for tag in await ctx.unit.library.tags(ctx.community.id) if wanted in tag)


@command(
    "resources",
    right=Role.MEMBER,
    aliases=("sumber", "materi", "sumberbelajar", "banksumber"),
    summary=T("What the group has shared to learn from"),
    examples=(
        Example("/resources #biology", T("One topic")),
        Example("/sumber dasar <= 500", T("For beginners, at most 500 kB")),
        Example("/resources R12", T("Everything about one")),
        Example("/resources mine", T("What you keep for yourself")),
    ),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="sumber",
    role_aware=True,
)
async def resources(
    ctx: Context,
    what: Annotated[str, Arg(help=T("A #topic, a level, a size in kB, R12, or mine"), most=100, complete=topics)] = "",
) -> Outcome:
    """The first page of what fits, one resource, one's own bookmarks, or what waits for moderators."""
    words = " ".join((what or "").casefold().split())
    if named := _NAME.fullmatch(words):
        return Reply(await page.page(ctx, await page.find(ctx, int(named[1]))), personal=True)
    if words in _MINE:
        return Reply(await _kept(ctx, 0), personal=True)
    if words in _QUEUE:
        return await queue.first(ctx)
    return Reply(await _list(ctx, _wish(words), 0), personal=True)


@action("library", right=Role.MEMBER)
async def turn(ctx: Context, start: int, tag: str, level: str, kilobytes: int) -> Outcome:
    """Another page or other resources, in place."""
    if level not in tuple(Level):
        raise Refusal(page.TOO_OLD)
    wish = Wish(tag, Level(level), max(0, kilobytes))
    return Reply(await _list(ctx, wish, max(0, start)), replaces=True, personal=True)


@action("library-mine", right=Role.MEMBER)
async def turn_kept(ctx: Context, start: int) -> Outcome:
    """Another page of one's bookmarks, in place."""
    return Reply(await _kept(ctx, max(0, start)), replaces=True, personal=True)


def _wish(words: str) -> Wish:
    """What the words ask for, in any order."""
    tag, level, kilobytes = "", Level.ANY, 0
    for word in re.sub(r"(<=?|≤)\s+", r"\1", words).split():
        named = next((each for each, names in _LEVELS.items() if word in names), None)
        size = _SIZE.fullmatch(word)
        if named:
            level = named
        elif size:
            kilobytes = int(size[1])
        elif word != "kb":
            tag = word.lstrip("#")
    return Wish(tag, level, kilobytes)


async def _list(ctx: Context, wish: Wish, start: int) -> Message:
    found = await ctx.unit.library.page(ctx.community.id, wish, start, PAGE + 1)
    shown = found[:PAGE]
    filters = await _filters(ctx, wish)
    if not shown:
        text = T("Nothing here yet. Share the first one: {command}", command=code("/share"))
        if wish != Wish():
            text = T("Nothing fits that. Take a filter off, or share the first one: {command}", command=code("/share"))
        return say(text, rows=filters)
    back = (Button(T("Newer"), _turn(ctx, wish, max(0, start - PAGE))),) if start and _fits(wish) else ()
    on = (Button(T("Older"), _turn(ctx, wish, start + PAGE)),) if len(found) > PAGE and _fits(wish) else ()
    mine: Row = (Button(T("What I keep"), turn_kept(ctx.community.id, 0)),)
    rows = (_numbers(shown), (*back, *on), *filters, mine)
    title = T("Resources · {first} to {last}", first=start + 1, last=start + len(shown))
    return card(title, Bullets(await _lines(ctx, shown)), rows=tuple(row for row in rows if row))


async def _kept(ctx: Context, start: int) -> Message:
    found = await ctx.unit.library.bookmarked(ctx.community.id, ctx.person.id, start, PAGE + 1)
    shown, scope = found[:PAGE], ctx.community.id
    everything: Row = (Button(T("Look through everything"), turn(scope, 0, "", "", 0)),)
    if not shown:
        return say(T("You keep nothing yet. Below each resource there is a button for it."), rows=(everything,))
    back = (Button(T("Newer"), turn_kept(scope, max(0, start - PAGE))),) if start else ()
    on = (Button(T("Older"), turn_kept(scope, start + PAGE)),) if len(found) > PAGE else ()
    rows = (_numbers(shown), (*back, *on), everything)
    return card(T("What you keep"), Bullets(await _lines(ctx, shown)), rows=tuple(row for row in rows if row))


async def _lines(ctx: Context, found: Sequence[Resource]) -> tuple[Line, ...]:
    """A line for each: name, title, state in words with the verifier's name, size and votes."""
    marks = await ctx.unit.library.marks(ctx.community.id, [each.id for each in found])
    names = await ctx.unit.people.names([each.judge for each in found if each.judge])
    return tuple((bold(f"{each.name} "), *_line(each, marks[each.id], page.state_of(each, names))) for each in found)


def _line(resource: Resource, marks: Marks, state: T) -> Line:
    line: Line = (resource.title, " · ", state)
    if resource.kilobytes:
        line = (*line, " · ", T("{n} kB", n=resource.kilobytes))
    return (*line, " · ", page.votes(marks)) if marks.votes else line


async def _found(ctx: Context, numbers: Sequence[int]) -> Mapping[int, Line]:
    """The lines of these in a search, of those that everybody sees now."""
    each = [await ctx.unit.library.get(ctx.community.id, number) for number in numbers]
    shown = [resource for resource in each if resource and resource.is_shown]
    lines = await _lines(ctx, shown)
    return {resource.id: line for resource, line in zip(shown, lines, strict=True)}


def _numbers(found: Sequence[Resource]) -> Row:
    return tuple(Button(each.name, page.press("show", each)) for each in found)


async def _filters(ctx: Context, wish: Wish) -> tuple[Row, ...]:
    """Buttons for topics, levels and small sizes; the one that holds takes itself off."""
    if not _fits(wish):
        return ()
    known = list(dict.fromkeys((*([wish.tag] if wish.tag else []), *await ctx.unit.library.tags(ctx.community.id))))
    fitting = [tag for tag in known if legal_tag(tag) and len(tag) <= LONGEST_BUTTON][:MOST_TOPICS]
    tags = tuple(
        Button(f"#{tag}", _turn(ctx, replace(wish, tag="" if tag == wish.tag else tag), 0), pick=tag == wish.tag)
        for tag in fitting
    )
    levels = tuple(
        Button(
            label,
            _turn(ctx, replace(wish, level=Level.ANY if each is wish.level else each), 0),
            pick=each is wish.level,
        )
        for each, label in page.LEVELS.items()
    )
    size = wish.kilobytes or SMALL
    small = Button(
        T("At most {n} kB", n=size),
        _turn(ctx, replace(wish, kilobytes=0 if wish.kilobytes else size), 0),
        pick=bool(wish.kilobytes),
    )
    return tuple(row for row in (tags, (*levels, small)) if row)


def _fits(wish: Wish) -> bool:
    """Whether a button has room for it."""
    return not wish.tag or (legal_tag(wish.tag) and len(wish.tag) <= LONGEST_BUTTON)


def _turn(ctx: Context, wish: Wish, start: int) -> Press:
    return turn(ctx.community.id, start, wish.tag, wish.level.value, wish.kilobytes)


FINDING = Finding(FOUND_AS, T("Resource"), _found, page.show, ("sumber", "materi"))
