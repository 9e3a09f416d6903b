"""What whoever asked hears of new answers: the first at once, what follows soon after it together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.message import Block, Button, Message, Paragraph, Row, Tone, card
from bot.chat.text import Name, T, bold
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.library import shorten
from bot.domain.question import MANY, Answer, Question
from bot.domain.quiet import awake
from bot.features.question import card as public
from bot.features.question import page
from bot.features.rich import rich

GAP = timedelta(minutes=10)
"""After one word of new answers nothing is said for this long; a lively thread is no reason to ring all the time."""

LONGEST_EXCERPT = 300


async def announce(ctx: Context, question: Question, added: Answer) -> Question:
    """Let whoever asked hear of the answer, together with others that come until then; the question as it then is."""
    if question.news_at and ctx.now < question.news_at:
        return question
    at = awake(max(ctx.now, question.news_at + GAP) if question.news_at else ctx.now, ctx.community.zone)
    owner = await ctx.unit.questions.owner(question.community, question.id)
    await ctx.tell(owner, news, added.subject, at)
    return replace(question, news_from=added.number, news_at=at)


@job("question-news")
async def news(ctx: Context, subject: int) -> Message | jobs.State:
    """The answers from that one on, as far as no later word tells of them; one tap accepts one."""
    number, first = divmod(subject, MANY)
    question = await ctx.unit.questions.get(ctx.community.id, number)
    if question is None:
        return jobs.State.DROPPED
    until = question.news_from if question.news_from > first else MANY
    answers = await ctx.unit.questions.answers(ctx.community.id, number)
    new = [each for each in answers if first <= each.number < until and not each.accepted]
    new = [each for each in new if each.author != ctx.person.id]
    names = await ctx.unit.people.names([each.author for each in new])
    match new:
        case []:
            return jobs.State.DROPPED
        case [only]:
            return _one(ctx, question, only, Name(names.get(only.author, "")))
        case _:
            return _several(ctx, question, new, {each.author: Name(names.get(each.author, "")) for each in new})


def _one(ctx: Context, question: Question, given: Answer, who: Name) -> Message:
    scope, number, nth = question.community, question.id, given.number
    row: Row = (
        Button(T("It solves it"), page.press("solve", scope, number, nth), tone=Tone.MAIN),
        Button(T("Still unclear"), page.press("unclear", scope, number, nth)),
        Button(T("Show all"), page.press("show", scope, number)),
    )
    title = (bold(f"{given.name} · "), T("{who} answered your question", who=who))
    return card(title, question.title, *page.words_of(ctx, given), rows=(row,))


def _several(ctx: Context, question: Question, new: Sequence[Answer], who: dict[int, Name]) -> Message:
    scope, number = question.community, question.id
    blocks: list[Block] = []
    for each in new[-public.MOST_OFFERED :]:
        words = rich(shorten(each.text, LONGEST_EXCERPT)) if each.text else page.words_of(ctx, each)
        blocks += (Paragraph((bold(f"{each.name} · "), who[each.author])), *words)
    title = T("{n} new answer to {name}", "{n} new answers to {name}", n=len(new), name=question.name)
    show: Row = (Button(T("Show all"), page.press("show", scope, number)),)
    return card(title, question.title, *blocks, rows=(public.solving(new), show))
