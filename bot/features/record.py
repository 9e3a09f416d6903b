"""The record of what was done: every act that decides about others leaves a line in it, whoever did it."""

from bot.chat.places import Role
from bot.context import Context
from bot.domain.moderation import MOST_REASON, Deed, Record


async def note(
    ctx: Context, deed: Deed, *, person: int = 0, subject: int = 0, why: str = "", actor: int | None = None
) -> None:
    """Add a line: who acts (unless told otherwise whoever the scene is of, nobody for Bareng itself), on whom, and why.

    It holds the community until this unit ends, so everything else that must be held is held before. An anonymous
    administrator is refused, for the record must say who it was.
    """
    by = _actor(ctx) if actor is None else actor
    await ctx.unit.records.add(Record(ctx.community.id, 0, deed, by, ctx.now, person, subject, why[:MOST_REASON]))


def _actor(ctx: Context) -> int:
    """Whoever acts; a scene in which nobody has a standing is Bareng's own."""
    return 0 if ctx.who is None and ctx.role is Role.GUEST else ctx.person.id
