"""Letting somebody write nothing for a while, and letting them write again."""

from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Outcome, Reply, Tone, card
from bot.chat.places import Ability, Role
from bot.chat.text import Moment, T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.length import LENGTH, read_length
from bot.domain.moderation import LONGEST_MUTE, Deed, Kind, State
from bot.features.moderation import case, check, news, sentence
from bot.param import Arg
from bot.whom import members

USUAL = timedelta(hours=1)
"""How long somebody is muted where no length is given."""

SHORTEST = timedelta(minutes=1)
"""Telegram takes 30 seconds and more; less is for ever there."""


def readable(text: str) -> None:
    """Refuse a length that cannot be told."""
    length(text)


def length(text: str) -> timedelta:
    """How long that is; refuses what cannot be told and what no platform can do."""
    found = read_length(text) if text else USUAL
    if found is None or not SHORTEST <= found <= LONGEST_MUTE:
        raise Refusal(T("How long? From a minute to a year: {example}", example=code("4m, 3h, 2d, 2 jam")))
    return found


@command(
    "mute",
    right=Role.MODERATOR,
    aliases=("bisukan", "mod mute", "moderasi bisukan"),
    summary=T("Let somebody write nothing for a while"),
    examples=(
        Example("/mute @citra 3h Banjir pesan", T("For three hours; as a reply the name is not needed")),
        Example("/mute @citra", T("For an hour")),
    ),
    slash="mod mute",
)
async def mute(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Who is to be muted?"), person=True, complete=members)],
    span: Annotated[str, Arg(help=T("How long: 4m, 3h, 2d"), form=LENGTH, check=readable, most=20)] = "",
    reason: Annotated[str, Arg(help=T("Why"), most=500)] = "",
) -> Outcome:
    """Mute in every place of the group where the person is; it comes in place of the mute before."""
    await check.may(ctx, person, Ability.RESTRICT)
    why = reason or sentence.plain(ctx, T("Time to calm down"))
    standing = await sentence.standing(ctx, person, Kind.MUTE)
    given = await sentence.impose(ctx, Kind.MUTE, person, why, length=length(span), about=sentence.evidence(ctx))
    for each in standing:
        await sentence.replace_by(ctx, each, given)
    title = T("{name} is muted", name=await check.named(ctx, person))
    until = T("Until {when}. They hear why, and how to appeal.", when=Moment(given.until or ctx.now))
    scope, number = given.community, given.id
    row = (
        Button(T("Undo"), case.undo(scope, number, owner=given.actor), tone=Tone.DANGER),
        Button(T("Details"), case.show(scope, number)),
    )
    return Reply(card(title, until, rows=(row,)), personal=True)


@command(
    "unmute",
    right=Role.MODERATOR,
    aliases=("bunyikan", "mod unmute", "moderasi bunyikan"),
    summary=T("Let somebody write again"),
    examples=(Example("/unmute @citra", T("At once, in every place of the group")),),
    slash="mod unmute",
)
async def unmute(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Who may write again?"), person=True, complete=members)],
    why: Annotated[str, Arg(help=T("Why"), most=500)] = "",
) -> Outcome:
    """End every mute of theirs."""
    await check.may(ctx, person, Ability.RESTRICT)
    name = await check.named(ctx, person)
    active = await sentence.standing(ctx, person, Kind.MUTE)
    if not active:
        raise Refusal(T("{name} is not muted by me.", name=name))
    for each in active:
        await sentence.end(ctx, each, State.PARDONED, Deed.UNMUTE, why)
        await ctx.tell(person, news.over, each.id)
    return Reply(card(T("{name} may write again", name=name), T("It is done in a moment.")), personal=True)
