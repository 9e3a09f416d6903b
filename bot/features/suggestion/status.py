"""What becomes of a suggestion: moderators say it with a reason, its author hears it, organisers are reminded."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Moment, T, bold, code
from bot.command import action, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.jobs import Job
from bot.domain.quiet import awake
from bot.domain.suggestion import GIVEN, LONGEST_REASON, REMIND_AFTER, State, Suggestion, next_reminder
from bot.features.suggestion import ballot, entry, page
from bot.param import Arg

CLOCK = "suggestion-clock"
"""The work that reminds of a suggestion of which nothing was said yet."""

MOST_LISTED = 5


async def plan(ctx: Context, suggestion: Suggestion) -> None:
    """Let organisers be reminded of it when it is time."""
    if at := next_reminder(suggestion, ctx.now):
        await ctx.unit.jobs.put(Job(suggestion.community, f"{CLOCK}:{suggestion.id}", CLOCK, suggestion.id, at))


async def put(ctx: Context, suggestion: Suggestion) -> None:
    """Store a changed one that is held, and let it be found and voted about as it now is."""
    await ctx.unit.suggestions.save(suggestion)
    await entry.index(ctx, suggestion)
    if suggestion.ballot:
        await ctx.renew(ballot.show, suggestion.ballot)


async def _above(ctx: Context, number: int, state: str) -> tuple[Block, ...]:
    suggestion = await page.find(ctx, number)
    new = page.STATES[_given(state)]
    return (Paragraph((bold(f"{suggestion.name} "), suggestion.title, " → ", new)),)


_REASON = Annotated[
    str,
    Arg(
        help=T("Why, for everybody to read"),
        ask=T("Why? One or two sentences, for everybody to read."),
        most=LONGEST_REASON,
    ),
]


@action("suggestion-state", right=Role.MODERATOR, intro=_above)
async def give(ctx: Context, number: int, state: str, reason: _REASON) -> Outcome:
    """Say what becomes of it; its author hears that in private."""
    suggestion = await page.find(ctx, number, held=True)
    new = _given(state)
    removed = new is State.REMOVED
    words = "" if removed else suggestion.text
    given = replace(suggestion, text=words, state=new, reason=reason, judge=ctx.person.id, moved_at=ctx.now)
    await put(ctx, given)
    owner = await ctx.unit.suggestions.owner(suggestion.community, number)
    if owner != ctx.person.id:
        await ctx.tell(owner, moved, number, awake(ctx.now, ctx.community.zone))
    if removed:
        return Reply(say(T("{name} is removed.", name=code(suggestion.name))), personal=True)
    return Reply(await page.page(ctx, given, T("Saved.")), personal=True)


def _given(state: str) -> State:
    if state not in (*GIVEN, State.REMOVED):
        raise Refusal(page.TOO_OLD)
    return State(state)


@action("suggestion-hide", right=Role.MEMBER)
async def hide(ctx: Context, number: int) -> Outcome:
    """Take one's name off it; who made it is then known to nobody any more."""
    suggestion = await _own(ctx, number)
    await put(ctx, replace(suggestion, author=0, anonymous=True))
    text = T("{name} no longer shows your name. Who read it before may remember.", name=code(suggestion.name))
    return Reply(say(text), replaces=True, personal=True)


@action("suggestion-withdraw", right=Role.MEMBER)
async def withdraw(ctx: Context, number: int) -> Outcome:
    """Take one's own suggestion back; nothing is left of its words."""
    suggestion = await _own(ctx, number)
    await put(ctx, replace(suggestion, text="", state=State.REMOVED, moved_at=ctx.now))
    return Reply(say(T("{name} is removed.", name=code(suggestion.name))), replaces=True, personal=True)


async def _own(ctx: Context, number: int) -> Suggestion:
    suggestion = await page.find(ctx, number, held=True)
    if not await page.is_owner(ctx, suggestion):
        raise Refusal(page.TOO_OLD)
    return suggestion


@job("suggestion-moved")
async def moved(ctx: Context, subject: int) -> Message | jobs.State:
    """What its author hears when somebody said what becomes of it."""
    suggestion = await ctx.unit.suggestions.get(ctx.community.id, subject)
    if suggestion is None or suggestion.state is State.NEW or not suggestion.reason:
        return jobs.State.DROPPED
    names = await ctx.unit.people.names([suggestion.judge] if suggestion.judge else [])
    title: Line = (bold(f"{suggestion.name} · "), page.STATES[suggestion.state])
    why = Paragraph(page.why(suggestion, names))
    if suggestion.state is State.REMOVED:
        return card(title, T("Your suggestion was taken off the list."), why)
    row: Row = (Button(T("Show it"), page.press("show", suggestion.community, subject)),)
    return card(title, T("Your suggestion: {title}", title=suggestion.title), why, rows=(row,))


@job(CLOCK)
async def remind(ctx: Context, subject: int) -> None:
    """Remind organisers of one of which nothing was said yet, in private and not at night."""
    suggestion = await ctx.unit.suggestions.get(ctx.community.id, subject)
    if suggestion is None or suggestion.state is not State.NEW:
        return
    for person in await ctx.unit.people.standing(suggestion.community, Role.ORGANISER):
        await ctx.tell(person, overdue, 0, awake(ctx.now, ctx.community.zone))
    await plan(ctx, suggestion)


@job("suggestion-due")
async def overdue(ctx: Context, _subject: int) -> Message | jobs.State:
    """Those that have waited for long, each with the day until which something is to be said."""
    waiting = await ctx.unit.suggestions.waiting(ctx.community.id, MOST_LISTED)
    late = [each for each in waiting if ctx.now >= each.at + REMIND_AFTER[0]]
    if not late:
        return jobs.State.DROPPED
    lines: list[Line] = [
        (bold(f"{each.name} "), each.title, " · ", T("by {when}", when=Moment(each.due))) for each in late
    ]
    text = T("Their authors wait to hear what becomes of them. A word is enough, even a no.")
    rows = ((Button(T("Review"), go("suggestions", "new", scope=ctx.community.id)),),)
    return card(T("Suggestions without an answer"), text, Bullets(tuple(lines)), rows=rows)
