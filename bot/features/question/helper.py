"""Members who want to hear of questions about their topics: asked in turn, rarely, and not at night."""

from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import T, bold
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.question import Question, State
from bot.domain.quiet import awake
from bot.features.library.share import offered
from bot.features.question import page
from bot.features.rich import rich
from bot.formats.check import legal_tag

AT_ONCE = 2
"""Helpers who hear of a question when it is asked, and again as many when nobody answered for a day."""

REST = timedelta(hours=12)
"""A helper hears of no second question within this time."""

MOST_TOPICS = 8
IN_A_ROW = 3
EVERYTHING = "all"
"""The word of the button for all topics."""


async def call(ctx: Context, question: Question) -> None:
    """Tell helpers whose turn it is of an open question; what is asked at night is told in the morning."""
    if question.state is not State.OPEN:
        return
    at = awake(ctx.now, ctx.community.zone)
    people = await ctx.unit.questions.call_helpers(
        question.community, question.id, question.tags, at - REST, AT_ONCE, at
    )
    for person in people:
        await ctx.tell(person, wanted, question.id, at)


@job("question-help")
async def wanted(ctx: Context, subject: int) -> Message | jobs.State:
    """What a helper hears, unless somebody was quicker."""
    question = await ctx.unit.questions.get(ctx.community.id, subject)
    if question is None or question.state is not State.OPEN:
        return jobs.State.DROPPED
    counts = await ctx.unit.questions.counts(question.community, (subject,))
    if counts[subject].answers:
        return jobs.State.DROPPED
    scope = question.community
    row: Row = (
        Button(T("Answer"), page.press("write", scope, subject)),
        Button(T("Details"), page.press("show", scope, subject)),
        Button(T("Choose topics"), page.press("helping", scope)),
    )
    return card((bold(f"{question.name} · "), T("Can you help?")), *rich(question.text), rows=(row,))


@action("question-helping", right=Role.MEMBER)
async def helping(ctx: Context) -> Outcome:
    """The topics of which one wants to hear."""
    return Reply(await _card(ctx), personal=True)


@action("question-topics", right=Role.MEMBER)
async def choose(ctx: Context, topic: str, wanted_: str) -> Outcome:
    """Hear of a topic, or no longer."""
    if not (legal_tag(topic) and wanted_ in (page.ON, page.OFF)):
        raise Refusal(page.TOO_OLD)
    questions, scope, person = ctx.unit.questions, ctx.community.id, ctx.person.id
    name = "" if topic == EVERYTHING else topic
    if wanted_ == page.ON:
        await questions.help_with(scope, person, name, ctx.now)
    else:
        await questions.help_no_more(scope, person, name)
    return Reply(await _card(ctx), replaces=True, personal=True)


async def topics(ctx: Context, *first: str) -> list[str]:
    """Topics that fit a button: these first, then those of the questions, of the library and of the bank."""
    known = dict.fromkeys((*first, *await ctx.unit.questions.tags(ctx.community.id), *await offered(ctx)))
    return [tag for tag in known if page.pressable(tag)]


async def _card(ctx: Context) -> Message:
    scope = ctx.community.id
    mine = await ctx.unit.questions.helps_with(scope, ctx.person.id)
    shown = [tag for tag in await topics(ctx, *filter(None, mine)) if tag != EVERYTHING][:MOST_TOPICS]
    buttons = [Button(T("All topics"), _turned(ctx, EVERYTHING, "" in mine), pick="" in mine)]
    buttons += [Button(f"#{tag}", _turned(ctx, tag, tag in mine), pick=tag in mine) for tag in shown]
    rows = tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))
    how = T("I write to you about at most two questions a day, in turn with others, and never at night.")
    now = T("You hear of nothing yet. Tap what you know something about.")
    if mine:
        names = ", ".join(f"#{tag}" for tag in mine if tag)
        now = T("You hear of: {topics}", topics=T("all topics") if "" in mine else names)
    return card(T("Help with questions"), now, how, rows=rows)


def _turned(ctx: Context, topic: str, holds: bool) -> Press:
    return choose(ctx.community.id, topic, page.OFF if holds else page.ON)
