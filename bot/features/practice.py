"""Private practice: a few items from the bank, one after the other in one message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Feature, action
from bot.context import Context
from bot.dialogue import go
from bot.domain.answer import is_right
from bot.domain.community import Reveal
from bot.domain.items import Item
from bot.domain.recall import Rating
from bot.features import sheet
from bot.features.contribution import invite
from bot.features.desk import desk
from bot.features.recollection import is_card, met, outlook, rated
from bot.param import Choice

USUAL = 5
MOST = 20
OVER = T("This round is over. Start a new one with /quiz.")


async def topics(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The bank's topics that contain what was typed."""
    tags = await ctx.unit.items.tags(ctx.community.id)
    return tuple(Choice(tag, tag) for tag in tags if text.casefold() in tag)


@action("solo", right=Role.MEMBER)
async def solo(ctx: Context, size: str, topic: str) -> Outcome:
    """Practise so many items about the topic, "" for any."""
    return await begin(ctx, topic, min(MOST, int(size) if size.isdecimal() else USUAL))


async def begin(ctx: Context, topic: str, n: int) -> Outcome:
    """Begin a practice round: cards that are due, then what is new to the member, then the rest."""
    community, person = ctx.community.id, ctx.person.id
    tag = (topic or "").casefold().lstrip("#")
    bank = await open_bank(ctx, tag)
    if not bank:
        return await _nothing(ctx, tag)
    due = [item for item in await ctx.unit.recalls.due(community, person, ctx.now, MOST * 5) if item in bank]
    known = set(await ctx.unit.recalls.known(community, person))
    mixed = sorted(ctx.rng.sample(sorted(set(bank) - set(due)), len(bank) - len(due)), key=known.__contains__)
    picked = tuple((*due, *mixed)[:n])
    number = await ctx.unit.practices.start(community, person, picked)
    return Reply(await _page(ctx, Round(number, picked, {}), 0), personal=True)


async def open_bank(ctx: Context, tag: str) -> Mapping[int, datetime | None]:
    """The items about the topic whose answers may be told now, with when each was asked last.

    Refuses where there are some but all of them are being asked.
    """
    bank = await ctx.unit.items.asked_at(ctx.community.id, tag)
    secret = await _secret(ctx) if bank else set()
    told = {item: at for item, at in bank.items() if item not in secret}
    if bank and not told:
        raise Refusal(T("The group is answering all of these questions right now. Come back when that is over."))
    return told


async def _secret(ctx: Context) -> set[int]:
    """The items of the running round that are not over, and of an open quiz that tells only at its close."""
    scope = ctx.community.id
    live = await ctx.unit.rounds.current(scope)
    asked = await ctx.unit.quizzes.get(scope, live.quiz) if live else None
    coming = {item.id for item in asked.items[live.position :]} if live and asked else set()
    if ctx.community.daily.reveal is not Reveal.CLOSE:
        return coming
    quiz = await ctx.unit.quizzes.latest(scope)
    return coming | {item.id for item in quiz.items} if quiz and quiz.takes_answers(ctx.now) else coming


@dataclass(frozen=True, slots=True)
class Round:
    """A person's practice round: its number, its items, the responses by position."""

    number: int
    items: tuple[int, ...]
    given: Mapping[int, str]


async def _round(ctx: Context, number: int, position: int) -> Round:
    """The person's round; refuses where it is over or has no such position."""
    found = await ctx.unit.practices.get(ctx.community.id, ctx.person.id)
    if found and found[0] == number and 0 <= position < len(found[1]):
        return Round(*found)
    raise Refusal(OVER)


async def _find(ctx: Context, number: int, position: int) -> Item:
    round_ = await _round(ctx, number, position)
    for item in await ctx.unit.items.some(ctx.community.id, (round_.items[position],)):
        return item
    raise Refusal(OVER)


async def _show(ctx: Context, number: int, position: int, taken: str) -> Message:
    return await _page(ctx, await _round(ctx, number, position), position, taken)


async def _take(ctx: Context, number: int, position: int, response: str) -> Outcome:
    """An answer in the practice round; the message turns into the next item."""
    round_, item = await _round(ctx, number, position), await _find(ctx, number, position)
    given = await ctx.unit.practices.answer(ctx.community.id, ctx.person.id, position, response)
    right = is_right(item, given[position])
    if position not in round_.given:
        await met(ctx, item.id, right)
    told = sheet.verdict(item, given[position], ctx.language)
    rows = await _felt(ctx, number, position, item) if right else ()
    page = await _page(ctx, replace(round_, given=given), position + 1, told=told, rows=rows)
    return Reply(page, replaces=True, personal=True)


@action("practise-felt", right=Role.MEMBER)
async def felt(ctx: Context, number: int, position: int, rating: int) -> Outcome:
    """How hard an item was that was answered right: one tap that nobody has to make."""
    round_, item = await _round(ctx, number, position), await _find(ctx, number, position)
    if rating not in (Rating.HARD, Rating.EASY) or not is_right(item, round_.given.get(position, "")):
        raise Refusal(OVER)
    await rated(ctx, item, Rating(rating))
    told = T("Noted: it comes back sooner.") if rating == Rating.HARD else T("Noted: it comes back later.")
    return Reply(await _page(ctx, round_, position + 1, told=told), replaces=True, personal=True)


async def _felt(ctx: Context, number: int, position: int, item: Item) -> tuple[Row, ...]:
    """What the answerer may say of an item answered right; easy means something only for a card."""
    scope = ctx.community.id
    hard = Button(T("That was hard"), felt(scope, number, position, int(Rating.HARD)))
    easy = Button(T("That was easy"), felt(scope, number, position, int(Rating.EASY)))
    return ((hard, easy),) if await is_card(ctx, item.id) else ((hard,),)


async def _page(
    ctx: Context, round_: Round, position: int, taken: str = "", told: T | None = None, rows: tuple[Row, ...] = ()
) -> Message:
    """The item at that position below what is told of the last one, or the end of the round."""
    before: tuple[Block, ...] = (Paragraph((told,)),) if told else ()
    if position >= len(round_.items):
        return await _end(ctx, round_, before, rows)
    item = await _find(ctx, round_.number, position)
    title = T("Practice · question {n} of {all}", n=position + 1, all=len(round_.items))
    answers = DESK.rows(item, ctx.community.id, round_.number, position, taken)
    return card(title, *before, *sheet.question(item, ctx.language), rows=(*answers, *rows))


async def _end(ctx: Context, round_: Round, before: tuple[Block, ...], rows: tuple[Row, ...]) -> Message:
    scope, items = ctx.community.id, round_.items
    asked = {each.id: each for each in await ctx.unit.items.some(scope, items)}
    right = sum(is_right(asked[items[at]], said) for at, said in round_.given.items() if items[at] in asked)
    end = T("Round done: {right} of {all} right. Nobody else sees this.", right=right, all=len(items))
    coming, offer = await outlook(ctx)
    again = (Button(T("Another round"), solo(scope, str(USUAL), "")),)
    return await invite(ctx, card(T("Practice"), *before, end, coming, rows=(*rows, again, *offer)))


DESK = desk("practise", _find, _show, _take)


async def _nothing(ctx: Context, tag: str) -> Outcome:
    tags = await ctx.unit.items.tags(ctx.community.id)
    if not tag or not tags:
        return say(sheet.EMPTY)
    rows = tuple((Button(found, go("quiz", found, scope=ctx.community.id)),) for found in tags[:5])
    return say(T("There are no questions about {topic} yet. These topics have some:", topic=tag), rows=rows)


FEATURE = Feature(actions=(solo, felt, *DESK.actions))
