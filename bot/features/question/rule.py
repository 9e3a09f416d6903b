"""What a group decides about questions: where they are posted, whether each has a topic of its own, who is muted."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action
from bot.context import Context
from bot.domain.moderation import Deed
from bot.features.question import page
from bot.features.record import note
from bot.scene import check_right

MUTED_FOR = timedelta(days=7)
"""How long somebody signs their questions whose anonymous one a moderator did not want."""


async def move_here(ctx: Context) -> Outcome:
    """Post questions from now on where this was written: a topic, a channel, or the forum that a post belongs to."""
    check_right(ctx.role, Role.ORGANISER)
    if ctx.venue is None:
        raise Refusal(T("Send this in the group, in the topic or channel where questions should stand."))
    thread = ctx.place.thread if ctx.place.thread != ctx.venue.place.thread else ""
    await ctx.unit.communities.put_venue(replace(ctx.venue, questions=thread))
    return Reply(
        _told(ctx.community.id, T("Questions will be posted here from now on."), apart=ctx.community.questions.topics)
    )


@action("question-apart", right=Role.ORGANISER)
async def apart(ctx: Context, wanted: str) -> Outcome:
    """Open a Telegram topic for each question, or no longer."""
    if wanted not in (page.ON, page.OFF):
        raise Refusal(page.TOO_OLD)
    on = wanted == page.ON
    community = await ctx.held()
    await ctx.unit.communities.save(replace(community, questions=replace(community.questions, topics=on)))
    text = T("Each new question gets a topic of its own, at most one a minute.")
    return Reply(_told(community.id, text if on else T("Questions stand together again."), apart=on), replaces=True)


def _told(scope: int, text: T, *, apart: bool) -> Message:
    label = T("Telegram: questions together") if apart else T("Telegram: a topic for each")
    return say(text, rows=((Button(label, page.press("apart", scope, page.OFF if apart else page.ON)),),))


@action("question-mute", right=Role.MODERATOR)
async def mute(ctx: Context, number: int) -> Outcome:
    """Let whoever asked this anonymously sign their questions for a week; who that is, nobody learns."""
    question = await page.find(ctx, number)
    if not question.anonymous:
        raise Refusal(page.TOO_OLD)
    await ctx.unit.questions.mute(question.community, number, ctx.now + MUTED_FOR)
    await note(ctx, Deed.ANONYMITY, subject=number)
    told = T(
        "Whoever asked {name} can ask nothing anonymously for {n} days. I don't say who it is.",
        name=code(question.name),
        n=MUTED_FOR.days,
    )
    return Reply(say(told), personal=True)
