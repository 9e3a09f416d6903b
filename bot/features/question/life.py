"""How an open question goes on by itself: more helpers hear of it, its author is asked, at last it is closed."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.question import ASK_AFTER, CLOSE_AFTER, Closing, State, Step, next_step
from bot.features.question import card, change, helper, page


@job(change.CLOCK)
async def step(ctx: Context, subject: int) -> None:
    """Do what is due for an open question, and plan what comes after it."""
    question = await ctx.unit.questions.hold(ctx.community.id, subject)
    if question is None or question.state is not State.OPEN:
        return
    counts = await ctx.unit.questions.counts(question.community, (question.id,))
    what, at = next_step(question, counts[question.id].answers)
    if at <= ctx.now:
        match what:
            case Step.NUDGE:
                question = replace(question, nudged=True)
                await helper.call(ctx, question)
            case Step.ASK:
                # Counted from now where we slept for long: it is not closed before its author could say a word.
                since = max(question.touched_at, ctx.now - ASK_AFTER)
                question = replace(question, asked=True, touched_at=since)
                await change.tell_owner(ctx, question, still_open)
            case Step.CLOSE:
                await change.close(ctx, question, Closing.SILENT)
                return
        await ctx.unit.questions.save(question)
    await change.plan(ctx, question)


@job("question-still")
async def still_open(ctx: Context, subject: int) -> Message | jobs.State:
    """Ask whoever asked whether it is solved; each answer to that is one tap."""
    question = await ctx.unit.questions.get(ctx.community.id, subject)
    if question is None or question.state is not State.OPEN:
        return jobs.State.DROPPED
    answers = await ctx.unit.questions.answers(question.community, subject)
    scope = question.community
    rest: Row = (
        Button(T("Not yet"), keep(scope, subject)),
        Button(T("I found it myself"), page.press("found", scope, subject)),
        Button(T("Show it"), page.press("show", scope, subject)),
    )
    text = T("Is {name} solved? Without a word it closes in {n} days.", name=code(question.name), n=CLOSE_AFTER.days)
    return say(text, question.title, rows=tuple(row for row in (card.solving(answers), rest) if row))


@action("question-keep", right=Role.MEMBER)
async def keep(ctx: Context, number: int) -> Outcome:
    """It is not solved yet; helpers hear of it once more where nobody answered."""
    question = await page.find(ctx, number, held=True)
    if not await page.is_owner(ctx, question) or question.state is not State.OPEN:
        raise Refusal(page.TOO_OLD)
    counts = await ctx.unit.questions.counts(question.community, (number,))
    if question.asked and not counts[number].answers:
        await helper.call(ctx, question)
    await change.touch(ctx, question)
    return Reply(say(T("{name} stays open.", name=code(question.name))), replaces=True, personal=True)
