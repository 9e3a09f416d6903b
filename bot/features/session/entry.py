"""Dates of sessions as jobs, buttons and words name them."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.context import Context
from bot.domain.agenda import Occurrence, Series, in_zone, merged, occurrence, occurrences
from bot.domain.dated import read_name, read_subject
from bot.domain.recurrence import dates

MEMORY = 60
"""Days back from which changes are looked at when the coming dates are listed; `STRAYS` is as long."""


async def series_of(ctx: Context, number: int, *, held: bool = False) -> Series | None:
    """The series of that number on the group's clock; `held` lets nobody else change it until this unit ends."""
    sessions = ctx.unit.sessions
    found = await (sessions.hold if held else sessions.get)(ctx.community.id, number)
    return in_zone(found, ctx.community.zone) if found else None


async def find(ctx: Context, subject: int, *, held: bool = False) -> Occurrence | None:
    """The date of that number as it is now, None where the series has none (any more).

    Of what the rule has no longer only those dates are known that were called off, or that something is noted of.
    """
    try:
        number, day, _ = read_subject(subject)
    except (ValueError, OverflowError):
        return None
    series = await series_of(ctx, number, held=held)
    if series is None:
        return None
    change = await ctx.unit.sessions.change(series.community, series.id, day)
    try:
        one = occurrence(series, day, change)
    except (ValueError, OverflowError):
        return None  # the calendar ends before that day does in the zone of the series
    over = one.ends <= ctx.now
    if (over or not series.over) and next(dates(series.rule, day, day), None):
        return one
    return one if change.revision and (over or not one.on) else None


async def known(ctx: Context, subject: int, *, held: bool = False) -> Occurrence:
    """The same; refuses kindly where there is none."""
    found = await find(ctx, subject, held=held)
    if found is None:
        raise Refusal(T("This session is no more. {command} shows what comes.", command=code("/sessions")))
    return found


async def upcoming(ctx: Context, start: datetime, end: datetime) -> Sequence[Occurrence]:
    """The dates of all series that are not over by `start` and begin before `end`, also those that rest."""
    community = ctx.community
    changes = await ctx.unit.sessions.all_changes(community.id, date.fromordinal(start.toordinal() - MEMORY))
    running = [in_zone(each, community.zone) for each in await ctx.unit.sessions.running(community.id)]
    return merged(occurrences(each, changes.get(each.id, {}), start, end) for each in running)


async def called(ctx: Context, text: str, start: datetime, end: datetime) -> Occurrence:
    """The date that "S7" (the next one of it) or "S7.2026-12-14" names; "" is the next of all. Refuses for others."""
    number, day = read_name(text) if text.strip() else (0, None)
    coming = [one for one in await upcoming(ctx, start, end) if one.on or day]
    if text.strip():
        coming = [one for one in coming if one.series.id == number and day in (None, one.day)]
    if not coming:
        raise Refusal(
            T("I know no such session. {command} shows what comes.", command=code("/sessions"))
            if text.strip()
            else T("No session is planned. An organiser plans one with {command}.", command=code("/session new"))
        )
    return coming[0]
