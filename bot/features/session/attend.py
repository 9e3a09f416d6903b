"""Being there: which date is meant, how people say it, and who may know of it all."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.errors import Refusal
from bot.chat.message import Button, Row, Tone
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import T, code
from bot.context import Context
from bot.domain import presence
from bot.domain.agenda import Occurrence
from bot.domain.dated import read_name
from bot.domain.presence import AFTER, BEFORE, Presence, is_open, takes_word
from bot.domain.rsvp import Answer
from bot.features.session.entry import upcoming

HERE, WORD = "session-here", "session-word"
VISIT = "session-visit"
"""What a guest presses, maybe in another group, so its press names the group and is of none."""


def row(one: Occurrence, now: datetime) -> tuple[Button, ...]:
    """The button by which people say on the card that they are there; () while nobody can.

    Once a code word was given out, a tap alone does not count any more.
    """
    if not is_open(one, now):
        return ()
    press = Press(WORD if takes_word(one) else HERE, one.series.community, (one.subject,))
    return (Button(T("Code word") if takes_word(one) else T("I am here"), press, tone=Tone.MAIN),)


def visiting(one: Occurrence, *, comes: bool) -> Row:
    """What a guest can say."""
    answer, label, tone = (
        (Answer.NO, T("I can't come"), Tone.PLAIN) if comes else (Answer.YES, T("I'm coming"), Tone.MAIN)
    )
    return (Button(label, Press(VISIT, 0, (one.series.community, one.subject, answer.value)), tone=tone),)


async def there(ctx: Context, one: Occurrence) -> Sequence[Presence]:
    """Those who count as there by now, in the order in which they came."""
    found = await ctx.unit.presences.of_date(one.series.community, one.series.id, one.day)
    return presence.there(found, one, ctx.now)


async def open_dates(ctx: Context) -> Sequence[Occurrence]:
    """The dates on which people can say now that they are there."""
    return [one for one in await upcoming(ctx, ctx.now - AFTER, ctx.now + BEFORE) if is_open(one, ctx.now)]


async def open_date(ctx: Context, text: str) -> Occurrence:
    """The one of them that "S7" names; with "" the one that the actor leads, else the first. Refuses where none is."""
    found = await open_dates(ctx)
    if number := read_name(text)[0] if text.strip() else 0:
        found = [one for one in found if one.series.id == number]
    if not found or (text.strip() and not number):
        raise Refusal(T("No session runs right now. {command} shows what comes.", command=code("/sessions")))
    who = ctx.who.id if ctx.who else 0
    return min(found, key=lambda one: (one.host != who, one.starts, one.series.id))


def leads(ctx: Context, one: Occurrence) -> bool:
    """Whether the actor is an organiser or leads that date."""
    return ctx.role >= Role.ORGANISER or bool(ctx.who and ctx.who.id == one.host)


def check_leader(ctx: Context, one: Occurrence) -> None:
    """Refuse everybody else."""
    if not leads(ctx, one):
        raise Refusal(T("This one is for whoever leads the session, and for organisers."))
