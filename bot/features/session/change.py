"""What becomes of dates: cancelled, left out, moved, given back, and a week off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import Line, T, bold, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.agenda import Change, Occurrence, Rest, resting
from bot.domain.amendment import Amendment
from bot.domain.quiz import instant, local_date
from bot.domain.recurrence import Frequency
from bot.domain.rota import monday
from bot.domain.rsvp import seats
from bot.domain.when import Read, Unclear
from bot.features.session import draft
from bot.features.session.choose import CHANGED, DATE, SERIES, chosen, date_of
from bot.features.session.dates import coming, moment
from bot.features.session.edit import TIME, moved, of_series
from bot.features.session.entry import upcoming
from bot.features.session.save import difference
from bot.features.session.when import for_date
from bot.param import Arg

LONGEST_REASON = 100
WEEK = timedelta(days=7)

REASON = Arg(help=T("Why, shown to the group"), most=LONGEST_REASON)


@command(
    "session cancel",
    right=Role.ORGANISER,
    aliases=("sesi batal", "session batal", "sesi cancel"),
    summary=T("End a session: none of its dates takes place any more"),
    examples=(Example("/session cancel S7", T("Asks first, and tells whoever said yes")),),
)
async def cancel(ctx: Context, session: Annotated[str, SERIES]) -> Outcome:
    """Ask whether the whole series is meant."""
    found = await chosen(ctx, session)
    series = found.series
    if series.over:
        raise Refusal(T("{name} is cancelled already. {command} takes it up again.", name=series.name,
                        command=code(f"/session restore {series.name}")))  # fmt: skip
    ahead = coming(series, await ctx.unit.sessions.changes(series.community, series.id), ctx.now, 1)
    lines = [_all_from(one) for one in ahead] + await _who(ctx, ahead)
    if ahead and series.repeats:
        one_date = code(f"/session skip {(found.one or ahead[0]).name}")
        lines.append((T("Only one date? {command}", command=one_date),))
    wanted = Amendment((replace(series, over=True),))
    # "Cancel" beside "Cancel it" would be taken for the same.
    title, stay = T("Cancel {name}?", name=series.name), T("No, leave it")
    return await draft.confirm(ctx, title, T("Cancel it"), wanted, *lines, stay=stay)


def _all_from(one: Occurrence) -> Line:
    return (T("{title}, all dates from {when} on", title=bold(one.series.title), when=moment(one)),)


@command(
    "session skip",
    right=Role.ORGANISER,
    aliases=("sesi lewati", "session lewati", "sesi skip"),
    summary=T("Leave out one date of a session"),
    examples=(
        Example("/session skip S7", T("The next date, after you have seen which it is")),
        Example("/sesi lewati S7.2026-12-14 Pemateri sakit", T("That date, and the reason")),
    ),
)
async def skip(ctx: Context, session: Annotated[str, DATE], reason: Annotated[str, REASON] = "") -> Outcome:
    """Ask whether that date is meant."""
    one = await date_of(ctx, session)
    if not one.on:
        back = code(f"/session restore {one.name}")
        raise Refusal(T("It does not take place as it is. {command} gives it back.", command=back))
    if not one.series.repeats:
        return await cancel.handler(ctx, one.series.name)
    wanted = replace(one.change, rest=Rest.OFF, reason=reason or "", kept=False)
    return await _confirm(ctx, T("Leave out this date?"), T("Leave it out"), one, wanted)


@command(
    "session move",
    right=Role.ORGANISER,
    aliases=("sesi pindah", "session pindah", "sesi move"),
    summary=T("Move one date of a session to another time"),
    examples=(
        Example("/session move S7 20.00", T("The next date, on its day at another hour")),
        Example("/sesi pindah S7.2026-12-14 Selasa 19.30", T("That date to another day")),
        Example("/session move S7 tiap Selasa 19.00", T("All dates from now on")),
    ),
)
async def move(ctx: Context, session: Annotated[str, DATE], when: Annotated[str, TIME]) -> Outcome:
    """Show the time before and after."""
    one = await date_of(ctx, session)
    reading = for_date(ctx, one, when)
    read = reading.options[0] if isinstance(reading, Unclear) else reading
    if read.rule.frequency is not Frequency.ONCE or not one.series.repeats:
        return await of_series(ctx, one.series, reading)
    if isinstance(reading, Unclear):
        make = partial(_moved, one)
        return Reply(await draft.asked_back(ctx, reading, one.series, make), personal=True)
    (change,) = _moved(one, reading).changes
    return await _confirm(ctx, T("Move this date?"), T("Move it"), one, change)


def _moved(one: Occurrence, read: Read) -> Amendment:
    return Amendment(changes=(moved(one, one.change, read),))


@command(
    "session restore",
    right=Role.ORGANISER,
    aliases=("sesi kembalikan", "session kembalikan", "sesi restore"),
    summary=T("Give back a date that was left out, moved or changed"),
    examples=(Example("/session restore S7.2026-12-14", T("It is again as all the others")),),
)
async def restore(ctx: Context, session: Annotated[str, CHANGED]) -> Outcome:
    """Ask whether that date is meant; a series that was cancelled is taken up again."""
    found = await chosen(ctx, session)
    series = found.series
    if series.over:
        again = replace(series, over=False)
        ahead = coming(again, {}, ctx.now, 1)
        if not ahead:
            raise Refusal(T("{name} has no date ahead any more. Plan a new one: {command}", name=series.name,
                            command=code("/session new")))  # fmt: skip
        title = T("Take {name} up again?", name=series.name)
        return await draft.confirm(ctx, title, T("Take it up again"), Amendment((again,)), _all_from(ahead[0]))
    one = found.one or await _first_changed(ctx, session)
    if one.ends <= ctx.now:
        raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
    return await _confirm(ctx, T("Give this date back?"), T("Give it back"), one, _as_usual(one))


def _as_usual(one: Occurrence) -> Change:
    """A date that rests takes place again; one that takes place is as all the others."""
    change = one.change
    if not one.on:
        return replace(change, rest=Rest.NONE, reason="", kept=_rests_by_itself(one))
    blank = Change(change.community, change.series, change.day)
    own = {name: getattr(blank, name) for name in ("on", "at", "minutes", "title", "topic", "where", "url", "channel")}
    usual = replace(change, **own, capacity=None)
    if usual == change:
        raise Refusal(T("This date is as all the others. {command} shows what comes.", command=code("/sessions")))
    return usual


def _rests_by_itself(one: Occurrence) -> bool:
    return resting(one.series, one.day) is not Rest.NONE or one.rest is Rest.QUORUM


async def _first_changed(ctx: Context, session: str) -> Occurrence:
    """The next date of a series with which anything is different."""
    series = (await chosen(ctx, session)).series
    changes = await ctx.unit.sessions.changes(series.community, series.id)
    ahead = coming(series, changes, ctx.now, 50)
    return next((one for one in ahead if not one.on or one.moved), None) or await date_of(ctx, session)


@command(
    "session off",
    right=Role.ORGANISER,
    aliases=("libur", "sesi libur", "session libur"),
    summary=T("A week off: none of this week's sessions takes place"),
    examples=(
        Example("/session off", T("What is left of this week, after you have seen it")),
        Example("/libur Pekan ujian", T("The same, with the reason")),
    ),
)
async def off(ctx: Context, reason: Annotated[str, REASON] = "") -> Outcome:
    """Ask whether that is meant."""
    return await _week_off(ctx, reason or "", 0)


@action("session-week", right=Role.ORGANISER)
async def other_week(ctx: Context, later: int) -> Outcome:
    """The same for another week."""
    reply = await _week_off(ctx, "", max(0, min(later, 9)))
    return replace(reply, replaces=True)


async def _week_off(ctx: Context, reason: str, later: int) -> Reply:
    zone = ctx.community.zone
    first = monday(local_date(ctx.now, zone)) + later * WEEK
    start, end = (instant(day, datetime.min.time(), zone) for day in (first, first + WEEK))
    found = [one for one in await upcoming(ctx, max(start, ctx.now), end) if one.on and one.starts > ctx.now]
    next_ = Button(T("Next week instead"), other_week(ctx.community.id, later + 1))
    if not found:
        raise Refusal(T("Nothing is planned for the rest of that week."), next_)
    changes = tuple(replace(one.change, rest=Rest.OFF, reason=reason, kept=False) for one in found)
    lines = [difference(one.series, one.series, one.change, new) for one, new in zip(found, changes, strict=True)]
    lines += await _who(ctx, found)
    return await draft.confirm(
        ctx, T("A week off?"), T("Yes, a week off"), Amendment(changes=changes), *lines, rows=((next_,),)
    )


async def _confirm(ctx: Context, title: T, label: T, one: Occurrence, wanted: Change) -> Reply:
    lines = [difference(one.series, one.series, one.change, wanted), *await _who(ctx, (one,))]
    return await draft.confirm(ctx, title, label, Amendment(changes=(wanted,)), *lines)


async def _who(ctx: Context, dates: Sequence[Occurrence]) -> list[Line]:
    """How many people are told."""
    count = 0
    for one in dates:
        said = seats(await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day), one.capacity)
        count += len(said.coming) + len(said.waiting) + len(said.maybe)
    return [(T("{n} person hears of it.", "{n} people hear of it.", n=count),)] if count else []
