"""Reaching moderators: privately, each on their own, and never whoever a matter is about."""

from collections.abc import Collection
from datetime import datetime

from bot.chat.places import Role
from bot.context import Context, Named


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
