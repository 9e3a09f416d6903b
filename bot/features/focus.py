"""A focus timer for the group: work and breaks on one living card that makes no sound."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Row, Toast, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Listing, Moment, Name, Shape, Span, T, code
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain.focus import REST, ROUNDS, WORK, Focus, Focuser, Part, Phase, phase, worked
from bot.domain.jobs import Job
from bot.param import Arg

TURN = "focus-turn"

MOST_NAMES = 8
"""Names on the card; of the others only the number is told."""


@command(
    "focus",
    right=Role.MEMBER,
    aliases=("fokus", "pomodoro", "session focus", "sesi fokus"),
    summary=T("A focus timer for everybody here: work, break, work"),
    examples=(
        Example("/focus", T("Four times 25 minutes of work, with breaks of 5")),
        Example("/focus 50 10 2", T("Twice 50 minutes, with a break of 10")),
    ),
    slash="session focus",
)
async def focus(
    ctx: Context,
    work: Annotated[int, Arg(help=T("Minutes of work, 5 to 120"), least=WORK[0], most=WORK[1])] = 25,
    rest: Annotated[int, Arg(help=T("Minutes of a break, 1 to 60"), least=REST[0], most=REST[1])] = 5,
    rounds: Annotated[int, Arg(help=T("How many times, 1 to 12"), least=ROUNDS[0], most=ROUNDS[1])] = 4,
) -> Outcome:
    """Start one where it is asked for; whoever starts it takes part."""
    if ctx.private:
        raise Refusal(T("A focus timer is for a group: send {command} there.", command=code("/focus")))
    wish = Focus(ctx.community.id, 0, ctx.place, ctx.person.id, ctx.now, work, rest, rounds)
    made = await ctx.unit.focuses.add(wish)
    if made is None:
        raise Refusal(T("A focus timer runs here already. Join it on its card."))
    await ctx.unit.focuses.put(Focuser(made.community, made.id, ctx.person.id, ctx.now))
    await _plan(ctx, made)
    await ctx.post_in(made.place, show, made.id)
    return say(T("It runs until {when}. Others join on the card.", when=Moment(made.ends_at, Shape.TIME)))


@action("focus-join", right=Role.MEMBER)
async def join(ctx: Context, number: int) -> Outcome:
    """Take part from now on."""
    found = await _running(ctx, number)
    known = await _member(ctx, found)
    if known and known.joined_at:
        return Toast(T("You are in already. Good luck!"))
    seconds = known.seconds if known else 0
    await ctx.unit.focuses.put(Focuser(found.community, found.id, ctx.person.id, ctx.now, seconds))
    await ctx.post_in(found.place, show, found.id)
    return Toast(T("You are in. The card says when to work and when to rest."))


@action("focus-leave", right=Role.MEMBER)
async def leave(ctx: Context, number: int) -> Outcome:
    """Take part no more; what was worked stays."""
    found = await _running(ctx, number)
    known = await _member(ctx, found)
    if known is None or known.joined_at is None:
        return Toast(T("You don't take part."))
    done = worked(found, known, ctx.now)
    await ctx.unit.focuses.put(replace(known, joined_at=None, seconds=int(done.total_seconds())))
    await ctx.post_in(found.place, show, found.id)
    return Toast(T("You are out, after {time} of work. Join again any time.", time=Span(done)))


@action("focus-stop", right=Role.MEMBER, role_aware=True)
async def stop(ctx: Context, number: int) -> Outcome:
    """End it before its time: for whoever started it, and for moderators."""
    found = await _running(ctx, number)
    if found.by != ctx.person.id and ctx.role < Role.MODERATOR:
        raise Refusal(
            T("Whoever started the timer ends it, or a moderator. To leave, tap {button}.", button=T("Leave"))
        )
    await ctx.unit.focuses.save(replace(found, ended_at=ctx.now, over=True))
    await ctx.unit.jobs.cancel(found.community, TURN, range(found.id, found.id + 1))
    await ctx.post_in(found.place, show, found.id)
    return Toast(T("The timer has ended."))


@job(TURN)
async def turn(ctx: Context, subject: int) -> None:
    """The next phase begins: the card says so, and nobody is called."""
    found = await ctx.unit.focuses.hold(ctx.community.id, subject)
    if found is None or found.over:
        return
    if phase(found, ctx.now).part is Part.OVER:
        await ctx.unit.focuses.save(replace(found, over=True))
    else:
        await _plan(ctx, found)
    await ctx.post_in(found.place, show, found.id)


@job("focus-card")
async def show(ctx: Context, subject: int) -> Message | None:
    """The card as the timer stands now."""
    found = await ctx.unit.focuses.hold(ctx.community.id, subject)
    if found is None:
        return None
    members = await ctx.unit.focuses.members(found.community, found.id)
    now = phase(found, ctx.now)
    if now.part is Part.OVER:
        return _ended(ctx, found, members)
    return await _going(ctx, found, now, members)


async def _plan(ctx: Context, found: Focus) -> None:
    """Wake up when this phase ends. From the clock, not from the last one: after a downtime it is the present phase."""
    at = phase(found, ctx.now).until
    await ctx.unit.jobs.put(Job(found.community, f"{TURN}:{found.id}", TURN, found.id, at))


async def _going(ctx: Context, found: Focus, now: Phase, members: Sequence[Focuser]) -> Message:
    until = Moment(now.until, Shape.TIME)
    title = T("🎯 Focus · round {n} of {all}", n=now.round, all=found.rounds)
    line = (
        T("Work until {when}.", when=until)
        if now.part is Part.WORK
        else T("Break until {when}. Stand up, drink something.", when=until)
    )
    scope = found.community
    row: Row = (
        Button(T("Join"), join(scope, found.id), tone=Tone.MAIN),
        Button(T("Leave"), leave(scope, found.id)),
        Button(T("End"), stop(scope, found.id)),
    )
    plan = T(
        "{work} min of work, {rest} min of break, until {end}.",
        work=found.work, rest=found.rest, end=Moment(found.ends_at, Shape.TIME),
    )  # fmt: skip
    return card(title, line, await _who(ctx, members), plan, rows=(row,))


async def _who(ctx: Context, members: Sequence[Focuser]) -> T:
    """Who takes part now."""
    present = [member.person for member in members if member.joined_at]
    if not present:
        return T("Nobody takes part just now.")
    if ctx.community.minors:
        return T("{n} person takes part.", "{n} people take part.", n=len(present))
    names = await ctx.unit.people.names(present[:MOST_NAMES])
    shown = Listing(tuple(Name(names.get(person, "")) for person in present[:MOST_NAMES]))
    more = len(present) - MOST_NAMES
    if more > 0:
        return T("With {names} and {n} more.", "With {names} and {n} more.", names=shown, n=more)
    return T("With {names}.", names=shown)


def _ended(ctx: Context, found: Focus, members: Sequence[Focuser]) -> Message:
    times = [worked(found, member, found.ends_at) for member in members]
    people = sum(1 for time in times if time)
    if not people:
        return card(T("🎯 Focus is over"), T("Another time: {command}", command=code("/focus")))
    total = Span(sum(times, times[0] - times[0]))
    told = T("{n} person worked for {time}.", "{n} people worked for {time} together.", n=people, time=total)
    return card(T("🎯 Focus is over"), told, T("Again: {command}", command=code("/focus")))


async def _running(ctx: Context, number: int) -> Focus:
    found = await ctx.unit.focuses.hold(ctx.community.id, number)
    if found is None or phase(found, ctx.now).part is Part.OVER:
        raise Refusal(T("This timer is over. A new one: {command}", command=code("/focus")))
    return found


async def _member(ctx: Context, found: Focus) -> Focuser | None:
    members = await ctx.unit.focuses.members(found.community, found.id)
    return next((member for member in members if member.person == ctx.person.id), None)


FEATURE = Feature(commands=(focus,), actions=(join, leave, stop), jobs=(turn, show))
