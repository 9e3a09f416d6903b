"""A word to those who may read new questions, when some begin to wait."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.message import Button, Message, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.items import Item, State

AFTER = timedelta(minutes=30)
"""Whoever writes several questions at one sitting is told of once."""

_ENOUGH = 100
"""Older questions that are looked at, to see whether somebody was told already."""


async def announce(ctx: Context, stored: Sequence[Item]) -> None:
    """Tell organisers, or else trusted members, that something waits, unless something did already."""
    fresh = {item.id for item in stored if item.state is State.PROPOSED}
    if not fresh:
        return
    oldest = await ctx.unit.items.list(ctx.community.id, State.PROPOSED, most=len(fresh) + _ENOUGH)
    if any(item.id not in fresh and not item.note for item in oldest):
        return
    people = await ctx.unit.people.standing(ctx.community.id, Role.ORGANISER)
    people = people or await ctx.unit.people.standing(ctx.community.id, Role.TRUSTED)
    for person in sorted({*people} - {ctx.person.id}):
        await ctx.tell(person, waiting, 0, ctx.now + AFTER)


@job("bank-waiting")
async def waiting(ctx: Context, _subject: int) -> Message | jobs.State:
    """How many questions wait for this reader; nothing is said where somebody was quicker."""
    found = await ctx.unit.items.list(ctx.community.id, State.PROPOSED)
    count = sum(item.author != ctx.person.id and not item.note for item in found)
    if not count:
        return jobs.State.DROPPED
    text = T(
        "{n} new question waits for a second person to read it.",
        "{n} new questions wait for a second person to read them.",
        n=count,
    )
    return say(text, rows=((Button(T("Review"), go("quizbank review", scope=ctx.community.id)),),))
