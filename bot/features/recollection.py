"""What a member remembers of the items met: cards from what was missed, and a private word when some are due."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.message import Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, Shape, T, code
from bot.command import Feature, action, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import Item
from bot.domain.jobs import Job
from bot.domain.quiz import instant, local_date
from bot.domain.recall import Memory, Rating, meet, rate

NEVER = 24
"""Stands for no hour on a button."""

HOURS = (6, 16, 19, 21)
"""Hours that are offered: before school, after it, in the evening, and last thing at night."""

LATEST = timedelta(hours=2)
"""So long after the member's hour the word may still come; later it might be night, and tomorrow is another day."""

_WAKE = "practice-wake"


async def met(ctx: Context, item: int, right: bool) -> None:
    """Somebody answered an item in practice."""
    memory = await _memory(ctx, ctx.person.id, item)
    await ctx.unit.recalls.put(meet(memory, right, ctx.now))


async def missed(ctx: Context, person: int, item: int, since: datetime | None = None) -> None:
    """Somebody answered an item wrongly in a quiz that began at `since`: the same answer told again changes nothing."""
    memory = await _memory(ctx, person, item)
    last = memory.card.last_review if memory.card else None
    if since is None or last is None or last < since:
        await ctx.unit.recalls.put(meet(memory, False, ctx.now))


async def rated(ctx: Context, item: Item, rating: Rating) -> None:
    """The person says how hard the item was that was just answered right."""
    memory = await ctx.unit.recalls.get(ctx.community.id, ctx.person.id, item.id)
    if memory:
        await ctx.unit.recalls.put(rate(memory, rating, ctx.now))


async def is_card(ctx: Context, item: int) -> bool:
    """Whether the item is one of the person's cards, so that an easy one can come back later."""
    memory = await ctx.unit.recalls.get(ctx.community.id, ctx.person.id, item)
    return memory is not None and memory.card is not None


async def outlook(ctx: Context) -> tuple[T, tuple[Row, ...]]:
    """When the next cards are due, and the offer to be told of it."""
    scope, person = ctx.community.id, ctx.person.id
    coming = await ctx.unit.recalls.next_due(scope, person)
    if coming is None:
        return T("What you miss comes back here, so that it stays."), ()
    told = (
        T("Some are due again now.") if coming <= ctx.now else T("The next ones are due {when}.", when=Moment(coming))
    )
    if ctx.member.practice_hour is not None:
        return told, ()
    return told, ((Button(T("Tell me when some are due"), ask_hour(scope)),),)


@action("practice-hours", right=Role.MEMBER)
async def ask_hour(ctx: Context) -> Outcome:
    """At which hour the private word may come."""
    return Reply(_hours(ctx), personal=True)


@action("practice-hour", right=Role.MEMBER)
async def set_hour(ctx: Context, hour: int) -> Outcome:
    """The member's consent, or its end."""
    chosen = hour if 0 <= hour < NEVER else None
    held = await ctx.unit.people.member(ctx.community.id, ctx.person.id) or ctx.member
    await ctx.unit.people.save_member(replace(held, practice_hour=chosen))
    if chosen is None:
        return Reply(say(T("No more private messages about practice. You can practise any time.")), replaces=True)
    await _plan(ctx, ctx.person.id, chosen)
    at = Moment(instant(local_date(ctx.now, ctx.community.zone), time(chosen), ctx.community.zone), Shape.TIME)
    told = T("Good: at {when} I write to you privately, only on days when some are due.", when=at)
    stop: Row = (Button(T("Stop these messages"), set_hour(ctx.community.id, NEVER)),)
    if await ctx.unit.people.reachable(ctx.person.id):
        return Reply(say(told, rows=(stop,)), replaces=True, personal=True)
    closed = T("I can't message you yet: open a private chat with me and send {command} once.", command=code("/start"))
    return Reply(say(told, closed, rows=(stop,)), replaces=True, personal=True)


@job(_WAKE)
async def wake(ctx: Context, subject: int) -> None:
    """The member's hour: a word if something is due, and the next day again; `subject` is the person."""
    member = await ctx.unit.people.member(ctx.community.id, subject)
    if member is None or member.practice_hour is None:
        return
    await _plan(ctx, subject, member.practice_hour)
    due = await ctx.unit.recalls.count_due(ctx.community.id, subject, ctx.now)
    if due and not _is_late(ctx, member.practice_hour):
        await ctx.tell(subject, show_due, local_date(ctx.now, ctx.community.zone).toordinal())


@job("practice-due")
async def show_due(ctx: Context, _subject: int) -> Message | None:
    """What is due for this person now, if they still wish to hear of it."""
    member = await ctx.unit.people.seat(ctx.community.id, ctx.person.id)
    if member is None or member.practice_hour is None:
        return None
    count = await ctx.unit.recalls.count_due(ctx.community.id, ctx.person.id, ctx.now)
    if not count:
        return None
    scope = ctx.community.id
    rows: tuple[Row, ...] = (
        (Button(T("Practise now"), go("quiz", scope=scope)),),
        (Button(T("Stop these messages"), set_hour(scope, NEVER)),),
    )
    told = T("{n} question wants to be remembered.", "{n} questions want to be remembered.", n=count)
    return card(T("Practice"), told, rows=rows)


def _hours(ctx: Context) -> Message:
    zone, today = ctx.community.zone, local_date(ctx.now, ctx.community.zone)
    row = tuple(
        Button(
            Moment(instant(today, time(hour), zone), Shape.TIME),
            set_hour(ctx.community.id, hour),
            pick=ctx.member.practice_hour == hour,
        )
        for hour in HOURS
    )
    never: Row = (Button(T("Never"), set_hour(ctx.community.id, NEVER), pick=ctx.member.practice_hour is None),)
    return say(T("At which hour may I write to you when questions are due?"), rows=(row, never))


async def _plan(ctx: Context, person: int, hour: int) -> None:
    """Look again at the next such hour of the group's clock."""
    zone, day = ctx.community.zone, local_date(ctx.now, ctx.community.zone)
    at = instant(day, time(hour), zone)
    if at <= ctx.now:
        at = instant(day + timedelta(days=1), time(hour), zone)
    await ctx.unit.jobs.put(Job(ctx.community.id, f"{_WAKE}:{person}", _WAKE, person, at))


def _is_late(ctx: Context, hour: int) -> bool:
    """Whether that hour of the group's clock was last struck too long ago."""
    zone, day = ctx.community.zone, local_date(ctx.now, ctx.community.zone)
    struck = instant(day, time(hour), zone)
    if struck > ctx.now:
        struck = instant(day - timedelta(days=1), time(hour), zone)
    return ctx.now - struck > LATEST


async def _memory(ctx: Context, person: int, item: int) -> Memory:
    community = ctx.community.id
    return await ctx.unit.recalls.get(community, person, item) or Memory(community, person, item, None, ctx.now)


FEATURE = Feature(actions=(ask_hour, set_hour), jobs=(wake, show_due))
