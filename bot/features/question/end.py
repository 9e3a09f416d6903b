"""Ends of a question: closed with a reason, found by whoever asked, asked before, its card deleted; or opened again."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.chat.errors import Refusal
from bot.chat.message import Block, Outcome, Paragraph, Reply, say
from bot.chat.places import Place, Ref, Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.question import LONGEST_REASON, Closing, Question, State, read_name
from bot.features.question import change, page, target
from bot.followup import deletion
from bot.param import Arg

_REASON = Annotated[
    str,
    Arg(
        help=T("Why it is closed, for everybody to read"),
        ask=T("Why is it closed? One sentence, for everybody to read."),
        most=LONGEST_REASON,
    ),
]


def check_named(words: str) -> None:
    """Refuse what names no question."""
    if not (read_name(words) or (0, 0))[0]:
        raise Refusal(T("I need its name. Example: {example}", example=code("Q12")))


_ORIGINAL = Annotated[
    str,
    Arg(
        help=T("The question that was asked before, like Q12"),
        ask=T("Which question is the same? Send its name, like Q12."),
        most=12,
        complete=target.numbers,
        check=check_named,
    ),
]


async def _may(ctx: Context, known: Mapping[str, Any]) -> None:
    """Nobody writes a reason in vain."""
    question, _ = await target.meant(ctx, known.get("question") or "")
    await page.check_decider(ctx, question)


@command(
    "close",
    right=Role.MEMBER,
    aliases=("tutup", "question close", "pertanyaan tutup"),
    summary=T("Close a question, with a reason"),
    examples=(
        Example("/close Q12 Please ask this in the maths group.", T("Everybody reads the reason")),
        Example("/tutup Q12", T("Asks for the reason")),
    ),
    role_aware=True,
    slash="question close",
    guard=_may,
)
async def close(
    ctx: Context,
    *,
    question: target.Named = "",
    reason: _REASON,
) -> Outcome:
    """Close it for that reason."""
    found, _ = await target.meant(ctx, question or "")
    return await _close(ctx, found, reason)


async def _above(ctx: Context, number: int) -> tuple[Block, ...]:
    question = await page.find(ctx, number)
    return (Paragraph((f"{question.name}: {question.title}",)),)


@action("question-close", right=Role.MEMBER, intro=_above, role_aware=True)
async def close_by_button(ctx: Context, number: int, reason: _REASON) -> Outcome:
    """The same by a button."""
    return await _close(ctx, await page.find(ctx, number, held=True), reason)


async def _close(ctx: Context, question: Question, reason: str) -> Outcome:
    await page.check_decider(ctx, question)
    question = await change.close(ctx, question, Closing.WORDS, reason)
    return Reply(await page.page(ctx, question, T("Saved.")), personal=True)


@action("question-found", right=Role.MEMBER, role_aware=True)
async def found_it(ctx: Context, number: int) -> Outcome:
    """Whoever asked found it without the group."""
    question = await page.find(ctx, number, held=True)
    if not await page.is_owner(ctx, question) or question.state is State.CLOSED:
        raise Refusal(page.TOO_OLD)
    await change.close(ctx, question, Closing.FOUND)
    told = T("{name} is closed. Glad that you found it!", name=code(question.name))
    hint = T("What did you find? {command} keeps it for the others.", command=code(f"/answer {question.name} …"))
    return Reply(say(told, hint), replaces=True, personal=True)


@action("question-repeat", right=Role.MEMBER, intro=_above, role_aware=True)
async def repeat(ctx: Context, number: int, original: _ORIGINAL) -> Outcome:
    """It was asked before: both name each other from now on, and what is known there is found from here."""
    question = await page.find(ctx, number, held=True)
    await page.check_decider(ctx, question)
    first = await page.find(ctx, (read_name(original) or (0, 0))[0])
    if first.original:
        first = await page.find(ctx, first.original)
    if first.id == number:
        raise Refusal(T("A question is not the same as itself. Name another one."))
    question = await change.close(ctx, question, Closing.DUPLICATE, original=first.id)
    told = T("{name} and {other} are linked.", name=code(question.name), other=code(first.name))
    return Reply(await page.page(ctx, first, told), personal=True)


@action("question-reopen", right=Role.MEMBER, role_aware=True)
async def reopen(ctx: Context, number: int) -> Outcome:
    """Open it again."""
    question = await page.find(ctx, number, held=True)
    await page.check_decider(ctx, question)
    if question.state is State.OPEN:
        raise Refusal(T("{name} is open already.", name=code(question.name)))
    question = await change.reopen(ctx, question)
    return Reply(await page.page(ctx, question, T("It is open again.")), replaces=True, personal=True)


@deletion(page.CARD)
async def gone(ctx: Context, subject: int, message: Ref | None) -> None:
    """Its card or its thread was deleted, by whoever may: that closes an open one everywhere."""
    question = await ctx.unit.questions.hold(ctx.community.id, subject)
    for ref in await ctx.unit.cards.standing(ctx.community.id, f"{page.CARD}:{subject}"):
        if _is_gone(ref, ctx.place, message):
            await ctx.unit.cards.forget(ref)
    if question and question.state is State.OPEN:
        await change.close(ctx, question, Closing.DELETED)


def _is_gone(ref: Ref, place: Place, message: Ref | None) -> bool:
    """Whether that card is the message, or else has the thread, that was deleted there."""
    if (ref.place.platform, ref.place.chat) != (place.platform, place.chat):
        return False
    return ref.message == message.message if message else bool(ref.opened) and ref.opened == place.thread
