"""The daily quiz in public: its items while it is open, how it went once it is closed."""

from bot.chat.message import Block, Message, Paragraph, card
from bot.chat.text import Moment, Shape, T
from bot.command import job
from bot.context import Context
from bot.dialogue import go
from bot.domain.jobs import State
from bot.domain.quiz import (
    LATE_AFTER,
    Quiz,
    Tally,
    opening,
)
from bot.features import sheet
from bot.features.daily.answer import MINE, answer_in_public, title


@job("daily-card", planned=True)
async def show_quiz(ctx: Context, subject: int) -> Message | State | None:
    """The public card: the items while it is open, the distribution once it is closed.

    A place that could not be reached in time is not told about a quiz in which nobody took part.
    """
    quiz = await ctx.unit.quizzes.get(ctx.community.id, subject)
    if quiz is None:
        return None
    if quiz.takes_answers(ctx.now):
        return _open_card(ctx, quiz)
    tally = await ctx.unit.quizzes.tally(quiz.community, quiz.id)
    stands = await ctx.unit.cards.get(quiz.community, f"{show_quiz.name}:{quiz.id}", ctx.place)
    return _closed_card(ctx, quiz, tally) if tally.people or stands else State.DROPPED


def _open_card(ctx: Context, quiz: Quiz) -> Message:
    language = ctx.community.language
    intro = T(
        "{n} question. Tap your answers; only you see how you did. Open until {when}.",
        "{n} questions. Tap your answers; only you see how you did. Open until {when}.",
        n=len(quiz.items),
        when=Moment(quiz.closes_at, Shape.TIME),
    )
    late: tuple[Block, ...] = ()
    if quiz.day and quiz.opens_at - opening(ctx.community.daily, quiz.day, ctx.community.zone) > LATE_AFTER:
        late = (Paragraph((T("A bit late today, sorry: I was away at the usual time."),)),)
    blocks = [block for index, item in enumerate(quiz.items) for block in sheet.question(item, language, index + 1)]
    rows = tuple(
        MINE.public_row(item, quiz.community, quiz.id, index, answer_in_public, alone=False)
        for index, item in enumerate(quiz.items)
    )
    return card(title(quiz), Paragraph((intro,)), *late, *blocks, rows=rows)


def _closed_card(ctx: Context, quiz: Quiz, tally: Tally) -> Message:
    practise = (sheet.link(T("Practise"), go("quiz", scope=quiz.community)),)
    if not tally.people:
        return card(title(quiz), T("Nobody was around for this one. You can still practise."), rows=practise)
    joined = T(
        "{n} person took part, {finished} finished.",
        "{n} people took part, {finished} finished.",
        n=tally.people,
        finished=tally.finished,
    )
    blocks = [
        block
        for index, item in enumerate(quiz.items)
        for block in sheet.result(item, tally, index, ctx.community.language)
    ]
    if quiz.streak > 1:
        blocks.append(Paragraph((T("The group's streak: {n} day.", "The group's streak: {n} days.", n=quiz.streak),)))
    return card(title(quiz), joined, *blocks, rows=practise)
