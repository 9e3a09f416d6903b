"""Two people who finish their daily quizzes together: one asks, the other says yes, and either may end it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Name, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.pair import Pair, State, carry
from bot.features.points.balance import together
from bot.param import Arg

_OVER = T("This question is no longer open. Send the command again.")


@command(
    "buddy",
    right=Role.MEMBER,
    aliases=("teman", "group buddy", "grup teman"),
    summary=T("Finish the daily quizzes together with somebody"),
    examples=(
        Example("/buddy", T("How many days you and your buddy have in a row")),
        Example("/teman @dewi", T("Asks Dewi, in private; or reply to a message of hers")),
    ),
    slash="group buddy",
)
async def buddy(
    ctx: Context,
    who: Annotated[int, Arg(help=T("Who is to be your buddy"), person=True)] = 0,
) -> Outcome:
    """Ask somebody, or show how it goes."""
    if not who:
        return Reply(await _page(ctx), personal=True)
    if who == ctx.person.id:
        raise Refusal(T("A buddy is somebody else. Reply to a message of theirs."))
    name = await _name(ctx, who)
    pairs = await _hold(ctx, who)
    asked = pairs.get((who, ctx.person.id))
    if asked and asked.state is State.ASKED:
        return Reply(await _agree(ctx, asked), personal=True)
    if await ctx.unit.pairs.together(ctx.community.id, ctx.person.id):
        return Reply(await _page(ctx, T("You have a buddy already. End that first.")), personal=True)
    before = pairs.get((ctx.person.id, who))
    taken = await ctx.unit.pairs.together(ctx.community.id, who)
    if taken or (before and before.is_quiet(ctx.now)):
        raise Refusal(T("{name} can't be your buddy at the moment. Perhaps somebody else would like to?", name=name))
    await _withdraw(ctx)
    await ctx.unit.pairs.put(Pair(ctx.community.id, ctx.person.id, who, ctx.now))
    await ctx.tell(who, ask, ctx.person.id)
    return Reply(await _page(ctx), personal=True)


@job("buddy-ask")
async def ask(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody is asked whom another wants as a buddy."""
    found = await _between(ctx, subject, ctx.person.id)
    if found is None or found.state is not State.ASKED:
        return jobs.State.DROPPED
    scope = ctx.community.id
    row: Row = (
        Button(T("Yes, together"), accept(scope, subject, owner=ctx.person.id), tone=Tone.MAIN),
        Button(T("Not now"), decline(scope, subject, owner=ctx.person.id)),
    )
    name = await _name(ctx, subject)
    text = T("{name} would like to finish the daily quizzes together with you.", name=name)
    how = T("You would both see how many days in a row you both finished, and nothing else of each other.")
    return card(T("A buddy for the daily quiz?"), text, how, rows=(row,))


@action("buddy-yes", right=Role.MEMBER)
async def accept(ctx: Context, asker: int) -> Outcome:
    """Say yes."""
    pair = (await _hold(ctx, asker)).get((asker, ctx.person.id))
    if pair is None or pair.state is not State.ASKED:
        raise Refusal(_OVER)
    return Reply(await _agree(ctx, pair), replaces=True, personal=True)


@action("buddy-no", right=Role.MEMBER)
async def decline(ctx: Context, asker: int) -> Outcome:
    """Say no; nobody is told."""
    pair = (await _hold(ctx, asker)).get((asker, ctx.person.id))
    if pair and pair.state is State.ASKED:
        await ctx.unit.pairs.put(replace(pair, state=State.DECLINED, at=ctx.now))
    return Reply(say(T("That's fine, and nobody is told.")), replaces=True, personal=True)


@action("buddy-end", right=Role.MEMBER)
async def end(ctx: Context, other: int) -> Outcome:
    """End it, or take back what was asked."""
    pairs = await _hold(ctx, other)
    for pair in (pairs.get((ctx.person.id, other)), pairs.get((other, ctx.person.id))):
        if pair and (pair.state is State.TOGETHER or _waits(ctx, pair)):
            await ctx.unit.pairs.put(replace(pair, state=State.ENDED, at=ctx.now))
            if pair.state is State.TOGETHER:
                await ctx.tell(other, ended, ctx.person.id)
    return Reply(await _page(ctx), replaces=True, personal=True)


@job("buddy-yes-told")
async def agreed(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose buddy said yes."""
    pair = await ctx.unit.pairs.together(ctx.community.id, ctx.person.id)
    if pair is None or pair.other(ctx.person.id) != subject:
        return jobs.State.DROPPED
    text = T("{name} is your buddy now. Days that you both finish count.", name=await _name(ctx, subject))
    return say(text)


@job("buddy-end-told")
async def ended(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose buddy has ended it."""
    pair = await ctx.unit.pairs.together(ctx.community.id, ctx.person.id)
    if pair and pair.other(ctx.person.id) == subject:
        return jobs.State.DROPPED
    name, command_ = await _name(ctx, subject), code("/buddy")
    return say(
        T("{name} and you no longer count days together. {command} finds a new buddy.", name=name, command=command_)
    )


async def finished(ctx: Context, day: date) -> None:
    """Carry the streak of the pair that the asker is in on, if the buddy has finished the quiz of that day too.

    The asker's own streak is stored already: whoever comes second finds the other's.
    """
    pair = await ctx.unit.pairs.together(ctx.community.id, ctx.person.id)
    seat = await ctx.unit.people.seat(ctx.community.id, pair.other(ctx.person.id)) if pair else None
    if pair and seat and seat.streak.last == day:
        missed = 0
        if pair.last:
            first, last = pair.last.toordinal(), day.toordinal()
            missed = await ctx.unit.quizzes.days_between(ctx.community.id, first, last)
        await ctx.unit.pairs.put(carry(pair, day, missed))


async def _agree(ctx: Context, pair: Pair) -> Message:
    """Let a held request become a pair, unless one of the two is in another meanwhile."""
    for person in (ctx.person.id, pair.person):
        if await ctx.unit.pairs.together(ctx.community.id, person):
            raise Refusal(T("One of you has a buddy already, so this is no longer open."))
    await _withdraw(ctx)
    await ctx.unit.pairs.put(replace(pair, state=State.TOGETHER, at=ctx.now, length=0, best=0, last=None))
    await ctx.tell(pair.person, agreed, ctx.person.id)
    return await _page(ctx)


async def _withdraw(ctx: Context) -> None:
    """Take back what the asker has asked others, who have not answered yet."""
    for pair in await ctx.unit.pairs.of(ctx.community.id, ctx.person.id):
        if _waits(ctx, pair):
            await ctx.unit.pairs.put(replace(pair, state=State.ENDED, at=ctx.now))


async def _hold(ctx: Context, other: int) -> Mapping[tuple[int, int], Pair]:
    """All pairs of the asker by who asked whom; nobody else makes or ends one of these two people's meanwhile."""
    for person in sorted((ctx.person.id, other)):
        await ctx.unit.people.member(ctx.community.id, person)
    return {(pair.person, pair.buddy): pair for pair in await ctx.unit.pairs.of(ctx.community.id, ctx.person.id)}


async def _between(ctx: Context, asker: int, asked: int) -> Pair | None:
    found = await ctx.unit.pairs.of(ctx.community.id, asked)
    return next((pair for pair in found if (pair.person, pair.buddy) == (asker, asked)), None)


async def _page(ctx: Context, *told: T) -> Message:
    """How it goes, or what is open, or how to begin."""
    pairs = await ctx.unit.pairs.of(ctx.community.id, ctx.person.id)
    mine = [pair for pair in pairs if pair.state is State.TOGETHER or _waits(ctx, pair)]
    if not mine:
        how = T(
            "Reply with {command} to a message of somebody whom you'd like to finish the daily quizzes with. "
            "Only the two of you see the days that you both finished.",
            command=code("/buddy"),
        )
        return card(T("No buddy yet"), *told, how)
    pair = min(mine, key=lambda each: each.state is not State.TOGETHER)
    other = pair.other(ctx.person.id)
    name = await _name(ctx, other)
    stop = end(ctx.community.id, other, owner=ctx.person.id)
    if pair.state is State.TOGETHER:
        return card(
            T("Your buddy"),
            *told,
            together(name, pair.length, pair.best),
            rows=((Button(T("No longer together"), stop),),),
        )
    waits = T("{name} is asked in private and may say yes or no.", name=name)
    return card(T("Your buddy"), *told, waits, rows=((Button(T("Take it back"), stop),),))


def _waits(ctx: Context, pair: Pair) -> bool:
    """Whether it is what the asker has asked and nobody has answered."""
    return pair.person == ctx.person.id and pair.state is State.ASKED


async def _name(ctx: Context, person: int) -> Name:
    names = await ctx.unit.people.names([person])
    return Name(names.get(person, ""), f"#{person}")
