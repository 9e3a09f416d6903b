"""The daily quiz from its opening to its close."""

from datetime import date, timedelta

from bot.chat.message import Message
from bot.command import job
from bot.context import Context
from bot.domain.jobs import Job, State
from bot.domain.quiz import (
    Candidate,
    Quiz,
    choose,
    closing,
    local_date,
    opening,
    useful_until,
    weakness,
)
from bot.domain.rest import resting
from bot.domain.streak import LATELY, carries
from bot.features.daily.card import show_quiz
from bot.features.daily.plan import OPEN, plan
from bot.features.review import review_items

RECENTLY = timedelta(days=60)
"""How far back answers tell what the group is weak in."""


async def _candidates(ctx: Context) -> list[Candidate]:
    """The bank, with when each item was asked and how weak the group lately was in its topics."""
    community = ctx.community.id
    weak = weakness(
        await ctx.unit.items.topics(community), await ctx.unit.quizzes.results(community, ctx.now - RECENTLY)
    )
    asked_at = await ctx.unit.items.asked_at(community, "")
    return [Candidate(item, at, weak.get(item, 0.0)) for item, at in asked_at.items()]


async def catch_up(ctx: Context) -> None:
    """A place that the bot has just come into gets the quiz that is open."""
    quiz = await ctx.unit.quizzes.latest(ctx.community.id)
    if quiz and quiz.takes_answers(ctx.now):
        await ctx.post_in(ctx.place, show_quiz, quiz.id)


@job(OPEN)
async def open_quiz(ctx: Context, subject: int) -> State | None:
    """Open the quiz of that day (an ordinal) if it is still useful, and plan the next one."""
    community, day = ctx.community, date.fromordinal(subject)
    # From day to day, not from now: after a long downtime each missed day is judged by itself.
    await plan(ctx, community, opening(community.daily, day, community.zone))
    if resting(community.quizzes, day):
        return None
    if ctx.now >= useful_until(community.daily, day, community.zone):
        return State.DROPPED
    venues = await ctx.unit.communities.venues(community.id)
    if venues and all(venue.paused for venue in venues):
        # Nobody could see it: no item is used up for it, and no streak suffers.
        return State.DROPPED
    picked = choose(await _candidates(ctx), community.daily.size, ctx.now, ctx.rng)
    items = await ctx.unit.items.some(community.id, picked)
    closes = closing(community.daily, day, community.zone)
    quiz = items and await ctx.unit.quizzes.add(Quiz(community.id, 0, day, ctx.now, closes, tuple(items)))
    if not quiz:
        return None
    await ctx.unit.items.asked(community.id, picked, ctx.now)
    await ctx.unit.jobs.put(Job(community.id, f"{close_quiz.name}:{quiz.id}", close_quiz.name, quiz.id, closes))
    await ctx.post(show_quiz, quiz.id)
    return None


@job("daily-close")
async def close_quiz(ctx: Context, subject: int) -> Message | None:
    """End the quiz; its card is edited into the result."""
    quiz = await ctx.unit.quizzes.seize(ctx.community.id, subject)
    if quiz is None:
        return None
    tally = await ctx.unit.quizzes.tally(quiz.community, quiz.id)
    last = await ctx.unit.quizzes.before(quiz)
    lately = await ctx.unit.people.finishers(quiz.community, local_date(quiz.opens_at - LATELY, ctx.community.zone))
    goes_on = carries(tally.finished, lately)
    await ctx.unit.quizzes.close(quiz, (last.streak if last else 0) + 1 if goes_on else 0)
    await review_items(ctx, quiz)
    await ctx.post(show_quiz, quiz.id)
    return None
