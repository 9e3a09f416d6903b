"""Holidays and exam weeks: days on which the daily quiz rests."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Day, Line, T, code
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.domain.community import Community, Pause
from bot.domain.quiz import local_date
from bot.domain.rest import LONGEST, MOST_PAUSES, with_pause
from bot.domain.when import Fault
from bot.features import daily, sheet
from bot.formats.when import read_date
from bot.param import Arg


def _day(words: str) -> None:
    """Refuse what is no date; which year is meant is decided when it is known what day it is."""
    _read(words, date(2024, 1, 1))


def _day_or_words(words: str) -> None:
    """The same for what may be the reason already: dates begin with a digit."""
    if words[:1].isdigit():
        _day(words)


def _read(words: str, today: date) -> date:
    day = read_date(words, today)
    if isinstance(day, Fault):
        raise Refusal(
            T("I couldn't read that date. Try {first} or {second}.", first=code("1/12"), second=code("2026-12-01"))
        )
    return day


_FIRST = Arg(help=T("First day, like 1/12"), ask=T("From which day? Like 1/12."), most=20, check=_day)
_LAST = Arg(help=T("Last day, like 12/12"), most=20, check=_day_or_words)


@command(
    "quizpause add",
    right=Role.ORGANISER,
    aliases=("jedakuis tambah", "quizpause tambah", "jedakuis add", "group pause", "grup jeda"),
    summary=T("Let the daily quiz rest, for holidays or an exam week"),
    examples=(
        Example("/quizpause add 1/12 12/12 Pekan ujian", T("Rest for these days, and say why")),
        Example("/quizpause add 24/12", T("Rest for one day")),
    ),
    slash="group pause",
)
async def add(
    ctx: Context,
    first: Annotated[str, _FIRST],
    last: Annotated[str, _LAST] = "",
    reason: Annotated[str, Arg(help=T("Why, shown to the group"), most=60)] = "",
) -> Outcome:
    """Store the pause."""
    community = await ctx.held()
    wanted = understood(first, last, reason, local_date(ctx.now, community.zone))
    if wanted.last - wanted.first > LONGEST:
        raise Refusal(
            T(
                "A pause has at most {n} days. Turn the quiz off in {command} for longer.",
                n=LONGEST.days,
                command=code("/setup"),
            )
        )
    return Reply(_card(ctx, await _rest(ctx, community, wanted)))


def understood(first: str, last: str, reason: str, today: date) -> Pause:
    """The pause that these words say; what follows a single day is its reason already. Refuses what is over."""
    begins = ends = _read(first, today)
    if last[:1].isdigit():
        ends = _read(last, begins)
    else:
        reason = f"{last} {reason}".strip()
    if ends < begins or ends < today:
        raise Refusal(T("That pause would be over before it begins. Please give the first day and then the last."))
    return Pause(begins, ends, reason)


@command(
    "quizpause list",
    right=Role.ORGANISER,
    aliases=("jedakuis daftar", "quizpause daftar", "jedakuis list", "group pauses", "grup daftarjeda"),
    summary=T("The days on which the daily quiz rests"),
    examples=(Example("/quizpause list", T("Every pause, with a button that removes it")),),
    slash="group pauses",
)
async def list_pauses(ctx: Context) -> Outcome:
    """Every pause that is not over."""
    return Reply(_card(ctx, ctx.community))


@action("pause-end", right=Role.ORGANISER)
async def remove(ctx: Context, first: int, last: int) -> Outcome:
    """Take a pause away; the days are ordinals."""
    community = await ctx.held()
    pauses = tuple(p for p in community.quizzes.pauses if (p.first.toordinal(), p.last.toordinal()) != (first, last))
    community = await _save(ctx, community, pauses)
    return Reply(_card(ctx, community), replaces=True)


@action("pause-holidays", right=Role.ORGANISER)
async def rest_on_holidays(ctx: Context, on: int) -> Outcome:
    """Rest on public holidays, or no longer."""
    community = await ctx.held()
    community = replace(community, quizzes=replace(community.quizzes, holidays=bool(on)))
    await ctx.unit.communities.save(community)
    await daily.plan(ctx, community)
    return Reply(_card(ctx, community), replaces=True)


@action("pause-week", right=Role.ORGANISER)
async def rest_a_week(ctx: Context) -> Outcome:
    """Rest from tomorrow for seven days."""
    community = await ctx.held()
    today = local_date(ctx.now, community.zone)
    pause = Pause(today + timedelta(days=1), today + timedelta(days=7))
    return Reply(_card(ctx, await _rest(ctx, community, pause)), replaces=True)


async def _rest(ctx: Context, community: Community, pause: Pause) -> Community:
    """Store one pause more, where there may be another."""
    pauses = with_pause(community.quizzes, pause, local_date(ctx.now, community.zone))
    if len(pauses) > MOST_PAUSES:
        raise Refusal(
            T(
                "There are {n} pauses already. Remove one first: {command}",
                n=MOST_PAUSES,
                command=code("/quizpause list"),
            )
        )
    return await _save(ctx, community, pauses)


async def _save(ctx: Context, community: Community, pauses: tuple[Pause, ...]) -> Community:
    """Store the pauses; the next quiz is planned anew."""
    community = replace(community, quizzes=replace(community.quizzes, pauses=pauses))
    await ctx.unit.communities.save(community)
    await daily.plan(ctx, community)
    return community


def _card(ctx: Context, community: Community) -> Message:
    today, scope = local_date(ctx.now, community.zone), community.id
    pauses = [pause for pause in community.quizzes.pauses if pause.last >= today]
    rows: list[Row] = [
        (Button(T("Remove {n}", n=number), remove(scope, pause.first.toordinal(), pause.last.toordinal())),)
        for number, pause in enumerate(pauses, 1)
    ]
    rows.append((Button(T("Rest for a week from tomorrow"), rest_a_week(scope)),))
    on = community.quizzes.holidays
    label = T("Quiz on public holidays too") if on else T("Rest on public holidays")
    rows.append((Button(label, rest_on_holidays(scope, int(not on))),))
    lines = sheet.stack((f"{number}. ", *line(pause)) for number, pause in enumerate(pauses, 1))
    state = (
        T("On Indonesian public holidays there is no quiz.")
        if on
        else T("On public holidays there is a quiz as usual.")
    )
    if not pauses:
        return card(T("Pauses of the daily quiz"), T("No pause is planned."), state, rows=tuple(rows))
    return card(T("Pauses of the daily quiz"), lines, state, rows=tuple(rows))


def line(pause: Pause) -> Line:
    """The pause's days and its reason."""
    days = T("{first} to {last}", first=Day(pause.first), last=Day(pause.last))
    if pause.first == pause.last:
        days = T("{day}, one day", day=Day(pause.first))
    return (days, f" · {pause.reason}") if pause.reason else (days,)


FEATURE = Feature(
    commands=(add, list_pauses),
    actions=(remove, rest_on_holidays, rest_a_week),
    groups=(("quizpause", T("Days on which the daily quiz rests")),),
)
