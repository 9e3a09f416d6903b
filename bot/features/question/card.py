"""A question in public: its words, how it stands, what was accepted; edited where it stands."""

from collections.abc import Mapping, Sequence
from itertools import chain

from bot.chat.message import Block, Button, Heading, Message, Paragraph, Quote, Row, Thread, Tone
from bot.chat.text import Line, T, bold
from bot.command import job
from bot.context import Context
from bot.domain.jobs import State as JobState
from bot.domain.library import shorten
from bot.domain.question import LONGEST_QUESTION, Answer, Question, State
from bot.features.question import page
from bot.features.question.room import ROOM, weight
from bot.features.rich import inline, rich

MOST_ACCEPTED = 2
CUTS = ((LONGEST_QUESTION, 400), (1000, 250), (500, 100), (120, 20))
"""Characters of the question and of each accepted answer on the card; the whole is behind a button.

Ordinary words fit the first. The others are for what is full of signs: a card of two messages would grow by one more
with every edit.
"""

MOST_OFFERED = 3
"""Answers that one tap on the card accepts, the newest."""

LONGEST_THREAD = 100
"""Characters of a thread's name (Discord)."""


@job(page.CARD)
async def show(ctx: Context, subject: int) -> Message | JobState:
    """The card, with the thread in which people answer."""
    question = await ctx.unit.questions.get(ctx.community.id, subject)
    if question is None:
        return JobState.DROPPED
    answers = await ctx.unit.questions.answers(question.community, question.id)
    votes = await ctx.unit.questions.votes(question.community, question.id)
    names = await page.names_of(ctx, question, answers)
    accepted = [each for each in answers if each.accepted]
    heads = [
        Paragraph((bold(f"{each.name} · "), *page.standing(each, votes.get(each.number, 0), names)))
        for each in accepted[:MOST_ACCEPTED]
    ]
    title = Heading((bold(f"{question.name} · "), page.state_of(question)))
    blocks: tuple[Block, ...] = ()
    for most, excerpt in CUTS:
        asked = (title, *rich(shorten(question.text, most)), _about(question, names))
        found = [(head, *_excerpt(ctx, each, excerpt)) for head, each in zip(heads, accepted, strict=False)]
        blocks = (*asked, *chain.from_iterable(found), *_hint(question, answers, accepted))
        if weight(blocks) <= ROOM:
            break
    rows = _rows(question, answers, votes.get(0, 0))
    return Message(blocks, rows, card=True, thread=_thread(ctx, question))


def _about(question: Question, names: Mapping[int, str]) -> Block:
    line: Line = (page.asker(question, names),)
    return Paragraph((*line, " · ", " ".join(f"#{tag}" for tag in question.tags)) if question.tags else line)


def _excerpt(ctx: Context, answer: Answer, most: int) -> tuple[Block, ...]:
    if len(answer.text) <= most:
        return page.words_of(ctx, answer)
    return (Quote(inline(shorten(answer.text, most))),)


def _hint(question: Question, answers: Sequence[Answer], accepted: Sequence[Answer]) -> tuple[Block, ...]:
    """How to take part, as long as that helps."""
    if question.state is State.CLOSED or accepted:
        return ()
    if not answers:
        return (Paragraph((T("Reply here to answer. A try counts as well, and half an answer helps."),)),)
    return (Paragraph((T("{n} answer so far.", "{n} answers so far.", n=len(answers)),)),)


def _rows(question: Question, answers: Sequence[Answer], votes: int) -> tuple[Row, ...]:
    scope, number = question.community, question.id
    read = T("Answers ({n})", n=len(answers)) if answers else T("Details")
    first: Row = (
        Button(T("Answer"), page.press("write", scope, number), tone=Tone.MAIN),
        Button(read, page.press("show", scope, number)),
    )
    if question.state is not State.OPEN:
        known: Row = (page.original(question),) if question.original else ()
        return ((*first[1:], *known),) if question.state is State.CLOSED else (first,)
    wonder = T("I wonder too ({n})", n=votes) if votes else T("I wonder too")
    first = (*first, Button(wonder, page.press("vote", scope, number)))
    solve = solving(answers)
    return (first, solve) if solve else (first,)


def solving(answers: Sequence[Answer]) -> Row:
    """Buttons that each accept one of these answers, the newest."""
    return tuple(
        Button(T("{name} solves it", name=each.name), page.press("solve", each.community, each.question, each.number))
        for each in answers[-MOST_OFFERED:]
    )


def _thread(ctx: Context, question: Question) -> Thread:
    title = shorten(f"{question.name} · {question.title}", LONGEST_THREAD)
    closed = question.state is State.CLOSED
    return Thread(title, question.tags, closed, ctx.community.questions.topics)
