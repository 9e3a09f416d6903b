"""A small feature whose cards have threads, and which keeps what happens there."""

from dataclasses import replace

from bot.chat.message import Button, Message, Receipt, Thread, card
from bot.chat.places import Ref, Role
from bot.chat.text import T, code
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.followup import deletion, hearing, liking

WORDS: list[tuple[int, str, str, Ref | None, Ref | None]] = []
"""Subject, words, whose, the message itself and the one that it answers, of everything that was said in a thread."""

LIKES: list[tuple[str, bool]] = []
"""The subject and the account of every thumb, and whether it now stands."""

ENDS: list[tuple[int, Ref | None]] = []
"""The subject of every card or thread that is gone, with the message."""


@job("topic")
async def topic(ctx: Context, subject: int) -> Message:
    return replace(card(f"topic {subject}", "text"), thread=Thread(f"T{subject}"))


@hearing("topic", right=Role.GUEST)
async def heard(ctx: Context, subject: int, text: str) -> Receipt | None:
    WORDS.append((subject, text, ctx.person.name, ctx.own, ctx.reply))
    return Receipt(T("Noted."), on=ctx.own) if text else None


@liking("topic")
async def liked(ctx: Context, subject: int, likes: bool) -> None:
    LIKES.append((ctx.person.name, likes))


@deletion("topic")
async def deleted(ctx: Context, subject: int, message: Ref | None) -> None:
    ENDS.append((subject, message))


@action("shut", right=Role.GUEST)
async def shut(ctx: Context) -> None:
    return None


@command(
    "shut",
    aliases=("topic shut",),
    slash="topic shut",
    right=Role.GUEST,
    summary=T("Ends a topic"),
    examples=(Example("/shut", T("an example")),),
)
async def shutting(ctx: Context) -> Message:
    return card("Shut", T("Send {command}.", command=code("/shut 5")), rows=((Button("/shut", shut(1)),),))


TOPIC = Feature(
    commands=(shutting,),
    actions=(shut,),
    jobs=(topic,),
    groups=(("topic", T("Topics")),),
    hearings=(heard,),
    likings=(liked,),
    deletions=(deleted,),
)
