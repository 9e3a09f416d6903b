"""Saying whether one comes: by a tap or a command, counted once, with a waiting list where seats are few."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Paragraph, Reply, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.agenda import Occurrence
from bot.domain.quiet import awake
from bot.domain.rsvp import Answer, Rsvp, Seats, replied, seats
from bot.features.session.card import choices, options, show
from bot.features.session.dates import rests, whole
from bot.features.session.entry import called, find, known
from bot.features.session.out import is_out
from bot.features.session.place import where
from bot.features.session.show import RSVP
from bot.param import Arg

SOON = timedelta(days=60)

_MOMENT = timedelta(milliseconds=1)
"""The least that the database tells apart."""

WORDS = {
    Answer.YES: ("yes", "ya", "y", "hadir", "ikut", "datang"),
    Answer.LATE: ("late", "telat", "terlambat"),
    Answer.MAYBE: ("maybe", "mungkin"),
    Answer.NO: ("no", "tidak", "nggak", "absen"),
}
"""What people write; the first is shown in help."""


@action(RSVP, right=Role.MEMBER)
async def reply(ctx: Context, subject: int, answer: str) -> Outcome:
    """A tap on the card or in a list; the same tap again changes nothing."""
    found = next((each for each in Answer if each == answer), None)
    if found is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    return Toast(await said(ctx, await known(ctx, subject, held=True), found))


@command(
    "rsvp",
    right=Role.MEMBER,
    aliases=("hadir", "ikut", "session rsvp", "sesi ikut"),
    summary=T("Say whether you come to a session"),
    examples=(
        Example("/rsvp yes", T("You come to the next session")),
        Example("/rsvp late S7", T("You come to that one, but later")),
    ),
    slash="session rsvp",
)
async def rsvp(
    ctx: Context,
    words: Annotated[str, Arg(help=T("yes, late, maybe or no, and a session like S7"), most=60)] = "",
) -> Outcome:
    """Store the answer that the words say; with none or several of them ask which is meant."""
    given = words.casefold().split()
    answers = {answer for answer, known_ in WORDS.items() if {*given} & {*known_}}
    name = " ".join(word for word in given if not any(word in known_ for known_ in WORDS.values()))
    one = await called(ctx, name, ctx.now, ctx.now + SOON)
    if len(answers) != 1:
        before = await ctx.unit.rsvps.get(one.series.community, one.series.id, one.day, ctx.person.id)
        title = T("Do you come to {title}?", title=one.title)
        row = choices(one, before.answer if before else None)
        return Reply(card(title, whole(one), rows=(row,)), personal=True)
    held = await known(ctx, one.subject, held=True)
    return say(await said(ctx, held, answers.pop()))


async def said(ctx: Context, one: Occurrence, answer: Answer) -> T:
    """Store what the actor says to a date whose series is held, and what to tell them; refuses where it is too late."""
    if reason := rests(one):
        raise Refusal(T("This session does not take place: {reason}.", reason=reason))
    if ctx.now >= one.ends:
        raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
    person = ctx.person.id
    new = Rsvp(one.series.community, one.series.id, one.day, person, answer, ctx.now)
    found = await store(ctx, one, new)
    if answer is Answer.NO:
        return T("Noted: you can't come. Changed your mind? Just tap again.")
    if answer is Answer.MAYBE:
        return T("Noted: maybe. Only a yes keeps a seat and is reminded.")
    place = next((n for n, each in enumerate(found.waiting, 1) if each.person == person), 0)
    if place:
        return T("It is full: you are number {place} on the waiting list. I tell you when a seat is free.", place=place)
    return await _welcome(ctx, answer)


async def _welcome(ctx: Context, answer: Answer) -> T:
    """What somebody hears who comes; only now it matters whether they can be written to."""
    noted = T("Noted: you come.") if answer is Answer.YES else T("Noted: you come later.")
    if await ctx.unit.people.reachable(ctx.person.id):
        return T("{noted} I remind you; {command} says when.", noted=noted, command=code("/reminders"))
    return T(
        "{noted} For reminders open our private chat and send {command} once.", noted=noted, command=code("/start")
    )


async def store(ctx: Context, one: Occurrence, new: Rsvp) -> Seats:
    """Store what somebody says; the series must be held. Whoever gets a seat by it is told, and the cards say so."""
    rsvps = ctx.unit.rsvps
    before = await rsvps.of_date(one.series.community, one.series.id, one.day)
    mine = next((each for each in before if each.person == new.person), None)
    # Two who speak at the same moment are in the order in which we heard them.
    last = max((each.since for each in before), default=new.since - _MOMENT)
    await rsvps.put(replied(mine, replace(new, since=max(new.since, last + _MOMENT))))
    after = await rsvps.of_date(one.series.community, one.series.id, one.day)
    found = seats(after, one.capacity)
    await promote(ctx, one, seats(before, one.capacity), found)
    await ctx.renew(show, one.subject)
    return found


async def promote(ctx: Context, one: Occurrence, before: Seats, after: Seats) -> None:
    """Tell those who waited and have a seat now, and those who had one and wait now."""
    at = ctx.now if one.starts - ctx.now < timedelta(hours=12) else awake(ctx.now, ctx.community.zone)
    for person in _people(before.waiting) & _people(after.coming):
        await ctx.tell(person, seat, one.subject, at)
    for person in _people(before.coming) & _people(after.waiting):
        await ctx.tell(person, seat, one.subject, at)


def _people(rsvps: Sequence[Rsvp]) -> set[int]:
    return {each.person for each in rsvps}


@job("session-seat", insists=True)
async def seat(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose place on the list changed: as it is now."""
    one = await find(ctx, subject)
    if one is None or not one.on or ctx.now >= one.ends:
        return jobs.State.DROPPED
    if await is_out(ctx.unit, ctx.community.id, ctx.person.id, ctx.now):
        return jobs.State.DROPPED
    found = seats(await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day), one.capacity)
    row = (options(ctx, one),)
    if ctx.person.id in _people(found.coming):
        places = [Paragraph(line) for line in await where(ctx, one)]
        return card(T("A seat is free for you: {title}", title=one.title), whole(one), *places, rows=row)
    if ctx.person.id in _people(found.waiting):
        fewer = T("There are fewer seats than before, so you are on the waiting list now.")
        return card(T("Waiting list: {title}", title=one.title), whole(one), fewer, rows=row)
    return jobs.State.DROPPED
