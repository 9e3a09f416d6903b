"""The end of a live round: points for taking part, what was missed, and everybody's own result."""

from collections.abc import Mapping, Sequence

from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Paragraph, Reply, card
from bot.chat.places import Role
from bot.chat.text import Line, T
from bot.command import action, job
from bot.context import Context
from bot.domain.jobs import Job
from bot.domain.points import Entry, Reason, award
from bot.domain.quiz import Answer, Quiz
from bot.domain.round import Phase, Round
from bot.domain.score import half_cause, part_cause, round_points
from bot.features import sheet
from bot.features.live.answer import find
from bot.features.points.reward import give
from bot.features.recollection import missed
from bot.features.review import review_items

LEARN = "round-learn"
"""The job that gives members the items that they missed."""

_AT_ONCE = 20
"""Members whose missed items are noted in one unit, so that nobody waits for it."""

_BATCHES = 10_000
"""That job's subject is the quiz times this, plus the number of the batch."""


async def finish(ctx: Context, quiz: Quiz) -> None:
    """Close the quiz, reward everybody who took part, and let what was missed be practised."""
    await ctx.unit.quizzes.close(quiz, 0)
    await review_items(ctx, quiz)
    everybody = await ctx.unit.quizzes.all_answers(quiz.community, quiz.id)
    for person, answers in everybody.items():
        await give(ctx, *_entries(ctx, quiz, person, answers))
    if everybody:
        subject = quiz.id * _BATCHES
        await ctx.unit.jobs.put(Job(quiz.community, f"{LEARN}:{subject}", LEARN, subject, ctx.now))


@job(LEARN)
async def learn(ctx: Context, subject: int) -> None:
    """Some members' missed items become theirs to practise; the next members follow in a unit of their own."""
    number, batch = divmod(subject, _BATCHES)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    everybody = await ctx.unit.quizzes.all_answers(ctx.community.id, number) if quiz else {}
    people = sorted(everybody)[batch * _AT_ONCE :]
    if quiz is None or not people:
        return
    for person in people[:_AT_ONCE]:
        await _learnt(ctx, quiz, person, everybody[person])
    job_ = Job(quiz.community, f"{LEARN}:{subject + 1}", LEARN, subject + 1, ctx.now)
    await ctx.unit.jobs.put(job_)


@action("round-mine", right=Role.MEMBER)
async def mine(ctx: Context, number: int) -> Outcome:
    """What the person did in a round that is over, for them alone."""
    live, quiz = await find(ctx, number)
    if live.phase is not Phase.ENDED:
        raise Refusal(T("This round is still going on. Your result is here when it ends."))
    everybody = await ctx.unit.quizzes.all_answers(quiz.community, quiz.id)
    entries = await ctx.unit.ledger.about(quiz.community, ctx.person.id, Reason.ROUND, quiz.id)
    points = sum(entry.amount for entry in entries)
    return Reply(_result(ctx, live, quiz, everybody.get(ctx.person.id, ()), points), personal=True)


def _result(ctx: Context, live: Round, quiz: Quiz, answers: Sequence[Answer], points: int) -> Message:
    title = T("My result")
    if not answers:
        return card(title, T("No answers of yours are in this round. The next one is a new chance."))
    right = sum(answer.right for answer in answers)
    told = T("{right} of {all} right. Nobody else sees this.", right=right, all=live.position + 1)
    earned = T("You earned {n} point.", "You earned {n} points.", n=points)
    given = {answer.position: answer for answer in answers}
    missed = tuple(line for position in range(live.position + 1) if (line := _missed(ctx, quiz, position, given)))
    blocks = (Paragraph((T("To look at again:"),)), sheet.stack(missed)) if missed else ()
    return card(title, told, earned, *blocks)


def _missed(ctx: Context, quiz: Quiz, position: int, given: Mapping[int, Answer]) -> Line:
    """What was right where the person was not, () where they were."""
    answer, item = given.get(position), quiz.items[position]
    if answer and answer.right:
        return ()
    key = sheet.short_key(item, ctx.language)
    if answer is None:
        return (T("{number}. Not answered: it is {answer}", number=position + 1, answer=key),)
    said = sheet.spelled(item, answer.response)
    told = T("it is {answer}", answer=key)
    return (T("{number}. You said {answer}: {told}", number=position + 1, answer=said, told=told),)


def _entries(ctx: Context, quiz: Quiz, person: int, answers: Sequence[Answer]) -> list[Entry]:
    """A point for half of all items answered, another for half of them right."""
    right = sum(answer.right for answer in answers)
    part, half = round_points(len(answers), right, len(quiz.items))
    causes = [part_cause(quiz.id, person)] * part + [half_cause(quiz.id, person)] * half
    return [award(ctx.community, person, Reason.ROUND, cause, quiz.id, ctx.now) for cause in causes]


async def _learnt(ctx: Context, quiz: Quiz, person: int, answers: Sequence[Answer]) -> None:
    """What was answered wrongly comes back in practice."""
    for answer in answers:
        if not answer.right:
            await missed(ctx, person, quiz.items[answer.position].id, quiz.opens_at)
