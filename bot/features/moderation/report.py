"""Reporting a message: to moderators alone, without a word in public, each person once for each message."""

from dataclasses import replace
from typing import Annotated

from bot.chat.act import Act, Remove
from bot.chat.errors import PlatformError, Refusal
from bot.chat.message import Outcome, Reply, say
from bot.chat.places import Ability, Ref, Role
from bot.chat.text import Span, T, code
from bot.command import Example, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.held import KEPT
from bot.domain.held import State as Held
from bot.domain.moderation import Deed, Kind
from bot.domain.report import DAY, FALSE_IN_A_ROW, KNOWN, MOST_REASON, MOST_WORDS, Report, State, Voice, doubted, wait
from bot.features.moderation import check
from bot.features.moderation.tell import tell_moderators
from bot.features.moderation.verdict import hold, news, waits
from bot.features.question import target
from bot.features.record import note
from bot.param import Arg


@command(
    "report",
    right=Role.MEMBER,
    aliases=("lapor", "laporkan", "group report", "grup lapor"),
    summary=T("Point moderators to a message, without anybody else seeing it"),
    examples=(
        Example("/report", T("As a reply to the message that worries you")),
        Example("/lapor Iklan judi", T("The same, with a reason")),
    ),
    slash="group report",
)
async def report(
    ctx: Context, reason: Annotated[str, Arg(help=T("What is wrong with it"), most=MOST_REASON)] = ""
) -> Outcome:
    """Keep it, let moderators know, and have the message taken away where enough people report it."""
    if ctx.private or ctx.reply is None:
        text = T("Reply to the message that worries you, then send {command}.", command=code("/report"))
        return say(text, T("Only moderators see it, and nobody hears who reported."))
    await _take_away_command(ctx)
    author = await target.writer(ctx)
    if author == ctx.person.id:
        raise Refusal(T("This message is your own. You can delete it yourself."))
    words = ctx.quoted.text[:MOST_WORDS] if ctx.quoted else ""
    wanted = Report(ctx.community.id, 0, ctx.reply, author, words, ctx.now)
    about = await ctx.unit.reports.open(wanted)
    if about.state is not State.OPEN:
        return _receipt(T("A moderator has looked at this message already. Thank you all the same."))
    return await _speak(ctx, about, reason)


async def _speak(ctx: Context, about: Report, reason: str) -> Outcome:
    times = await ctx.unit.reports.times(about.community, ctx.person.id, ctx.now - DAY)
    before = {voice.person for voice in await ctx.unit.reports.voices(about.community, about.id)}
    if ctx.person.id in before:
        return _receipt(_DONE)
    if left := wait(times, ctx.now):
        # No refusal, for that would undo the removal of the command, by which all see who reports.
        return _receipt(T("That was a lot at once. You can report again in {time}.", time=Span(left)))
    # Who reported only what was nothing is still heard once a day; what comes beyond that waits for somebody else.
    heard = not (times and doubted(await _verdicts(ctx)))
    counts = heard and await _counts(ctx)
    await ctx.unit.reports.speak(about.community, Voice(about.id, ctx.person.id, ctx.now, reason, counts))
    if heard and not about.told:
        await ctx.unit.reports.save(replace(about, told=True))
        await tell_moderators(ctx, news, about.id, but=(about.author, ctx.person.id))
        # The record is read by those who may be reported themselves, so it does not say who did.
        await note(ctx, Deed.REPORT, person=about.author, subject=about.id, actor=0)
    await _weigh(ctx, about)
    return _receipt(_THANKS)


async def _verdicts(ctx: Context) -> tuple[State, ...]:
    return tuple(await ctx.unit.reports.verdicts(ctx.community.id, ctx.person.id, FALSE_IN_A_ROW))


async def _counts(ctx: Context) -> bool:
    """Whether the report of whoever acts adds to those that take a message away.

    That of a newcomer does not, nor that of somebody who is muted, or whose own words wait for a moderator.
    """
    scope, person = ctx.community.id, ctx.person.id
    since = ctx.member.since
    if since and ctx.now - since < KNOWN:
        return False
    if await ctx.unit.sanctions.active(scope, person, Kind.MUTE, ctx.now):
        return False
    waiting = await ctx.unit.holds.of(scope, person, ctx.now - KEPT)
    return not any(each.state is Held.OPEN for each in waiting)


async def _weigh(ctx: Context, about: Report) -> None:
    """Have the message taken away where enough people reported it; nobody's whom we don't know."""
    need = ctx.community.moderation.reporters
    voices = await ctx.unit.reports.voices(about.community, about.id)
    if need and about.author and not about.hidden and sum(voice.counts for voice in voices) >= need:
        await ctx.post_in(about.about.place, hiding, about.id)


def _receipt(text: T) -> Outcome:
    """What whoever reported reads, and nobody else."""
    return Reply(say(text), personal=True)


async def _take_away_command(ctx: Context) -> None:
    """Where others see who reports, have the command deleted, if we may."""
    if ctx.own and ctx.venue and Ability.DELETE in ctx.venue.abilities:
        number = ctx.rng.getrandbits(40)
        await ctx.unit.cards.put(ctx.community.id, f"{tidying.name}:{number}", ctx.own)
        await ctx.post_in(ctx.own.place, tidying, number)


async def _hidden(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """It is gone until a moderator decides; the author hears so, and moderators that it is urgent."""
    about = await hold(ctx, subject)
    if about is None or about.state is not State.OPEN or error:
        return
    await ctx.unit.reports.save(replace(about, hidden=True))
    await note(ctx, Deed.REMOVE, person=about.author, subject=subject)
    await tell_moderators(ctx, news, subject, but=(about.author,))
    await ctx.tell(about.author, waits, subject)


@job("report-hide", after=_hidden)
async def hiding(ctx: Context, subject: int) -> Act | jobs.State:
    """Take the message away until a moderator decides; never one of a moderator, an organiser or an owner."""
    about = await ctx.unit.reports.get(ctx.community.id, subject)
    if about is None or about.state is not State.OPEN or about.hidden or not about.author:
        return jobs.State.DROPPED
    seat = await ctx.unit.people.seat(about.community, about.author)
    powers = [there.power for there in await check.whereabouts(ctx, about.author)]
    standing = max([seat.role if seat else Role.GUEST, *(power.role for power in powers)])
    if standing >= Role.MODERATOR or any(power.owner or power.bot for power in powers):
        return jobs.State.DROPPED
    return Remove(about.about)


async def _tidied(ctx: Context, subject: int, _error: PlatformError | None, _gave: str) -> None:
    """Whatever became of it, the command is no card of ours any more."""
    await ctx.unit.cards.drop(ctx.community.id, f"report-tidy:{subject}", ctx.place)


@job("report-tidy", after=_tidied)
async def tidying(ctx: Context, subject: int) -> Act | jobs.State:
    """Delete the command of whoever reported."""
    ref: Ref | None = await ctx.unit.cards.get(ctx.community.id, f"report-tidy:{subject}", ctx.place)
    return Remove(ref) if ref else jobs.State.DROPPED


_DONE = T("You reported this already. A moderator will look at it.")
_THANKS = T("Thank you. The moderators have it now, and nobody else sees who reported.")
