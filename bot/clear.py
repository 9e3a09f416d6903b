"""Forgetting what can no longer matter."""

from datetime import timedelta

from bot.ports import Clock, Unit


async def clear_old(unit: Unit, clock: Clock) -> None:
    """Forget event keys, drafts, votes and ended jobs that can no longer matter."""
    now = clock()
    await unit.pendings.clear(now)
    await unit.drafts.clear(now)
    await unit.votes.clear(now - timedelta(days=1))
    await unit.arrivals.forget(now - timedelta(days=8))
    await unit.jobs.clear(now - timedelta(days=30))
