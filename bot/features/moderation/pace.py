"""Work that is done at once, but not again before some time has passed: for news of which many come together."""

from datetime import timedelta

from bot.context import Context
from bot.domain.jobs import Job, State

GAP = timedelta(minutes=10)


async def soon(ctx: Context, kind: str, gap: timedelta = GAP) -> None:
    """Have that work done now, or as soon as so much time has passed since it was done last; planned it stays so."""
    last = await ctx.unit.jobs.get(ctx.community.id, kind)
    if last and last.state is State.DUE:
        return
    at = max(ctx.now, last.due_at + gap) if last else ctx.now
    await ctx.unit.jobs.put(Job(ctx.community.id, kind, kind, 0, at))
