"""Whether shared links still open, for operators who turned that on: when each is tried, and what follows from it.

Nothing here asks the network. A due job hands its address over, and asks again for the next day in the same unit of
work; what came of it ends that row. So no unit waits for a server far away, and a crash costs a day, not the check.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from bot.chat.message import Button, Message, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Feature, Job, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.library import Mark, Wish
from bot.ports import Unit
from bot.speech import Speech

EVERY = 30
"""Days between two tries of a link; by its number each has its own of these days."""

AGAIN = timedelta(days=3)
"""A page that is gone is tried once more after this long: a server that is down for a weekend is no dead link."""

QUIET = timedelta(days=180)
"""Once moderators have heard of a dead link they do not hear of it again for this long, whatever they decided."""

LOST = timedelta(days=1)
"""An address for which nothing came back by then was lost in a crash, and is tried again."""

CHECKER = -1
"""Stands for the link checker among those who report: people have numbers from 1 on, and 0 means all of them."""

CHECK = "library-check"
CONFIRM = "library-confirm"
"""The job of a link that was found dead; as long as its row waits, nothing more is said of the link."""

NOTE = T("The link checker found nothing there any more, on two different days.")

_PAGE = 500


class Reach(StrEnum):
    """What came of trying an address: it opens, there is no such page or name, or nobody can say."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a resource that is to be tried; `again` if it was found dead before."""

    community: int
    resource: int
    url: str
    again: bool = False


Want = Callable[[Link], None]
"""Takes an address that is to be tried soon, and returns at once."""


def feature(want: Want) -> Feature:
    """The jobs of the link checker, which hand what is due to `want`."""

    async def check(ctx: Context, number: int) -> jobs.State | None:
        return await _hand_over(ctx, number, CHECK, want)

    async def confirm(ctx: Context, number: int) -> jobs.State | None:
        return await _hand_over(ctx, number, CONFIRM, want)

    return Feature(jobs=(Job(CHECK, check), Job(CONFIRM, confirm), gone))


async def of_day(unit: Unit, community: int, day: date) -> Sequence[int]:
    """The links that have their turn on that day: of what everybody sees, by number."""
    found: list[int] = []
    start = 0
    while resources := await unit.library.page(community, Wish(), start, _PAGE):
        found += (each.id for each in resources if each.url and (each.id - day.toordinal()) % EVERY == 0)
        start += _PAGE
    return found


async def plan(unit: Unit, community: int, numbers: Sequence[int], now: datetime, rng: Random) -> None:
    """Have these tried within the day to come, except those that lately were, so that a restart plans nothing twice."""
    for number in numbers:
        before = await unit.jobs.get(community, _key(CHECK, number))
        if before is None or before.due_at < now - timedelta(days=EVERY / 2):
            await _ask(unit, community, CHECK, number, now + timedelta(days=1) * rng.random())


async def hear(ctx: Context, link: Link, reach: Reach) -> None:
    """Draw the consequences. Only what was dead on two different days is reported, and what opens is taken back."""
    await _end(ctx, CONFIRM if link.again else CHECK, link.resource)
    match reach:
        case Reach.ALIVE:
            await _end(ctx, CONFIRM, link.resource)
            await ctx.unit.library.unmark(link.community, link.resource, Mark.REPORT, CHECKER)
        case Reach.DEAD if link.again:
            await _ask(ctx.unit, link.community, CONFIRM, link.resource, ctx.now + QUIET)
            await _report(ctx, link)
        case Reach.DEAD if not await _waits(ctx, CONFIRM, link.resource):
            await _ask(ctx.unit, link.community, CONFIRM, link.resource, ctx.now + AGAIN)
        case _:
            pass


@job("library-gone")
async def gone(ctx: Context, subject: int) -> Message | jobs.State:
    """What moderators hear of a dead link about which nobody has decided."""
    resource = await ctx.unit.library.get(ctx.community.id, subject)
    stands = Mark.REPORT in await ctx.unit.library.marked(ctx.community.id, subject, CHECKER)
    if resource is None or not resource.is_shown or not stands:
        return jobs.State.DROPPED
    text = T("The link of {name} is dead: {title}", name=code(resource.name), title=resource.title)
    return say(text, NOTE, rows=((Button(T("Review"), go("resources", "review", scope=ctx.community.id)),),))


async def _hand_over(ctx: Context, number: int, kind: str, want: Want) -> jobs.State | None:
    resource = await ctx.unit.library.get(ctx.community.id, number)
    if resource is None or not resource.is_shown or not resource.url:
        return jobs.State.DROPPED
    await _ask(ctx.unit, ctx.community.id, kind, number, ctx.now + LOST)
    want(Link(ctx.community.id, number, resource.url, kind == CONFIRM))
    return None


async def _report(ctx: Context, link: Link) -> None:
    """A report like a member's; moderators hear of it unless one of the checker's stands already."""
    community, library = ctx.community, ctx.unit.library
    resource = await library.hold(community.id, link.resource)
    note = Speech(community.language, community.zone, community.register).words(NOTE)
    if resource is None or not resource.is_shown:
        return
    if await library.mark(community.id, link.resource, CHECKER, Mark.REPORT, ctx.now, note):
        for person in sorted(await ctx.unit.people.standing(community.id, Role.MODERATOR)):
            await ctx.tell(person, gone, link.resource)


async def _ask(unit: Unit, community: int, kind: str, number: int, at: datetime) -> None:
    await unit.jobs.put(jobs.Job(community, _key(kind, number), kind, number, at))


async def _waits(ctx: Context, kind: str, number: int) -> bool:
    found = await ctx.unit.jobs.get(ctx.community.id, _key(kind, number))
    return found is not None and found.state in (jobs.State.DUE, jobs.State.CLAIMED)


async def _end(ctx: Context, kind: str, number: int) -> None:
    if found := await ctx.unit.jobs.get(ctx.community.id, _key(kind, number)):
        await ctx.unit.jobs.finish(found, jobs.State.DONE)


def _key(kind: str, number: int) -> str:
    return f"{kind}:{number}"
