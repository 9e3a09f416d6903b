"""Forgetting what can no longer matter."""

from datetime import timedelta

from bot.domain.link import UNDO
from bot.domain.union import UNDO_WITHIN
from bot.ports import Clock, Unit

_FOUND = ("question", "resource")
"""What is found by words of whoever goes, or by their name, until it changes the next time."""


async def clear_old(unit: Unit, clock: Clock) -> bool:
    """Forget event keys, drafts, votes and ended jobs that can no longer matter, and who wanted to be forgotten.

    True says that somebody was: then the store is to be swept.
    """
    now = clock()
    await unit.pendings.clear(now)
    await unit.drafts.clear(now)
    await unit.votes.clear(now - timedelta(days=1))
    await unit.arrivals.forget(now - timedelta(days=8))
    await unit.jobs.clear(now - timedelta(days=30))
    await unit.noises.clear((now - timedelta(days=7)).date())
    await unit.unions.settle(now - UNDO_WITHIN)
    await unit.links.clear(now - timedelta(days=1))
    await unit.joinings.settle_old(now - UNDO)
    for person in await unit.privacy.overdue(now - timedelta(hours=1)):
        # Their job is lost, as is that of somebody without a group.
        for trace in await unit.privacy.erase(person):
            if trace.thing in _FOUND:
                await unit.searches.drop(trace.community, trace.thing, trace.subject)
    return await unit.privacy.finish()
