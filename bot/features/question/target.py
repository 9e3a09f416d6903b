"""Which question or answer is meant: by its name, by the message that is replied to, by the thread in which one is."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.places import Ref
from bot.chat.text import T, code
from bot.context import Context
from bot.domain.question import MANY, Answer, Question, Wish, read_name
from bot.features.question import page
from bot.param import Arg, Choice
from bot.whom import author

QUESTION = r"q\d{1,8}"
"""The form of a question's name before other words; a bare number may be the beginning of these."""

MOST_OFFERED = 25
"""Suggestions while somebody types (Discord)."""


async def numbers(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The newest questions whose name or first words contain what was typed."""
    wanted = text.casefold().strip()
    found = await ctx.unit.questions.page(ctx.community.id, Wish(), 0, 4 * MOST_OFFERED)
    fitting = [each for each in found if wanted in f"{each.name} {each.title}".casefold()]
    return tuple(Choice(each.name, f"{each.name} · {each.title}") for each in fitting[:MOST_OFFERED])


Named = Annotated[str, Arg(help=T("Its name, like Q12"), most=12, form=QUESTION, complete=numbers)]
"""A question before other words."""


async def meant(ctx: Context, name: str) -> tuple[Question, int]:
    """The question, held, and the number of the answer that is meant, 0 for none; refuses where it cannot be told."""
    number, nth = await guess(ctx, name)
    if not number:
        raise Refusal(
            T("Which question? Reply to its card, or name it: {example}", example=code("Q12")),
        )
    return await page.find(ctx, number, held=True), nth


async def guess(ctx: Context, name: str) -> tuple[int, int]:
    """The numbers of the question and of the answer that are meant; zeros where it cannot be told."""
    return read_name(name) or await _around(ctx)


async def told_of(ctx: Context, subject: int) -> tuple[Question, Answer] | None:
    """The question and the answer that a message to somebody is about, None where one of them is gone."""
    number, nth = divmod(subject, MANY)
    question = await ctx.unit.questions.get(ctx.community.id, number)
    given = await ctx.unit.questions.answer(ctx.community.id, number, nth)
    return (question, given) if question and given else None


async def at(ctx: Context, message: Ref) -> tuple[int, int]:
    """The question and the answer that this message is or has the card of; zeros for any other message."""
    return _read(ctx, await ctx.unit.cards.at(message))


async def _around(ctx: Context) -> tuple[int, int]:
    """What the message that is replied to, or else the thread, belongs to; zeros for nothing of ours."""
    found = await at(ctx, ctx.reply) if ctx.reply else (0, 0)
    return found if found[0] else _read(ctx, await ctx.unit.cards.under(ctx.place))


async def writer(ctx: Context) -> int:
    """Who wrote the message that a command is about, from now on a member; 0 for nobody who can be one."""
    found = await author(ctx)
    return found.id if found else 0


def _read(ctx: Context, found: tuple[int, str] | None) -> tuple[int, int]:
    if found is None or found[0] != ctx.community.id:
        return 0, 0
    kind, _, subject = found[1].partition(":")
    match kind:
        case page.CARD:
            return int(subject), 0
        case page.SAID:
            return divmod(int(subject), MANY)
        case _:
            return 0, 0
