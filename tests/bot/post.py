"""A post office: a store with a community, an outbox, a clock, and a platform that does what it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.chat.act import Act
from bot.chat.errors import PlatformError, Refusal
from bot.chat.file import File
from bot.chat.message import Message, say
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.chat.text import T
from bot.command import Feature, job
from bot.context import Context
from bot.domain.community import Community, Venue
from bot.domain.jobs import LEASE, Job, State
from bot.index import Index
from bot.outbox import Outbox
from storage.store import DatabaseStore

START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
HERE, THERE = Place("wire", "1"), Place("wire", "2")


@dataclass
class Wire:
    """A platform at the edge: it does what `script` says for each request, and keeps what arrived."""

    script: list[PlatformError | None] = field(default_factory=list)
    has_polls: bool = False
    has_events: bool = False
    whispers: bool = True
    repeats_safely: bool = False
    name: str = "wire"
    sent: list[tuple[str, str]] = field(default_factory=list)
    edited: list[tuple[Ref, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    hangs: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        self.keys.append(key)
        await self._happen()
        self.sent.append((place.chat, text_of(message)))
        return Ref(place, str(len(self.sent)))

    async def edit(self, ref: Ref, message: Message) -> None:
        await self._happen()
        self.edited.append((ref, text_of(message)))

    async def _happen(self) -> None:
        self.reached.set()
        await asyncio.sleep(0)
        if self.hangs:
            await asyncio.Event().wait()
        if self.script and (error := self.script.pop(0)):
            raise error

    async def delete(self, ref: Ref) -> None: ...

    async def fetch(self, file: File, most: int) -> bytes:
        return b"content"

    async def role(self, place: Place, account: Account) -> Role:
        return Role.MEMBER

    async def power(self, place: Place, account: Account | None) -> Power:
        return Power(Role.MEMBER, here=True)

    async def act(self, place: Place, act: Act, key: str) -> str:
        await self._happen()
        return ""

    async def private(self, account: Account) -> Place:
        return HERE

    def invite(self) -> str:
        return ""

    def link(self, ref: Ref) -> str:
        return ""


def text_of(message: Message) -> str:
    return "".join(run.text for block in message.blocks for run in block.line)  # type: ignore[union-attr]


@job("card")
async def show(ctx: Context, subject: int) -> Message | None:
    """A card that tells its subject and the hour."""
    return say(f"card {subject} at {ctx.now:%H:%M:%S}")


@job("fails")
async def fail(ctx: Context, subject: int) -> None:
    """Our own mistake."""
    raise LookupError("broken on purpose")


@job("work")
async def work(ctx: Context, subject: int) -> State | None:
    """Work without a message; an odd subject is no longer useful."""
    return State.DROPPED if subject % 2 else None


@job("refuses")
async def refuse(ctx: Context, subject: int) -> Message | None:
    """Work that turned out not to be possible."""
    raise Refusal(T("There is no such case."))


INDEX = Index([Feature(jobs=(show, fail, work, refuse))])


class Post:
    """A community with a place, an outbox, a clock and a platform."""

    def __init__(self, store: DatabaseStore, community: int) -> None:
        self.store = store
        self.community = community
        self.now = START
        self.wire = Wire()
        self.platforms: dict[str, Wire] = {"wire": self.wire}
        self.outbox = self.fresh()

    def fresh(self) -> Outbox:
        """An outbox as another process would have it."""
        return Outbox(INDEX, self.store, self.platforms, lambda: self.now, Random(1))

    async def asks(self, kind: str = "card", subject: int = 1, place: Place | None = HERE) -> None:
        async with self.store.begin() as unit:
            chat = place.chat if place else ""
            await unit.jobs.put(Job(self.community, f"{kind}:{subject}:{chat}", kind, subject, self.now, place))

    async def passes(self, length: timedelta = timedelta(0)) -> None:
        self.now += length
        await self.outbox.settle()

    async def job(self, key: str = "card:1:1") -> Job:
        async with self.store.read() as unit:
            found = await unit.jobs.get(self.community, key)
        assert found is not None
        return found

    async def venue(self, place: Place = HERE) -> Venue | None:
        async with self.store.read() as unit:
            return (await unit.arrivals.of(place, None)).venue


async def dies(post: Post) -> None:
    """Everything of this process ends where it stands; another one begins after the lease."""
    flying = list(post.outbox._flying)
    post.outbox._closing = True
    for task in flying:
        task.cancel()
    await asyncio.gather(*flying, return_exceptions=True)
    post.outbox = post.fresh()
    post.now += LEASE


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Post]:
    """A post office on that database."""
    store = DatabaseStore(address)
    async with store.begin() as unit:
        community = await unit.communities.add(Community(0, "Kelas", START))
        for place in (HERE, THERE):
            await unit.communities.put_venue(Venue(community.id, place, "Kelas"))
    post = Post(store, community.id)
    yield post
    for task in list(post.outbox._flying):
        task.cancel()  # some hang on purpose
    await post.outbox.drain()
    await store.close()
