"""Whether the rights of whoever acts, and our own, cover an act on a place or on what stands in it."""

from bot.chat.places import Ability
from bot.context import Context
from bot.features.moderation import check


def allowed(ctx: Context, need: Ability) -> None:
    """Refuse where the actor is nobody, their rights here do not cover that, or we may not do it here."""
    actor = ctx.account if ctx.person else None
    check.can(ctx, need, {ctx.place: ctx.power(ctx.place, actor)} if actor else {})
    check.we_can(ctx, need, [ctx.place])
