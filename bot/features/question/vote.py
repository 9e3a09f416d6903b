"""Votes by a button or a thumb: an answer helped, a question is wondered about by others too."""

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply, Toast
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action
from bot.context import Context
from bot.domain.points import question_reward
from bot.domain.question import MANY, Question
from bot.features.points.reward import give
from bot.features.question import card, page
from bot.followup import liking

USEFUL_TO = 2
"""Others who must wonder too before whoever asked is rewarded."""


@action("question-vote", right=Role.MEMBER)
async def wonder(ctx: Context, number: int) -> Outcome:
    """Say by a tap on the card that one wonders too."""
    await _vote(ctx, await page.find(ctx, number, held=True), 0, on=True)
    return Toast(T("Noted: you wonder too."), light=True)


@action("question-rate", right=Role.MEMBER, role_aware=True)
async def rate(ctx: Context, number: int, nth: int, wanted: str) -> Outcome:
    """Say on a private page that an answer helped (0: that one wonders too), or take that back."""
    question = await page.find(ctx, number, held=True)
    if wanted not in (page.ON, page.OFF):
        raise Refusal(page.TOO_OLD)
    given = await page.find_answer(ctx, number, nth) if nth else None
    await _vote(ctx, question, nth, on=wanted == page.ON)
    told = T("Your vote counts. Thank you!") if wanted == page.ON else T("Your vote is taken back.")
    shown = page.answer_page(ctx, question, given, told) if given else page.page(ctx, question, told)
    return Reply(await shown, replaces=True, personal=True)


async def _vote(ctx: Context, question: Question, nth: int, *, on: bool) -> None:
    if not await set_vote(ctx, question, nth, on=on):
        raise Refusal(T("This is yours, so the votes are for others."))


async def set_vote(ctx: Context, question: Question, nth: int, *, on: bool) -> bool:
    """Keep the actor's vote about a held question or its answer; False for what is their own.

    A thumb that everybody sees and that does not count would tell whose an anonymous question is, so there all count.
    """
    questions, scope, person = ctx.unit.questions, question.community, ctx.person.id
    given = await questions.answer(scope, question.id, nth) if nth else None
    own = given.author == person if given else not question.anonymous and await page.is_owner(ctx, question)
    if own:
        return False
    changed = (
        await questions.vote(scope, question.id, nth, person, ctx.now)
        if on
        else await questions.unvote(scope, question.id, nth, person)
    )
    if not changed:
        return True
    await ctx.renew(card.show, question.id)
    votes = await questions.votes(scope, question.id)
    if not nth and question.author and votes.get(0, 0) >= USEFUL_TO:
        await give(ctx, question_reward(ctx.community, question.author, question.id, ctx.now))
    return True


@liking(page.CARD)
async def wonders(ctx: Context, subject: int, likes: bool) -> None:
    """A thumb at a question's card."""
    await _thumb(ctx, subject, 0, likes)


@liking(page.SAID)
async def helped(ctx: Context, subject: int, likes: bool) -> None:
    """A thumb at an answer."""
    number, nth = divmod(subject, MANY)
    await _thumb(ctx, number, nth, likes)


async def _thumb(ctx: Context, number: int, nth: int, likes: bool) -> None:
    question = await ctx.unit.questions.hold(ctx.community.id, number)
    if question and ctx.who:
        await set_vote(ctx, question, nth, on=likes)
