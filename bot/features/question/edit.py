"""Other words for one's own question, as long as it is there."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action
from bot.context import Context
from bot.domain.question import LONGEST_QUESTION, take_topics
from bot.features.question import ask, change, page
from bot.features.rich import rich
from bot.param import Arg


async def _above(ctx: Context, number: int) -> tuple[Block, ...]:
    question = await page.find(ctx, number)
    if not await page.is_owner(ctx, question):
        raise Refusal(page.TOO_OLD)
    return rich(question.text)


@action("question-edit", right=Role.MEMBER, intro=_above, role_aware=True)
async def edit(
    ctx: Context,
    number: int,
    words: Annotated[
        str,
        Arg(
            help=T("The question, with #topics if you like"),
            ask=T("Write the question as it should be, with a #topic if you like."),
            most=LONGEST_QUESTION,
        ),
    ],
) -> Outcome:
    """Let it stand with these words; without a topic among them it keeps those that it has."""
    question = await page.find(ctx, number, held=True)
    if not await page.is_owner(ctx, question):
        raise Refusal(page.TOO_OLD)
    ask.check_words(words)
    text, tags = take_topics(words)
    question = await change.touch(ctx, replace(question, text=text, tags=tags or question.tags))
    return Reply(await page.page(ctx, question, T("Saved.")), personal=True)
