"""A small feature about other messages, for trying its road on every platform."""

from typing import Annotated

from bot.chat.events import Quoted
from bot.chat.message import Message, say
from bot.chat.places import Ref, Role
from bot.chat.text import T
from bot.command import Arg, Example, Feature, command
from bot.context import Context

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


ABOUT = Feature(commands=(keep,))
