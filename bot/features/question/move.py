"""Moving a stray message into the question that it belongs to."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Receipt
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.people import Member
from bot.domain.question import read_name
from bot.features.question import page, reply, target
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
    question = await page.find(ctx, (read_name(to) or (0, 0))[0], held=True)
    quoted = ctx.quoted
    if ctx.reply is None or quoted is None or quoted.account is None:
        raise Refusal(T("Reply to somebody's message with {command}, so that I can see it.", command=code("/move Q12")))
    arrival = await ctx.unit.arrivals.of(ctx.place, quoted.account)
    person = arrival.person or await ctx.unit.people.add(quoted.account, quoted.name, "")
    await ctx.unit.people.join(Member(ctx.community.id, person.id, since=ctx.now))
    if await ctx.unit.questions.is_owner(question.community, question.id, person.id) and not question.anonymous:
        raise Refusal(T("Whoever asked {name} wrote this, so it is no answer.", name=code(question.name)))
    answer = await reply.take(ctx, question, person.id, quoted.text, ctx.reply)
    return Receipt(T("It is {name} now.", name=code(answer.name)), ctx.reply)
