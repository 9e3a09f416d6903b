"""The group's week in a few lines: what was asked and answered, what waits, what is new; looked at first, then sent."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, T, code
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain.jobs import State
from bot.domain.quiz import local_date

WEEK = timedelta(days=7)

MOST_LINES = 12
"""What a busy reader still reads."""


def digest_feature(others: Iterable[Feature]) -> Feature:
    """The digest of what these features tell."""
    parts = tuple(part for feature in others for part in feature.digests)

    @command(
        "digest",
        right=Role.ORGANISER,
        aliases=("rangkuman", "group digest", "grup rangkuman"),
        summary=T("The group's week in a few lines, to look at and to send"),
        examples=(Example("/digest", T("Shows it to you first")),),
        slash="group digest",
    )
    async def digest(ctx: Context) -> Outcome:
        """The preview, for the asker alone."""
        message = await _composed(ctx, parts)
        if message is None:
            return say(T("A quiet week: nothing to tell yet. {command} gets it going.", command=code("/ask")))
        send_ = Button(T("Send it to the group"), send(ctx.community.id))
        return Reply(Message(message.blocks, ((send_,),), card=True), personal=True)

    @action("digest-send", right=Role.ORGANISER)
    async def send(ctx: Context) -> Outcome:
        """Post it in the group; twice on one day is one post."""
        await ctx.post(show, local_date(ctx.now, ctx.community.zone).toordinal())
        return Reply(say(T("Shared with the group.")), replaces=True, personal=True)

    @job("digest-card")
    async def show(ctx: Context, _subject: int) -> Message | State:
        """The digest in public."""
        return await _composed(ctx, parts) or State.DROPPED

    return Feature(commands=(digest,), actions=(send,), jobs=(show,))


async def _composed(
    ctx: Context, parts: Sequence[Callable[[Context, timedelta], Awaitable[Sequence[Line]]]]
) -> Message | None:
    lines = [line for part in parts for line in await part(ctx, WEEK)]
    if not lines:
        return None
    today = local_date(ctx.now, ctx.community.zone)
    title = T("Our week, {first} to {last}", first=Day(today - WEEK), last=Day(today))
    return card(title, Bullets(tuple(lines[:MOST_LINES])))
