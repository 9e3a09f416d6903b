"""Giving points: the one way by which features record them, and what follows from that."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time

from bot.context import Context
from bot.domain.badge import EFFORTS, STREAKS, Badge, earned, is_all_round
from bot.domain.points import ALL_TIME, Entry, Reason, first_reward, undo, worth
from bot.domain.quiz import instant, local_date
from bot.domain.streak import Streak


async def give(ctx: Context, *entries: Entry) -> bool:
    """Record what one person gets, with the points for a first contribution and the badges that it earns.

    False if all of it was recorded before or is worth nothing in this group.
    """
    given = [entry for entry in entries if entry.amount and await ctx.unit.ledger.record(entry)]
    if not given:
        return False
    times = await ctx.unit.ledger.times(ctx.community.id, given[0].person, ALL_TIME)
    if _is_first(given, times):
        first = first_reward(ctx.community, given[0].person, given[0].at)
        if first.amount:
            await ctx.unit.ledger.record(first)
    await _badges(ctx, given[0], times)
    return True


async def take_back(ctx: Context, cause: str, *, by: int = 0, note: str = "") -> bool:
    """Take the entry of that cause back, once; False if there is none, or if it was taken back before.

    Badges and the points for a first contribution stay.
    """
    entry = await ctx.unit.ledger.find(ctx.community.id, cause)
    if entry is None:
        return False
    entry = replace(entry, person=await ctx.unit.unions.current(entry.person))
    return await ctx.unit.ledger.record(undo(entry, ctx.now, ctx.community.zone, by=by, note=note))


async def award(ctx: Context, person: int, streak: Streak) -> None:
    """Give the badge that a streak has just earned, if it has; what points earn is given with them."""
    if streak.length in STREAKS.values():
        await _put(ctx, person, earned({}, streak.length))


def day_began(ctx: Context) -> datetime:
    """When the group's day began: what a limit of a day counts from."""
    return instant(local_date(ctx.now, ctx.community.zone), time(0), ctx.community.zone)


def _is_first(given: Iterable[Entry], times: Mapping[Reason, int]) -> bool:
    """Whether these are the first that a person has ever done, as far as the kept counts tell.

    Who contributed before the first time counted has other counts already. Being thanked is no deed of one's own.
    """
    now = [entry for entry in given if entry.reason in EFFORTS]
    return bool(now) and not times.get(Reason.FIRST) and sum(times.get(kind, 0) for kind in EFFORTS) == len(now)


async def _badges(ctx: Context, entry: Entry, times: Mapping[Reason, int]) -> None:
    found = earned(times, 0)
    kinds = [kind for kind in EFFORTS if worth(ctx.community, kind)]
    # What was not done ever was not done in a month.
    if is_all_round(times, kinds):
        month = await ctx.unit.ledger.times(entry.community, entry.person, entry.month)
        found |= {Badge.ALL_ROUND} if is_all_round(month, kinds) else set()
    await _put(ctx, entry.person, found)


async def _put(ctx: Context, person: int, found: Iterable[Badge]) -> None:
    held = await ctx.unit.badges.of(ctx.community.id, person)
    if new := set(found) - set(held):
        await ctx.unit.badges.give(ctx.community.id, person, new, ctx.now)
