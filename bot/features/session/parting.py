"""What people take along from a session: one question afterwards, answered without a name."""

from datetime import timedelta
from typing import Annotated

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Quote, Reply, Tone, card
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import action, job
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.agenda import Occurrence
from bot.domain.jobs import State
from bot.domain.presence import LONGEST_PARTING, closed_at
from bot.features.rich import inline
from bot.features.session import attend
from bot.features.session.entry import find, known
from bot.param import Arg

MOST_SHOWN = 40
"""Answers that are shown, the last ones."""

FRESH = timedelta(hours=12)
"""After a longer absence of ours nobody is asked any more."""

_ASKED = T("What is one thing you take along?")


async def ask(ctx: Context, one: Occurrence, people: list[int]) -> None:
    """Ask those people in private, if they agreed to be written to; nobody in a group of minors, and no guest."""
    if ctx.community.minors or ctx.now - closed_at(one) > FRESH:
        return
    for person in people:
        member = person != one.host and await ctx.unit.people.seat(one.series.community, person)
        if member and await ctx.unit.people.reachable(person):
            await ctx.tell(person, question, one.subject)


@job("session-parting")
async def question(ctx: Context, subject: int) -> Message | State:
    """The question, for somebody who was there."""
    one = await find(ctx, subject)
    if one is None or not one.on:
        return State.DROPPED
    how = T("Whoever leads it and the organisers read it without your name. You need not answer.")
    answer = Button(T("Answer"), write(one.series.community, subject), tone=Tone.MAIN)
    return card(T("After {title}", title=one.title), _ASKED, how, rows=((answer,),))


async def _above(ctx: Context, subject: int) -> tuple[Block, ...]:
    one = await known(ctx, subject)
    return (Paragraph((T("After {title}", title=one.title),)),)


@action("session-part", right=Role.MEMBER, intro=_above)
async def write(
    ctx: Context,
    subject: int,
    words: Annotated[str, Arg(help=T("What you take along"), ask=_ASKED, most=LONGEST_PARTING)],
) -> Outcome:
    """Keep the answer of somebody who was there, in place of the one before."""
    one = await known(ctx, subject)
    check_keys(words)
    if not visible(words):
        raise Refusal(T("Write a word or two, or leave it."))
    series = one.series
    if not await ctx.unit.presences.part(series.community, series.id, one.day, ctx.person.id, words.strip()):
        raise Refusal(T("This question is for those who were there."))
    return Reply(card(T("Thank you!"), T("Your answer is kept without your name.")), personal=True)


@action("session-partings", right=Role.MEMBER, role_aware=True)
async def read(ctx: Context, subject: int) -> Outcome:
    """All answers, for whoever leads the date and for organisers, in an order that tells nothing."""
    one = await known(ctx, subject)
    attend.check_leader(ctx, one)
    words = sorted(await _words(ctx, one))
    if not words:
        return Reply(card(_title(one), T("Nobody has answered yet. Look again later.")), personal=True)
    quotes = [Quote(inline(each)) for each in words[-MOST_SHOWN:]]
    return Reply(card(_title(one), *quotes), personal=True)


async def button(ctx: Context, one: Occurrence) -> Button:
    """Opens the answers, with how many there are."""
    count = len(await _words(ctx, one))
    return Button(T("What they take along ({n})", n=count), read(one.series.community, one.subject))


async def _words(ctx: Context, one: Occurrence) -> list[str]:
    found = await ctx.unit.presences.of_date(one.series.community, one.series.id, one.day)
    return [each.parting for each in found if each.parting]


def _title(one: Occurrence) -> T:
    return T("What people take along from {title}", title=one.title)
