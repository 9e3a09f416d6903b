"""A week of duties: drawn on its Monday, told to each person privately."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.chat.places import Role
from bot.command import job
from bot.context import Context
from bot.domain.community import MODERATOR, Community
from bot.domain.jobs import State
from bot.domain.quiet import awake
from bot.domain.quiz import local_date
from bot.domain.rota import (
    MEMORY,
    NEVER,
    USEFUL_FOR,
    Reply,
    Turn,
    beginning,
    draw,
    monday,
    queue,
    those,
)
from bot.features.rota.plan import DRAW, plan
from bot.features.rota.turn import told

_ALONE = 1
"""A single moderator has nobody to take turns with, and is told of none."""


def this_week(ctx: Context) -> date:
    """The Monday of the present week, on the group's clock."""
    return monday(local_date(ctx.now, ctx.community.zone))


@job(DRAW)
async def draw_week(ctx: Context, subject: int) -> State | None:
    """Draw the week that begins on that day (an ordinal, 0 for none) and plan the next one."""
    community = await ctx.held()
    if not subject:
        await plan(ctx, community)
        return None
    week = date.fromordinal(subject)
    begins = beginning(week, community.zone)
    # From week to week, not from now: after a long downtime each missed week is judged by itself.
    await plan(ctx, community, begins)
    if ctx.now >= begins + USEFUL_FOR:
        return State.DROPPED
    if not await ctx.unit.rotas.week(community.id, week):
        for duty, person in (await outlook(ctx, community, week)).items():
            await give(ctx, Turn(community.id, week, duty, person))
    return None


async def outlook(ctx: Context, community: Community, week: date) -> Mapping[int, int]:
    """Who gets which duty in that week, as it stands now."""
    past = await ctx.unit.rotas.past(community.id, week - MEMORY)
    first = queue(await moderators(ctx, community), those(past, moderator=True))[:1]
    duties = [duty.number for duty in community.rota.duties]
    small = draw(duties, await ctx.unit.rotas.helpers(community.id), those(past, moderator=False), week, first)
    return {**dict.fromkeys((MODERATOR,) if first else (), first[0] if first else 0), **small}


async def moderators(ctx: Context, community: Community) -> Mapping[int, date]:
    """Who takes turns as moderator of the week; nobody where there are none to be taken."""
    if not community.rota.moderator:
        return {}
    people = await ctx.unit.people.standing(community.id, Role.MODERATOR)
    return dict.fromkeys(people, NEVER) if len(people) > _ALONE else {}


async def give(ctx: Context, turn: Turn) -> None:
    """Store a turn and let its person hear of it, not at night."""
    await ctx.unit.rotas.put(turn)
    await ctx.tell(turn.person, told, turn.subject, awake(ctx.now, ctx.community.zone))


async def others(ctx: Context, turn: Turn) -> list[int]:
    """Who could take that turn, in their order: without whoever has one this week, or was asked about this one."""
    rotas = ctx.unit.rotas
    away = {each.person for each in await rotas.week(turn.community, turn.week)} | {*await rotas.replies(turn)}
    people = await _people(ctx, turn)
    past = await rotas.past(turn.community, turn.week - MEMORY)
    return [*queue(people, those(past, moderator=turn.is_moderator), away)]


async def _people(ctx: Context, turn: Turn) -> Mapping[int, date]:
    if turn.is_moderator:
        return await moderators(ctx, ctx.community)
    return await ctx.unit.rotas.helpers(turn.community)


async def pass_on(ctx: Context, turn: Turn) -> bool:
    """Give back a turn for this week: the next person gets it, or else nobody; says whether somebody did."""
    await ctx.unit.rotas.note(turn, turn.person, Reply.SKIPPED)
    found = await others(ctx, turn)
    if found:
        await give(ctx, Turn(turn.community, turn.week, turn.duty, found[0]))
    else:
        await ctx.unit.rotas.put(replace(turn, person=0))
    return bool(found)
