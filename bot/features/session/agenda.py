"""An agenda for a date, drafted from what the group has open: questions, weak topics, new resources."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Moment, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.agenda import Occurrence
from bot.features.session import plan
from bot.features.session.card import show
from bot.features.session.entry import called, find, known
from bot.features.session.matter import draft, shown
from bot.param import Arg

MOST_LINES, LONGEST_LINE = 8, 120
SOON = timedelta(days=60)


@command(
    "session agenda",
    right=Role.MEMBER,
    aliases=("sesi agenda",),
    summary=T("What the next session is about: a draft, or your own lines"),
    examples=(
        Example("/session agenda", T("The draft for the next session")),
        Example("/session agenda S7\nReview of Q12\nExercises 3 to 5", T("Your own lines, for whoever leads it")),
    ),
    role_aware=True,
)
async def agenda(
    ctx: Context,
    session: Annotated[str, Arg(help=T("A session like S7; the next one if left out"), most=20, form=r"s\d+\S*")] = "",
    lines: Annotated[tuple[str, ...], Arg(help=T("Lines of the agenda, one each"), most=MOST_LINES)] = (),
) -> Outcome:
    """Show it to whoever asks; whoever leads the date, and organisers, write it."""
    one = await called(ctx, session or "", ctx.now, ctx.now + SOON)
    if lines:
        one = await _save(ctx, one.subject, tuple(line[:LONGEST_LINE] for line in lines), drafted=False)
    return Reply(await _page(ctx, one), personal=True)


@action("session-agenda-show", right=Role.MEMBER, role_aware=True)
async def publish(ctx: Context, subject: int) -> Outcome:
    """Let the group see the draft on the card; it goes on following what is open."""
    return Reply(await _page(ctx, await _save(ctx, subject, (), drafted=True)), replaces=True, personal=True)


@action("session-agenda-hide", right=Role.MEMBER, role_aware=True)
async def hide(ctx: Context, subject: int) -> Outcome:
    """Take the agenda off the card."""
    return Reply(await _page(ctx, await _save(ctx, subject, (), drafted=False)), replaces=True, personal=True)


@job(plan.PREPARE)
async def prepare(ctx: Context, subject: int) -> jobs.State | None:
    """A day before, its host gets the draft."""
    one = await find(ctx, subject)
    if one is None or not one.on or not one.host:
        return None
    if ctx.now >= one.starts:
        return jobs.State.DROPPED
    await ctx.tell(one.host, drafted, subject)
    return None


@job("session-agenda")
async def drafted(ctx: Context, subject: int) -> Message | jobs.State:
    """The draft, for whoever leads the date."""
    one = await find(ctx, subject)
    if one is None or not one.on or one.host != ctx.person.id or ctx.now >= one.starts:
        return jobs.State.DROPPED
    return await _page(ctx, one)


async def _save(ctx: Context, subject: int, lines: tuple[str, ...], *, drafted: bool) -> Occurrence:
    """Store it, for whoever leads the date and for organisers."""
    one = await known(ctx, subject, held=True)
    if not _may_write(ctx, one):
        raise Refusal(T("The agenda is written by whoever leads the session, or an organiser."))
    change = replace(one.change, agenda=lines, drafted=drafted)
    await ctx.unit.sessions.put(change)
    await ctx.renew(show, subject)
    return replace(one, change=change)


def _may_write(ctx: Context, one: Occurrence) -> bool:
    return one.host == ctx.person.id or ctx.role >= Role.ORGANISER


async def _page(ctx: Context, one: Occurrence) -> Message:
    written = bool(one.change.agenda or one.change.drafted)
    lines = await shown(ctx, one) or await draft(ctx, one)
    title = T("Agenda of {title}, {when}", title=one.title, when=Moment(one.starts))
    if not lines:
        quiet = T("No question waits and nothing is new. A good day for a quiz: {command}", command=code("/quiz"))
        lines = ((quiet,),)
    told = T("The group sees this on the card.") if written else T("A draft that nobody else sees.")
    return card(title, Bullets(lines), told, rows=_rows(ctx, one, written=written))


def _rows(ctx: Context, one: Occurrence, *, written: bool) -> tuple[Row, ...]:
    if not _may_write(ctx, one):
        return ()
    scope = one.series.community
    if written:
        return ((Button(T("Take it off the card"), hide(scope, one.subject)),),)
    return ((Button(T("Show it to the group"), publish(scope, one.subject), tone=Tone.MAIN),),)
