"""Putting somebody out of the group, which two moderators must agree on, and letting them come back."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply, card
from bot.chat.places import Ability, Role
from bot.chat.text import T
from bot.command import Example, command
from bot.context import Context
from bot.domain.moderation import MOST_REASON, Deed, Kind, State
from bot.features.moderation import check, news, proposal, sentence
from bot.param import Arg
from bot.whom import members


@command(
    "ban",
    right=Role.MODERATOR,
    aliases=("keluarkan", "blokir", "mod ban", "moderasi keluarkan"),
    summary=T("Put somebody out of the group; another moderator has to agree"),
    examples=(
        Example("/ban @citra Iklan judi", T("Proposes it to the other moderators; a reply names the person too")),
    ),
    slash="mod ban",
)
async def ban(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Who is to be put out?"), person=True, complete=members)],
    reason: Annotated[str, Arg(help=T("Why"), ask=T("Why? It is told to the person."), most=MOST_REASON)],
) -> Outcome:
    """Propose it; nothing happens before a second moderator agrees."""
    if await ctx.unit.sanctions.active(ctx.community.id, person, Kind.BAN, ctx.now):
        raise Refusal(T("{name} is banned already.", name=await check.named(ctx, person)))
    return await proposal.propose_ban(ctx, person, reason, sentence.evidence(ctx))


@command(
    "unban",
    right=Role.MODERATOR,
    aliases=("bukablokir", "mod unban", "moderasi bukablokir"),
    summary=T("Let somebody come back"),
    examples=(Example("/unban @citra", T("They can join again; nobody else has to agree")),),
    slash="mod unban",
)
async def unban(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Who may come back?"), person=True, complete=members)],
    why: Annotated[str, Arg(help=T("Why"), most=MOST_REASON)] = "",
) -> Outcome:
    """End their ban; they hear of it."""
    await check.may(ctx, person, Ability.BAN)
    name = await check.named(ctx, person)
    active = await sentence.standing(ctx, person, Kind.BAN)
    if not active:
        raise Refusal(T("{name} is not banned by me.", name=name))
    for each in active:
        await sentence.end(ctx, each, State.PARDONED, Deed.UNBAN, why)
        await ctx.tell(person, news.over, each.id)
    return Reply(card(T("{name} may come back", name=name), T("It is done in a moment.")), personal=True)
