"""What the digest tells of the library: what is new, the most useful first."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.text import Line, T, bold
from bot.context import Context
from bot.domain.library import Wish

MOST_READ = 100
"""Resources of a week that are looked at, the newest."""

MOST_TOLD = 3


async def lines(ctx: Context, span: timedelta) -> Sequence[Line]:
    """At most four lines."""
    scope = ctx.community.id
    newest = await ctx.unit.library.page(scope, Wish(), 0, MOST_READ)
    fresh = [each for each in newest if each.created_at > ctx.now - span]
    if not fresh:
        return ()
    marks = await ctx.unit.library.marks(scope, [each.id for each in fresh])
    best = sorted(fresh, key=lambda each: (-marks[each.id].votes, -each.id))[:MOST_TOLD]
    count = T("{n} new resource in the library", "{n} new resources in the library", n=len(fresh))
    return ((count,), *((bold(f"{each.name} "), each.title) for each in best))
