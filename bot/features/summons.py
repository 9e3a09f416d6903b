"""Calling somebody in the group to whom nothing can be sent in private: what waits for them is told to them alone."""

from dataclasses import replace

from bot.chat.act import Act, Remove, Whisper
from bot.chat.errors import PlatformError
from bot.chat.message import Button, Message, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import Mention, T
from bot.command import Feature, action, job
from bot.context import Context
from bot.domain.jobs import State
from bot.undelivered import SUMMONS


async def _not_whispered(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    if error:
        await ctx.post_anew(ctx.place, mention, subject)


@job(SUMMONS, after=_not_whispered)
async def whisper(ctx: Context, subject: int) -> Act | State:
    """Try first to say it so that nobody else sees it."""
    called = await _called(ctx, subject)
    return Whisper(called.account, _call(ctx, subject, called)) if called else State.DROPPED


@job("summons-card")
async def mention(ctx: Context, subject: int) -> Message | State:
    """The same for all to see, in neutral words; it is taken away once it was read."""
    called = await _called(ctx, subject)
    return _call(ctx, subject, called) if called else State.DROPPED


@job("summons-gone")
async def take_away(ctx: Context, subject: int) -> Act | State:
    """Take the public card away."""
    ref = await ctx.unit.cards.get(ctx.community.id, f"{mention.name}:{subject}", ctx.place)
    return Remove(ref) if ref else State.DROPPED


@action("summons-read", right=Role.MEMBER)
async def read(ctx: Context) -> Outcome:
    """What waits for whoever presses; notices stand below it as below every private answer."""
    for ref in await ctx.unit.cards.standing(ctx.community.id, f"{mention.name}:{ctx.person.id}"):
        await ctx.post_in(ref.place, take_away, ctx.person.id)
    return Reply(say(T("This is for you alone.")), personal=True, tells=True)


async def _called(ctx: Context, number: int) -> Mention | None:
    person = await ctx.unit.people.get(number)
    accounts = await ctx.unit.people.accounts(number)
    here = next((account for account in accounts if account.platform == ctx.place.platform), None)
    return Mention(here, person.name) if person and here else None


def _call(ctx: Context, person: int, called: Mention) -> Message:
    row = (Button(T("Read"), read(ctx.community.id, owner=person)),)
    return replace(say(T("{name}, there is something for you alone.", name=called), rows=(row,)), silent=False)


FEATURE = Feature(actions=(read,), jobs=(whisper, mention, take_away))
