"""A small feature about other messages, for trying its road on every platform."""

from typing import Annotated

from bot.chat.events import Quoted
from bot.chat.message import Button, Message, Receipt, say
from bot.chat.places import Ref, Role
from bot.chat.text import T
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.param import Arg

KEPT: list[tuple[Ref | None, Quoted | None, str]] = []
"""What every command that was carried out was about, with its topic."""


@command(
    "keep",
    right=Role.GUEST,
    summary=T("Keeps a message"),
    examples=(Example("/keep maths", T("an example")),),
    on_message=T("Reply"),
)
async def keep(ctx: Context, topic: Annotated[str, Arg(T("the topic"), ask=T("Which topic?"), most=40)]) -> Message:
    KEPT.append((ctx.reply, ctx.quoted, topic))
    return say(T("Kept for {topic}.", topic=topic))


@command("jot", right=Role.GUEST, summary=T("Offers to note"), examples=(Example("/jot", T("an example")),))
async def jot(ctx: Context) -> Message:
    KEPT.append((ctx.reply, ctx.quoted, ""))
    return say(T("Note it?"), rows=((Button(T("Note"), jotted(ctx.community.id)),),))


@action("jotted", right=Role.GUEST)
async def jotted(ctx: Context) -> Receipt:
    return Receipt(T("Noted."), on=KEPT[-1][0])


@command("scan", right=Role.GUEST, summary=T("Notes a message"), examples=(Example("/scan", T("an example")),))
async def scan(ctx: Context) -> Receipt:
    KEPT.append((ctx.reply, ctx.quoted, ""))
    return Receipt(T("Noted."), on=ctx.reply)


ABOUT = Feature(commands=(keep, scan, jot), actions=(jotted,))
