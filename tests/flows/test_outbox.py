"""What is due reaches people once, while platforms, the store and Bareng itself fail."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from adapters.playground.adapter import Playground
from bot.app import App
from bot.chat.act import Act
from bot.chat.errors import Ambiguous, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.file import File
from bot.chat.message import Message
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.command import job
from bot.context import Context
from bot.domain.jobs import LEASE, Job, State
from bot.features import FEATURES
from bot.outbox import Outbox
from storage.store import DatabaseStore
from tests.world import DISCORD, KEYS, TELEGRAM, World, opened

COMMUNITY = 1


@job("broken")
async def broken(ctx: Context, subject: int) -> None:
    """A mistake of ours."""
    raise LookupError("broken on purpose")


@dataclass
class Line:
    """The way to the playground, where each send meets the next fault; `effective` ones let the message arrive."""

    stage: Playground
    faults: list[PlatformError | None] = field(default_factory=list)
    effective: bool = False
    repeats_safely: bool = False
    has_polls: bool = False
    has_events: bool = False
    whispers: bool = True
    name: str = "playground"
    sends: int = 0
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    progress: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.let_go.set()

    async def reached(self, sends: int) -> None:
        """Wait until that many sends have begun."""
        async with self.progress:
            await self.progress.wait_for(lambda: self.sends >= sends)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        self.sends += 1
        fault = self.faults.pop(0) if self.faults else None
        # A platform like Telegram makes a second copy of what is sent again.
        key = key if self.repeats_safely else f"{key}:{self.sends}"
        async with self.progress:
            self.progress.notify_all()
        await self.let_go.wait()
        if fault and not self.effective:
            raise fault
        ref = await self.stage.send(place, message, key)
        if fault:
            raise fault
        return ref

    async def edit(self, ref: Ref, message: Message) -> None:
        await self.stage.edit(ref, message)

    async def delete(self, ref: Ref) -> None:
        await self.stage.delete(ref)

    async def fetch(self, file: File, most: int) -> bytes:
        return await self.stage.fetch(file, most)

    async def role(self, place: Place, account: Account) -> Role:
        return await self.stage.role(place, account)

    async def power(self, place: Place, account: Account | None) -> Power:
        return await self.stage.power(place, account)

    async def act(self, place: Place, act: Act, key: str) -> str:
        return await self.stage.act(place, act, key)

    async def private(self, account: Account) -> Place:
        return await self.stage.private(account)

    def invite(self) -> str:
        return ""

    def link(self, ref: Ref) -> str:
        return ""


@pytest.fixture
async def world(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """The example community a minute before its quiz, on a store that soon gives up waiting for a lock."""
    monkeypatch.setattr("storage.engine.BUSY", 0.1)
    monkeypatch.setattr("bot.delivery.NOTE_AGAIN", 0.7)
    async with opened(sqlite_address) as made:
        await made.passes(hours=21, minutes=59)
        yield made


@pytest.fixture
def line(world: World) -> Line:
    made = Line(world.stage)
    world.app.platforms["playground"] = made
    return made


def cards(world: World, place: Place) -> int:
    """How many quiz cards people see in that place."""
    return sum(entry.place == place and entry.author is None for entry in world.stage.transcript)


async def troubled(world: World) -> list[State]:
    async with world.store.read() as unit:
        return [found.state for found in await unit.jobs.troubled(COMMUNITY)]


async def states(world: World) -> set[State]:
    """Where the cards of the quiz are on their way."""
    found = set()
    async with world.store.read() as unit:
        for place in (TELEGRAM, DISCORD):
            card = await unit.jobs.get(COMMUNITY, f"daily-card:1:{place.platform}:{place.chat}:{place.thread}")
            assert card
            found.add(card.state)
    return found


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Another connection holds the database's write lock."""
    connection = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


async def test_a_platform_that_cannot_be_reached_gets_the_quiz_when_it_can(world: World, line: Line) -> None:
    line.faults = [Unreachable() for _ in range(6)]
    await world.passes(minutes=1)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 0
    await world.passes(minutes=30)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
    assert await troubled(world) == []


async def test_one_place_that_must_wait_does_not_hold_up_the_other(world: World, line: Line) -> None:
    line.faults = [SlowDown(timedelta(seconds=35))]
    await world.passes(minutes=1)
    assert sorted((cards(world, TELEGRAM), cards(world, DISCORD))) == [0, 1]
    await world.passes(seconds=34)
    assert line.sends == 2, "nothing is asked of a platform before its time"
    await world.passes(seconds=1)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1


async def test_lost_replies_make_at_most_one_extra_copy_and_are_listed(world: World, line: Line) -> None:
    line.faults, line.effective = [Ambiguous() for _ in range(9)], True
    await world.passes(hours=2)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 2
    assert await troubled(world) == [State.UNKNOWN] * 2


async def test_lost_replies_make_no_copy_where_repeating_is_safe(world: World, line: Line) -> None:
    line.faults, line.effective, line.repeats_safely = [Ambiguous() for _ in range(4)], True, True
    await world.passes(hours=1)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
    assert await states(world) == {State.DONE}


async def test_a_place_that_refuses_is_paused_and_listed_while_the_other_goes_on(world: World, line: Line) -> None:
    line.faults = [Refused("no right to send")]
    await world.passes(minutes=1)
    assert sorted((cards(world, TELEGRAM), cards(world, DISCORD))) == [0, 1]
    assert await troubled(world) == [State.FAILED]
    await world.passes(hours=24)
    assert line.sends == 3, "a paused place is not tried again the next day"


async def fails_to_note(world: World, line: Line, address: str) -> None:
    """Run what is due; the store cannot be written to from the moment of the sends until their leases have ended."""
    sends = line.sends
    line.let_go.clear()
    running = asyncio.create_task(world.wakes())
    await line.reached(sends + 2)
    with locked(address):
        line.let_go.set()
        await asyncio.sleep(0.5)
        world.sleeps(seconds=LEASE.total_seconds() + 1)
    # The leases have ended and the store is back, but what became of the sends is not noted yet.
    await world.app.outbox.tick()
    async with asyncio.timeout(10):
        await running


async def test_a_store_that_fails_after_a_send_makes_no_second_copy(
    world: World, line: Line, sqlite_address: str
) -> None:
    world.sleeps(minutes=1)
    await fails_to_note(world, line, sqlite_address)
    await world.passes(minutes=10)
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
    assert await states(world) == {State.DONE}


async def test_what_surely_was_not_sent_is_not_taken_for_perhaps_sent(
    world: World, line: Line, sqlite_address: str
) -> None:
    line.faults = [Unreachable() for _ in range(6)]
    world.sleeps(minutes=1)
    for _ in range(3):
        await fails_to_note(world, line, sqlite_address)
        world.sleeps(minutes=5)
    await world.wakes()
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
    assert await states(world) == {State.DONE}


@asynccontextmanager
async def heir(world: World, line: Line, address: str) -> AsyncIterator[App]:
    """Another process on the same database."""
    store = DatabaseStore(address)
    app = App(FEATURES, store, KEYS, world.clock, Random(8))
    app.platforms["playground"] = line
    yield app
    await app.outbox.drain()
    await store.close()


async def test_another_process_takes_over_what_a_dead_one_was_sending(
    world: World, line: Line, sqlite_address: str
) -> None:
    line.let_go.clear()
    world.sleeps(minutes=1)
    running = asyncio.create_task(world.wakes())
    await line.reached(2)
    running.cancel()
    await dies(world.app.outbox)
    line.let_go.set()
    async with heir(world, line, sqlite_address) as other:
        await other.outbox.settle()
        assert line.sends == 2, "not before the lease has ended"
        world.sleeps(seconds=LEASE.total_seconds())
        await other.outbox.settle()
    assert line.sends == 4
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
    assert await states(world) == {State.DONE}


async def dies(outbox: Outbox) -> None:
    """What was in flight is cut off."""
    flying = list(outbox._flying)
    outbox._closing = True
    for task in flying:
        task.cancel()
    await asyncio.gather(*flying, return_exceptions=True)


async def test_a_process_that_slept_through_its_lease_leaves_the_job_to_its_heir(
    world: World, line: Line, sqlite_address: str
) -> None:
    """A process that is stopped and goes on wakes up in the belief that its claims are still its own."""
    world.sleeps(minutes=1)
    turns = world.app.outbox._turns
    async with turns.of(TELEGRAM), turns.of(DISCORD):
        await world.app.outbox.sweep()
        while len(world.app.outbox._flying) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert await states(world) == {State.CLAIMED}
        world.sleeps(seconds=LEASE.total_seconds() + 30)
        async with heir(world, line, sqlite_address) as other:
            await other.outbox.settle()
    await world.wakes()
    assert line.sends == 2
    assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1


async def test_a_job_that_always_fails_is_set_aside_and_stops_nobody(sqlite_address: str) -> None:
    async with opened(sqlite_address) as world:
        world.app.index.jobs["broken"] = broken  # type: ignore[index]
        async with world.store.begin() as unit:
            await unit.jobs.put(Job(COMMUNITY, "broken:1", "broken", 1, world.clock()))
        await world.passes(hours=22)
        assert cards(world, TELEGRAM) == cards(world, DISCORD) == 1
        assert await troubled(world) == [State.FAILED]
