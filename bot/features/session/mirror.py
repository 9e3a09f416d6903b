"""The next date of every series in the list of events that a group has on its platform, where it has one (Discord)."""

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b

from bot.chat.act import Act, Announce, Withdraw
from bot.chat.errors import Gone, PlatformError
from bot.chat.message import Message, say
from bot.chat.places import Ability
from bot.chat.text import Inline, Line, Moment, T
from bot.command import job
from bot.context import Context
from bot.domain.agenda import Occurrence, Series, occurrences
from bot.domain.jobs import State
from bot.domain.mirror import Mirror
from bot.features.session import host
from bot.features.session.dates import WINDOWS
from bot.features.session.entry import find, series_of
from bot.speech import Speech

LONGEST_WHERE = 100
"""What Discord takes; a longer address stands among the words about the event."""

_NUMBER = re.compile(r"[0-9]{1,20}", re.ASCII)

SOONEST = timedelta(minutes=1)
"""An event can be made only for what is still to begin."""


async def mirror(ctx: Context, series: Series) -> None:
    """Let each list show the next date of a series as it is now; places without the right are left as they are."""
    for venue in await ctx.unit.communities.venues(ctx.community.id):
        there = ctx.abroad.get(venue.place.platform)
        if there and there.has_events and Ability.EVENTS in venue.abilities and not venue.paused:
            await ctx.post_in(venue.place, show, series.id)


async def withdrawn(ctx: Context, event: str) -> None:
    """An event is no more. If its date is still to be shown, somebody took it down, and it is left so."""
    place = ctx.place
    row = await ctx.unit.mirrors.of_event(ctx.community.id, place.platform, place.chat, event)
    series = await series_of(ctx, row.series, held=True) if row else None
    coming = await _coming(ctx, series, row) if series else None
    if row and coming and coming.day == row.day:
        await _lose(ctx, row, coming)


async def _lose(ctx: Context, row: Mirror, one: Occurrence) -> None:
    await ctx.unit.mirrors.put(row.lost())
    if one.starts > ctx.now:
        await ctx.tell(one.series.by, gone, one.subject)


async def _shown(ctx: Context, subject: int, error: PlatformError | None, gave: str) -> None:
    """Keep what the list shows now. What the platform refused is tried again at the next change."""
    series, row = await series_of(ctx, subject, held=True), await _row(ctx, subject)
    if row is None:
        return
    if row.sent_day is None:
        await ctx.unit.mirrors.drop(row)
    elif error is None:
        await ctx.unit.mirrors.put(row.shown(gave))
    elif isinstance(error, Gone) and series and (one := await _coming(ctx, series, row)) and one.day == row.day:
        await _lose(ctx, row, one)


@job("session-mirror", after=_shown)
async def show(ctx: Context, subject: int) -> Act | State:
    """Bring the list of this place up to date, if it is not."""
    series, row = await series_of(ctx, subject, held=True), await _row(ctx, subject)
    coming = await _coming(ctx, series, row) if series else None
    if coming is None:
        return await _end(ctx, row)
    row = row or Mirror(ctx.community.id, subject, ctx.place.platform, ctx.place.chat)
    same = row.day == coming.day
    act = await _announcement(ctx, coming, row.event if same else "", "" if same else row.event)
    print_ = _print(act)
    if same and (not row.event or row.print == print_ or coming.starts <= ctx.now):
        return State.DONE
    await ctx.unit.mirrors.put(row.sent(coming.day, print_))
    return act


@job("session-mirror-gone")
async def gone(ctx: Context, subject: int) -> Message | State:
    """What whoever planned a session hears when its event was taken down."""
    one = await find(ctx, subject)
    if one is None or not one.on or one.ends <= ctx.now:
        return State.DROPPED
    text = T("Somebody took down the server's event for {title}, {when}.", title=one.title, when=Moment(one.starts))
    return say(text, T("The session stays as planned; I make no new event for this date."))


async def _end(ctx: Context, row: Mirror | None) -> Act | State:
    """There is nothing to show any more."""
    if row is None:
        return State.DONE
    if not row.event:
        await ctx.unit.mirrors.drop(row)
        return State.DONE
    await ctx.unit.mirrors.put(row.ending())
    return Withdraw(row.event)


async def _row(ctx: Context, series: int) -> Mirror | None:
    return await ctx.unit.mirrors.get(ctx.community.id, series, ctx.place.platform, ctx.place.chat)


async def _coming(ctx: Context, series: Series, row: Mirror | None) -> Occurrence | None:
    """The date to show: the next that takes place and is not over; one that has begun only if it is shown already."""
    changes = await ctx.unit.sessions.changes(series.community, series.id)
    found = (one for window in WINDOWS for one in occurrences(series, changes, ctx.now, ctx.now + window))
    return next((one for one in found if one.on and _is_showable(ctx, one, row)), None)


def _is_showable(ctx: Context, one: Occurrence, row: Mirror | None) -> bool:
    return one.starts > ctx.now + SOONEST or (row is not None and row.day == one.day)


async def _announcement(ctx: Context, one: Occurrence, event: str, instead: str) -> Announce:
    speech = Speech(ctx.community.language, ctx.community.zone, ctx.community.register)
    fitting = [each for each in (one.url, one.where) if 0 < len(each) <= LONGEST_WHERE]
    where = fitting[0] if fitting else speech.words(T("Here, in the group"))
    lines = (*await _lines(ctx, one), *(each for each in (one.url, one.where) if each not in ("", where)))
    about = "\n".join(speech.words(each) for each in lines)
    return Announce(one.name, one.title, about, one.starts, one.ends, where, channel_of(one), event, instead)


async def _lines(ctx: Context, one: Occurrence) -> tuple[Inline | Line, ...]:
    """What the event says about itself. In a group of minors nobody is named where everybody reads it."""
    who = () if ctx.community.minors else await host.line(ctx, one)
    topic = (one.topic,) if one.topic else ()
    return (*topic, *((who,) if who else ()), T("Say on the card in the channel whether you come."))


def channel_of(one: Occurrence) -> str:
    """The number of its voice channel, "" for none."""
    found = _NUMBER.search(one.channel)
    return found[0] if found else ""


def _print(act: Announce) -> str:
    """Another one for everything that readers see."""
    return blake2b(repr(replace(act, event="", instead="")).encode(), digest_size=16).hexdigest()
