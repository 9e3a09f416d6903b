"""What the group is for, in its organisers' words."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Quote, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.param import Arg

LONGEST_GOAL = 300


@command(
    "goal",
    right=Role.MEMBER,
    aliases=("tujuan", "group goal", "grup tujuan"),
    summary=T("What this group is for"),
    examples=(
        Example("/goal", T("Shows the goal")),
        Example("/goal Everybody passes the physics exam", T("Sets it (organisers)")),
    ),
    role_aware=True,
    slash="group goal",
)
async def goal(
    ctx: Context, text: Annotated[str, Arg(help=T("The new goal (organisers)"), most=LONGEST_GOAL)] = ""
) -> Outcome:
    """Show the goal, or set it."""
    if not text:
        return _card(ctx, ctx.community.goal)
    if ctx.role < Role.ORGANISER:
        raise Refusal(T("This one is for organisers. Need help? Ask one of them."))
    return await _set(ctx, text)


@action("goal-write", right=Role.ORGANISER)
async def write(
    ctx: Context,
    text: Annotated[
        str,
        Arg(
            help=T("The new goal (organisers)"),
            ask=T("What is this group for? One sentence that everybody understands."),
            most=LONGEST_GOAL,
        ),
    ],
) -> Outcome:
    """Set it by a button."""
    return await _set(ctx, text)


async def _set(ctx: Context, text: str) -> Outcome:
    await ctx.unit.communities.save(replace(await ctx.held(), goal=text))
    return Reply(_card(ctx, text, T("The goal is set.")))


def _card(ctx: Context, text: str, *told: T) -> Message:
    """The goal, or how to come to one; organisers write it from here."""
    label = T("Change it") if text else T("Write it")
    row: Row = (Button(label, write(ctx.community.id)),) if ctx.role >= Role.ORGANISER else ()
    rows = (row,) if row else ()
    if text:
        return card(T("What this group is for"), *told, Quote((text,)), rows=rows)
    how = T("No goal has been set yet. An organiser writes it after the command {command}.", command=code("/goal"))
    why = T("One sentence is enough, and it helps all to pull in one direction.")
    idea = T("Have an idea for it? {command} takes it to them.", command=code("/suggest"))
    return card(T("What this group is for"), how, why, idea, rows=rows)


FEATURE = Feature(commands=(goal,), actions=(write,))
