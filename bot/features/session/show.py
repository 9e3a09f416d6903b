"""What comes: the next dates with what one said to them, and one date whole."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.message import Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Name, Run, T, bold, code
from bot.command import Example, Menu, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.agenda import Occurrence
from bot.domain.library import shorten
from bot.domain.quiz import local_date
from bot.domain.rsvp import Answer
from bot.features import sheet
from bot.features.session.dates import WINDOWS, moment, rests
from bot.features.session.done import LONGEST_SHOWN
from bot.features.session.entry import upcoming

PAGE = 4
"""Dates of a page: a row of buttons each, and one to turn the pages, are as many as Discord shows."""

RSVP = "session-rsvp"
"""The action that stores what somebody says to a date; it stands with what becomes of that."""

LABELS: Mapping[Answer, T] = {
    Answer.YES: T("I'm coming"),
    Answer.LATE: T("I'll be late"),
    Answer.MAYBE: T("Maybe"),
    Answer.NO: T("Can't come"),
}
SAID: Mapping[Answer, T] = {
    Answer.YES: T("you come"),
    Answer.LATE: T("you come late"),
    Answer.MAYBE: T("you may come"),
    Answer.NO: T("you don't come"),
}


@command(
    "sessions",
    right=Role.MEMBER,
    aliases=("jadwal", "session list", "sesi daftar"),
    summary=T("The next study sessions, and saying whether you come"),
    examples=(Example("/sessions", T("The next four, with what you said to them")),),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="jadwal",
    role_aware=True,
    slash="session list",
)
async def sessions(ctx: Context) -> Outcome:
    """The first page."""
    return Reply(await _page(ctx, 0), personal=True)


@action("session-list", right=Role.MEMBER, role_aware=True)
async def turn(ctx: Context, start: int) -> Outcome:
    """Another page, in place."""
    return Reply(await _page(ctx, max(0, start)), replaces=True, personal=True)


async def ahead(ctx: Context, most: int) -> Sequence[Occurrence]:
    """The next dates of all sessions that are not over, also those that rest."""
    found: Sequence[Occurrence] = ()
    for window in WINDOWS:
        found = await upcoming(ctx, ctx.now, ctx.now + window)
        if len(found) >= most:
            break
    return found[:most]


async def _page(ctx: Context, start: int) -> Message:
    found = await ahead(ctx, start + PAGE + 1)
    shown = found[start : start + PAGE]
    scope = ctx.community.id
    if not shown:
        return _nothing(ctx)
    said = await _said(ctx)
    names = await ctx.unit.people.names([one.host for one in shown if one.host])
    mine = [said.get((one.series.id, one.day)) for one in shown]
    lines = tuple(
        (f"{n}. ", *_line(one, said, names)) for n, (one, said) in enumerate(zip(shown, mine, strict=True), start + 1)
    )
    rows = [_row(ctx, n, one, said) for n, (one, said) in enumerate(zip(shown, mine, strict=True), start + 1) if one.on]
    back: Row = (Button(T("Back"), turn(scope, max(0, start - PAGE))),) if start else ()
    on: Row = (Button(T("More"), turn(scope, start + PAGE)),) if len(found) > start + PAGE else ()
    plan: Row = (Button(T("Plan a session"), go("session new", scope=scope)),) if ctx.role >= Role.ORGANISER else ()
    calendar: Row = (Button(T("In my calendar"), go("calendar", scope=scope)),)
    return card(T("What comes"), sheet.stack(lines), rows=(*rows, (*back, *on, *calendar, *plan)))


def _nothing(ctx: Context) -> Message:
    """An empty list that says what can be done."""
    scope = ctx.community.id
    if ctx.role >= Role.ORGANISER:
        how = T("Plan the first one in a message: {example}", example=code("/session new Monday 7pm Algebra"))
        return say(
            T("No session is planned."), how, rows=((Button(T("Plan a session"), go("session new", scope=scope)),),)
        )
    wish = T(
        "No session is planned. When would you like to meet? {command} tells the organisers.", command=code("/suggest")
    )
    return say(wish)


async def _said(ctx: Context) -> Mapping[tuple[int, object], Answer]:
    since = local_date(ctx.now, ctx.community.zone) - timedelta(days=2)
    rsvps = await ctx.unit.rsvps.of_person(ctx.community.id, ctx.person.id, since)
    return {(each.series, each.day): each.answer for each in rsvps}


def _line(one: Occurrence, said: Answer | None, names: Mapping[int, str]) -> Line:
    """Which, when, where, who leads it, and what one said."""
    parts: list[Line] = [(bold(f"{one.series.name} {one.title}"),), (moment(one),)]
    if reason := rests(one):
        return _joined([*parts, (reason,)])
    if one.where or one.url:
        shown = one.where or shorten(one.url.removeprefix("https://"), LONGEST_SHOWN)
        parts.append((Run(shown, url=one.url),))
    if one.host in names:
        parts.append((T("led by {name}", name=Name(names[one.host])),))
    if said:
        parts.append((SAID[said],))
    return _joined(parts)


def _joined(parts: Sequence[Line]) -> Line:
    return tuple(piece for at, part in enumerate(parts) for piece in ((" · ", *part) if at else part))


def _row(ctx: Context, number: int, one: Occurrence, said: Answer | None) -> Row:
    shown = (Answer.YES, Answer.MAYBE, Answer.NO)
    scope = ctx.community.id
    return tuple(
        Button(
            T("{n}: {answer}", n=number, answer=LABELS[answer]),
            Press(RSVP, scope, (one.subject, answer.value)),
            pick=answer is said,
        )
        for answer in shown
    )


async def next_of(ctx: Context) -> Line:
    """The next date to which the person said yes, () for none."""
    said = await _said(ctx)
    coming = [
        one
        for one in await ahead(ctx, 20)
        if one.on and (answer := said.get((one.series.id, one.day))) and answer.comes
    ]
    return (
        (T("Your next session: {title}, {when}.", title=bold(coming[0].title), when=moment(coming[0])),)
        if coming
        else ()
    )
