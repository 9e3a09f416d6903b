"""Looking through the board: needs, offers, one's own, one by its name."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.board import Side, Slip, read_name
from bot.features import paging
from bot.features.board import entry, page
from bot.features.paging import PAGE
from bot.param import Arg

_WORDS: paging.Names = {
    "all": ("all", "semua"),
    "needs": ("needs", "need", "butuh", "kebutuhan"),
    "offers": ("offers", "offer", "tawaran", "tawarkan"),
    "mine": ("mine", "punyaku", "milikku", "saya"),
}
_LABELS: Mapping[str, T] = {
    "all": T("All"),
    "needs": T("Needs"),
    "offers": T("Offers"),
    "mine": T("Mine"),
}


@command(
    "board",
    right=Role.MEMBER,
    aliases=("papan", "group board", "grup papan"),
    summary=T("What members need and offer"),
    examples=(
        Example("/board", T("Everything that is open, the newest first")),
        Example("/papan butuh", T("Only what is needed")),
        Example("/board mine", T("Your own: settle them or end them")),
        Example("/board B4", T("All about one of them")),
    ),
    role_aware=True,
    slash="group board",
)
async def board(
    ctx: Context,
    what: Annotated[str, Arg(help=T("needs, offers, mine, or B4"), most=40, complete=paging.completed(_WORDS))] = "",
) -> Outcome:
    """The first page of what is asked for, or one slip."""
    words = " ".join((what or "all").casefold().split())
    if number := read_name(words):
        return Reply(await page.page(ctx, await page.find(ctx, number)), personal=True)
    which = paging.called(words, _WORDS)
    if not which:
        raise Refusal(T("I know needs, offers, mine, and names. Example: {example}", example=code("/board B4")))
    return Reply(await _list(ctx, which, 0), personal=True)


@action("board-list", right=Role.MEMBER)
async def turn(ctx: Context, which: str, start: int) -> Outcome:
    """Another page or other slips, in place."""
    if which not in _WORDS:
        raise Refusal(page.TOO_OLD)
    return Reply(await _list(ctx, which, max(0, start)), replaces=True, personal=True)


async def _list(ctx: Context, which: str, start: int) -> Message:
    scope = ctx.community.id
    found = await _found(ctx, which, start)
    shown, go = found[:PAGE], partial(turn, scope)
    lists = paging.choices(_LABELS, go, which)
    if not shown:
        return say(_nothing(which), rows=(lists,))
    steps = paging.steps(go, which, start, more=len(found) > PAGE)
    opens: Row = tuple(Button(each.name, page.show(scope, each.id)) for each in shown)
    title = T("The board · {first} to {last}", first=start + 1, last=start + len(shown))
    return paging.page(title, [entry.line(each) for each in shown], opens, steps, lists)


async def _found(ctx: Context, which: str, start: int) -> Sequence[Slip]:
    scope, slips = ctx.community.id, ctx.unit.board
    if which == "mine":
        return await slips.of_person(scope, ctx.person.id, start, PAGE + 1)
    side = {"needs": Side.NEED, "offers": Side.OFFER}.get(which)
    return await slips.page(scope, side, start, PAGE + 1)


def _nothing(which: str) -> T:
    """An empty list that says what can be done."""
    need, offer = code("/need"), code("/offer")
    match which:
        case "needs":
            return T("Nobody needs anything right now. Do you? {command}", command=need)
        case "offers":
            return T("Nothing is offered right now. Be the first: {command}", command=offer)
        case "mine":
            return T("Nothing of yours hangs here. {need} or {offer} puts it up.", need=need, offer=offer)
        case _:
            return T("The board is empty. {need} or {offer} begins it.", need=need, offer=offer)
