"""Changing a session: all its dates or one of them, by taps and words, seen before it counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Outcome, Paragraph, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.agenda import STRAYS, Change, Kind, Occurrence, Series, in_zone
from bot.domain.amendment import Amendment, retimed
from bot.domain.dated import subject
from bot.domain.quiz import local_date
from bot.domain.recurrence import Frequency, Rule, instant, next_date
from bot.domain.when import Read, Unclear
from bot.features.session import draft, field, page, when
from bot.features.session.choose import SERIES, Chosen, chosen
from bot.features.session.dates import coming, moment
from bot.features.session.entry import known
from bot.features.session.new import ROOM
from bot.param import Arg

MOST_OFFERED = 3
"""Dates of a series that are offered by themselves."""

TIME = Arg(
    help=T("The new time, like 20.00 or Selasa 19.30"),
    ask=T("To when? Like {one} or {other}.", one=code("20.00"), other=code("Selasa 19.30")),
    most=ROOM,
    judge=when.check_move,
)

UNCLEAR_FOR_ALL = T("Say the whole rule, like {example}.", example=code("tiap Senin dan Kamis 19.00"))


@command(
    "session edit",
    right=Role.ORGANISER,
    aliases=("sesi ubah", "session ubah", "sesi edit"),
    summary=T("Change a session: all its dates or one of them"),
    examples=(
        Example("/session edit S7", T("Asks whether all dates are meant, then shows what can be changed")),
        Example("/sesi ubah S7 title Aljabar linear", T("Another title")),
    ),
)
async def edit(
    ctx: Context,
    session: Annotated[str, SERIES],
    what: Annotated[str, Arg(help=T("What to change"), choices=field.CHOICES)] = "",
    words: Annotated[str, Arg(help=T("What it becomes, - for nothing"), most=field.LONGEST_WORDS)] = "",
) -> Outcome:
    """The draft at once where only one is possible, or else the choice between all dates and one."""
    found = await chosen(ctx, session)
    if found.series.over or (found.one and found.one.ends <= ctx.now):
        raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
    drafts = await _drafts(ctx, found, what if words else "", words)
    if len(drafts) == 1:
        ((_, amendment),) = drafts
        return Reply(await page.shown(ctx, await draft.put(ctx, amendment), amendment), personal=True)
    rows: list[Row] = []
    for label, amendment in drafts:
        number = await draft.put(ctx, amendment)
        rows.append((Button(label, draft.press(draft.SHOW, ctx, number, draft.FIRST)),))
    return Reply(say(T("All its dates, or only one?"), rows=tuple(rows)), personal=True)


async def _drafts(ctx: Context, found: Chosen, what: str, words: str) -> Sequence[tuple[T, Amendment]]:
    """What may be meant, each with what its button says."""
    series = found.series
    changes = await ctx.unit.sessions.changes(series.community, series.id)
    if found.one and what not in field.SERIES_ONLY:
        return ((T("All dates"), filled(Amendment(changes=(found.one.change,)), what, words)),)
    drafts = [(T("All dates"), filled(Amendment((series,)), what, words))]
    if series.repeats and what not in field.SERIES_ONLY:
        dates = [one for one in coming(series, changes, ctx.now, MOST_OFFERED + 2) if one.on][:MOST_OFFERED]
        drafts += [
            (T("Only {when}", when=moment(one)), filled(Amendment(changes=(one.change,)), what, words)) for one in dates
        ]
    return drafts


def filled(amendment: Amendment, what: str, words: str) -> Amendment:
    """The draft with these words for what they are about, "" for nothing."""
    if not what:
        return amendment
    if amendment.series:
        return replace(amendment, series=tuple(replace(each, **field.read(what, words)) for each in amendment.series))
    return replace(
        amendment, changes=tuple(replace(each, **field.read_for_date(what, words)) for each in amendment.changes)
    )


@action(draft.SHOW, right=Role.ORGANISER)
async def show(ctx: Context, number: int, which: int) -> Outcome:
    """A page of a draft."""
    return Reply(await page.shown(ctx, number, await draft.look(ctx, number), which), replaces=True, personal=True)


async def _question(_ctx: Context, _number: int, what: str) -> tuple[Block, ...]:
    if what not in field.FIELDS:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    return (Paragraph((field.FIELDS[what].question,)),)


@action(draft.FILL, right=Role.ORGANISER, intro=_question)
async def fill(
    ctx: Context,
    number: int,
    what: str,
    words: Annotated[
        str,
        Arg(
            help=T("What it becomes, - for nothing"),
            ask=T("Send it in one message, or {nothing} for nothing.", nothing=code(field.NOTHING)),
            most=field.LONGEST_WORDS,
        ),
    ],
) -> Outcome:
    """Words for one thing of a draft."""
    amendment = filled(await draft.look(ctx, number), what, words)
    await ctx.unit.drafts.save_amendment(number, amendment)
    return Reply(await page.shown(ctx, number, amendment), personal=True)


@action(draft.KNOB, right=Role.ORGANISER)
async def knob(ctx: Context, number: int, what: str) -> Outcome:
    """One tap switches one thing of a draft."""
    amendment = await draft.look(ctx, number)
    if not amendment.series:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    amendment = replace(amendment, series=(_switched(ctx, amendment.series[0], what),))
    await ctx.unit.drafts.save_amendment(number, amendment)
    where = draft.FIRST if what == page.REPEAT else draft.MORE
    return Reply(await page.shown(ctx, number, amendment, where), replaces=True, personal=True)


@action(draft.RETIME, right=Role.ORGANISER)
async def retime(ctx: Context, number: int, words: Annotated[str, TIME]) -> Outcome:
    """Another time for a draft."""
    amendment = await draft.look(ctx, number)
    if amendment.series:
        series = in_zone(amendment.series[0], ctx.community.zone)
        reading: Read | Unclear = when.understood(ctx, words, series.rule.zone)
        make = partial(_retimed, ctx, series)
    else:
        one = await known(ctx, subject(amendment.changes[0].series, amendment.changes[0].day))
        series, reading = one.series, when.for_date(ctx, one, words)
        make = partial(_moved, one, amendment.changes[0])
    if isinstance(reading, Unclear):
        return Reply(await draft.asked_back(ctx, reading, series, make), personal=True)
    amendment = make(reading)
    await ctx.unit.drafts.save_amendment(number, amendment)
    return Reply(await page.shown(ctx, number, amendment), personal=True)


async def of_series(ctx: Context, series: Series, reading: Read | Unclear) -> Reply:
    """All its dates at the time that was said, to be confirmed."""
    make = partial(_retimed, ctx, series)
    if isinstance(reading, Unclear):
        return Reply(await draft.asked_back(ctx, reading, series, make), personal=True)
    amendment = make(reading)
    return Reply(await page.shown(ctx, await draft.put(ctx, amendment), amendment), personal=True)


def _retimed(ctx: Context, series: Series, read: Read) -> Amendment:
    """The series at the time that was said; a length that was not said stays."""
    rule = read.rule if read.timed else replace(read.rule, minutes=series.rule.minutes)
    if series.id:
        found = retimed(series.rule, rule, local_date(ctx.now, rule.zone))
        if found is None:
            raise Refusal(UNCLEAR_FOR_ALL)
        rule = found
    zoned = rule.zone != ctx.community.zone if read.zoned else series.zoned
    return Amendment((replace(series, rule=rule, zoned=zoned),))


def _moved(one: Occurrence, change: Change, read: Read) -> Amendment:
    return Amendment(changes=(moved(one, change, read),))


def moved(one: Occurrence, change: Change, read: Read) -> Change:
    """The change by which a date is then; refuses what is no single time or too far away."""
    name = one.series.name
    if read.rule.frequency is not Frequency.ONCE:
        all_ = code(f"/session move {name} tiap Senin 19.00")
        raise Refusal(T("That repeats, and here it is about one date. For all: {example}", example=all_))
    start = instant(read.rule.first, read.rule.at, read.rule.zone).astimezone(ZoneInfo(one.series.rule.zone))
    if abs(start.date() - one.day) > STRAYS:
        raise Refusal(T("A date can be moved by {n} days at most. Plan a new session for later.", n=STRAYS.days))
    minutes = read.rule.minutes if read.timed else change.minutes
    return replace(change, on=start.date(), at=start.time(), minutes=minutes)


def _repeated(rule: Rule, today: date) -> Rule:
    """Once instead of every week, or the other way round."""
    if rule.frequency is Frequency.ONCE:
        return replace(rule, frequency=Frequency.WEEKLY, days=(rule.first.weekday(),))
    first = next_date(rule, today - timedelta(days=1)) or rule.first
    return Rule(first, rule.at, rule.zone, rule.minutes)


def _switched(ctx: Context, series: Series, what: str) -> Series:
    match what:
        case page.REPEAT:
            return replace(series, rule=_repeated(series.rule, local_date(ctx.now, series.rule.zone)))
        case page.LEAD:
            return replace(series, host=0 if series.host == ctx.person.id else ctx.person.id)
        case page.ROTA:
            return replace(series, rota=not series.rota)
        case page.HOLIDAYS:
            return replace(series, holidays=not series.holidays)
        case page.RAMADAN:
            return replace(series, ramadan=not series.ramadan)
    kind = next((kind for kind in Kind if kind == what), None)
    if kind is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    return replace(series, kind=kind)
