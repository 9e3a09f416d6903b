"""Who leads a date of a session, and when the next host is drawn."""

from datetime import datetime, timedelta

from bot.chat.text import Line, Name, T
from bot.context import Context
from bot.domain.agenda import Occurrence, Series, occurrences
from bot.domain.dated import subjects
from bot.domain.host import DRAWN_AHEAD
from bot.domain.jobs import Job

DRAW = "session-draw"

_FAR = timedelta(days=800)


async def line(ctx: Context, one: Occurrence) -> Line:
    """Who leads it, () for nobody; in a group of minors nobody is named."""
    if not one.host:
        return (T("Nobody leads this one yet."),) if one.series.rota else ()
    if ctx.community.minors:
        return ()
    names = await ctx.unit.people.names((one.host,))
    return (T("Led by {name}", name=Name(names.get(one.host, ""))),)


async def plan(ctx: Context, series: Series, after: datetime | None = None) -> None:
    """Let the next date without a host after that moment (now) get one in time, where hosts take turns."""
    await ctx.unit.jobs.cancel(series.community, DRAW, subjects(series.id))
    if not series.rota or series.over:
        return
    start = after or ctx.now
    changes = await ctx.unit.sessions.changes(series.community, series.id)
    coming = occurrences(series, changes, start, start + _FAR)
    one = next((each for each in coming if each.on and not each.change.host and each.starts > start), None)
    if one:
        at = max(one.starts - DRAWN_AHEAD, ctx.now)
        await ctx.unit.jobs.put(Job(series.community, f"{DRAW}:{one.subject}", DRAW, one.subject, at))
