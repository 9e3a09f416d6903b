"""Suggesting something to the group, with one's name or without."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Receipt, Reply, Row, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.address import check_keys
from bot.domain.quiet import awake
from bot.domain.suggestion import LONGEST_SUGGESTION, MOST_A_DAY, Suggestion
from bot.features.suggestion import ballot, entry, page, status
from bot.param import Arg, Choice

ANONYMOUS = "anon"
NAMED = "named"

_MOST_COUNTED = 100


async def _may(ctx: Context, known: Mapping[str, Any]) -> None:
    """Whoever may suggest nothing now, or not without a name here, is told before it is written."""
    await _check_author(ctx, anonymous=known.get("how") == ANONYMOUS)


@command(
    "suggest",
    right=Role.MEMBER,
    aliases=("saran", "group suggest", "grup saran"),
    summary=T("Suggest something to the group"),
    examples=(
        Example("/suggest Let us meet online twice a month", T("Everybody can read it and vote for it")),
        Example("/saran anon Kuis hari Jumat lebih pendek", T("In private: without your name")),
    ),
    slash="group suggest",
    guard=_may,
)
async def suggest(
    ctx: Context,
    *,
    how: Annotated[str, Arg(help=T("anon: without your name"), choices=(Choice(ANONYMOUS, T("anonymous")),))] = NAMED,
    words: Annotated[
        str,
        Arg(
            help=T("The suggestion"),
            ask=T("What would make this group better? One message, and one thing at a time."),
            most=LONGEST_SUGGESTION,
        ),
    ],
) -> Outcome:
    """Keep it, and let moderators know that something waits for them."""
    anonymous = how == ANONYMOUS
    check_keys(words)
    if not visible(words):
        example = code(suggest.examples[0].line)
        raise Refusal(T("Add your suggestion after the command. Example: {example}", example=example))
    # Held, so that those which are sent at the same moment are counted one after the other.
    await ctx.unit.people.member(ctx.community.id, ctx.person.id)
    await _check_author(ctx, anonymous=anonymous)
    author = 0 if anonymous else ctx.person.id
    made = Suggestion(ctx.community.id, 0, words, author, ctx.now, ctx.now, anonymous)
    suggestion = await ctx.unit.suggestions.add(made, ctx.person.id)
    await entry.index(ctx, suggestion)
    await status.plan(ctx, suggestion)
    await ballot.plan(ctx, ctx.now)
    await _announce(ctx)
    return _told(ctx, suggestion)


def _told(ctx: Context, suggestion: Suggestion) -> Outcome:
    """What its author is told: a mark is enough where words would only be noise."""
    scope, number, name = suggestion.community, suggestion.id, code(suggestion.name)
    if not _unseen(ctx):
        return Receipt(T("{name} is noted. I'll tell you what becomes of it.", name=name), ctx.own)
    row: Row = (Button(T("Show it"), page.press("show", scope, number)),)
    if suggestion.anonymous:
        text = T("{name} is noted without your name. I'll tell you what becomes of it.", name=name)
    else:
        text = T("{name} is noted. I'll tell you what becomes of it.", name=name)
        row = (*row, Button(T("Take my name off"), page.press("hide", scope, number)))
    return Reply(say(text, rows=(row,)), personal=True)


def _unseen(ctx: Context) -> bool:
    """Whether nobody else saw who wrote this."""
    return ctx.private or ctx.own is None


async def _check_author(ctx: Context, *, anonymous: bool) -> None:
    scope, person = ctx.community.id, ctx.person.id
    if await ctx.unit.suggestions.made_since(scope, person, ctx.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refusal(T("That makes {n} suggestions within a day. Keep the next one for tomorrow.", n=MOST_A_DAY))
    if not anonymous:
        return
    if not _unseen(ctx):
        raise Refusal(T("Here everybody sees who writes. To suggest without your name, send this to me in private."))
    until = await ctx.unit.questions.muted_until(scope, person)
    if until and until > ctx.now:
        raise Refusal(T("Moderators ask you to sign what you write for now. You can suggest it with your name."))


async def _announce(ctx: Context) -> None:
    """Tell moderators that something waits, unless something else did already."""
    if len(await ctx.unit.suggestions.waiting(ctx.community.id, 2)) < 2:
        for person in await ctx.unit.people.standing(ctx.community.id, Role.MODERATOR):
            if person != ctx.person.id:
                await ctx.tell(person, waiting, 0, awake(ctx.now, ctx.community.zone))


@job("suggestion-new")
async def waiting(ctx: Context, _subject: int) -> Message | jobs.State:
    """How many wait; nothing is said where somebody was quicker."""
    count = len(await ctx.unit.suggestions.waiting(ctx.community.id, _MOST_COUNTED))
    if not count:
        return jobs.State.DROPPED
    text = T("{n} suggestion waits for a word from you.", "{n} suggestions wait for a word from you.", n=count)
    how = T("{command} shows them.", command=code("/suggestions new"))
    return say(text, how, rows=((Button(T("Review"), go("suggestions", "new", scope=ctx.community.id)),),))
