"""Moving a stray message into the question that it belongs to."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Receipt
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.question import read_name
from bot.features.question import page, reply, target, withdraw
from bot.features.question.end import check_named
from bot.param import Arg


@command(
    "move",
    right=Role.MODERATOR,
    aliases=("pindah", "question move", "pertanyaan pindah"),
    summary=T("Move a message into the question that it answers"),
    examples=(Example("/move Q12", T("As a reply to the message")),),
    slash="question move",
)
async def move(
    ctx: Context,
    to: Annotated[
        str,
        Arg(
            help=T("The question that it answers, like Q12"),
            ask=T("Which question does it answer? Send its name, like Q12."),
            most=12,
            complete=target.numbers,
            check=check_named,
        ),
    ],
) -> Outcome:
    """Keep the words of the message as an answer of whoever wrote it; the message itself stays where it is."""
    number, (was, nth) = (read_name(to) or (0, 0))[0], await target.at(ctx, ctx.reply) if ctx.reply else (0, 0)
    if nth and was < number:
        # In the order of their numbers, so that two moves at once never wait for each other.
        await page.find(ctx, was, held=True)
    question = await page.find(ctx, number, held=True)
    author = await target.writer(ctx)
    if ctx.reply is None or ctx.quoted is None or not author:
        raise Refusal(T("Reply to somebody's message with {command}, so that I can see it.", command=code("/move Q12")))
    if await ctx.unit.questions.is_owner(question.community, question.id, author) and not question.anonymous:
        raise Refusal(T("Whoever asked {name} wrote this, so it is no answer.", name=code(question.name)))
    if nth and was != number:
        await withdraw.leave(ctx, was, nth)
    answer = await reply.take(ctx, question, author, ctx.quoted.text, ctx.reply)
    return Receipt(T("It is {name} now.", name=code(answer.name)), ctx.reply)
