"""The group's clock has changed: what meets by it meets by the new one."""

from dataclasses import replace

from bot.context import Context
from bot.domain.agenda import in_zone
from bot.features.session.kept import Kept, tell, watched
from bot.features.session.plan import plan


async def follow(ctx: Context) -> None:
    """Let every series that has no zone of its own keep its hour on the group's clock as it is now."""
    zone, sessions = ctx.community.zone, ctx.unit.sessions
    for each in await sessions.running(ctx.community.id):
        if each.zoned or each.rule.zone == zone:
            continue
        before = await sessions.hold(each.community, each.id)
        if before is None or before.over:
            continue
        now = replace(in_zone(before, zone), revision=before.revision + 1, since=ctx.now)
        old = await sessions.changes(now.community, now.id)
        days = await watched(ctx, before, now, old)
        await sessions.save(now)
        await plan(ctx, now)
        await tell(ctx, Kept(before, now, old, {}), days)
