"""How a need or an offer goes on: its author is asked before it ends, settles it, keeps it or ends it."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, say
from bot.chat.places import Ref, Role
from bot.chat.text import Moment, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.board import ASK_BEFORE, HANGS_FOR, MOST_OPEN, Slip, State, Step, next_step
from bot.domain.jobs import Job
from bot.domain.quiet import awake
from bot.features.board import card, entry, page
from bot.followup import deletion

CLOCK = "board-clock"
"""The work that looks at an open slip when its next step is due."""


async def put(ctx: Context, slip: Slip) -> None:
    """Store a held slip, let it be found as it now is, renew its cards, and plan what comes next."""
    await ctx.unit.board.save(slip)
    await entry.index(ctx, slip)
    await ctx.renew(card.show, slip.id)
    if slip.state is State.OPEN:
        _, at = next_step(slip)
        await ctx.unit.jobs.put(Job(slip.community, f"{CLOCK}:{slip.id}", CLOCK, slip.id, at))


@job(CLOCK)
async def step(ctx: Context, subject: int) -> None:
    """Do what is due for an open slip, and plan what comes after it."""
    slip = await ctx.unit.board.hold(ctx.community.id, subject)
    if slip is None or slip.state is not State.OPEN:
        return None
    what, at = next_step(slip)
    if at > ctx.now:
        return await put(ctx, slip)
    if what is Step.END:
        return await put(ctx, replace(slip, state=State.OVER))
    await ctx.tell(slip.author, still, slip.id, awake(ctx.now, ctx.community.zone))
    # Where we slept for long, it does not end before its author could say a word.
    return await put(ctx, replace(slip, asked=True, ends_at=max(slip.ends_at, ctx.now + ASK_BEFORE)))


@job("board-still")
async def still(ctx: Context, subject: int) -> Message | jobs.State:
    """Ask its author whether it hangs on; each answer to that is one tap."""
    slip = await ctx.unit.board.get(ctx.community.id, subject)
    if slip is None or slip.state is not State.OPEN or not slip.asked:
        return jobs.State.DROPPED
    scope = slip.community
    row: Row = (
        Button(T("Keep it"), page.press("keep", scope, subject), tone=Tone.MAIN),
        Button(T("It is settled"), page.press("end", scope, subject, State.TAKEN)),
        Button(T("End it"), page.press("end", scope, subject, State.OVER)),
    )
    text = T("{name} comes off the board {when}. Keep it up?", name=code(slip.name), when=Moment(slip.ends_at))
    how = T("{command} shows it.", command=code(f"/board {slip.name}"))
    return say(text, slip.title, how, rows=(row,))


@action("board-keep", right=Role.MEMBER)
async def keep(ctx: Context, number: int) -> Outcome:
    """Let one's own slip hang once more, also where it has just come down."""
    slip = await _own(ctx, number)
    if slip.state is not State.OPEN and await _is_full(ctx, slip):
        raise Refusal(T("You have {n} of these open already. End one of them first.", n=MOST_OPEN))
    slip = replace(slip, state=State.OPEN, asked=False, ends_at=ctx.now + HANGS_FOR)
    await put(ctx, slip)
    await _post_again(ctx, slip)
    told = T("It hangs for {n} days more.", n=HANGS_FOR.days)
    return Reply(await page.page(ctx, slip, told), replaces=True, personal=True)


async def _post_again(ctx: Context, slip: Slip) -> None:
    """Post its card wherever it is gone."""
    cards = await ctx.unit.cards.standing(slip.community, f"{page.CARD}:{slip.id}")
    there = {(ref.place.platform, ref.place.chat) for ref in cards}
    for venue in await ctx.unit.communities.venues(slip.community):
        if not venue.paused and (venue.place.platform, venue.place.chat) not in there:
            await ctx.post_anew(venue.place, card.show, slip.id)


async def _is_full(ctx: Context, slip: Slip) -> bool:
    return await ctx.unit.board.open_of(slip.community, slip.author, slip.side) >= MOST_OPEN


@action("board-end", right=Role.MEMBER)
async def end(ctx: Context, number: int, how: str) -> Outcome:
    """Take one's own slip down, settled or not."""
    slip = await _own(ctx, number)
    if how not in (State.TAKEN, State.OVER):
        raise Refusal(page.TOO_OLD)
    if slip.state is State.OPEN:
        slip = replace(slip, state=State(how))
        await put(ctx, slip)
    return Reply(await page.page(ctx, slip, T("Saved.")), replaces=True, personal=True)


async def _own(ctx: Context, number: int) -> Slip:
    slip = await page.find(ctx, number, held=True)
    if slip.author != ctx.person.id:
        raise Refusal(page.TOO_OLD)
    return slip


@action("board-remove", right=Role.MODERATOR)
async def remove(ctx: Context, number: int) -> Outcome:
    """Take somebody's slip down for good; nothing is left of its words, and its author hears of it."""
    slip = await page.find(ctx, number, held=True)
    await put(ctx, replace(slip, text="", tags=(), state=State.REMOVED))
    if slip.author != ctx.person.id:
        await ctx.tell(slip.author, removed, number, awake(ctx.now, ctx.community.zone))
    return Reply(say(T("{name} is removed.", name=code(slip.name))), replaces=True, personal=True)


@job("board-removed")
async def removed(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose slip a moderator removed."""
    slip = await ctx.unit.board.get(ctx.community.id, subject)
    if slip is None or slip.state is not State.REMOVED:
        return jobs.State.DROPPED
    return say(T("A moderator took your {name} off the board. Ask if you wonder why.", name=code(slip.name)))


@deletion(page.CARD)
async def gone(ctx: Context, subject: int, message: Ref | None) -> None:
    """Its card was deleted, by whoever may: that ends it everywhere."""
    if message:
        await ctx.unit.cards.forget(message)
    slip = await ctx.unit.board.hold(ctx.community.id, subject)
    if slip and slip.state is State.OPEN:
        await put(ctx, replace(slip, state=State.OVER))
