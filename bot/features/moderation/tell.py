"""Reaching moderators: privately, each on their own, and never whoever a matter is about."""

from collections.abc import Collection
from datetime import datetime

from bot.chat.places import Role
from bot.context import Context, Named
from bot.features.moderation import check


async def moderators(ctx: Context, least: Role = Role.MODERATOR, but: Collection[int] = ()) -> list[int]:
    """Persons known to have that standing, without those; their right is checked anew when they act."""
    return [person for person in await ctx.unit.people.standing(ctx.community.id, least) if person not in but]


async def tell_moderators(
    ctx: Context,
    kind: Named,
    subject: int,
    *,
    least: Role = Role.MODERATOR,
    but: Collection[int] = (),
    at: datetime | None = None,
) -> int:
    """Have this said privately to every moderator but those; returns to how many."""
    people = await moderators(ctx, least, but)
    for person in people:
        await ctx.tell(person, kind, subject, at)
    return len(people)


async def reads(ctx: Context, least: Role = Role.MODERATOR) -> bool:
    """Whether whoever this is composed for has that standing still, as the platforms say now; that is remembered.

    Below a private answer nothing more is asked: a platform that is away must not cost the answer.
    """
    seat = ctx.seat
    if seat is None:
        return False
    powers = [each.power for each in await check.whereabouts(ctx, seat.person)] if ctx.account is None else []
    stands = max((power.role for power in powers), default=seat.stood)
    if stands is not seat.stood:
        await ctx.unit.people.note_standing(seat, stands)
    gone = bool(powers) and stands is Role.GUEST
    return not gone and max(stands, seat.role) >= least
