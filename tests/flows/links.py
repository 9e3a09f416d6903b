"""A group whose links are checked, and the web that the checker sees."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random

from adapters.link.checker import Checker
from adapters.link.probe import Probe
from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST, GROUPS
from adapters.playground.clock import Turning
from bot.app import App
from bot.chat.places import Place, Role
from bot.domain.jobs import State as JobState
from bot.example.seed import seed
from bot.features import FEATURES
from bot.features.daily import OPEN
from bot.features.library.check import EVERY
from storage.store import DatabaseStore
from tests.adapters.link.site import URL, Names, Site, only_here
from tests.world import KEYS, MONDAY, World

COMMUNITY = 1
PAGE = f"{URL}/page"


class Round:
    """A world in which the link checker is on, and the web that it sees."""

    def __init__(self, world: World, checker: Checker, school: Site, names: Names) -> None:
        self.world = world
        self.checker = checker
        self.school = school
        self.names = names

    async def tries(self) -> None:
        """Plan what is to be planned, and try all that has been handed over."""
        await self.world.wakes()
        while await self.checker.turn():
            pass
        await self.world.wakes()

    async def lives(self, days: int) -> None:
        """Let days pass, each of which is planned at its beginning."""
        for _ in range(days):
            await self.tries()
            self.world.sleeps(days=1)
        await self.tries()

    async def until_tried(self) -> None:
        """Let days pass until something is asked for."""
        before = len(self.school.requests)
        for _ in range(EVERY + 1):
            if len(self.school.requests) > before:
                return
            await self.lives(1)
        raise AssertionError("nothing was tried")

    async def reports(self, number: int = 1, community: int = COMMUNITY) -> int:
        """How many reports a resource has."""
        async with self.world.store.read() as unit:
            return (await unit.library.marks(community, (number,)))[number].reports

    async def job(self, kind: str, number: int = 1) -> JobState | None:
        """How far the job of that kind is."""
        async with self.world.store.read() as unit:
            found = await unit.jobs.get(COMMUNITY, f"{kind}:{number}")
        return found.state if found else None


@asynccontextmanager
async def round_of(address: str, group: Place, school: Site, days: float = 0, chance: int = 7) -> AsyncIterator[Round]:
    """The example community with a link checker, so many days after Monday; what it kept before is there again."""
    store = DatabaseStore(address)
    clock = Turning(lambda: MONDAY, timedelta(days=days))
    names = Names(school.port)
    checker = Checker(store, clock, Random(chance), Probe(names, only_here))
    app = App((*FEATURES, checker.feature), store, KEYS, clock, Random(7))
    stage = Playground(CAST, clock)
    stage.attach(app)
    await seed(store, MONDAY, GROUPS, [(actor.account, actor.name, Role.MEMBER) for actor in CAST])
    try:
        yield Round(World(app, stage, clock, group), checker, school, names)
    finally:
        await app.drain()
        await app.outbox.drain()
        await store.close()


async def settle_in(made: Round) -> None:
    """Everybody has spoken, and no quiz is planned: months of them would take long."""
    world = made.world
    for person in (world.ani, world.budi, world.citra):
        await person.says("/help")
        await person.private.says("/start")
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, world.budi.account)).member
        assert found
        await unit.people.save_member(replace(found, role=Role.MODERATOR))
        await unit.jobs.cancel(COMMUNITY, OPEN)
