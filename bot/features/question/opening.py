"""A question as it begins: stored, posted, told to those who want to help, and said back to whoever asked."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Receipt, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.question import Question, take_topics
from bot.features.question import change, entry, helper, page
from bot.formats.check import legal_tag

MOST_OFFERED = 4
"""Topics on buttons; more do not fit a phone's row."""


async def open_(ctx: Context, words: str, author: int, *, anonymous: bool) -> Question:
    """Store it and let everybody see it; `author` is whose it is, the actor or whose message was taken."""
    text, tags = take_topics(words)
    named = 0 if anonymous else author
    made = Question(ctx.community.id, 0, text, named, ctx.now, ctx.now, anonymous, tags)
    question = await ctx.unit.questions.add(made, author)
    await entry.index(ctx, question)
    await change.post(ctx, question)
    await change.plan(ctx, question)
    await helper.call(ctx, question)
    if author != ctx.person.id:
        await ctx.tell(author, turned, question.id)
    return question


async def told(ctx: Context, question: Question) -> Outcome:
    """What whoever asked is told: a mark is enough where words would only be noise."""
    if ctx.private or ctx.own is None:
        return Reply(await receipt(ctx, question), personal=True)
    return Receipt(_asked(question), ctx.own)


async def receipt(ctx: Context, question: Question) -> Message:
    """The same in words, with topics to choose from where it has none; who turned a message into one hears no more."""
    show: Row = (Button(T("Show it"), page.press("show", question.community, question.id)),)
    if not await page.is_owner(ctx, question):
        return say(T("It is {name} now.", name=code(question.name)), rows=(show,))
    topics: Row = ()
    if not question.tags:
        scope = ctx.community.id
        known = await helper.topics(ctx)
        topics = tuple(Button(f"#{tag}", set_topic(scope, question.id, tag)) for tag in known[:MOST_OFFERED])
    return say(_asked(question), rows=tuple(row for row in (topics, show) if row))


def _asked(question: Question) -> T:
    if question.anonymous:
        return T("{name} is asked without your name. I'll tell you when somebody answers.", name=code(question.name))
    return T("{name} is asked. I'll tell you when somebody answers.", name=code(question.name))


@action("question-topic", right=Role.MEMBER)
async def set_topic(ctx: Context, number: int, tag: str) -> Outcome:
    """Give one's own question a topic that there is already."""
    question = await page.find(ctx, number, held=True)
    if not legal_tag(tag) or not await page.is_owner(ctx, question):
        raise Refusal(page.TOO_OLD)
    if question.tags != (tag,):
        question = replace(question, tags=(tag,))
        await change.put(ctx, question)
        await helper.call(ctx, question)
    about = T("{name} is about {topic} now.", name=code(question.name), topic=f"#{tag}")
    return Reply(say(about), replaces=True, personal=True)


@job("question-turned")
async def turned(ctx: Context, subject: int) -> Message | jobs.State:
    """What somebody hears whose message another person turned into a question."""
    question = await ctx.unit.questions.get(ctx.community.id, subject)
    if question is None:
        return jobs.State.DROPPED
    text = T("Your message became {name}. You decide what solves it.", name=code(question.name))
    return say(text, question.title, rows=((Button(T("Show it"), page.press("show", question.community, subject)),),))
