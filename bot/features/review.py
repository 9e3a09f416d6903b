"""What answers have shown about items is told to those whom it concerns: a doubted key, a question that proved good."""

from collections.abc import Mapping

from bot.chat.message import Block, Message, Quote, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Percent, T, code
from bot.command import Feature, job
from bot.context import Context
from bot.domain.items import Item, Kind
from bot.domain.jobs import Job, State
from bot.domain.points import item_cause, item_reward
from bot.domain.quiz import Quiz
from bot.domain.statistic import Few, Statistic, measure
from bot.features import sheet
from bot.features.points.reward import give
from bot.features.rich import inline

COMPARED = 15
"""Quizzes by whose items people are compared. From about ten items on, more of them tell little more, and the quizzes
of many groups close at the same hour.
"""

_VERSIONS = 10_000
"""A doubt's subject is the item times this, plus its version."""


async def review_items(ctx: Context, quiz: Quiz) -> None:
    """Have the items of a quiz that has closed looked at, in a unit of its own: it reads many answers."""
    await ctx.unit.jobs.put(Job(quiz.community, f"{review.name}:{quiz.id}", review.name, quiz.id, ctx.now))


async def numbers(ctx: Context, items: list[Item], quizzes: int = COMPARED) -> Mapping[int, Statistic | Few]:
    """What the group's first attempts say about these items, compared with those at the items of its newest quizzes.

    Authors know their own key, so their answers to their own items say nothing.
    """
    newest = await ctx.unit.quizzes.newest(ctx.community.id, quizzes)
    read = {item.id for item in items} | {item.id for quiz in newest for item in quiz.items}
    attempts = await ctx.unit.quizzes.attempts(ctx.community.id, sorted(read)) if read else ()
    own = {(item.id, item.author) for item in items}
    return measure(items, [each for each in attempts if (each.item, each.person) not in own])


@job("item-review")
async def review(ctx: Context, subject: int) -> None:
    """Look at the items of that quiz as they stand in the bank now."""
    quiz = await ctx.unit.quizzes.get(ctx.community.id, subject)
    asked = [item.id for item in quiz.items] if quiz else []
    items = {item.id: item for item in await ctx.unit.items.some(ctx.community.id, asked)}
    for number, found in (await numbers(ctx, list(items.values()))).items():
        if isinstance(found, Statistic):
            await (_doubted(ctx, items[number]) if found.doubt else _proved(ctx, items[number], found))


async def _doubted(ctx: Context, item: Item) -> None:
    """Tell the author and the organisers once for each version; with nobody to tell, it waits for somebody."""
    people = await ctx.unit.people.standing(item.community, Role.ORGANISER)
    people = people or await ctx.unit.people.standing(item.community, Role.TRUSTED)
    concerned = {*people, item.author} - {0}
    if concerned and await ctx.unit.items.flag(item.community, item.id, item.version):
        for person in sorted(concerned):
            await ctx.tell(person, show_doubt, item.id * _VERSIONS + item.version)


async def _proved(ctx: Context, item: Item, found: Statistic) -> None:
    """Reward the author of an item that is good, once."""
    if not (found.is_good and item.author):
        return
    if await give(ctx, item_reward(ctx.community, item.author, item.id, ctx.now)):
        await ctx.tell(item.author, show_good, item.id)


@job("key-doubt")
async def show_doubt(ctx: Context, subject: int) -> Message | State:
    """The evidence against a key, if it still stands."""
    number, version = divmod(subject, _VERSIONS)
    item = next(iter(await ctx.unit.items.some(ctx.community.id, (number,))), None)
    if item is None or item.version != version:
        return State.DROPPED
    found = (await numbers(ctx, [item]))[number]
    evidence = doubt(item, found) if isinstance(found, Statistic) else None
    if evidence is None:
        return State.DROPPED
    name, command = code(f"#{number}"), code(f"/quizbank rekey {number}")
    return card(
        T("Is the key of question {number} right?", number=name),
        *prompt(item, ctx.language),
        T("Its key is {answer}.", answer=sheet.key(item, ctx.language)),
        evidence,
        T("If it is wrong, an organiser corrects it with {command}. Everybody's results follow.", command=command),
    )


@job("item-good")
async def show_good(ctx: Context, subject: int) -> Message | State:
    """Why the author of an item got points."""
    item = next(iter(await ctx.unit.items.some(ctx.community.id, (subject,))), None)
    found = (await numbers(ctx, [item]))[subject] if item else None
    entry = await ctx.unit.ledger.find(ctx.community.id, item_cause(subject))
    if not isinstance(found, Statistic) or entry is None:
        return State.DROPPED
    return say(
        T(
            "Your question {number} has proved good: +{points} points. {share} were right at once, most of all those "
            "who do well elsewhere too.",
            number=code(f"#{subject}"),
            points=entry.amount,
            share=Percent(found.facility),
        )
    )


def doubt(item: Item, found: Statistic) -> T | None:
    """The evidence against its key in a sentence, None where there is none."""
    if found.doubt is None:
        return None
    return T(
        "Of the {half} who do best on other questions, {rival} answered {response} and {key} as the key says.",
        half=found.doubt.half,
        rival=found.doubt.rival,
        response=sheet.spelled(item, found.doubt.response),
        key=found.doubt.key,
    )


def prompt(item: Item, language: str) -> tuple[Block, ...]:
    """The item's question, set apart."""
    line: Line = inline(item.text(language).prompt)
    lettered = item.kind in (Kind.ONE, Kind.SEVERAL, Kind.ORDER)
    return (Quote(line), *sheet.question(item, language)[1:]) if lettered else (Quote(line),)


FEATURE = Feature(jobs=(review, show_doubt, show_good))
