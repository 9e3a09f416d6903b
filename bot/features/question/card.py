"""A question in public: its words, how it stands, what was accepted; edited where it stands."""

from collections.abc import Sequence

from bot.chat.message import Block, Button, Message, Paragraph, Quote, Row, Thread, Tone, card
from bot.chat.text import Inline, Line, T, bold
from bot.command import job
from bot.context import Context
from bot.domain.jobs import State as JobState
from bot.domain.library import shorten
from bot.domain.question import Answer, Question, State
from bot.features.question import page
from bot.features.rich import inline, rich

MOST_ACCEPTED = 2
LONGEST_EXCERPT = 400
"""Characters of an accepted answer on the card; the whole of it is behind a button."""

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
    about: Line = (page.asker(question, names),)
    if question.tags:
        about = (*about, " · ", " ".join(f"#{tag}" for tag in question.tags))
    accepted = [each for each in answers if each.accepted]
    found: list[Block] = []
    for each in accepted[:MOST_ACCEPTED]:
        head: tuple[Inline, ...] = (bold(f"{each.name} · "), *page.standing(each, votes.get(each.number, 0), names))
        found += (Paragraph(head), *_excerpt(ctx, each))
    title: Line = (bold(f"{question.name} · "), page.state_of(question))
    blocks = (*rich(question.text), Paragraph(about), *found, *_hint(question, answers, accepted))
    told = card(title, *blocks, rows=_rows(question, answers, votes.get(0, 0)))
    return Message(told.blocks, told.rows, card=True, thread=_thread(ctx, question))


def _excerpt(ctx: Context, answer: Answer) -> tuple[Block, ...]:
    if len(answer.text) <= LONGEST_EXCERPT:
        return page.words_of(ctx, answer)
    return (Quote(inline(shorten(answer.text, LONGEST_EXCERPT))),)


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
        return (first[1:],) if question.state is State.CLOSED else (first,)
    wonder = T("I wonder too ({n})", n=votes) if votes else T("I wonder too")
    first = (*first, Button(wonder, page.press("vote", scope, number)))
    offered = answers[-MOST_OFFERED:]
    solve: Row = tuple(
        Button(T("{name} solves it", name=each.name), page.press("solve", scope, number, each.number))
        for each in offered
    )
    return (first, solve) if solve else (first,)


def _thread(ctx: Context, question: Question) -> Thread:
    title = shorten(f"{question.name} · {question.title}", LONGEST_THREAD)
    closed = question.state is State.CLOSED
    return Thread(title, question.tags, closed, ctx.community.questions.topics)
