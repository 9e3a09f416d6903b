"""Taking questions from one of one's own groups to another; nothing else ever leaves a group's bank."""

import asyncio
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Outcome, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import Name, T
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.community import Community
from bot.domain.items import Item, State
from bot.domain.similar import similar, unknown
from bot.features.bank import draft
from bot.features.bank.intake import preview

MOST_GROUPS = 8
"""Groups offered as buttons."""


@command(
    "quizbank share",
    right=Role.ORGANISER,
    aliases=("banksoal bagikan", "quizbank bagikan", "banksoal share"),
    summary=T("Take this group's questions to another group of yours"),
    examples=(
        Example("/quizbank share", T("In a private chat with me: choose the group that gets them")),
        Example("/banksoal bagikan", T("The same")),
    ),
)
async def share(ctx: Context) -> Outcome:
    """The person's other groups; which ones those are is nobody else's business."""
    if not ctx.private:
        raise Refusal(T("Send this to me in a private chat: there nobody sees which groups you are in."))
    others = [group for group in await ctx.unit.communities.of_person(ctx.person.id) if group.id != ctx.community.id]
    source = Name(ctx.community.name)
    if not others:
        return say(
            T("You are in no other group with me. Questions go from {group} to another group of yours.", group=source)
        )
    count = await ctx.unit.items.count(ctx.community.id, "")
    rows = tuple(
        (Button(Name(group.name), pack(ctx.community.id, group.id, owner=ctx.person.id)),)
        for group in others[:MOST_GROUPS]
    )
    text = T(
        "{n} question of {group} in use. Which group gets what it does not have yet?",
        "{n} questions of {group} in use. Which group gets what it does not have yet?",
        n=count,
        group=source,
    )
    return Reply(card(T("Share the bank"), text, rows=rows), personal=True)


@action("bank-share", right=Role.ORGANISER)
async def pack(ctx: Context, target: int) -> Outcome:
    """Read this group's bank, as its organiser at this moment; what is in it travels as the person's own draft."""
    group = await _own_group(ctx, target)
    given = await draft.in_state(ctx, State.ACTIVE)
    if not given:
        raise Refusal(T("There are no questions in use here yet."))
    number = await draft.put(ctx, tuple(_travelling(item, group) for item in given))
    text = T(
        "{n} question of {source} is packed. Look at it in {group}; nothing is saved yet.",
        "{n} questions of {source} are packed. Look at them in {group}; nothing is saved yet.",
        n=len(given),
        source=Name(ctx.community.name),
        group=Name(group.name),
    )
    row = (Button(T("Look at what is new"), unpack(group.id, number, owner=ctx.person.id)),)
    return Reply(card(T("Share the bank"), text, rows=(row,)), replaces=True, personal=True)


@action("bank-unpack", right=Role.TRUSTED)
async def unpack(ctx: Context, number: int) -> Outcome:
    """What the other group does not have yet, as its trusted member at this moment."""
    items = await draft.take(ctx, number)
    bank = await draft.everything(ctx)
    fresh = await asyncio.to_thread(unknown, items, bank)
    near = await asyncio.to_thread(similar, fresh, bank)
    return Reply(await preview(ctx, items, fresh, near), replaces=True, personal=True)


async def _own_group(ctx: Context, number: int) -> Community:
    groups = await ctx.unit.communities.of_person(ctx.person.id)
    for group in groups:
        if group.id == number and number != ctx.community.id:
            return group
    raise Refusal(T("You are not in that group any more."))


def _travelling(item: Item, group: Community) -> Item:
    """The item without what belongs to its own group: its people, its number, its past."""
    picture = f"{item.community}:{item.picture}" if item.picture else ""
    return replace(
        item, community=group.id, id=0, author=0, reviewer=0, version=1, note="", state=State.ACTIVE, picture=picture
    )
