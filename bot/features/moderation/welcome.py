"""Greeting those who came, together and without a sound: once an hour at most, by day, and never in a raid."""

from bot.chat.act import Act, Remove
from bot.chat.errors import PlatformError
from bot.chat.message import Button, Message, Row, say
from bot.chat.text import Inline, Line, Mention, T, code
from bot.command import Feature, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.community import Preset
from bot.domain.door import GREETED, MOST_NAMES, Newcomer, batch_of, greeting_at, to_greet
from bot.domain.jobs import Job

MOST_BEFORE = 3
"""Greetings that are looked for to be taken away: there is hardly ever more than one."""


async def entered(ctx: Context) -> None:
    """Note who came, and plan the greeting of their hour; who was greeted lately is not greeted again."""
    if ctx.account is None or ctx.who is None:
        return
    scope, place = ctx.community.id, ctx.venue.place if ctx.venue else ctx.place
    last = await ctx.unit.newcomers.get(scope, ctx.who.id)
    if last and ctx.now - last.at < GREETED:
        return
    if last:
        await ctx.post_in(last.place, gone, last.batch)  # nobody would find it any more
    at = greeting_at(ctx.now, ctx.community.zone)
    batch = batch_of(at)
    await ctx.unit.newcomers.put(Newcomer(scope, ctx.who.id, ctx.account, place, ctx.now, batch))
    if _greets(ctx):
        key = f"{welcome.name}:{batch}:{place.platform}:{place.chat}"
        await ctx.unit.jobs.put(Job(scope, key, welcome.name, batch, at, place))


def _greets(ctx: Context) -> bool:
    return ctx.community.door.welcome and ctx.community.ready and ctx.community.preset is not Preset.CALM


@job("greeting", unasked=True)
async def welcome(ctx: Context, subject: int) -> Message | jobs.State:
    """The greeting of all who came within that hour and are still there; the one before it goes."""
    if not _greets(ctx):
        return jobs.State.DROPPED
    came = to_greet(await ctx.unit.newcomers.batch(ctx.community.id, ctx.place, subject))
    there = [each for each in came[:MOST_NAMES] if ctx.power(ctx.place, each.account).here]
    if not there:
        return jobs.State.DROPPED
    for earlier in await ctx.unit.newcomers.before(ctx.community.id, ctx.place, subject, MOST_BEFORE):
        if await ctx.unit.cards.get(ctx.community.id, f"{welcome.name}:{earlier}", ctx.place):
            await ctx.post_in(ctx.place, gone, earlier)
    names = await ctx.unit.people.names([each.person for each in there])
    called = [Mention(each.account, names.get(each.person, "")) for each in there]
    first = T(
        "Begin with the quiz of the day, {daily}, or ask something: {ask}", daily=code("/daily"), ask=code("/ask")
    )
    more = T("What else there is: {help}", help=code("/help"))
    return say(_greeting(called, len(came) - len(came[:MOST_NAMES])), first, more, rows=await _rows(ctx))


def _greeting(called: list[Mention], others: int) -> Line:
    line: list[Inline] = [T("Welcome,")]
    for place, name in enumerate(called):
        line += [", " if place else " ", name]
    if others:
        line += [" ", T("and {n} more", n=others)]
    return (*line, "!")


async def _rows(ctx: Context) -> tuple[Row, ...]:
    if not await ctx.unit.rules.version(ctx.community.id):
        return ()
    return ((Button(T("Our rules"), go("rules", scope=ctx.community.id)),),)


async def _forgotten(ctx: Context, subject: int, _error: PlatformError | None, _gave: str) -> None:
    await ctx.unit.cards.drop(ctx.community.id, f"{welcome.name}:{subject}", ctx.place)


@job("greeting-gone", after=_forgotten)
async def gone(ctx: Context, subject: int) -> Act | jobs.State:
    """Take an earlier greeting away."""
    ref = await ctx.unit.cards.get(ctx.community.id, f"{welcome.name}:{subject}", ctx.place)
    return Remove(ref) if ref else jobs.State.DROPPED


FEATURE = Feature(jobs=(welcome, gone), entered=entered)
