"""A simulation: the real core on the real store, a clock that jumps from one due job to the next, and downtimes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from pathlib import Path
from random import Random

from bot.chat.errors import Refusal
from bot.clear import clear_old
from bot.domain.dated import read_subject
from bot.features import FEATURES
from bot.features.session.plan import LEAD
from bot.index import Index
from bot.outbox import Outbox
from storage.store import DatabaseStore
from tests.simulation.cast import PLATFORMS, Live, settle_in
from tests.simulation.deeds import DEEDS, Deed, Scene
from tests.simulation.groups import BEGIN, END
from tests.simulation.oracle import Oracle
from tests.simulation.wire import Arrival, Wire

LENGTHS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=5), timedelta(hours=25))
"""How long the program does not run, one after the other."""

DOWNTIMES = 64
WEEK, HOUR, SECOND = timedelta(days=7), timedelta(hours=1), timedelta(seconds=1)
SOON = timedelta(hours=4)
"""Much is done so shortly before a date."""

NEAR, AIMED = 0.4, 0.6
"""The share of what is done, and of the downtimes, that is put off until then."""

Chance = tuple[datetime, int, Deed, bool]
"""When, in which group, what, and whether it waited for a date to be near."""

Sleep = tuple[datetime, timedelta, bool]
"""From when, how long, and whether it was made to end about when a date begins."""


class Patient(Outbox):
    """An outbox that looks only when it is told to settle: then it looks until nothing is due anyway."""

    def wake(self) -> None: ...


@dataclass(slots=True)
class Simulation:
    """Some of the groups from the beginning to the end; `path` is a fresh migrated SQLite file.

    `dropped` are the reminders that were listed as such, as (group, series, day, lead); `spoilt` are jobs that failed.
    """

    path: Path
    numbers: Sequence[int]
    seed: int
    now: datetime = BEGIN
    groups: list[Live] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    downtimes: list[tuple[datetime, datetime]] = field(default_factory=list)
    dropped: set[tuple[int, int, str, int]] = field(default_factory=set)
    spoilt: set[tuple[str, str]] = field(default_factory=set)
    done: int = 0
    refused: int = 0
    _due: datetime | None = None

    @property
    def came(self) -> Iterator[Arrival]:
        """All that arrived."""
        for wire in self.wires:
            yield from wire.came

    @property
    def oracle(self) -> Oracle:
        """Who knows what should have arrived."""
        return Oracle(self.downtimes, END)

    async def run(self) -> None:
        """Let the years pass."""
        store = DatabaseStore(f"sqlite:///{self.path}")
        self.wires = [Wire(name, lambda: self.now) for name in PLATFORMS]
        platforms = {wire.name: wire for wire in self.wires}
        outbox = Patient(Index(FEATURES), store, platforms, lambda: self.now, Random(1))
        outbox.alarm = self._wait_for
        try:
            async with store.begin() as unit:
                self.groups = [await settle_in(unit, number) for number in self.numbers]
            await self._live(store, outbox, Random(self.seed))
        finally:
            await outbox.drain()
            await store.close()

    def _wait_for(self, due: datetime) -> None:
        self._due = due

    async def _live(self, store: DatabaseStore, outbox: Outbox, rng: Random) -> None:
        chances, sleeps, clean = _chances(rng, len(self.groups)), _sleeps(rng), BEGIN + WEEK
        await self._settle(outbox)
        while (due := self._due or END) < END or chances:
            slept = bool(sleeps) and sleeps[0][0] < due < END
            if slept:
                self._sleep(rng, due, sleeps)
            elif chances and (at := max(chances[0][0], self.now + SECOND)) < due:
                self.now = at
                await self._take(store, rng, chances)
            else:
                self.now = due
            await self._settle(outbox)
            if slept or self.now > clean:
                clean = self.now + WEEK
                await self._tidy(store)
        self.now = END
        await self._tidy(store)

    async def _settle(self, outbox: Outbox) -> None:
        self._due = None
        await outbox.settle()

    def _sleep(self, rng: Random, due: datetime, sleeps: list[Sleep]) -> None:
        """Nothing happens for that long, from shortly before something is due, or else until a date begins."""
        at, length, is_aimed = heappop(sleeps)
        starts = None if is_aimed or rng.random() > AIMED else self._next_after(self.now + length + HOUR)
        if starts:
            heappush(sleeps, (starts - rng.uniform(-0.2, 1) * HOUR - length, length, True))
            return
        begin = max(self.now, at if is_aimed else due - rng.uniform(0.01, 0.99) * length)
        self.downtimes.append((begin, begin + length))
        self.now = begin + length

    def _next_after(self, at: datetime) -> datetime | None:
        """When the first date after that begins in any of the groups."""
        return min(filter(None, (_next(live, at) for live in self.groups)), default=None)

    async def _take(self, store: DatabaseStore, rng: Random, chances: list[Chance]) -> None:
        """Something is done, or put off until shortly before the next date."""
        _, number, deed, is_near = heappop(chances)
        live = self.groups[number]
        if not is_near and deed.near and rng.random() < NEAR and (starts := _next(live, self.now)):
            at = starts - rng.random() * SOON
            return heappush(chances, (max(at, self.now), number, deed, True))
        try:
            async with store.begin() as unit:
                community = await unit.communities.get(live.community)
                assert community
                await deed.do(Scene(unit, self.now, rng, live, community))
            self.done += 1
        except Refusal:
            self.refused += 1

    async def _tidy(self, store: DatabaseStore) -> None:
        """What the program does now and then; before that it is noted which jobs went wrong."""
        query = "select community_id, kind, subject, state from job where state in ('dropped', 'failed', 'unknown')"
        with closing(sqlite3.connect(self.path)) as file:
            for community, kind, subject, state in file.execute(query):
                if state != "dropped":
                    self.spoilt.add((kind, state))
                elif kind == LEAD:
                    series, day, lead = read_subject(subject)
                    self.dropped.add((community, series, day.isoformat(), lead))
        async with store.begin() as unit:
            await clear_old(unit, lambda: self.now)


def _chances(rng: Random, groups: int) -> list[Chance]:
    """What is done in the groups, each at its moment."""
    found: list[Chance] = []
    for number in range(groups):
        for deed in DEEDS:
            for _ in range(deed.often):
                at = BEGIN + rng.random() * (END - BEGIN - WEEK)
                found.append((at, number, deed, False))
    heapify(found)
    return found


def _sleeps(rng: Random) -> list[Sleep]:
    """The downtimes, by when."""
    moments = sorted(BEGIN + rng.random() * (END - BEGIN - WEEK) for _ in range(DOWNTIMES))
    return [(at, LENGTHS[number % len(LENGTHS)], False) for number, at in enumerate(moments)]


def _next(live: Live, now: datetime) -> datetime | None:
    states = [book.state(day, now) for book in live.books for day in book.days if abs(day - now.date()) < WEEK]
    return min((state.starts for state in states if state and state.on and state.starts > now), default=None)
