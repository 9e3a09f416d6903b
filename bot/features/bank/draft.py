"""Items on their way into the bank: whether a second person must see them first, what is known already, and saving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Button, Outcome, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Review
from bot.domain.items import Item, State
from bot.domain.similar import unknown
from bot.features.bank.nudge import announce

PATIENCE = timedelta(minutes=30)
"""How long a preview waits to be saved."""

MOST_WAITING = 50
"""Questions of one member that may wait for a second person at a time."""

_PAGE = 1000

GONE = T("This preview is gone: it was saved, cancelled, or older than half an hour. Send the command again.")


def first_state(ctx: Context) -> State:
    """Whether what the person writes now is asked at once or waits for a second person."""
    match ctx.community.quizzes.review:
        case Review.EVERYBODY:
            return State.PROPOSED
        case Review.MEMBERS if ctx.role < Role.TRUSTED:
            return State.PROPOSED
        case _:
            return State.ACTIVE


async def check_room(ctx: Context) -> None:
    """Refuse a member who has written more than a second person can read."""
    if ctx.role >= Role.TRUSTED:
        return
    waiting = await ctx.unit.items.list(ctx.community.id, State.PROPOSED, author=ctx.person.id, most=MOST_WAITING)
    if len(waiting) >= MOST_WAITING:
        raise Refusal(
            T("{n} of your questions still wait for a second person. Write on when some are read.", n=MOST_WAITING)
        )


async def everything(ctx: Context) -> tuple[Item, ...]:
    """All items of the bank, whether they are in use or not."""
    return tuple([item for state in State for item in await in_state(ctx, state)])


async def in_state(ctx: Context, state: State, tag: str = "") -> list[Item]:
    """All items in that state, the oldest first; read in pages, so that nobody else waits for long."""
    found: list[Item] = []
    while True:
        part = await ctx.unit.items.list(ctx.community.id, state, tag, start=len(found), most=_PAGE)
        found += part
        if len(part) < _PAGE:
            return found


async def put(ctx: Context, items: Sequence[Item]) -> int:
    """Keep items for the person until they say what becomes of them; returns the draft's number."""
    return await ctx.unit.drafts.put(ctx.person.id, items, ctx.now + PATIENCE)


async def take(ctx: Context, number: int) -> Sequence[Item]:
    """The person's draft for this community, once; refuses where it is gone."""
    items = await ctx.unit.drafts.get(number, ctx.person.id, ctx.now)
    if not items or any(item.community != ctx.community.id for item in items):
        raise Refusal(GONE)
    await ctx.unit.drafts.drop(number)
    return items


async def save(ctx: Context, items: Sequence[Item]) -> Sequence[Item]:
    """Store the items as the person's, all or none."""
    state = first_state(ctx)
    fresh = [
        replace(item, state=state, author=ctx.person.id, picture=await _own_picture(ctx, item.picture))
        for item in items
    ]
    stored = await ctx.unit.items.add_all(fresh, ctx.now)
    await announce(ctx, stored)
    return stored


async def _own_picture(ctx: Context, picture: str) -> str:
    """The picture as a file of this community; one that comes from another bank is copied."""
    source, _, file = picture.rpartition(":")
    stored = await ctx.unit.files.get(int(source), file) if source else None
    if stored is None:
        return "" if source else file
    await ctx.unit.files.put(replace(stored, community=ctx.community.id))
    return file


@action("bank-keep", right=Role.TRUSTED)
async def keep(ctx: Context, number: int, count: int) -> Outcome:
    """Save the first so many items of the preview, without those that are in the bank by now."""
    await ctx.held()
    items = await take(ctx, number)
    fresh = unknown(items[: max(0, count)], await everything(ctx))
    stored = await save(ctx, fresh)
    look = (Button(T("Look through the bank"), go("quizbank list", scope=ctx.community.id)),)
    text = T("{n} question is in the bank now.", "{n} questions are in the bank now.", n=len(stored))
    if first_state(ctx) is State.PROPOSED:
        text = T(
            "{n} question waits for a second person: {command}",
            "{n} questions wait for a second person: {command}",
            n=len(stored),
            command=code("/quizbank review"),
        )
    return Reply(card(T("Saved"), text, rows=(look,)), replaces=True)


@action("bank-drop", right=Role.MEMBER)
async def drop(ctx: Context, number: int) -> Outcome:
    """Forget the preview."""
    if await ctx.unit.drafts.get(number, ctx.person.id, ctx.now) is None:
        raise Refusal(GONE)
    await ctx.unit.drafts.drop(number)
    return Reply(say(T("Cancelled. Nothing was saved.")), replaces=True)
