"""What conversations about a running session need to know of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from adapters.playground.plain import plain
from bot.context import Context
from bot.domain.agenda import Change, Series
from bot.domain.amendment import Amendment
from bot.domain.jobs import Job
from bot.domain.recurrence import Frequency, Rule
from bot.domain.rsvp import Answer, Rsvp
from bot.features.session.save import carry_out
from bot.ports import Unit
from tests.world import Human, World

COMMUNITY = 1
DAY = date(2026, 11, 30)
"""A Monday, a week after the world begins."""

START = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
"""19.00 in Jakarta."""

TITLE = "Belajar: Aljabar"
"""How its card begins."""

END = START.replace(hour=13, minute=30)


async def number(world: World, person: Human) -> int:
    """The number of that person."""
    async with world.store.read() as unit:
        found = (await unit.arrivals.of(world.group, person.account)).person
    assert found
    return found.id


async def planned(world: World, *, host: Human | None = None, once: bool = False, **more: Any) -> Series:
    """A session on Mondays at 19.00 for 90 minutes, planned and announced in time."""
    rule = Rule(DAY, time(19), "Asia/Jakarta", 90)
    if not once:
        rule = replace(rule, frequency=Frequency.WEEKLY, days=(0,))
    leads = await number(world, host) if host else 0
    async with world.store.begin() as unit:
        made = Series(COMMUNITY, 0, rule, "Aljabar", await number(world, world.ani), world.clock(), host=leads, **more)
        series = await unit.sessions.add(made)
        await unit.jobs.put(Job(COMMUNITY, f"session-tick:{series.id}", "session-tick", series.id, world.clock()))
    await world.wakes()
    return series


async def says(world: World, person: Human, answer: Answer, series: int = 1) -> None:
    """Somebody's reply to the first date, as it is stored."""
    who = await number(world, person)
    async with world.store.begin() as unit:
        await unit.rsvps.put(Rsvp(COMMUNITY, series, DAY, who, answer, world.clock()))


async def change(world: World, series: int = 1, day: date = DAY) -> Change:
    """What is different on the first date, as it is stored."""
    async with world.store.read() as unit:
        return await unit.sessions.change(COMMUNITY, series, day)


async def scene(world: World, unit: Unit) -> Context:
    """What handlers know when something happens in the group now."""
    return Context(unit, world.clock(), Random(1), world.group, found=await unit.communities.get(COMMUNITY))


async def amended(world: World, **values: Any) -> None:
    """The first date is changed, as after an organiser's button."""
    async with world.store.begin() as unit:
        wanted = replace(await unit.sessions.change(COMMUNITY, 1, DAY), **values)
        await carry_out(await scene(world, unit), Amendment(changes=(wanted,)))
    await world.wakes()


def card(world: World) -> str:
    """The public card as it stands."""
    return next(text for text in reversed(world.public) if text.startswith(TITLE))


def offered(world: World) -> list[str]:
    """The labels of its buttons."""
    shown = [entry for entry in world.stage.transcript if entry.place == world.group and entry.is_public]
    entry = next(each for each in reversed(shown) if each.pages and plain(each.pages[0]).startswith(TITLE))
    return [str(button.label) for row in entry.pages[-1].rows for button in row]
