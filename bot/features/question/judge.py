"""What moderators say about an answer in their name: verified, in need of a source, doubtful."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action
from bot.context import Context
from bot.domain.question import Answer, Label
from bot.features.question import card, page

LABELS = {"ok": Label.VERIFIED, "source": Label.UNSOURCED, "wrong": Label.DOUBTFUL}


@action("question-judge", right=Role.MODERATOR)
async def judge(ctx: Context, number: int, nth: int, verdict: str) -> Outcome:
    """Give the answer that label by a tap."""
    if verdict not in LABELS:
        raise Refusal(page.TOO_OLD)
    question = await page.find(ctx, number, held=True)
    answer = await decide(ctx, await page.find_answer(ctx, number, nth), verdict)
    return Reply(await page.answer_page(ctx, question, answer, T("Saved.")), replaces=True, personal=True)


async def decide(ctx: Context, answer: Answer, verdict: str) -> Answer:
    """Give an answer the label of that word; refuses about one's own."""
    if answer.author == ctx.person.id:
        raise Refusal(T("This answer is yours, so somebody else decides about it."))
    after = replace(answer, label=LABELS[verdict], judge=ctx.person.id)
    await ctx.unit.questions.save_answer(after)
    await ctx.renew(card.show, answer.question)
    return after
