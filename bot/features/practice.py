"""Private practice: a few items from the bank, one after the other in one message."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Arg, Choice, Example, Feature, Menu, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.quiz import choose
from bot.features import sheet

USUAL = 5
MOST = 20


async def topics(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The bank's topics that contain what was typed."""
    tags = await ctx.unit.items.tags(ctx.community.id)
    return tuple(Choice(tag, tag) for tag in tags if text.casefold() in tag)


@command(
    "quiz",
    right=Role.MEMBER,
    aliases=("kuis",),
    summary=T("Practise privately with questions from the bank"),
    examples=(
        Example("/quiz", T("Five questions from all topics")),
        Example("/quiz biologi 3", T("Three questions about one topic")),
    ),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="kuis",
)
async def quiz(
    ctx: Context,
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=32, complete=topics)] = "",
    n: Annotated[int, Arg(help=T("How many questions, 1 to 20"), most=MOST)] = USUAL,
) -> Outcome:
    """Begin a practice round."""
    community = ctx.community.id
    tag = (topic or "").casefold().lstrip("#")
    bank = await ctx.unit.items.asked_at(community, tag)
    if not bank:
        return await _nothing(ctx, tag)
    picked = choose(dict.fromkeys(bank), n, ctx.now, ctx.rng)
    number = await ctx.unit.practices.start(community, ctx.person.id, picked)
    return Reply(await _item(ctx, number, picked, 0), personal=True)


@action("practise", right=Role.MEMBER)
async def answer(ctx: Context, number: int, position: int, option: int) -> Outcome:
    """A tap in the practice round; the message turns into the next item."""
    community = ctx.community.id
    found = await ctx.unit.practices.get(community, ctx.person.id)
    if found is None or found[0] != number or not 0 <= position < len(found[1]):
        raise Refusal(T("This round is over. Start a new one with /quiz."))
    items = found[1]
    item = (*await ctx.unit.items.some(community, (items[position],)), None)[0]
    if item is None or not 0 <= option < len(item.text("").options):
        raise Refusal(T("This round is over. Start a new one with /quiz."))
    chosen = await ctx.unit.practices.answer(community, ctx.person.id, position, option)
    told = sheet.verdict(item, chosen[position], ctx.language)
    if position + 1 < len(items):
        return Reply(await _item(ctx, number, items, position + 1, told), replaces=True, personal=True)
    asked = await ctx.unit.items.some(community, items)
    right = sum(chosen.get(items.index(item.id)) == item.right for item in asked)
    again = (Button(T("Another round"), go("quiz", scope=community)),)
    end = T("Round done: {right} of {all} right. Nobody else sees this.", right=right, all=len(items))
    return Reply(card(T("Practice"), Paragraph((told,)), end, rows=(again,)), replaces=True, personal=True)


async def _item(ctx: Context, number: int, items: tuple[int, ...], position: int, told: T | None = None) -> Message:
    community = ctx.community.id
    found = await ctx.unit.items.some(community, (items[position],))
    if not found:
        raise Refusal(T("This round is over. Start a new one with /quiz."))
    before: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    title = T("Practice · question {n} of {all}", n=position + 1, all=len(items))
    row = sheet.choices(found[0], community, answer, number, position)
    return card(title, *before, *sheet.question(found[0], ctx.language), rows=(row,))


async def _nothing(ctx: Context, tag: str) -> Outcome:
    tags = await ctx.unit.items.tags(ctx.community.id)
    if not tag or not tags:
        return say(sheet.EMPTY)
    rows = tuple((Button(found, go("quiz", found, scope=ctx.community.id)),) for found in tags[:5])
    return say(T("There are no questions about {topic} yet. These topics have some:", topic=tag), rows=rows)


FEATURE = Feature(commands=(quiz,), actions=(answer,))
