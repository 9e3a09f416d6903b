"""Looking through the suggestions: open ones, those without an answer, settled ones, one's own, one by its name."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.suggestion import OPEN, SETTLED, State, Wish, read_name
from bot.features import paging
from bot.features.paging import PAGE
from bot.features.suggestion import entry, page
from bot.param import Arg

_WORDS: paging.Names = {
    "open": ("open", "terbuka", "buka"),
    "new": ("new", "baru", "menunggu", "waiting"),
    "settled": ("settled", "done", "selesai", "beres"),
    "mine": ("mine", "punyaku", "milikku", "saya"),
}
_LABELS: Mapping[str, T] = {
    "open": T("Open"),
    "new": T("Without answer"),
    "settled": T("Settled"),
    "mine": T("Mine"),
}


@command(
    "suggestions",
    right=Role.MEMBER,
    aliases=("daftarsaran", "group suggestions", "grup daftarsaran"),
    summary=T("What was suggested, and what becomes of it"),
    examples=(
        Example("/suggestions", T("Open ones, the newest first")),
        Example("/daftarsaran I3", T("All about one of them")),
        Example("/suggestions new", T("Those without an answer yet")),
        Example("/suggestions mine", T("What you suggested")),
    ),
    role_aware=True,
    slash="group suggestions",
)
async def suggestions(
    ctx: Context,
    what: Annotated[
        str, Arg(help=T("open, new, settled, mine, or I3"), most=40, complete=paging.completed(_WORDS))
    ] = "",
) -> Outcome:
    """The first page of what is asked for, or one suggestion."""
    words = " ".join((what or "open").casefold().split())
    if number := read_name(words):
        return Reply(await page.page(ctx, await page.find(ctx, number)), personal=True)
    which = paging.called(words, _WORDS)
    if not which:
        example = code("/suggestions I3")
        raise Refusal(T("I know open, new, settled, mine, and names. Example: {example}", example=example))
    return Reply(await _list(ctx, which, 0), personal=True)


@action("suggestion-list", right=Role.MEMBER, role_aware=True)
async def turn(ctx: Context, which: str, start: int) -> Outcome:
    """Another page or other suggestions, in place."""
    if which not in _WORDS:
        raise Refusal(page.TOO_OLD)
    return Reply(await _list(ctx, which, max(0, start)), replaces=True, personal=True)


async def _list(ctx: Context, which: str, start: int) -> Message:
    scope = ctx.community.id
    found = await ctx.unit.suggestions.page(scope, _wish(ctx, which), start, PAGE + 1)
    shown, go = found[:PAGE], partial(turn, scope)
    lists = paging.choices(_LABELS, go, which)
    if not shown:
        return say(_nothing(which), rows=(lists,))
    steps = paging.steps(go, which, start, more=len(found) > PAGE)
    opens: Row = tuple(Button(each.name, page.show(scope, each.id)) for each in shown)
    title = T("Suggestions · {first} to {last}", first=start + 1, last=start + len(shown))
    return paging.page(title, await entry.lines(ctx, shown), opens, steps, lists)


def _wish(ctx: Context, which: str) -> Wish:
    match which:
        case "open":
            return Wish(OPEN)
        case "new":
            return Wish((State.NEW,))
        case "settled":
            return Wish(SETTLED)
        case _:
            return Wish(owner=ctx.person.id)


def _nothing(which: str) -> T:
    """An empty list that says what can be done."""
    match which:
        case "open":
            return T("No suggestion is open. Make one: {command}", command=code("/suggest"))
        case "new":
            return T("Every suggestion has an answer. Well done!")
        case "settled":
            return T("Nothing is settled yet. {command} shows what is open.", command=code("/suggestions"))
        case _:
            return T("You have suggested nothing yet. It begins with {command}", command=code("/suggest"))
