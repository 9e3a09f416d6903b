"""A second person reads what was written before it is asked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Review
from bot.domain.items import LONGEST_NOTE, Item, State
from bot.features.bank import draft, page
from bot.param import Arg

MOST_TOLD = 5
"""Of somebody who took over a whole file, only the last few approvals are told; the others stand in their list."""

NOBODY_YET = T("Nothing waits for you. New questions of others show up here.")


@command(
    "quizbank review",
    right=Role.TRUSTED,
    aliases=("banksoal tinjau", "quizbank tinjau", "banksoal review"),
    summary=T("Read what others wrote before it is asked"),
    examples=(
        Example("/quizbank review", T("The question that waits longest")),
        Example("/banksoal tinjau", T("The same")),
    ),
)
async def review(ctx: Context) -> Outcome:
    """The item that waits longest for a second person."""
    return Reply(await _next(ctx, 0), personal=True)


@action("bank-next", right=Role.TRUSTED)
async def skip(ctx: Context, after: int) -> Outcome:
    """The one after that."""
    return Reply(await _next(ctx, after), replaces=True, personal=True)


@action("bank-approve", right=Role.TRUSTED)
async def approve(ctx: Context, number: int, version: int) -> Outcome:
    """Let the item be asked, as it was read."""
    item = await _waiting(ctx, number, version)
    await ctx.unit.items.remember(item, ctx.person.id, "approve", ctx.now)
    await ctx.unit.items.save(replace(item, state=State.ACTIVE, reviewer=ctx.person.id, note=""))
    waiting = await ctx.unit.items.list(item.community, State.PROPOSED, author=item.author, most=MOST_TOLD)
    if item.author and len(waiting) < MOST_TOLD:
        await ctx.tell(item.author, approved, item.id)
    told = T("Question {number} is in use now.", number=code(f"#{number}"))
    return Reply(await _next(ctx, number, told), replaces=True, personal=True)


async def _above(ctx: Context, number: int, version: int) -> tuple[Block, ...]:
    item = await _waiting(ctx, number, version)
    return page.whole(item, ctx.language)


@action("bank-return", right=Role.TRUSTED, intro=_above)
async def send_back(
    ctx: Context,
    number: int,
    version: int,
    reason: Annotated[
        str,
        Arg(
            help=T("What the author should change"),
            ask=T("What should the author change? One sentence is enough."),
            most=LONGEST_NOTE,
        ),
    ],
) -> Outcome:
    """Ask the author to change the item; until then nobody else needs to read it."""
    item = await _waiting(ctx, number, version)
    await ctx.unit.items.remember(item, ctx.person.id, "return", ctx.now)
    await ctx.unit.items.save(replace(item, note=reason))
    if item.author:
        await ctx.tell(item.author, returned, item.id)
    told = T("Question {number} went back to its author.", number=code(f"#{number}"))
    return Reply(await _next(ctx, number, told), personal=True)


@job("bank-approved")
async def approved(ctx: Context, subject: int) -> Message | None:
    """What the author hears when a second person has approved."""
    item = await _own(ctx, subject)
    if item is None or item.state is not State.ACTIVE:
        return None
    text = T("Your {item} was approved: it is asked from now on. Thank you!", item=page.name(item))
    return say(text, item.text(ctx.language).prompt)


@job("bank-returned")
async def returned(ctx: Context, subject: int) -> Message | None:
    """What the author hears when a second person wants something changed."""
    item = await _own(ctx, subject)
    if item is None or not item.note:
        return None
    text = T("Your {item} needs a change before it is asked: {reason}", item=page.name(item), reason=item.note)
    row: Row = (Button(T("Edit"), go("quizbank edit", str(item.id), scope=item.community)),)
    return say(text, item.text(ctx.language).prompt, rows=(row,))


async def _own(ctx: Context, number: int) -> Item | None:
    for item in await ctx.unit.items.some(ctx.community.id, (number,)):
        return item if item.author == ctx.person.id else None
    return None


async def _waiting(ctx: Context, number: int, version: int) -> Item:
    """The item as it was shown, if this person may decide about it at this moment."""
    item = await page.hold(ctx, number, page.may_see)
    if item.state is not State.PROPOSED or item.note:
        raise Refusal(T("Somebody decided about this question already."), _go_on(ctx, number))
    if item.version != version:
        raise Refusal(T("This question was changed meanwhile. Read it once more."), _go_on(ctx, number - 1))
    if ctx.person.id in await _authors(ctx, item):
        raise Refusal(T("You wrote this one, so somebody else reads it."), _go_on(ctx, number))
    return item


async def _authors(ctx: Context, item: Item) -> set[int]:
    """Whose words the item has; where everybody's are read by a second person, those who changed it too."""
    if ctx.community.quizzes.review is not Review.EVERYBODY:
        return {item.author}
    pasts = await ctx.unit.items.history(item.community, item.id)
    since = takewhile(lambda past: past.act != "approve", pasts)
    return {item.author, *(past.person for past in since if past.act == "edit")}


def _go_on(ctx: Context, number: int) -> Button:
    return Button(T("Go on"), skip(ctx.community.id, number))


async def _queue(ctx: Context) -> Sequence[Item]:
    waiting = await draft.in_state(ctx, State.PROPOSED)
    return [item for item in waiting if item.author != ctx.person.id and not item.note]


async def _next(ctx: Context, after: int, told: T | None = None) -> Message:
    """The next item that waits, from the first again after the last."""
    queue = await _queue(ctx)
    before: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    item = next((each for each in queue if each.id > after), queue[0] if queue else None)
    if item is None:
        own = sum(each.author == ctx.person.id for each in await draft.in_state(ctx, State.PROPOSED))
        mine = (T("{n} of your own waits for somebody else.", "{n} of your own wait for somebody else.", n=own),)
        look: Row = (Button(T("Look through the bank"), go("quizbank list", scope=ctx.community.id)),)
        return card(T("Review"), *before, NOBODY_YET, *(mine if own else ()), rows=(look,))
    title = T("Question {number} · {n} waiting", number=f"#{item.id}", n=len(queue))
    scope, number, version = item.community, item.id, item.version
    first = (
        Button(T("Approve"), approve(scope, number, version), tone=Tone.MAIN),
        Button(T("Send back"), send_back(scope, number, version)),
    )
    second = [Button(T("Edit"), go("quizbank edit", str(number), scope=scope))]
    if item.picture:
        second.append(Button(T("Show the picture"), page.show_picture(scope, number)))
    if len(queue) > 1:
        second.append(Button(T("Next"), skip(scope, number)))
    shown = (*page.whole(item, ctx.language), await page.about(ctx, item))
    return card(title, *before, *shown, rows=(first, tuple(second)))
