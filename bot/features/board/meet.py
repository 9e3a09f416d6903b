"""Bringing two people together: what fits is told to both, and names are passed on only if both agree."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Quote, Reply, Row, Toast, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Name, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.board import Meeting, Side, Slip, State, meets
from bot.domain.quiet import awake
from bot.features.board import page
from bot.features.rich import inline

MOST_READ = 200
"""Slips of the other side that are looked at, the newest."""

NOTED = T("Noted. If the other one agrees too, I tell each of you the other's name.")


async def match(ctx: Context, slip: Slip) -> None:
    """Tell both authors of what fits together, once for each two people."""
    board = await ctx.unit.board.page(slip.community, slip.side.other, 0, MOST_READ)
    for each in meets(slip, board):
        need, offer = (slip, each) if slip.side is Side.NEED else (each, slip)
        made = Meeting(slip.community, 0, need.id, offer.id, need.author, offer.author)
        if meeting := await ctx.unit.board.add_meeting(made):
            await _tell(ctx, meeting, meeting.host)
            await _tell(ctx, meeting, meeting.guest)


async def _tell(ctx: Context, meeting: Meeting, person: int) -> None:
    await ctx.tell(person, met, meeting.id, awake(ctx.now, ctx.community.zone))


@action("board-answer", right=Role.MEMBER)
async def answer(ctx: Context, number: int) -> Outcome:
    """Answer a slip: its author hears that somebody did, and not yet who."""
    slip = await page.find(ctx, number)
    if slip.state is not State.OPEN:
        raise Refusal(T("{name} is over already.", name=code(slip.name)))
    if slip.author == ctx.person.id:
        raise Refusal(T("This one is yours. {command} shows it.", command=code(f"/board {slip.name}")))
    known = await ctx.unit.board.meeting_of(slip.community, number, ctx.person.id)
    if known:
        return Toast(await _agree(ctx, known))
    made = Meeting(slip.community, 0, number, 0, slip.author, ctx.person.id, guest_agrees=True)
    if meeting := await ctx.unit.board.add_meeting(made):
        await _tell(ctx, meeting, slip.author)
    return Toast(NOTED)


@action("board-agree", right=Role.MEMBER)
async def agree(ctx: Context, number: int) -> Outcome:
    """Agree to be introduced."""
    meeting = await _mine(ctx, number)
    if not meeting.is_agreed and not await _is_open(ctx, meeting):
        raise Refusal(T("This is over already. {command} shows what is open.", command=code("/board")))
    return Reply(say(await _agree(ctx, meeting)), replaces=True, personal=True)


@action("board-pass", right=Role.MEMBER)
async def decline(ctx: Context, number: int) -> Outcome:
    """Want no introduction; nobody hears of that."""
    meeting = await _mine(ctx, number)
    if not meeting.is_agreed:
        await ctx.unit.board.save_meeting(_said(meeting, ctx.person.id, agrees=False))
    return Reply(say(T("All right. Nobody hears of it.")), replaces=True, personal=True)


async def _mine(ctx: Context, number: int) -> Meeting:
    meeting = await ctx.unit.board.meeting(ctx.community.id, number)
    if meeting is None or ctx.person.id not in (meeting.host, meeting.guest):
        raise Refusal(page.TOO_OLD)
    return meeting


async def _agree(ctx: Context, meeting: Meeting) -> T:
    """Keep that the actor agrees; once both do, what the actor is told names the other one."""
    before, meeting = meeting, _said(meeting, ctx.person.id, agrees=True)
    partner = meeting.partner(ctx.person.id)
    if meeting != before:
        await ctx.unit.board.save_meeting(meeting)
        if meeting.is_agreed:
            await ctx.tell(partner, introduced, meeting.id, awake(ctx.now, ctx.community.zone))
    return await _introduction(ctx, meeting, partner) if meeting.is_agreed else NOTED


def _said(meeting: Meeting, person: int, *, agrees: bool) -> Meeting:
    if person == meeting.host:
        return replace(meeting, host_agrees=agrees)
    return replace(meeting, guest_agrees=agrees)


async def _introduction(ctx: Context, meeting: Meeting, partner: int) -> T:
    names = await ctx.unit.people.names([partner])
    who = Name(names.get(partner, ""), "?")
    return T("{who} and you both agreed about {name}. Say hello!", who=who, name=code(f"B{meeting.slip}"))


async def _is_open(ctx: Context, meeting: Meeting) -> bool:
    """Whether everything that it is about still hangs."""
    numbers = {meeting.slip, meeting.other} - {0}
    return len(await ctx.unit.board.some(meeting.community, sorted(numbers))) == len(numbers)


@job("board-met")
async def met(ctx: Context, subject: int) -> Message | jobs.State:
    """What one of the two hears: what fits their own slip, or that somebody answered it."""
    board, scope = ctx.unit.board, ctx.community.id
    meeting = await board.meeting(scope, subject)
    if meeting is None or meeting.agrees(ctx.person.id) or not await _is_open(ctx, meeting):
        return jobs.State.DROPPED
    mine, theirs = (meeting.slip, meeting.other) if ctx.person.id == meeting.host else (meeting.other, meeting.slip)
    own, other = await board.get(scope, mine), await board.get(scope, theirs)
    if own is None:
        return jobs.State.DROPPED
    row: Row = (
        Button(T("Introduce us"), page.agreeing(meeting), tone=Tone.MAIN),
        Button(T("No, thanks"), page.press("pass", scope, subject)),
    )
    how = T(
        "Each of you hears the other's name only if both agree. Here it is again: {command}",
        command=code(f"/board {own.name}"),
    )
    if other is None:
        return say(_answered(own), own.title, how, rows=(row,))
    title = T("{name} may fit your {own}", name=other.name, own=own.name)
    return card(title, Quote(inline(other.text)), how, rows=(row,))


def _answered(own: Slip) -> T:
    if own.side is Side.NEED:
        return T("Somebody can help you with {name}.", name=code(own.name))
    return T("Somebody would like what you offer in {name}.", name=code(own.name))


@job("board-introduced")
async def introduced(ctx: Context, subject: int) -> Message | jobs.State:
    """What the one who agreed first hears."""
    meeting = await ctx.unit.board.meeting(ctx.community.id, subject)
    if meeting is None or not meeting.is_agreed:
        return jobs.State.DROPPED
    return say(await _introduction(ctx, meeting, meeting.partner(ctx.person.id)))
