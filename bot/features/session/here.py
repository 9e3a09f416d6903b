"""Saying that one is there: by a tap, or by the word that whoever leads the session gives out."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, Shape, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.presence import AFTER, BEFORE, CODE_LIFE, Presence, Way, closed_at, draw, is_open, is_word, takes_word
from bot.features.session import attend, finish
from bot.features.session.card import show
from bot.features.session.entry import known
from bot.param import Arg

LONGEST_WORD = 40
_AGAIN = code("/session code")

_WORD = Annotated[
    str,
    Arg(help=T("The code word"), ask=T("What is the code word? Whoever leads the session says it."), most=LONGEST_WORD),
]
_NOTED = T("Noted: you are there. Good to have you!")


async def _running(ctx: Context, _: object) -> None:
    await attend.open_date(ctx, "")


@command(
    "attend",
    right=Role.MEMBER,
    aliases=("hadir kode", "absen", "session attend", "sesi hadir"),
    summary=T("Say with the code word that you are there"),
    examples=(Example("/attend mangga42", T("The word that you hear in the session")),),
    slash="session attend",
    guard=_running,
)
async def say_word(ctx: Context, word: _WORD) -> Outcome:
    """Find the session of that word among those that run."""
    dates = await attend.open_dates(ctx)
    if not dates:
        await _running(ctx, None)
    return await _tried(ctx, [one for one in dates if takes_word(one)] or list(dates), word)


@action(attend.WORD, right=Role.MEMBER)
async def write_word(ctx: Context, subject: int, word: _WORD) -> Outcome:
    """The same for one session."""
    return await _tried(ctx, [await open_now(ctx, subject)], word)


@action(attend.HERE, right=Role.MEMBER)
async def here(ctx: Context, subject: int) -> Outcome:
    """A tap, once."""
    one = await open_now(ctx, subject)
    if takes_word(one):
        raise Refusal(T("This session has a code word. Example: {command}", command=code("/attend mangga42")))
    return Toast(await come(ctx, one, Way.TAP))


@command(
    "session code",
    right=Role.MEMBER,
    aliases=("sesi kode", "session kode", "sesi code"),
    summary=T("A code word by which people say that they are there"),
    examples=(Example("/session code", T("A new word for the session that runs, for you alone")),),
    role_aware=True,
)
async def give_word(
    ctx: Context,
    session: Annotated[str, Arg(help=T("The session, like S7"), most=30)] = "",
) -> Outcome:
    """A new word; the one before is void."""
    meant = await attend.open_date(ctx, session or "")
    one = await known(ctx, meant.subject, held=True)
    attend.check_leader(ctx, one)
    word, until = draw(ctx.rng), min(ctx.now + CODE_LIFE, closed_at(one) + AFTER)
    await ctx.unit.sessions.put(replace(one.change, code=word, code_until=until))
    await ctx.renew(show, one.subject)
    how = T("Say it in the session, or show it. People tap on the card, or write {line}.", line=code(f"/attend {word}"))
    held = T("It is good until {when}. A new one makes it void: {command}", when=_time(until), command=_AGAIN)
    return Reply(card(T("The code word for {title}", title=one.title), code(word), how, held), personal=True)


async def come(ctx: Context, one: Occurrence, way: Way) -> T:
    """Note the actor as there; what to tell them."""
    series = one.series
    new = Presence(series.community, series.id, one.day, ctx.person.id, way, ctx.now)
    if not await ctx.unit.presences.come(new):
        return T("You are on the list already.")
    if ctx.now >= closed_at(one):
        await finish.came_late(ctx, one, ctx.person.id)
    return _NOTED


async def _tried(ctx: Context, dates: list[Occurrence], word: str) -> Outcome:
    tries = await ctx.unit.links.tried(ctx.person.id, ctx.now)
    # From here on nothing refuses a wrong word: a refusal would be rolled back, and the try with it.
    if tries.too_many:
        return _told(T("Too many words. Try again: {when}.", when=Moment(tries.until)))
    one = next((one for one in dates if is_word(one, word, ctx.now)), None)
    if one is None:
        return _told(T("That is not the word, or it is too old. Ask whoever leads the session."))
    return _told(await come(ctx, one, Way.CODE))


def _told(text: T) -> Outcome:
    return Reply(say(text), personal=True)


async def open_now(ctx: Context, subject: int) -> Occurrence:
    """That date, if people can say now that they are there; refuses else."""
    one = await known(ctx, subject)
    if not one.on:
        raise Refusal(T("{name} does not take place.", name=code(one.name)))
    if not is_open(one, ctx.now):
        begins, ends = one.starts - BEFORE, closed_at(one) + AFTER
        raise Refusal(T("That can be said from {start} until {end}.", start=_time(begins), end=_time(ends)))
    return one


def _time(at: datetime) -> Moment:
    return Moment(at, Shape.TIME)
