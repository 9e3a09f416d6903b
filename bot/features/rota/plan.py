"""When the next week of duties is drawn."""

from datetime import datetime

from bot.context import Context
from bot.domain.community import Community
from bot.domain.jobs import Job
from bot.domain.rota import beginning, next_beginning

DRAW = "rota-draw"


async def plan(ctx: Context, community: Community, after: datetime | None = None) -> None:
    """Let the first week that begins after that moment (now) be drawn; what was planned before is forgotten."""
    await ctx.unit.jobs.cancel(community.id, DRAW)
    if community.ready:
        week = next_beginning(community.zone, after or ctx.now)
        number = week.toordinal()
        await ctx.unit.jobs.put(Job(community.id, f"{DRAW}:{number}", DRAW, number, beginning(week, community.zone)))
