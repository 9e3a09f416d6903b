"""What falls due around a date of a session, from its announcement to its end."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from bot.command import job
from bot.context import Context
from bot.domain.agenda import Change, Occurrence, Series, in_zone, occurrences
from bot.domain.dated import subject, subjects
from bot.domain.host import PREPARED_AHEAD
from bot.domain.jobs import Job
from bot.domain.lead import AHEAD, due, is_told, planned
from bot.domain.presence import BEFORE
from bot.domain.quiet import awake
from bot.domain.recurrence import next_date
from bot.features.session import host
from bot.features.session.entry import series_of
from bot.features.session.mirror import mirror

TICK = "session-tick"
ANNOUNCE = "session-announce"
LEAD = "session-lead"
REMIND = "session-remind"
BEGIN = "session-begin"
END = "session-end"
QUORUM = "session-quorum"
DOOR = "session-door"
PREPARE = "session-prepare"

OPENED, BEGUN, ENDED = 0, 8, 9
"""Among the marks of reminders: the date was planned, it began, it ended."""

DECIDED = timedelta(hours=2)
"""So long before it begins it is decided whether enough people want a date."""

FAR = timedelta(days=800)
"""Beyond the two years ahead that anything can be planned for."""


async def plan(ctx: Context, series: Series) -> None:
    """Let every date of a series be announced in time; what is near is planned at once.

    Call it again after each change of the series or of a date: what was planned and has not begun is forgotten.
    """
    series = in_zone(series, ctx.community.zone)
    # Not REMIND: whom a reminder is on its way to would else never hear it. It judges by itself whether it is of use.
    for kind in (TICK, ANNOUNCE, LEAD, PREPARE, QUORUM, DOOR, BEGIN, END):
        numbers = range(series.id, series.id + 1) if kind == TICK else subjects(series.id)
        await ctx.unit.jobs.cancel(series.community, kind, numbers)
    await _go_on(ctx, series, again=True)
    await host.plan(ctx, series)
    await mirror(ctx, series)


@job(TICK)
async def tick(ctx: Context, subject: int) -> None:
    """Dates of that series come near."""
    series = await series_of(ctx, subject, held=True)
    if series and not series.over:
        await _go_on(ctx, series, again=False)
        await host.plan(ctx, series)
        await mirror(ctx, series)


async def _go_on(ctx: Context, series: Series, *, again: bool) -> None:
    """Open the dates that are near, `again` those that were opened before; wake up when the next one comes near."""
    changes = await ctx.unit.sessions.changes(series.community, series.id)
    before: Occurrence | None = None
    # A little farther, so that the date for which this woke up is among them.
    near = ctx.now + AHEAD + timedelta(minutes=1)
    for one in occurrences(series, changes, ctx.now - AHEAD, near):
        marks = await ctx.unit.leads.marks(series.community, series.id, one.day)
        if one.on and (again or marks.get(OPENED) != one.starts):
            await _open(ctx, one, before, marks)
        before = one if one.on else before
    if coming := _next(series, changes, near):
        await _wake(ctx, series, coming.starts - AHEAD)
    elif not series.over and next_date(series.rule, (ctx.now + FAR).date()):
        await _wake(ctx, series, ctx.now + FAR)  # it rests for very long


async def _wake(ctx: Context, series: Series, at: datetime) -> None:
    await ctx.unit.jobs.put(Job(series.community, f"{TICK}:{series.id}", TICK, series.id, at))


def _next(series: Series, changes: Mapping[date, Change], after: datetime) -> Occurrence | None:
    """The first date that begins later than that; most are found in the first of these windows."""
    for window in (timedelta(days=15), timedelta(days=100), FAR):
        found = occurrences(series, changes, after, after + window)
        if coming := next((one for one in found if one.on and one.starts >= after), None):
            return coming
    return None


async def _open(ctx: Context, one: Occurrence, before: Occurrence | None, marks: Mapping[int, datetime]) -> None:
    """Plan what happens around a date and has not happened; what is too late by now says so when it falls due."""
    if ENDED in marks:
        return
    if BEGUN in marks or one.ends > one.since:
        await _put(ctx, one, END, 0, one.ends)
    if one.ends <= one.since:
        return
    # One card at a time: the next one waits until the session before is over.
    near = max(awake(one.starts - AHEAD, one.series.rule.zone), before.ends if before else one.starts - AHEAD)
    await _put(ctx, one, ANNOUNCE, 0, min(near, one.starts))
    for lead in planned(one):
        if not is_told(one, lead, marks.get(lead)):
            await _put(ctx, one, LEAD, lead, due(one, lead))
    for kind, at in _before(one):
        if at > ctx.now:
            await _put(ctx, one, kind, 0, at)
    if marks.get(BEGUN) != one.starts:
        await _put(ctx, one, BEGIN, 0, one.starts)
    await ctx.unit.leads.mark(one.series.community, one.series.id, one.day, OPENED, one.starts)


def _before(one: Occurrence) -> Iterator[tuple[str, datetime]]:
    """What is of no use when its moment has passed."""
    if one.series.quorum and not one.change.kept:
        yield QUORUM, one.starts - DECIDED
    yield PREPARE, one.starts - PREPARED_AHEAD
    yield DOOR, one.starts - BEFORE


async def _put(ctx: Context, one: Occurrence, kind: str, lead: int, at: datetime) -> None:
    number = subject(one.series.id, one.day, lead)
    await ctx.unit.jobs.put(Job(one.series.community, f"{kind}:{number}", kind, number, at))
