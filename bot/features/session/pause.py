"""Weeks in which a session rests: holidays, exams, a fast."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, T, bold, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.agenda import Rest, Series, in_zone, occurrences
from bot.domain.amendment import Amendment
from bot.domain.community import Pause
from bot.domain.quiz import local_date
from bot.domain.rest import LONGEST, MOST_PAUSES
from bot.features import sheet
from bot.features.pause import line, understood
from bot.features.session import choose, draft
from bot.features.session.dates import moment
from bot.param import Arg

ALL = ("all", "semua")

MOST_SHOWN = 5
"""Dates that fall into a pause and are named; how many more there are is said as a number."""


def _check(words: str) -> None:
    if words.casefold() not in ALL:
        choose.check(words)


@command(
    "session pause",
    right=Role.ORGANISER,
    aliases=("sesi jeda", "session jeda", "sesi pause"),
    summary=T("Let a session rest for some weeks, or all of them"),
    examples=(
        Example("/session pause S7 1/12 12/12 Pekan ujian", T("The days, and why")),
        Example("/sesi jeda semua 24/12 2/1", T("All sessions")),
        Example("/session pause S7", T("Its pauses, with buttons that end them")),
    ),
)
async def pause(
    ctx: Context,
    session: Annotated[
        str,
        Arg(
            help=T("Which session, like S7, or all"),
            ask=T("Which session?"),
            most=40,
            complete=choose.series,
            suggests=True,
            check=_check,
        ),
    ],
    first: Annotated[str, Arg(help=T("First day, like 1/12"), most=20)] = "",
    last: Annotated[str, Arg(help=T("Last day, like 12/12"), most=20)] = "",
    reason: Annotated[str, Arg(help=T("Why, shown to the group"), most=60)] = "",
) -> Outcome:
    """Show which dates fall into it, or the pauses that there are."""
    meant = await _meant(ctx, session)
    if not first:
        return Reply(_listed(ctx, meant), personal=True)
    rest = understood(first, last or "", reason or "", local_date(ctx.now, ctx.community.zone))
    if rest.last - rest.first > LONGEST:
        raise Refusal(T("A pause has at most {n} days. For longer, cancel the session: {command}", n=LONGEST.days,
                        command=code("/session cancel")))  # fmt: skip
    wanted = tuple(_with(ctx, series, rest) for series in meant)
    lines = (line(rest), *await _falling_out(ctx, wanted, rest))
    return await draft.confirm(ctx, T("Let it rest?"), T("Let it rest"), Amendment(wanted), *lines)


@action("session-resume", right=Role.ORGANISER)
async def resume(ctx: Context, number: int, first: int, last: int) -> Outcome:
    """Ask whether that pause, its days being ordinals, is to end; 0 is that of all series."""
    today = local_date(ctx.now, ctx.community.zone)
    days = date.fromordinal(first), date.fromordinal(last)
    meant = await _meant(ctx, f"S{number}" if number else ALL[0])
    wanted = tuple(new for each in meant if (new := _without(each, *days, today)) != each)
    if not wanted:
        raise Refusal(T("That pause is over."))
    lines = [(bold(series.title), " · ", *line(Pause(*days))) for series in wanted]
    return await draft.confirm(ctx, T("End this pause?"), T("End this pause"), Amendment(wanted), *lines)


async def _meant(ctx: Context, words: str) -> Sequence[Series]:
    if words.casefold() not in ALL:
        series = (await choose.chosen(ctx, words)).series
        if series.over:
            raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
        return (series,)
    found = [in_zone(each, ctx.community.zone) for each in await ctx.unit.sessions.running(ctx.community.id)]
    if not found:
        raise Refusal(T("No session is planned. An organiser plans one with {command}.", command=code("/session new")))
    return found


def _with(ctx: Context, series: Series, rest: Pause) -> Series:
    today = local_date(ctx.now, series.rule.zone)
    kept = [each for each in series.pauses if each.last >= today and each != rest]
    if len(kept) >= MOST_PAUSES:
        raise Refusal(T("There are {n} pauses already. Remove one first: {command}", n=MOST_PAUSES,
                        command=code(f"/session pause {series.name}")))  # fmt: skip
    return replace(series, pauses=tuple(sorted((*kept, rest), key=lambda each: (each.first, each.last))))


def _without(series: Series, first: date, last: date, today: date) -> Series:
    """The series without that pause from today on: of one that has begun the days before stay."""
    pauses: list[Pause] = []
    for each in series.pauses:
        if (each.first, each.last) != (first, last):
            pauses.append(each)
        elif each.first < today <= each.last:
            pauses.append(replace(each, last=today - timedelta(days=1)))
    return replace(series, pauses=tuple(pauses))


async def _falling_out(ctx: Context, wanted: Sequence[Series], rest: Pause) -> list[Line]:
    """The dates that rest then."""
    found = []
    for series in wanted:
        changes = await ctx.unit.sessions.changes(series.community, series.id)
        end = ctx.now + (rest.last - local_date(ctx.now, series.rule.zone)) + timedelta(days=2)
        ahead = occurrences(series, changes, ctx.now, end)
        found += [one for one in ahead if one.rest is Rest.PAUSE and rest.first <= one.day <= rest.last]
    lines: list[Line] = [(bold(one.title), " · ", moment(one)) for one in found[:MOST_SHOWN]]
    if more := len(found) - len(lines):
        lines.append((T("and {n} more date", "and {n} more dates", n=more),))
    return lines or [(T("No date falls into it."),)]


def _listed(ctx: Context, meant: Sequence[Series]) -> Message:
    today = local_date(ctx.now, ctx.community.zone)
    found = [(series, each) for series in meant for each in series.pauses if each.last >= today]
    how = T("A pause: {example}", example=code("/session pause S7 1/12 12/12"))
    if not found:
        return say(T("No pause is planned."), how)
    shown = found[:MOST_SHOWN]
    lines = tuple((f"{n}. ", bold(series.name), " · ", *line(each)) for n, (series, each) in enumerate(shown, 1))
    ends: Row = tuple(
        Button(T("End {n}", n=n), resume(series.community, series.id, each.first.toordinal(), each.last.toordinal()))
        for n, (series, each) in enumerate(shown, 1)
    )
    return card(T("Pauses"), sheet.stack(lines), how, rows=(ends,))
