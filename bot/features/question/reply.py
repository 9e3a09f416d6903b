"""Answering: by a plain reply to the card, in its thread, by a command or a button."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Outcome, Receipt, Reply, say
from bot.chat.places import Ref, Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.library import shorten
from bot.domain.question import LONGEST_ANSWER, MOST_ANSWERS, Answer, Question, State, Wish
from bot.features.question import change, news, page, target
from bot.features.rich import rich
from bot.followup import hearing
from bot.param import Arg

MOST_OWN = 20
"""Answers of one person to one question."""

MOST_OFFERED = 5
"""Open questions among which an answer finds its own, the newest."""

PATIENCE = timedelta(minutes=30)
"""How long an answer waits for that."""


@command(
    "answer",
    right=Role.MEMBER,
    aliases=("jawab", "question answer", "pertanyaan jawab"),
    summary=T("Answer a question of the group"),
    examples=(
        Example("/answer Q12 Because blue light is scattered most.", T("Answers the question of that name")),
        Example("/jawab Karena cahaya biru paling banyak dihamburkan.", T("As a reply to its card")),
    ),
    role_aware=True,
    slash="question answer",
)
async def answer(
    ctx: Context,
    *,
    question: target.Named = "",
    words: Annotated[str, Arg(help=T("Your answer"), ask=T("Write your answer."), most=LONGEST_ANSWER)],
) -> Outcome:
    """Store an answer in words; where it cannot be told to which question, the words wait for a tap."""
    number, _ = await target.guess(ctx, question or "")
    if not number:
        return await _which(ctx, words)
    found = await page.find(ctx, number, held=True)
    return await _thanked(ctx, found, await give(ctx, found, words, ctx.own))


async def _which(ctx: Context, words: str) -> Outcome:
    check_keys(words)
    newest = await ctx.unit.questions.page(ctx.community.id, Wish(state=State.OPEN), 0, MOST_OFFERED)
    if not newest:
        raise Refusal(T("No question is open. Ask one: {command}", command=code("/ask")))
    scope, owner = ctx.community.id, ctx.person.id
    draft = await ctx.unit.drafts.put_text(owner, words, ctx.now + PATIENCE)
    rows = tuple(
        (Button(f"{each.name} · {each.title}", give_to(scope, draft, each.id, owner=owner)),) for each in newest
    )
    return Reply(say(T("Which question do you answer?"), rows=rows), personal=True)


@action("question-give", right=Role.MEMBER, role_aware=True)
async def give_to(ctx: Context, draft: int, number: int) -> Outcome:
    """Answer that question with the words that wait; pressing twice answers once."""
    question = await page.find(ctx, number, held=True)
    words = await ctx.unit.drafts.get_text(draft, ctx.person.id, ctx.now)
    if words is None:
        raise Refusal(T("Your answer is in already, or it waited for too long. Send it again."))
    await ctx.unit.drafts.drop(draft)
    given = await give(ctx, question, words, None)
    told = T("Your answer to {name} is in. Thank you!", name=code(question.name))
    return Reply(await page.answer_page(ctx, question, given, told), replaces=True, personal=True)


async def _above(ctx: Context, number: int) -> tuple[Block, ...]:
    question = await page.find(ctx, number)
    return rich(question.text, lead=f"{question.name}: ")


@action("question-write", right=Role.MEMBER, intro=_above, role_aware=True)
async def write(
    ctx: Context,
    number: int,
    words: Annotated[str, Arg(help=T("Your answer"), ask=T("Write your answer."), most=LONGEST_ANSWER)],
) -> Outcome:
    """The same by a button."""
    question = await page.find(ctx, number, held=True)
    return await _thanked(ctx, question, await give(ctx, question, words, ctx.own))


@hearing(page.CARD, right=Role.MEMBER)
async def replied(ctx: Context, subject: int, words: str) -> Outcome:
    """A plain reply to the card, or words in its thread. What whoever asked adds there is no answer.

    Nobody is to see whose an anonymous question is, so its author's words count like anybody's.

    Words that the platform hides from us count as one answer of their author, so that the question is known to have
    one; which message it is can be said later.
    """
    question = await page.find(ctx, subject, held=True)
    if not question.anonymous and await page.is_owner(ctx, question):
        return None
    if visible(words):
        # What is too long for us stands in the group with all its words.
        await give(ctx, question, shorten(words.strip(), LONGEST_ANSWER), ctx.own)
        return Receipt(T("Your answer to {name} is in. Thank you!", name=code(question.name)))
    answers = await ctx.unit.questions.answers(question.community, question.id)
    if not any(each.author == ctx.person.id for each in answers):
        await _add(ctx, question, ctx.person.id, "", ctx.own)
    return None


async def give(ctx: Context, question: Question, words: str, own: Ref | None) -> Answer:
    """Store the actor's answer to a held question; the same words twice are one."""
    check_keys(words)
    if not visible(words):
        raise Refusal(T("Write your answer after the command."))
    answers = await ctx.unit.questions.answers(question.community, question.id)
    mine = [each for each in answers if each.author == ctx.person.id]
    if same := next((each for each in mine if each.text == words.strip()), None):
        return same
    if len(mine) >= MOST_OWN:
        raise Refusal(T("You gave {n} answers here already. Give the others a turn.", n=MOST_OWN))
    return await _add(ctx, question, ctx.person.id, words.strip(), own)


async def take(ctx: Context, question: Question, author: int, words: str, stands: Ref) -> Answer:
    """The answer that this message is, with its words where they were hidden before.

    What is too long is cut, because whoever takes a message cannot shorten it.
    """
    check_keys(words)
    words = shorten(words.strip(), LONGEST_ANSWER)
    number, nth = await target.at(ctx, stands)
    if nth and number != question.id:
        raise Refusal(T("This message answers {name}. Moderators can move it.", name=code(f"Q{number}")))
    found = await ctx.unit.questions.answer(question.community, number, nth) if number == question.id and nth else None
    if found is None or found.withdrawn:
        found = await _unsaid(ctx, question, author) if words else None
    if found is None:
        return await _add(ctx, question, author, words, stands)
    return await _fill(ctx, question, found, words, stands) if words and not found.text else found


async def _unsaid(ctx: Context, question: Question, author: int) -> Answer | None:
    """The answer that counts for words of that person which are hidden from us, unless it was accepted as it is."""
    answers = await ctx.unit.questions.answers(question.community, question.id)
    return next((each for each in answers if each.author == author and not (each.text or each.accepted)), None)


async def _fill(ctx: Context, question: Question, found: Answer, words: str, stands: Ref) -> Answer:
    """The answer with its words, from now on that message."""
    filled = replace(found, text=words, stands=stands)
    await ctx.unit.questions.save_answer(filled)
    if found.stands:
        await ctx.unit.cards.forget(found.stands)
    await ctx.unit.cards.put(question.community, f"{page.SAID}:{filled.subject}", stands)
    await change.touch(ctx, question)
    return filled


async def _add(ctx: Context, question: Question, author: int, words: str, own: Ref | None) -> Answer:
    if len(words) > LONGEST_ANSWER:
        raise Refusal(
            T("That is too long: {length} characters, at most {most}.", length=len(words), most=LONGEST_ANSWER)
        )
    made = Answer(question.community, question.id, 0, words, author, ctx.now, stands=own)
    added = await ctx.unit.questions.add_answer(made)
    if added.number > MOST_ANSWERS:
        raise Refusal(T("{name} has very many answers already. Better ask a new question.", name=code(question.name)))
    if own:
        await ctx.unit.cards.put(question.community, f"{page.SAID}:{added.subject}", own)
    if not await ctx.unit.questions.is_owner(question.community, question.id, author):
        question = await news.announce(ctx, question, added)
    await change.touch(ctx, question)
    return added


async def _thanked(ctx: Context, question: Question, given: Answer) -> Outcome:
    text = T("Your answer to {name} is in. Thank you!", name=code(question.name))
    if ctx.private or ctx.own is None:
        return Reply(await page.answer_page(ctx, question, given, text), personal=True)
    return Receipt(text)  # without naming the message, for commands that only mark another one are cleared away
