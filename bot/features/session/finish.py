"""Ending a session: notes, what was done, points for whoever led it; all of it can be taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain.address import LONGEST, check_keys, read_address
from bot.domain.agenda import Occurrence
from bot.domain.dated import read_name
from bot.domain.dated import subject as number_of
from bot.domain.jobs import Job, State
from bot.domain.points import session_cause, session_reward
from bot.domain.presence import AFTER, LONGEST_RECAP, closed_at, recent
from bot.features.points.reward import give, take_back
from bot.features.session import attend, done, parting, plan, voice
from bot.features.session.card import show
from bot.features.session.choose import label
from bot.features.session.entry import find, known, upcoming
from bot.param import Arg, Choice

LATEST = timedelta(days=14)
"""So long after a session it is found without its date."""

SHUT = "session-shut"

_NOTES = Annotated[
    str, Arg(help=T("The address of the notes"), ask=T("Send the address of the notes (https)."), most=LONGEST)
]
_RECAP = Annotated[
    str, Arg(help=T("What was done"), ask=T("What was done? A sentence or two is enough."), most=LONGEST_RECAP)
]


async def lately(ctx: Context, text: str) -> tuple[Choice, ...]:
    """Sessions that have begun lately, the last first."""
    begun = [one for one in await upcoming(ctx, ctx.now - LATEST, ctx.now) if one.on]
    found = [one for one in reversed(begun) if text.casefold() in f"{one.name} {one.title}".casefold()]
    return tuple(Choice(one.name.lower(), label(one)) for one in found)


@command(
    "session done",
    right=Role.MEMBER,
    aliases=("sesi selesai", "session selesai", "sesi done"),
    summary=T("End a session, with notes and what was done"),
    examples=(
        Example("/session done", T("Ends the session that was last")),
        Example("/sesi selesai S7 https://example.org/notes", T("With the address of the notes")),
        Example("/session done S7 We solved all of sheet 3.", T("With what was done")),
    ),
    role_aware=True,
)
async def finish(
    ctx: Context,
    session: Annotated[
        str,
        Arg(
            help=T("Which session, like S7; the last one is meant without"),
            form=r"s\d{1,8}([.-]\d{4}-\d\d-\d\d)?",
            most=40,
            complete=lately,
        ),
    ] = "",
    notes: Annotated[str, Arg(help=T("The address of the notes"), form=r"https?://\S+", most=LONGEST)] = "",
    recap: Annotated[str, Arg(help=T("What was done"), most=LONGEST_RECAP)] = "",
) -> Outcome:
    """End the one that is meant; what is not given stays as it was written before."""
    one = await known(ctx, (await _meant(ctx, session or "")).subject, held=True)
    return Reply(await _end(ctx, one, notes or "", recap or ""), personal=True)


async def _meant(ctx: Context, text: str) -> Occurrence:
    number, day = read_name(text) if text else (0, None)
    if day:
        return await known(ctx, number_of(number, day))
    begun = [one for one in await upcoming(ctx, ctx.now - LATEST, ctx.now) if attend.leads(ctx, one)]
    own = [one for one in begun if ctx.who and one.host == ctx.who.id]
    found = recent([one for one in begun if one.series.id == number] if text else own or begun, ctx.now)
    if found is None:
        raise Refusal(T("No session of yours has begun lately. {command} shows what comes.", command=code("/sessions")))
    return found


@action("session-finish", right=Role.MEMBER, role_aware=True)
async def finish_it(ctx: Context, subject: int) -> Outcome:
    """The same by a tap."""
    return Reply(await _end(ctx, await known(ctx, subject, held=True)), replaces=True, personal=True)


@action("session-notes", right=Role.MEMBER, role_aware=True)
async def add_notes(ctx: Context, subject: int, notes: _NOTES) -> Outcome:
    """The same, with notes."""
    return Reply(await _end(ctx, await known(ctx, subject, held=True), notes=notes), personal=True)


@action("session-recap", right=Role.MEMBER, role_aware=True)
async def add_recap(ctx: Context, subject: int, recap: _RECAP) -> Outcome:
    """The same, with what was done."""
    return Reply(await _end(ctx, await known(ctx, subject, held=True), recap=recap), personal=True)


@action("session-unfinish", right=Role.MEMBER, role_aware=True)
async def undo(ctx: Context, subject: int) -> Outcome:
    """Take it back, and the points that came of it; the words stay."""
    one = await known(ctx, subject, held=True)
    attend.check_leader(ctx, one)
    if one.change.done_at:
        await take_back(ctx, session_cause(one.subject, one.change.undone))
        await ctx.unit.sessions.put(replace(one.change, done_at=None, undone=one.change.undone + 1))
        await ctx.renew(show, subject)
    told = T("{name} is open again. You end it with {command}.", name=code(one.name), command=code("/session done"))
    return Reply(card(one.title, told), replaces=True, personal=True)


async def close(ctx: Context, one: Occurrence) -> bool:
    """What follows once when a held date is over, however it ended; False if it did before."""
    series, at = one.series, closed_at(one) + AFTER
    await ctx.unit.jobs.put(Job(series.community, f"{SHUT}:{one.subject}", SHUT, one.subject, at))
    if plan.ENDED in await ctx.unit.leads.marks(series.community, series.id, one.day):
        return False
    await ctx.unit.leads.mark(series.community, series.id, one.day, plan.ENDED, one.starts)
    await voice.close(ctx, one)
    await ctx.unit.invites.drop(series.community, series.id, one.day)
    await parting.ask(ctx, one, [each.person for each in await attend.there(ctx, one)])
    return True


async def came_late(ctx: Context, one: Occurrence, person: int) -> None:
    """What follows when somebody says after the end that they were there."""
    one = await known(ctx, one.subject, held=True)
    await parting.ask(ctx, one, [person])
    await _reward(ctx, one)
    await ctx.renew(show, one.subject)


@job("session-finish")
async def ask(ctx: Context, subject: int) -> Message | State:
    """What whoever led a session is asked after it."""
    one = await find(ctx, subject)
    if one is None or not one.on or one.change.done_at:
        return State.DROPPED
    count = len(await attend.there(ctx, one))
    came = T("{n} person was there.", "{n} people were there.", n=count) if count else T("Nobody said to be there.")
    how = T("How was it? Add the notes or what was done, so that those who missed it can follow.")
    end = Button(T("It is done"), finish_it(one.series.community, subject), tone=Tone.MAIN)
    return card(T("{title} is over", title=one.title), came, how, rows=((end,), await _row(ctx, one)))


async def _end(ctx: Context, one: Occurrence, notes: str = "", recap: str = "") -> Message:
    attend.check_leader(ctx, one)
    if not one.on:
        raise Refusal(T("{name} does not take place.", name=code(one.name)))
    if ctx.now < one.starts:
        raise Refusal(T("{name} has not begun yet.", name=code(one.name)))
    change = replace(
        one.change,
        notes=_address(notes) if notes else one.change.notes,
        recap=_words(recap) if recap else one.change.recap,
        done_at=one.change.done_at or ctx.now,
    )
    await ctx.unit.sessions.put(change)
    one = replace(one, change=change)
    await close(ctx, one)
    await _reward(ctx, one)
    await ctx.renew(show, one.subject)
    return await _page(ctx, one)


async def _reward(ctx: Context, one: Occurrence) -> None:
    """Points for whoever led it, once it was ended by hand and if somebody else was there."""
    others = [each for each in await attend.there(ctx, one) if each.person != one.host]
    if one.host and one.change.done_at and others:
        await give(ctx, session_reward(ctx.community, one.host, one.subject, one.change.undone, ctx.now))


async def _page(ctx: Context, one: Occurrence) -> Message:
    undone = Button(T("Undo"), undo(one.series.community, one.subject))
    thanks = T("{title} is done. Thank you!", title=one.title)
    lines = [Paragraph(line) for line in await done.outcome(ctx, one)]
    return card(thanks, *lines, rows=(await _row(ctx, one), (await parting.button(ctx, one), undone)))


async def _row(ctx: Context, one: Occurrence) -> Row:
    scope, change = one.series.community, one.change
    notes = Button(T("Change the notes") if change.notes else T("Add notes"), add_notes(scope, one.subject))
    recap = Button(
        T("Change what was done") if change.recap else T("Write what was done"), add_recap(scope, one.subject)
    )
    return (notes, recap)


def _address(text: str) -> str:
    url = read_address(text).url
    if not url.startswith("https://"):
        raise Refusal(T("Only addresses that begin with https:// are kept here."))
    return url


def _words(text: str) -> str:
    check_keys(text)
    return text.strip()
