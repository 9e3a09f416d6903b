"""Groups of minors: nobody is written to first, and nobody is ranked or named in public."""

from dataclasses import replace
from typing import Annotated

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import Deed
from bot.features import recognition
from bot.features.record import note
from bot.param import Arg, Choice

_ON, _OFF = "on", "off"


@command(
    "minors",
    right=Role.ORGANISER,
    aliases=("anak", "group minors", "grup anak"),
    summary=T("Protect a group of minors"),
    examples=(
        Example("/minors", T("Shows what that means, and whether it is on")),
        Example("/minors on", T("Nobody is written to first, nobody is ranked")),
    ),
    slash="group minors",
)
async def minors(
    ctx: Context,
    state: Annotated[str, Arg(help=T("on or off"), choices=(Choice(_ON, T("on")), Choice(_OFF, T("off"))))] = "",
) -> Outcome:
    """Show it, or set it."""
    return (
        Reply(_card(ctx.community.minors, ctx.community.id)) if not state else Reply(await _set(ctx, on=state == _ON))
    )


@action("minors", right=Role.ORGANISER)
async def switch(ctx: Context, state: str) -> Outcome:
    """Set it by a button."""
    return Reply(await _set(ctx, on=state == _ON), replaces=True)


async def _set(ctx: Context, *, on: bool) -> Message:
    held = await ctx.held()
    if held.minors is not on:
        await ctx.unit.communities.save(replace(held, minors=on))
        if on:
            await recognition.end(ctx)
        await note(ctx, Deed.SETTING, why="minors on" if on else "minors off")
    return _card(on, ctx.community.id)


def _card(on: bool, scope: int) -> Message:
    state = T("This is on.") if on else T("This is off.")
    what = (
        (T("I write to no member first: what there is to say stands below my next private answer"),),
        (T("nobody is ranked or named for points, on boards, in rounds and in the weekly digest"),),
        (T("birth dates and ages are not asked for or stored, here as everywhere"),),
        (T("guardians can have a child's data exported or erased: {command}", command=code("/privacy")),),
    )
    button = Button(T("Switch it off"), switch(scope, _OFF)) if on else Button(T("Switch it on"), switch(scope, _ON))
    row: Row = (button,)
    return card(T("A group of minors"), state, T("It means:"), Bullets(what), rows=(row,))
