"""How people come in: the question for those who ask, the greeting of those who came, and who waits at the door."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Quote, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Name, T
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.community import Preset
from bot.domain.door import CROWD_SPAN, MOST_QUESTION, Knock
from bot.domain.moderation import Deed, DoorRule
from bot.features.moderation import knock
from bot.features.moderation.tell import reads, tell_moderators
from bot.features.record import note
from bot.param import Arg

SHOWN = 8
"""People at the door for whom there is a button."""


@command(
    "door",
    right=Role.ORGANISER,
    aliases=("pintu", "mod door", "moderasi pintu"),
    summary=T("What people are asked before they come in, and how they are greeted"),
    examples=(
        Example("/door", T("A card with buttons, and who waits at the door")),
        Example("/door Apa yang ingin dipelajari di sini?", T("Sets the question")),
    ),
    slash="mod door",
)
async def door(
    ctx: Context,
    question: Annotated[str, Arg(help=T("The question for whoever wants to come in"), most=MOST_QUESTION)] = "",
) -> Outcome:
    """Show how people come in, or set the question."""
    if not question:
        return Reply(await _card(ctx, ctx.community.door), personal=True)
    return Reply(await _card(ctx, await _save(ctx, _asking(question), "question"), T("Saved.")), personal=True)


async def _now(ctx: Context) -> tuple[Block, ...]:
    question = ctx.community.door.question
    return (Quote((question,)),) if question else ()


@action("door-ask", right=Role.ORGANISER, intro=_now)
async def ask(
    ctx: Context,
    question: Annotated[
        str,
        Arg(
            help=T("The question for whoever wants to come in"),
            ask=T("What should people answer before they come in?"),
            most=MOST_QUESTION,
        ),
    ],
) -> Outcome:
    """Set the question by a tap."""
    return Reply(await _card(ctx, await _save(ctx, _asking(question), "question"), T("Saved.")), personal=True)


@action("door", right=Role.ORGANISER)
async def change(ctx: Context, what: str) -> Outcome:
    """One tap changes one rule."""
    if what not in _CHANGES:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    return Reply(await _card(ctx, await _save(ctx, _CHANGES[what], what)), replaces=True, personal=True)


@action("door-look", right=Role.MODERATOR)
async def look(ctx: Context) -> Outcome:
    """Who waits at the door."""
    waiting = await ctx.unit.knocks.waiting(ctx.community.id, SHOWN)
    if not waiting:
        return say(T("Nobody waits at the door."))
    return Reply(say(T("Who waits at the door:"), rows=await _waiting(ctx, waiting)), personal=True)


@action("door-show", right=Role.MODERATOR)
async def show(ctx: Context, number: int) -> Outcome:
    """One of them."""
    found = await ctx.unit.knocks.get(ctx.community.id, number)
    if found is None or not found.is_open:
        raise Refusal(T("They no longer ask to be let in."))
    return Reply(await knock.page(ctx, found), personal=True)


async def _save(ctx: Context, change_: Callable[[DoorRule], DoorRule], why: str) -> DoorRule:
    community = await ctx.held()
    rule = change_(community.door)
    await ctx.unit.communities.save(replace(community, door=rule))
    await note(ctx, Deed.SETTING, why=f"door {why}")
    return rule


async def _card(ctx: Context, rule: DoorRule, *told: T) -> Message:
    scope = ctx.community.id
    blocks: list[Block] = [Paragraph((text,)) for text in told]
    if rule.question:
        blocks += [Paragraph((T("Who asks to come in is asked first:"),)), Quote((rule.question,))]
    else:
        blocks.append(Paragraph((T("Who asks to come in is asked nothing; moderators decide."),)))
    blocks.append(Paragraph((_greeting(ctx, rule),)))
    rows: list[Row] = [(Button(T("Change the question") if rule.question else T("Ask something"), ask(scope)),)]
    if rule.question:
        rows[0] = (*rows[0], Button(T("Ask nothing"), change(scope, "nothing")))
    rows.append((Button(T("Greet nobody") if rule.welcome else T("Greet newcomers"), change(scope, "welcome")),))
    if waiting := await ctx.unit.knocks.waiting(scope, SHOWN):
        blocks.append(Paragraph((T("Who waits at the door:"),)))
        rows += await _waiting(ctx, waiting)
    return card(T("The door"), *blocks, rows=tuple(rows))


def _greeting(ctx: Context, rule: DoorRule) -> T:
    if not rule.welcome:
        return T("Newcomers are not greeted.")
    if ctx.community.preset is Preset.CALM:
        return T("Newcomers would be greeted, but a calm group hears nothing from me by itself.")
    return T("Newcomers are greeted together, once an hour at most and without a sound.")


async def _waiting(ctx: Context, waiting: Sequence[Knock]) -> tuple[Row, ...]:
    names = await ctx.unit.people.names([each.person for each in waiting])
    return tuple(
        (Button(Name(names.get(each.person, ""), f"#{each.person}"), show(ctx.community.id, each.id)),)
        for each in waiting
    )


@job(knock.CROWD)
async def crowd(ctx: Context, _subject: int) -> None:
    """Let every moderator know, if somebody still waits."""
    if await ctx.unit.knocks.waiting(ctx.community.id, 1):
        await tell_moderators(ctx, many, 0)


@job("knock-many")
async def many(ctx: Context, _subject: int) -> Message | jobs.State:
    """How many ask at once."""
    count = await ctx.unit.knocks.count(ctx.community.id, ctx.now - 2 * CROWD_SPAN)
    if not count or not await reads(ctx):
        return jobs.State.DROPPED
    text = T("{n} person asks to be let in.", "{n} people ask to be let in.", n=count)
    return say(text, rows=((Button(T("Look"), look(ctx.community.id)),),))


def _asking(question: str) -> Callable[[DoorRule], DoorRule]:
    return lambda rule: replace(rule, question=" ".join(question.split()))


_CHANGES: Mapping[str, Callable[[DoorRule], DoorRule]] = {
    "nothing": lambda rule: replace(rule, question=""),
    "welcome": lambda rule: replace(rule, welcome=not rule.welcome),
}

FEATURE = Feature(
    commands=(door,),
    actions=(ask, change, look, show, knock.answer, knock.admit, knock.decline),
    jobs=(
        crowd,
        many,
        knock.asking,
        knock.news,
        knock.opening,
        knock.shut,
        knock.lost,
        knock.refused,
        knock.lapse,
    ),
    knocked=knock.knocked,
)
