"""What people have contributed: shown of those who wish it, and the one invitation to those who never have."""

from dataclasses import replace
from typing import Annotated

from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, card, say
from bot.chat.places import Role
from bot.chat.text import Day, Line, Name, T
from bot.command import Example, Feature, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.points import ALL_TIME, Reason, season
from bot.domain.quiz import local_date
from bot.features.points.kind import BADGES, KINDS
from bot.param import Arg
from bot.whom import members

SHOWN = (Reason.ANSWER, Reason.QUESTION, Reason.RESOURCE, Reason.ITEM, Reason.SESSION, Reason.THANKS)
"""What others may look up of somebody; how often they practise is their own."""

ENOUGH = 3
"""Daily quizzes and rounds of practice after which somebody is invited."""


@command(
    "contributions",
    right=Role.MEMBER,
    aliases=("kontribusi", "group contributions", "grup kontribusi"),
    summary=T("What somebody has contributed to the group"),
    examples=(
        Example("/contributions", T("Your own, as others see them")),
        Example("/kontribusi @dewi", T("Those of Dewi, if she wishes to be shown")),
    ),
    slash="group contributions",
    on_person=T("View contributions"),
)
async def contributions(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whose; yours if left out"), person=True, complete=members)] = 0,
) -> Outcome:
    """Counts by kind and badges, for the asker alone."""
    whose = person or ctx.person.id
    seat = await ctx.unit.people.seat(ctx.community.id, whose)
    names = await ctx.unit.people.names((whose,))
    name = Name(names.get(whose, ""), f"#{whose}")
    hidden = ctx.community.minors and whose != ctx.person.id
    if seat is None or not seat.ranked or hidden:
        return say(T("{name} prefers not to be shown.", name=name))
    blocks = (*await _counts(ctx, whose), *await _badges(ctx, whose))
    title = T("Contributions of {name}", name=name)
    return Reply(card(title, *(blocks or (T("Nothing to see here yet."),))), personal=True)


async def _counts(ctx: Context, person: int) -> tuple[Block, ...]:
    month = await ctx.unit.ledger.times(ctx.community.id, person, season(ctx.now, ctx.community.zone))
    ever = await ctx.unit.ledger.times(ctx.community.id, person, ALL_TIME)
    lines: tuple[Line, ...] = tuple(
        (T("{kind}: {month} this month, {ever} in all", kind=KINDS[kind], month=month.get(kind, 0), ever=ever[kind]),)
        for kind in SHOWN
        if ever.get(kind, 0) > 0
    )
    return (Bullets(lines),) if lines else ()


async def _badges(ctx: Context, person: int) -> tuple[Block, ...]:
    held = await ctx.unit.badges.of(ctx.community.id, person)
    days = {badge: Day(local_date(at, ctx.community.zone)) for badge, at in held.items()}
    lines: tuple[Line, ...] = tuple(
        (T("{badge}, since {day}", badge=label, day=days[badge]),) for badge, label in BADGES.items() if badge in days
    )
    return (Paragraph((T("Badges:"),)), Bullets(lines)) if lines else ()


async def invite(ctx: Context, message: Message) -> Message:
    """The private answer at the end of a quiz or of practice, once in a membership with a first step to take below it.

    It is for those who have taken part a few times and have never asked, answered or shared anything.
    """
    if ctx.seat is None or ctx.seat.nudged or await _finished(ctx) < ENOUGH:
        return message
    scope, person = ctx.community.id, ctx.person.id
    held = await ctx.unit.people.member(scope, person) or ctx.seat
    if held.nudged:
        return message
    await ctx.unit.people.save_member(replace(held, nudged=True))
    if await ctx.unit.gratitude.has_contributed(scope, person):
        return message
    idea = Paragraph((T("Your first question could be next, also without a name: others may wonder too."),))
    ask = (Button(T("Ask a question"), go("ask", scope=scope)),)
    return replace(message, blocks=(*message.blocks, idea), rows=(*message.rows, ask))


async def _finished(ctx: Context) -> int:
    """Daily quizzes that the person finished, and rounds of practice that they began."""
    scope, person = ctx.community.id, ctx.person.id
    times = await ctx.unit.ledger.times(scope, person, ALL_TIME)
    rounds = await ctx.unit.practices.get(scope, person)
    # Where a group gives no points for quizzes, the streak tells of some of them.
    quizzes = max(times.get(Reason.QUIZ, 0), ctx.member.streak.best)
    return quizzes + (rounds[0] if rounds else 0)


FEATURE = Feature(commands=(contributions,))
