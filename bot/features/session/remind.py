"""Announcing a date and reminding of it: each reminder once, late ones marked, what is of no more use left out."""

from dataclasses import replace

from bot.chat.message import Message, Paragraph, card
from bot.chat.text import Inline, Line, Mention, T
from bot.command import job
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.dated import read_subject
from bot.domain.host import PREPARED_AHEAD
from bot.domain.jobs import State
from bot.domain.lead import GROUP, LEADS, USEFUL_FOR, USUAL, due, is_late, is_told, wants
from bot.domain.rsvp import Answer, Rsvp, seats
from bot.features.session import plan
from bot.features.session.card import options, show
from bot.features.session.clock import when
from bot.features.session.dates import rests, whole
from bot.features.session.entry import find
from bot.features.session.out import is_out
from bot.features.session.place import where

MOST_CALLED = 30
"""People whom one message calls; more would be cut off on the platforms."""


@job(plan.ANNOUNCE)
async def announce(ctx: Context, subject: int) -> State | None:
    """Post the card in every place, unless the date is over or called off."""
    one = await find(ctx, subject)
    if one is None or not one.on:
        return None
    if ctx.now > one.starts + USEFUL_FOR:
        return State.DROPPED
    await ctx.post(show, subject)
    return None


@job(plan.LEAD)
async def lead(ctx: Context, subject: int) -> State | None:
    """Remind those who come and want this reminder, and with the last one the group."""
    one = await find(ctx, subject, held=True)
    _, _, number = read_subject(subject)
    # A date that was moved to later has another job for this reminder.
    if one is None or not one.on or number not in LEADS or ctx.now < due(one, number):
        return None
    series, leads = one.series, ctx.unit.leads
    marks = await leads.marks(series.community, series.id, one.day)
    if is_told(one, number, marks.get(number)):
        return None
    await leads.mark(series.community, series.id, one.day, number, one.starts)
    if ctx.now > one.starts + USEFUL_FOR:
        return State.DROPPED
    await _tell(ctx, one, number)
    if number == GROUP:
        await _call(ctx, one)
    return None


async def _tell(ctx: Context, one: Occurrence, number: int) -> None:
    """Each person gets what they chose; whoever leads the date is reminded like those who come.

    A day before, they get the draft of the agenda instead.
    """
    people = {each.person for each in await _coming(ctx, one)} | {one.host}
    people -= {0, one.host if LEADS[number] == PREPARED_AHEAD else 0}
    chosen = await ctx.unit.leads.get(one.series.community, sorted(people))
    for person in sorted(people):
        if wants(chosen.get(person, USUAL), one, number, ctx.now):
            await ctx.tell(person, remind, one.subject + number)


async def _coming(ctx: Context, one: Occurrence) -> tuple[Rsvp, ...]:
    rsvps = await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day)
    return seats(rsvps, one.capacity).coming


@job(plan.REMIND)
async def remind(ctx: Context, subject: int) -> Message | State:
    """What somebody hears who comes: when and where, as it is at this moment."""
    one = await find(ctx, subject)
    _, _, number = read_subject(subject)
    if one is None or not one.on or not due(one, number) <= ctx.now <= one.starts + USEFUL_FOR:
        return State.DROPPED
    mine = next((each for each in await _coming(ctx, one) if each.person == ctx.person.id), None)
    if (mine is None and one.host != ctx.person.id) or await is_out(ctx.unit, ctx.community.id, ctx.person.id, ctx.now):
        return State.DROPPED
    lines: list[Inline] = [whole(one)]
    if is_late(one, number, ctx.now):
        lines.append(T("This comes late, sorry: I was away."))
    places = [Paragraph(line) for line in await where(ctx, one)]
    row = (options(ctx, one, mine.answer),) if mine else ()
    return card(T("Soon: {title}", title=one.title), *lines, *places, rows=row)


async def _call(ctx: Context, one: Occurrence) -> None:
    """Remind the group below all that was said, also where it was reminded before the date moved."""
    for venue in await ctx.unit.communities.venues(one.series.community):
        if not venue.paused:
            await ctx.post_anew(venue.place, near, one.subject)


@job("session-near", planned=True)
async def near(ctx: Context, subject: int) -> Message | State | None:
    """The group's one reminder: it calls those who said yes, and sounds where somebody comes.

    Where it stands already it says what became of the date since.
    """
    one = await find(ctx, subject)
    if one is None:
        return None
    stands = await ctx.unit.cards.get(ctx.community.id, f"{near.name}:{subject}", ctx.place)
    if not one.on or ctx.now < due(one, GROUP):
        return _other(ctx, one) if stands else None
    if not stands and ctx.now > one.starts + USEFUL_FOR:
        return State.DROPPED
    away = not stands and is_late(one, GROUP, ctx.now)
    late: tuple[Line, ...] = ((T("This comes late, sorry: I was away."),),) if away else ()
    called = await _called(ctx, one)
    lines = (when(ctx, one), *late, *await where(ctx, one), *((called,) if called else ()))
    blocks = tuple(Paragraph(line) for line in lines)
    made = card(T("Starting soon: {title}", title=one.title), *blocks)
    return replace(made, silent=not await _coming(ctx, one))


def _other(ctx: Context, one: Occurrence) -> Message:
    """What the group's reminder says of a date that moved after it, or does not take place."""
    title = one.title
    if reason := rests(one):
        why = T("This session does not take place: {reason}.", reason=reason)
        return card(T("Called off: {title}", title=title), whole(one), why)
    return card(T("Changed: {title}", title=title), Paragraph(when(ctx, one)))


async def _called(ctx: Context, one: Occurrence) -> Line:
    """Those who said yes and are on this platform; in a group of minors nobody is named."""
    if ctx.community.minors:
        return ()
    people = [each.person for each in await _coming(ctx, one) if each.answer is Answer.YES and not each.guest]
    names = await ctx.unit.people.names(people[:MOST_CALLED])
    pieces: list[Inline] = []
    for person in people[:MOST_CALLED]:
        accounts = await ctx.unit.people.accounts(person)
        here = next((each for each in accounts if each.platform == ctx.place.platform), None)
        if here:
            pieces += [" ", Mention(here, names.get(person, ""))] if pieces else [Mention(here, names.get(person, ""))]
    return tuple(pieces)
