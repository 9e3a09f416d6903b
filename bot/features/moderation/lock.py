"""Letting only moderators write: in a part of the group by one of them, in all of it by two."""

from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply, say
from bot.chat.places import Ability, Role
from bot.chat.text import T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.lock import LONGEST_LOCK
from bot.features.moderation import check, locking, proposal, span
from bot.features.moderation.allowed import allowed
from bot.param import Arg, Choice

LONE = timedelta(minutes=15)
"""How long one moderator alone can lock a group that has no parts: enough to calm down, too short to silence it."""

ALL = "all"
_ALL = (Choice(ALL, T("the whole group")),)


@command(
    "lock",
    right=Role.MODERATOR,
    aliases=("kunci", "mod lock", "moderasi kunci"),
    summary=T("Let only moderators write here for a while"),
    examples=(
        Example("/lock 30m", T("This thread, topic or channel, for half an hour")),
        Example("/lock all 2h", T("The whole group; another moderator has to agree")),
    ),
    slash="mod lock",
)
async def lock(
    ctx: Context,
    what: Annotated[str, Arg(help=T("all: the whole group"), choices=_ALL)] = "",
    length: Annotated[str, Arg(help=T("How long: 10m, 3h, 2d"), most=20)] = "",
) -> Outcome:
    """Lock this part of the group; the whole of it is proposed to the other moderators."""
    lasts = span.read(length, LONGEST_LOCK)
    if what == ALL:
        return await proposal.propose_lockdown(ctx, lasts)
    if ctx.private:
        example = code("/lock all 2h")
        raise Refusal(
            T("Use this in the place that is to be locked. The whole group from here: {example}", example=example)
        )
    allowed(ctx, Ability.LOCK)
    if ctx.place.thread:
        begun = await locking.begin(ctx, ctx.place, lasts, whole=False)
        return Reply(say(locking.promise(begun)))
    return await _lock_alone(ctx, lasts)


async def _lock_alone(ctx: Context, lasts: timedelta | None) -> Outcome:
    """A group without parts is locked as a whole, so alone only for a short while, however often one asks."""
    if lasts and lasts > LONE:
        return await proposal.propose_lockdown(ctx, lasts)
    standing = await ctx.unit.locks.at(ctx.community.id, ctx.place, whole=True)
    if standing:
        raise Refusal(T("This group is locked already. {command} opens it.", command=code("/unlock")))
    begun = await locking.begin(ctx, ctx.place, lasts or LONE, whole=True)
    more = T("Longer, or on every platform, with a second moderator: {command}", command=code("/lock all 2h"))
    return Reply(say(locking.promise(begun), more))


@command(
    "unlock",
    right=Role.MODERATOR,
    aliases=("bukakunci", "mod unlock", "moderasi bukakunci"),
    summary=T("Let everybody write again"),
    examples=(
        Example("/unlock", T("In this place")),
        Example("/unlock all", T("In the whole group; nobody else has to agree")),
    ),
    slash="mod unlock",
)
async def unlock(ctx: Context, what: Annotated[str, Arg(help=T("all: the whole group"), choices=_ALL)] = "") -> Outcome:
    """Open what I locked; for that one moderator is enough."""
    locks = ctx.unit.locks
    if what == ALL or ctx.private:
        found = list(await locks.whole(ctx.community.id))
    else:
        each = [await locks.at(ctx.community.id, ctx.place, whole=whole) for whole in (False, True)]
        found = [one for one in each if one]
    if not found:
        raise Refusal(T("Nothing is locked by me there."))
    await check.can_somewhere(ctx, Ability.LOCK)
    for standing in found:
        await locking.end(ctx, standing)
    return Reply(say(T("It opens in a moment.")))
