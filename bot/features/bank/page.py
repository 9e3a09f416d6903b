"""An item as those who care for the bank see it: everything about it, and what can be done with it."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Moment, Name, T, bold, code
from bot.command import action
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Review
from bot.domain.items import Item, Kind, State, letter
from bot.features import sheet
from bot.features.rich import inline, rich
from bot.scene import check_right

TOO_OLD = T("This button is too old. Send the command again for a fresh one.")

STATES = {State.PROPOSED: T("waiting"), State.ACTIVE: T("in use"), State.RETIRED: T("retired")}
DIFFICULTIES = {1: T("easy"), 2: T("medium"), 3: T("hard")}
KINDS = {
    Kind.ONE: T("one right option"),
    Kind.SEVERAL: T("several right options"),
    Kind.TRUTH: T("true or false"),
    Kind.TEXT: T("short answer"),
    Kind.NUMBER: T("number"),
    Kind.ORDER: T("put in order"),
}
_ACTS = {
    "edit": T("changed"),
    "rekey": T("key corrected"),
    "approve": T("approved"),
    "return": T("sent back"),
    "retire": T("retired"),
    "restore": T("put back into use"),
}
MOST_PASTS = 10
"""Changes that the history shows, the newest."""


def name(item: Item) -> T:
    """How the item is called in a sentence."""
    return T("question {number}", number=code(f"#{item.id}"))


async def find(ctx: Context, number: int, allows: Callable[[Context, Item], bool]) -> Item:
    """The item of that number. Who is below trusted learns nothing of items that they may not touch, not even whether
    there are any.
    """
    found = await ctx.unit.items.some(ctx.community.id, (number,))
    if not found or not allows(ctx, found[0]):
        check_right(ctx.role, Role.TRUSTED)
        raise Refusal(
            T(
                "There is no question {number} here. {command} shows which there are.",
                number=code(f"#{number}"),
                command=code("/quizbank list"),
            )
        )
    return found[0]


async def hold(ctx: Context, number: int, allows: Callable[[Context, Item], bool]) -> Item:
    """The same, to be changed: nobody else changes the bank until this unit ends."""
    await ctx.held()
    return await find(ctx, number, allows)


def may_see(ctx: Context, item: Item) -> bool:
    """Trusted members see every item, others their own."""
    return ctx.role >= Role.TRUSTED or item.author == ctx.person.id


def may_edit(ctx: Context, item: Item) -> bool:
    """Trusted members change every item, others their own while it waits."""
    return ctx.role >= Role.TRUSTED or (item.author == ctx.person.id and item.state is State.PROPOSED)


def whole(item: Item, language: str) -> tuple[Block, ...]:
    """The item with its key and everything that is said after an answer."""
    words = item.text(language)
    right = Paragraph((T("Right: {answer}", answer=sheet.key(item, language)),))
    why = rich(words.explanation)
    hints: list[Line] = [
        (bold(f"{_sign(item, option)} "), *inline(hint)) for option, hint in enumerate(words.feedback) if hint
    ]
    return (*sheet.question(item, language), right, *why, *((Bullets(tuple(hints)),) if hints else ()))


async def page(ctx: Context, item: Item, *told: Block) -> Message:
    """Everything about the item, with what was just done to it above."""
    title = T("{item} · {state}", item=T("Question {number}", number=f"#{item.id}"), state=STATES[item.state])
    return card(title, *told, *whole(item, ctx.language), await about(ctx, item), rows=_rows(ctx, item))


async def about(ctx: Context, item: Item) -> Bullets:
    """What is known about the item beside its words."""
    names = await ctx.unit.people.names([person for person in (item.author, item.reviewer) if person])
    lines: list[Line] = [(T("{kind}, {difficulty}", kind=KINDS[item.kind], difficulty=DIFFICULTIES[item.difficulty]),)]
    if item.tags:
        lines.append((T("Topics: {topics}", topics=" ".join(f"#{tag}" for tag in item.tags)),))
    if item.source:
        lines.append((T("Source: {source}", source=item.source),))
    if item.author in names:
        lines.append((T("Written by {name}", name=Name(names[item.author])),))
    if item.reviewer in names:
        lines.append((T("Approved by {name}", name=Name(names[item.reviewer])),))
    if item.note:
        lines.append((T("Sent back: {reason}", reason=item.note),))
    return Bullets(tuple(lines))


def _rows(ctx: Context, item: Item) -> tuple[Row, ...]:
    scope = item.community
    rows: list[Row] = []
    if may_edit(ctx, item):
        edit = Button(T("Edit"), go("quizbank edit", str(item.id), scope=scope))
        draw = Button(T("Change the picture") if item.picture else T("Add a picture"), _draw(item))
        rows.append((edit, draw))
    seen: Row = (Button(T("Show the picture"), show_picture(scope, item.id)),) if item.picture else ()
    rows.append((*seen, Button(T("Show the history"), history(scope, item.id))))
    if may_edit(ctx, item) and item.state is not State.RETIRED:
        rows.append((Button(T("Retire it"), retire(scope, item.id)),))
    if ctx.role >= Role.TRUSTED and item.state is State.RETIRED:
        rows.append((Button(T("Use it again"), restore(scope, item.id)),))
    return tuple(rows)


@action("bank-retire", right=Role.MEMBER, role_aware=True)
async def retire(ctx: Context, number: int) -> Outcome:
    """Take an item out of use, or out of the queue; quizzes that are open keep their copy."""
    item = await hold(ctx, number, may_edit)
    if item.state is State.RETIRED:
        raise Refusal(TOO_OLD)
    told = T("It is no longer asked. What was answered stays counted.")
    return await _move(ctx, item, State.RETIRED, "retire", told)


@action("bank-restore", right=Role.TRUSTED)
async def restore(ctx: Context, number: int) -> Outcome:
    """Put a retired item back into use; where everybody's are read by a second person, its author cannot."""
    item = await hold(ctx, number, may_see)
    if item.state is not State.RETIRED:
        raise Refusal(TOO_OLD)
    alone = item.author == ctx.person.id and not item.reviewer
    if alone and ctx.community.quizzes.review is Review.EVERYBODY:
        return await _move(ctx, item, State.PROPOSED, "restore", T("It waits for a second person again."))
    return await _move(ctx, item, State.ACTIVE, "restore", T("It is in use again."))


async def _move(ctx: Context, item: Item, after: State, act: str, told: T) -> Outcome:
    await ctx.unit.items.remember(item, ctx.person.id, act, ctx.now)
    item = replace(item, state=after)
    await ctx.unit.items.save(item)
    return Reply(await page(ctx, item, Paragraph((told,))), replaces=True)


@action("bank-picture", right=Role.MEMBER, role_aware=True)
async def show_picture(ctx: Context, number: int) -> Outcome:
    """The item's picture, for those who may see the item."""
    return await sheet.picture(ctx, await find(ctx, number, may_see))


@action("bank-history", right=Role.MEMBER, role_aware=True)
async def history(ctx: Context, number: int) -> Outcome:
    """What was done to the item, the newest first, with the words that it had before."""
    item = await find(ctx, number, may_see)
    pasts = (await ctx.unit.items.history(item.community, item.id))[:MOST_PASTS]
    title = T("History of {item}", item=name(item))
    back: Row = (Button(T("Show the question"), go("quizbank show", str(item.id), scope=item.community)),)
    if not pasts:
        return card(title, T("Nobody has changed it since it was written."), rows=(back,))
    names = await ctx.unit.people.names([past.person for past in pasts])
    blocks: list[Block] = []
    for past in pasts:
        who, act = Name(names.get(past.person, "")), _ACTS.get(past.act, T("changed"))
        blocks.append(Paragraph((T("{when}: {act} by {name}. Before:", when=Moment(past.at), act=act, name=who),)))
        blocks.append(Bullets((inline(past.item.text(ctx.language).prompt),)))
        blocks.append(Paragraph((T("Right: {answer}", answer=sheet.key(past.item, ctx.language)),)))
    return card(title, *blocks, rows=(back,))


def _draw(item: Item) -> Press:
    return go("quizbank picture", str(item.id), scope=item.community)


def _sign(item: Item, option: int) -> str:
    return "✓✗"[option] if item.kind is Kind.TRUTH else f"{letter(option)}."
