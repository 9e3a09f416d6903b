"""The public card of a date: one in every place, edited as people say whether they come and as the session goes."""

from collections.abc import Sequence

from bot.chat.message import Block, Bullets, Button, Message, Paragraph, Row, Tone, card
from bot.chat.press import Press
from bot.chat.text import Inline, Line, Listing, Moment, Name, Shape, T, Value
from bot.command import job
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.jobs import State
from bot.domain.presence import closed_at
from bot.domain.recurrence import instant
from bot.domain.rsvp import Answer, Rsvp, Seats, seats
from bot.features.session import attend, done, host, matter
from bot.features.session.clock import when
from bot.features.session.dates import moment, rests
from bot.features.session.entry import find
from bot.features.session.page import KINDS
from bot.features.session.place import where
from bot.features.session.show import LABELS, RSVP

MOST_NAMES = 10
"""Names of people who come; of the others only the number is told."""


@job("session-card", planned=True)
async def show(ctx: Context, subject: int) -> Message | State | None:
    """The card as the date is now. No place is told of one that is over or called off before it was announced there."""
    one = await find(ctx, subject)
    if one is None:
        return None
    stands = await ctx.unit.cards.get(ctx.community.id, f"{show.name}:{subject}", ctx.place)
    if not stands and (not one.on or ctx.now >= one.ends):
        return State.DROPPED
    found = seats(await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day), one.capacity)
    blocks = await _blocks(ctx, one, found)
    title = T("{kind}: {title}", kind=KINDS[one.series.kind], title=one.title)
    return card(title, *blocks, rows=_rows(ctx, one))


async def _blocks(ctx: Context, one: Occurrence, found: Seats) -> Sequence[Block]:
    """When, where and who; what it is about; who comes, or how it was."""
    lines: list[Inline | Line] = [*_when(ctx, one), *await where(ctx, one)]
    if one.topic:
        lines.append(T("About: {topic}", topic=one.topic))
    if who := await host.line(ctx, one):
        lines.append(who)
    blocks: list[Block] = [Paragraph(line if isinstance(line, tuple) else (line,)) for line in lines]
    if one.on and ctx.now < closed_at(one) and (topics := await matter.shown(ctx, one)):
        blocks.append(Bullets(topics))
    if one.on:
        rest = await done.outcome(ctx, one) if ctx.now >= closed_at(one) else await _who(ctx, one, found)
        blocks += [Paragraph(line) for line in rest]
    return blocks


def _when(ctx: Context, one: Occurrence) -> Sequence[Inline | Line]:
    """The time, and what is unusual about it."""
    if reason := rests(one):
        return (when(ctx, one), T("This one does not take place: {reason}.", reason=reason))
    usual = instant(one.day, one.series.rule.at, one.series.rule.zone)
    lines: list[Inline | Line] = [when(ctx, one)]
    if one.moved:
        lines.append(T("Moved from {when}.", when=Moment(usual, Shape.SHORT, moment(one).zone)))
    if ctx.now >= closed_at(one):
        lines.append(T("It is over."))
    elif ctx.now >= one.starts:
        lines.append(T("It is running now."))
    return lines


async def _who(ctx: Context, one: Occurrence, found: Seats) -> Sequence[Line]:
    """How many come, and who; in a group of minors nobody is named."""
    if found == Seats():
        first = T("Nobody has answered yet: be the first.")
        return ((first,), *(((_room(one, found),),) if one.capacity else ()))
    late = sum(1 for rsvp in found.coming if rsvp.answer is Answer.LATE)
    count = T("{n} person comes", "{n} people come", n=len(found.coming))
    parts: list[Inline] = [count]
    if late:
        parts += [" · ", T("{n} of them later", n=late)]
    if found.maybe:
        parts += [" · ", T("{n} maybe", n=len(found.maybe))]
    if found.no:
        parts += [" · ", T("{n} can't", n=len(found.no))]
    lines: list[Line] = [tuple(parts)]
    if one.capacity:
        lines.append((_room(one, found),))
    if found.coming and not ctx.community.minors:
        lines.append((await _names(ctx, found.coming),))
    return lines


def _room(one: Occurrence, found: Seats) -> T:
    free = one.capacity - len(found.coming)
    if free > 0:
        return T("{n} of {all} seats is free.", "{n} of {all} seats are free.", n=free, all=one.capacity)
    if found.waiting:
        return T("All {all} seats are taken, {n} on the waiting list.", all=one.capacity, n=len(found.waiting))
    return T("All {all} seats are taken. Say yes all the same: whoever waits moves up.", all=one.capacity)


async def _names(ctx: Context, coming: Sequence[Rsvp]) -> T:
    people = [rsvp.person for rsvp in coming[:MOST_NAMES]]
    names = await ctx.unit.people.names(people)
    shown: list[Value] = [Name(names.get(person, "")) for person in people]
    if more := len(coming) - len(people):
        shown.append(T("{n} more", n=more))
    return T("With {names}.", names=Listing(tuple(shown)))


def _rows(ctx: Context, one: Occurrence) -> tuple[Row, ...]:
    """Saying whether one comes, as long as it is not over; saying that one is there, while it runs."""
    rows: list[Row] = []
    if one.on and ctx.now < closed_at(one):
        rows.append(choices(one))
    if there := attend.row(one, ctx.now):
        rows.append(there)
    return tuple(rows)


def choices(one: Occurrence, picked: Answer | None = None) -> Row:
    """The four answers."""
    return tuple(
        Button(
            LABELS[answer],
            Press(RSVP, one.series.community, (one.subject, answer.value)),
            tone=Tone.MAIN if answer is Answer.YES else Tone.PLAIN,
            pick=answer is picked,
        )
        for answer in Answer
    )


def options(ctx: Context, one: Occurrence, picked: Answer | None = None) -> Row:
    """What somebody who comes or waits can answer in private; a guest, who is no member, only that they don't."""
    return choices(one, picked) if ctx.seat else attend.visiting(one, comes=True)
