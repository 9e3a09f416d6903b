"""A whole bot on a small Telegram: fake server, real library, real core, real SQLite file."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from adapters.telegram.adapter import Hook, Telegram
from adapters.telegram.pace import Pace
from bot.app import App
from bot.chat.places import Ability, Account, Place
from bot.command import Feature
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from storage.migrate import upgrade
from storage.store import DatabaseStore
from tests.adapters.telegram.feature import FEATURE, TAPS
from tests.wire.telegram import FakeTelegram
from tests.wire.telegram.world import Chat, Json, Person

KEY = b"k" * 32


class Stage:
    """The server, the bot on it, and a group of three people: Ada owns it, Ben and Citra are members."""

    def __init__(self, server: FakeTelegram, store: DatabaseStore, app: App, telegram: Telegram) -> None:
        self.server = server
        self.store = store
        self.app = app
        self.telegram = telegram
        self.ada = server.world.add_person("Ada", language_code="en")
        self.ben = server.world.add_person("Ben", language_code="en")
        self.citra = server.world.add_person("Citra", language_code="id")
        self.group = server.world.add_chat("Kelas", owner=self.ada, members=(self.ben, self.citra))
        self.running: asyncio.Task[None] | None = None

    async def found(self, chat: Chat) -> int:
        """Make the chat a community, as if the bot had been added long ago."""
        place = Place("telegram", str(chat.id))
        async with self.store.begin() as unit:
            community = await unit.communities.add(Community(0, chat.title, datetime.now(UTC), "en"))
            await unit.communities.put_venue(Venue(community.id, place, chat.title, abilities=frozenset(Ability)))
        return community.id

    async def acquaint(self, community: int, *people: Person) -> None:
        """Make them members who have used the bot before, so that nobody is greeted."""
        async with self.store.begin() as unit:
            for person in people:
                account = Account("telegram", str(person.id))
                known = await unit.people.add(account, person.first_name, "")
                await unit.people.join(Member(community, known.id, tipped=True))

    async def until(self, holds: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Wait until something is true and return it; fails loudly with what the chat shows."""
        end = asyncio.get_running_loop().time() + seconds
        while not (found := holds()):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"it did not happen; the group shows {self.texts(self.group)}")
            await asyncio.sleep(0.01)
        return found

    def texts(self, chat: Chat | None) -> list[str]:
        """What the bot wrote in the chat and still stands there."""
        return [message["text"] for message in self.ours(chat)]

    def ours(self, chat: Chat | None) -> list[Json]:
        """The bot's messages that stand in the chat."""
        bot = self.server.world.bot.id
        return [m for m in chat.messages.values() if m["from"]["id"] == bot and "text" in m] if chat else []

    def more_than(self, count: int) -> bool:
        """Whether more than so many of the bot's messages stand in the group."""
        return len(self.ours(self.group)) > count

    def private(self, person: Person) -> Chat:
        """The person's private chat with the bot."""
        return self.server.world.private_chat(person)

    async def panel(self) -> int:
        """Have a card posted in the group and return its message id."""
        before = len(self.ours(self.group))
        self.server.people.say(self.ada, self.group, "/panel")
        await self.until(lambda: len(self.ours(self.group)) > before)
        number: int = self.ours(self.group)[-1]["message_id"]
        return number

    async def press(self, person: Person, label: str, message: int) -> list[Json]:
        """Press and return the answers to the press."""
        press = self.server.people.press(person, self.group, message, label)
        await self.until(lambda: press.answers)
        await self.settled()
        return press.answers

    async def settled(self) -> None:
        """Wait until every update was fetched and every answer given."""
        await self.until(lambda: not self.server.updates.waiting)
        await asyncio.sleep(0.02)
        await self.app.drain()


def fast() -> Pace:
    """A pace that slows no test."""
    return Pace(10_000, 10_000, 10_000)


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    run: bool = True,
    features: tuple[Feature, ...] = (FEATURE,),
    hook: Hook | None = None,
    pace: Pace | None = None,
    **server_options: Any,
) -> AsyncIterator[Stage]:
    """Everything running; at the end the server must have seen no call against the specification."""
    TAPS.clear()
    address = f"sqlite:///{folder / 'bareng.db'}"
    await upgrade(address)
    store = DatabaseStore(address)
    async with FakeTelegram(**server_options) as server:
        app = App(features, store, (KEY,), lambda: datetime.fromtimestamp(server.world.now(), UTC), Random(7))
        telegram = Telegram(app, server.token, base_url=server.base_url, hook=hook, pace=pace or fast())
        app.platforms["telegram"] = telegram
        stage = Stage(server, store, app, telegram)
        await stage.acquaint(await stage.found(stage.group), stage.ada, stage.ben, stage.citra)
        if run:
            await telegram.start()
            stage.running = asyncio.create_task(telegram.run())
        try:
            yield stage
        finally:
            if stage.running:
                stage.running.cancel()
                with suppress(asyncio.CancelledError):
                    await stage.running
                await telegram.stop()
            await store.close()
    server.truth.assert_clean()
