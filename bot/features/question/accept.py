"""What solves a question: its author or a moderator accepts answers, several if they like, or says what is unclear."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Receipt, Reply, Row, Toast, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.points import answer_cause, answer_reward
from bot.domain.question import LONGEST_REASON, Answer, Closing, Question, State, read_name
from bot.domain.quiet import awake
from bot.features.points.reward import give, take_back
from bot.features.question import change, page, reply, target
from bot.param import Arg


@command(
    "solved",
    right=Role.MEMBER,
    aliases=("terjawab", "selesai", "question solved", "pertanyaan selesai"),
    summary=T("Say what solves a question"),
    examples=(
        Example("/solved Q12.1", T("The first answer to question 12 solves it")),
        Example("/terjawab", T("As a reply to the answer that solves it")),
        Example("/solved Q12", T("Its only answer, or you found it yourself")),
    ),
    role_aware=True,
    on_message=T("Mark as answer"),
    slash="question solved",
)
async def solved(
    ctx: Context,
    which: Annotated[
        str, Arg(help=T("A question or an answer, like Q12 or Q12.1"), most=12, complete=target.numbers)
    ] = "",
) -> Outcome:
    """Accept the answer that is meant; whoever asked may end a question without answers with it."""
    question, nth = await target.meant(ctx, which or "")
    await page.check_decider(ctx, question)
    named = read_name(which or "")
    if not (named and nth) and (given := await _quoted(ctx, question, named=bool(named))):
        return await _done(ctx, await accept_(ctx, question, given, wanted=True))
    answers = await ctx.unit.questions.answers(question.community, question.id)
    if not nth and len(answers) == 1 and (named or not ctx.reply or (await target.at(ctx, ctx.reply))[0]):
        nth = answers[0].number
    if nth:
        given = await page.find_answer(ctx, question.id, nth)
        return await _done(ctx, await accept_(ctx, question, given, wanted=True))
    if answers or not await page.is_owner(ctx, question):
        return Reply(await page.page(ctx, question, T("Which answer solves it? Open it.")), personal=True)
    await change.close(ctx, question, Closing.FOUND)
    return say(T("{name} is closed. Glad that you found it!", name=code(question.name)))


async def _quoted(ctx: Context, question: Question, *, named: bool) -> Answer | None:
    """The answer that the message is for which the command was chosen, None for the card itself.

    With the question's name below one's own message, as below the command that asked it, no message is meant.
    """
    if ctx.reply is None or ctx.quoted is None or (named and ctx.quoted.account == ctx.account):
        return None
    author = await target.writer(ctx)
    return await reply.take(ctx, question, author, ctx.quoted.text, ctx.reply) if author else None


@action("question-solve", right=Role.MEMBER, role_aware=True)
async def solve(ctx: Context, number: int, nth: int) -> Outcome:
    """The same by a tap on the card or in a message."""
    question, given = await page.find(ctx, number, held=True), await page.find_answer(ctx, number, nth)
    await page.check_decider(ctx, question)
    return Toast(_told(await accept_(ctx, question, given, wanted=True)))


@action("question-accept", right=Role.MEMBER, role_aware=True)
async def accept(ctx: Context, number: int, nth: int, wanted: str) -> Outcome:
    """The same on the answer's own page, or that it does not solve it after all."""
    question, given = await page.find(ctx, number, held=True), await page.find_answer(ctx, number, nth)
    await page.check_decider(ctx, question)
    if wanted not in (page.ON, page.OFF):
        raise Refusal(page.TOO_OLD)
    given = await accept_(ctx, question, given, wanted=wanted == page.ON)
    question = await page.find(ctx, number)
    return Reply(await page.answer_page(ctx, question, given, _told(given)), replaces=True, personal=True)


async def accept_(ctx: Context, question: Question, given: Answer, *, wanted: bool) -> Answer:
    """Let an answer to a held question count as what solves it, or no longer; its author is rewarded for others'.

    Moderators do not decide about their own answers. The same wish twice is one effect.
    """
    if given.accepted == wanted:
        if wanted and question.state is not State.ANSWERED:
            await change.solve(ctx, question)
        return given
    owner = await ctx.unit.questions.is_owner(question.community, question.id, given.author)
    if given.author == ctx.person.id and not owner:
        raise Refusal(T("This answer is yours, so somebody else decides about it."))
    after = replace(given, accepted=wanted, turns=given.turns + 1, rewarded=False, accepter=0)
    asked = await page.is_owner(ctx, question)
    # Who asked without a name is named in no entry either.
    by = 0 if asked and question.anonymous else ctx.person.id
    if wanted:
        earns = await _earns(ctx, question, given, owner=owner)
        rewarded = earns and await give(ctx, answer_reward(ctx.community, after, by, ctx.now))
        after = replace(after, rewarded=rewarded, accepter=0 if asked else ctx.person.id)
    elif given.rewarded:
        await take_back(ctx, answer_cause(given), by=by)
    await ctx.unit.questions.save_answer(after)
    await (change.solve if wanted else change.unsolve)(ctx, question)
    if wanted and given.author != ctx.person.id:
        await ctx.tell(given.author, accepted, given.subject, awake(ctx.now, ctx.community.zone))
    return after


async def _earns(ctx: Context, question: Question, given: Answer, *, owner: bool) -> bool:
    """Whether it earns points: once for each helper of a question, never for answering oneself.

    Whoever asked without a name and is accepted by a moderator earns like everybody: points that do not come would
    tell on them.
    """
    if given.author == ctx.person.id or (owner and not question.anonymous):
        return False
    answers = await ctx.unit.questions.answers(question.community, question.id)
    return not any(each.rewarded and each.author == given.author for each in answers)


@job("question-accepted")
async def accepted(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose answer solved a question."""
    found = await target.told_of(ctx, subject)
    if found is None or not found[1].accepted:
        return jobs.State.DROPPED
    question, given = found
    text = T("Your answer {name} solved it. Thank you!", name=code(given.name))
    entry = await ctx.unit.ledger.find(ctx.community.id, answer_cause(given)) if given.rewarded else None
    if entry:
        text = T(
            "Your answer {name} solved it: {n} point for you. Thank you!",
            "Your answer {name} solved it: {n} points for you. Thank you!",
            n=entry.amount,
            name=code(given.name),
        )
    return say(
        text, question.title, rows=((Button(T("Show it"), page.press("show", question.community, question.id)),),)
    )


def _told(given: Answer) -> T:
    if given.accepted:
        return T("{name} solves it. Thank you for saying so!", name=code(given.name))
    return T("{name} no longer counts as what solves it.", name=code(given.name))


async def _done(ctx: Context, after: Answer) -> Outcome:
    """A mark at the answer itself where it stands in the group, else at the command; words elsewhere."""
    venues = await ctx.unit.communities.venues(ctx.community.id)
    chats = {(venue.place.platform, venue.place.chat) for venue in venues}
    stands = after.stands
    public = stands and (stands.place.platform, stands.place.chat) in chats
    return Receipt(_told(after), stands if public else ctx.reply)


async def _above(ctx: Context, number: int, nth: int) -> tuple[Block, ...]:
    question, given = await page.find(ctx, number), await page.find_answer(ctx, number, nth)
    if not await page.is_owner(ctx, question):
        raise Refusal(page.TOO_OLD)
    head = T("Only whoever wrote {name} reads this.", name=code(given.name))
    return (Paragraph((head,)), *page.words_of(ctx, given))


@action("question-unclear", right=Role.MEMBER, intro=_above, role_aware=True)
async def unclear(
    ctx: Context,
    number: int,
    nth: int,
    words: Annotated[
        str,
        Arg(
            help=T("What is still unclear"),
            ask=T("What is still unclear? One sentence helps most."),
            most=LONGEST_REASON,
        ),
    ],
) -> Outcome:
    """Tell whoever answered, in private, what is still unclear."""
    question, given = await page.find(ctx, number, held=True), await page.find_answer(ctx, number, nth)
    if not await page.is_owner(ctx, question) or given.author == ctx.person.id:
        raise Refusal(page.TOO_OLD)
    await ctx.unit.questions.save_answer(replace(given, unclear=words))
    await change.touch(ctx, question)
    await ctx.tell(given.author, asked_again, given.subject, awake(ctx.now, ctx.community.zone))
    return say(T("Thank you. Only whoever wrote {name} hears of it.", name=code(given.name)))


@job("question-unclear")
async def asked_again(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose answer leaves something unclear."""
    found = await target.told_of(ctx, subject)
    if found is None or found[1].withdrawn or not found[1].unclear:
        return jobs.State.DROPPED
    question, given = found
    row: Row = (
        Button(T("Answer"), page.press("write", question.community, question.id)),
        Button(T("Show it"), page.press("show", question.community, question.id)),
    )
    text = T("Whoever asked {question} has read {name}, and wonders:", question=question.name, name=code(given.name))
    return say(text, given.unclear, rows=(row,))
