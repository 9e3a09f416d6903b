"""Taking an answer back: by its author, by whoever deletes its message, by a moderator, of whom its author hears."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Reply, say
from bot.chat.places import Ref, Role
from bot.chat.text import Name, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.points import answer_cause
from bot.domain.question import MANY, Answer, Question
from bot.features.points.reward import take_back
from bot.features.question import change, page, target
from bot.followup import deletion


@action("question-withdraw", right=Role.MEMBER, role_aware=True)
async def withdraw(ctx: Context, number: int, nth: int) -> Outcome:
    """Take one's own answer back; moderators remove any."""
    question, given = await page.find(ctx, number, held=True), await page.find_answer(ctx, number, nth)
    own = given.author == ctx.person.id
    if not own and ctx.role < Role.MODERATOR:
        raise Refusal(page.TOO_OLD)
    await end(ctx, question, given, judge=0 if own else ctx.person.id)
    if not own and given.author:
        await ctx.tell(given.author, removed, given.subject)
    told = T("{name} is removed.", name=code(given.name))
    return Reply(await page.page(ctx, await page.find(ctx, number), told), replaces=True, personal=True)


@job("question-removed")
async def removed(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose answer a moderator removed."""
    found = await target.told_of(ctx, subject)
    if found is None or not found[1].judge:
        return jobs.State.DROPPED
    question, given = found
    names = await ctx.unit.people.names([given.judge])
    who, name = Name(names.get(given.judge, "")), code(given.name)
    return say(T("{who} removed your answer {name}. Ask if you wonder why.", who=who, name=name), question.title)


@deletion(page.SAID)
async def gone(ctx: Context, subject: int, _message: Ref | None) -> None:
    """Whoever deletes their message takes the answer back."""
    await leave(ctx, *divmod(subject, MANY))


async def leave(ctx: Context, number: int, nth: int) -> None:
    """Take an answer out of its question, whoever wants that."""
    question = await ctx.unit.questions.hold(ctx.community.id, number)
    given = await ctx.unit.questions.answer(ctx.community.id, number, nth)
    if question and given and not given.withdrawn:
        await end(ctx, question, given)


async def end(ctx: Context, question: Question, given: Answer, *, judge: int = 0) -> None:
    """Let nothing be left of the answer's words; what it earned is taken back."""
    ended = replace(
        given,
        text="",
        unclear="",
        withdrawn=True,
        accepted=False,
        rewarded=False,
        accepter=0,
        turns=given.turns + given.accepted,
        judge=judge,
    )
    await ctx.unit.questions.save_answer(ended)
    if given.rewarded:
        await take_back(ctx, answer_cause(given), by=judge)
    if given.stands:
        await ctx.unit.cards.forget(given.stands)
    await change.unsolve(ctx, question)
