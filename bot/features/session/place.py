"""Where a date takes place, as people read it."""

from collections.abc import Sequence

from bot.chat.places import Place, Ref
from bot.chat.text import Line, Run, T
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.features.session.mirror import channel_of


async def where(ctx: Context, one: Occurrence) -> Sequence[Line]:
    """Its place, its address, and its voice channel."""
    lines: list[Line] = []
    if one.where:
        lines.append((T("Place: {place}", place=one.where),))
    if one.url:
        lines.append((T("Join here:"), " ", Run(one.url, url=one.url)))
    if channel := await _channel(ctx, one):
        lines.append((T("Voice channel:"), " ", Run(channel, url=channel)))
    return lines


async def _channel(ctx: Context, one: Occurrence) -> str:
    """The address of its voice channel, on the group's place where there are such; "" for none."""
    number = channel_of(one)
    for venue in await ctx.unit.communities.venues(ctx.community.id) if number else ():
        there = ctx.abroad.get(venue.place.platform)
        if there and there.has_events:
            return ctx.link(Ref(Place(venue.place.platform, venue.place.chat, number), "", number))
    return ""
