"""Private practice: a few items from the bank, one after the other in one message."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Arg, Choice, Example, Feature, Menu, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.answer import is_right
from bot.domain.items import Item
from bot.domain.quiz import choose
from bot.features import sheet
from bot.features.desk import desk

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
    return Reply(await _show(ctx, number, 0, ""), personal=True)


async def _round(ctx: Context, number: int, position: int) -> tuple[tuple[int, ...], Item]:
    """The person's round and the item at that position; refuses where either is gone."""
    found = await ctx.unit.practices.get(ctx.community.id, ctx.person.id)
    if found and found[0] == number and 0 <= position < len(found[1]):
        for item in await ctx.unit.items.some(ctx.community.id, (found[1][position],)):
            return found[1], item
    raise Refusal(T("This round is over. Start a new one with /quiz."))


async def _find(ctx: Context, number: int, position: int) -> Item:
    return (await _round(ctx, number, position))[1]


async def _show(ctx: Context, number: int, position: int, taken: str, told: T | None = None) -> Message:
    items, item = await _round(ctx, number, position)
    before: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    title = T("Practice · question {n} of {all}", n=position + 1, all=len(items))
    rows = DESK.rows(item, ctx.community.id, number, position, taken)
    return card(title, *before, *sheet.question(item, ctx.language), rows=rows)


async def _take(ctx: Context, number: int, position: int, response: str) -> Outcome:
    """An answer in the practice round; the message turns into the next item."""
    items, item = await _round(ctx, number, position)
    community = ctx.community.id
    given = await ctx.unit.practices.answer(community, ctx.person.id, position, response)
    told = sheet.verdict(item, given[position], ctx.language)
    if position + 1 < len(items):
        return Reply(await _show(ctx, number, position + 1, "", told), replaces=True, personal=True)
    asked = {each.id: each for each in await ctx.unit.items.some(community, items)}
    right = sum(is_right(asked[items[at]], said) for at, said in given.items() if items[at] in asked)
    again = (Button(T("Another round"), go("quiz", scope=community)),)
    end = T("Round done: {right} of {all} right. Nobody else sees this.", right=right, all=len(items))
    return Reply(card(T("Practice"), Paragraph((told,)), end, rows=(again,)), replaces=True, personal=True)


DESK = desk("practise", _find, _show, _take)


async def _nothing(ctx: Context, tag: str) -> Outcome:
    tags = await ctx.unit.items.tags(ctx.community.id)
    if not tag or not tags:
        return say(sheet.EMPTY)
    rows = tuple((Button(found, go("quiz", found, scope=ctx.community.id)),) for found in tags[:5])
    return say(T("There are no questions about {topic} yet. These topics have some:", topic=tag), rows=rows)


FEATURE = Feature(commands=(quiz,), actions=DESK.actions)
