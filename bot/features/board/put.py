"""Putting a need or an offer on the board."""

from dataclasses import replace
from typing import Annotated

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Receipt, Reply, say
from bot.chat.places import Role
from bot.chat.text import Run, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.board import HANGS_FOR, LONGEST_SLIP, MOST_OPEN, Kind, Side, Slip, State
from bot.domain.question import take_topics
from bot.features.board import card, life, meet, page
from bot.param import Arg


@command(
    "need",
    right=Role.MEMBER,
    aliases=("butuh", "group need", "grup butuh"),
    summary=T("Tell the group what you need: a place, a device, a mentor"),
    examples=(
        Example("/need A laptop for two weeks #coding", T("Hangs on the board for 14 days")),
        Example("/butuh Tempat belajar hari Sabtu", T("Without a topic")),
    ),
    slash="group need",
)
async def need(
    ctx: Context,
    words: Annotated[
        str,
        Arg(
            help=T("What you need, with #topics if you like"),
            ask=T("What do you need? A place, a device, a mentor … with a #topic if you like."),
            most=LONGEST_SLIP,
        ),
    ],
) -> Outcome:
    """Put up a need."""
    return await _put(ctx, Side.NEED, words, code(need.examples[0].line))


@command(
    "offer",
    right=Role.MEMBER,
    aliases=("tawarkan", "group offer", "grup tawarkan"),
    summary=T("Offer the group something: a place, a device, your time"),
    examples=(
        Example("/offer A quiet room on Saturdays", T("Hangs on the board for 14 days")),
        Example("/tawarkan Jadi mentor matematika #matematika", T("With a topic")),
    ),
    slash="group offer",
)
async def offer(
    ctx: Context,
    words: Annotated[
        str,
        Arg(
            help=T("What you offer, with #topics if you like"),
            ask=T("What do you offer? A place, a device, your time … with a #topic if you like."),
            most=LONGEST_SLIP,
        ),
    ],
) -> Outcome:
    """Put up an offer."""
    return await _put(ctx, Side.OFFER, words, code(offer.examples[0].line))


async def _put(ctx: Context, side: Side, words: str, example: Run) -> Outcome:
    check_keys(words)
    text, tags = take_topics(words)
    if not visible(text):
        raise Refusal(T("Write in a few words what it is. Example: {example}", example=example))
    await check_room(ctx, side)
    made = Slip(ctx.community.id, 0, side, text, ctx.person.id, ctx.now, ctx.now + HANGS_FOR, tags)
    slip = await ctx.unit.board.add(made)
    await life.put(ctx, slip)
    await ctx.post(card.show, slip.id)
    await meet.match(ctx, slip)
    if not ctx.private and ctx.own:
        return Receipt(_told(slip), ctx.own)
    return Reply(_receipt(slip), personal=True)


async def check_room(ctx: Context, side: Side) -> None:
    """Refuse where this person has as many open as one may have."""
    if await ctx.unit.board.open_of(ctx.community.id, ctx.person.id, side) < MOST_OPEN:
        return
    see = code("/board mine")
    if side is Side.NEED:
        raise Refusal(T("You have {n} open needs. End one of them first: {command}", n=MOST_OPEN, command=see))
    raise Refusal(T("You have {n} open offers. End one of them first: {command}", n=MOST_OPEN, command=see))


def _told(slip: Slip) -> T:
    return T("{name} is on the board for {n} days.", name=code(slip.name), n=HANGS_FOR.days)


def _receipt(slip: Slip) -> Message:
    return say(_told(slip), T("What is it about? You can leave that open."), rows=(page.choosing(slip),))


@action("board-kind", right=Role.MEMBER)
async def set_kind(ctx: Context, number: int, kind: str) -> Outcome:
    """Say what one's own slip is about."""
    slip = await page.find(ctx, number, held=True)
    if kind not in page.KINDS or slip.author != ctx.person.id or slip.state is not State.OPEN:
        raise Refusal(page.TOO_OLD)
    if slip.kind != kind:
        slip = replace(slip, kind=Kind(kind))
        await life.put(ctx, slip)
        await meet.match(ctx, slip)
    return Reply(await page.page(ctx, slip, T("Saved.")), replaces=True, personal=True)
