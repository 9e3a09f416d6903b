"""A whole bot on a small Discord: fake server, real library, real core, real SQLite file."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from adapters.discord import gateway
from adapters.discord.adapter import Discord
from bot.app import App
from bot.chat.places import Ability, Account, Place
from bot.command import Feature
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from storage.migrate import upgrade
from storage.store import DatabaseStore
from tests.adapters.discord.feature import DOOR, FEATURE, JOINED, NOTES, TAPS
from tests.wire.discord import FakeDiscord, Guild, Message, Person
from tests.wire.discord.gateway import MEMBERS, MESSAGE_CONTENT
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.state import ADMINISTRATOR, MANAGE_GUILD, MEMBER

KEY = b"k" * 32

CONTENT_LIMITED = 1 << 19
"""An application's flag: the intent Message Content was turned on for a bot in few servers."""

MEMBERS_LIMITED = 1 << 15
"""The same of the intent Server Members."""


class Stage:
    """The server, the bot on it, and a guild of three people: Ada owns it, Ben and Citra are members."""

    def __init__(self, server: FakeDiscord, store: DatabaseStore, features: tuple[Feature, ...]) -> None:
        self.server = server
        self.state = server.state
        self.store = store
        self.ada = self.state.add_person("ada", display="Ada")
        self.ben = self.state.add_person("ben", display="Ben")
        self.citra = self.state.add_person("citra", display="Citra", locale="id")
        self.guild = self.state.add_guild("Kelas", self.ada)
        self.state.join(self.guild, self.ada, permissions=MEMBER | ADMINISTRATOR | MANAGE_GUILD)
        self.state.join(self.guild, self.ben, self.citra)
        self.channel = self.state.add_channel(self.guild, "umum", system=True)
        self.app = App(features, store, (KEY,), lambda: datetime.fromtimestamp(self.state.clock.now(), UTC), Random(7))
        self.discord = self.new_bot()
        self.running: asyncio.Task[None] | None = None

    @property
    def place(self) -> Place:
        """The guild's channel as the core sees it."""
        return Place("discord", str(self.guild.id), str(self.channel.id))

    def new_bot(self) -> Discord:
        """The platform, as if freshly built."""
        bot = Discord(self.app, self.server.token, api=self.server.api, gateway=self.server.gateway_url)
        self.app.platforms["discord"] = bot
        return bot

    async def run(self) -> None:
        """Start the bot and wait until it is connected, knows the guild and has registered its commands."""
        await self.discord.start()
        self.running = asyncio.create_task(self.discord.run())
        await self.until(lambda: self.server.gateway.connected and self.discord.reception.ready.is_set())
        await self.until(lambda: self.state.commands.get(None))
        await self.discord.reception.drain()

    async def stop(self) -> None:
        """Stop the bot cleanly."""
        await self.discord.stop()
        if self.running:
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await self.running
            self.running = None

    async def found(self, guild: Guild) -> int:
        """Make the guild a community, as if the bot had been added long ago and everybody had used it."""
        async with self.store.begin() as unit:
            community = await unit.communities.add(Community(0, guild.name, datetime.now(UTC), "en"))
            await unit.communities.put_venue(Venue(community.id, self.place, guild.name, abilities=frozenset(Ability)))
            for someone in (self.ada, self.ben, self.citra):
                person = await unit.people.add(Account("discord", str(someone.id)), someone.name, "")
                await unit.people.join(Member(community.id, person.id, tipped=True))
        return community.id

    async def until(self, holds: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Wait until something is true and return it."""
        end = asyncio.get_running_loop().time() + seconds
        while not (found := holds()):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"it did not happen; the channel shows {self.texts()}")
            await asyncio.sleep(0.01)
        return found

    def texts(self) -> list[str]:
        """What everybody reads in the channel."""
        return [message.text for message in self.state.messages_in(self.channel)]

    async def slash(self, person: Person, line: str, options: dict[str, Any] | None = None) -> Interaction:
        """Run a slash command and wait for its answer."""
        return await answered(await self.server.people.slash(person, self.channel, line, options), 5)

    async def press(self, person: Person, message: Message, words: str, **how: Any) -> Interaction:
        """Press a button and wait for the answer."""
        return await answered(await self.server.people.press(person, message, words, **how), 5)

    async def panel(self) -> Message:
        """Have a card posted in the channel."""
        return (await self.slash(self.ada, "panel")).reply


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    run: bool = True,
    reads: bool = False,
    greets: bool = False,
    features: tuple[Feature, ...] = (FEATURE,),
    **options: Any,
) -> AsyncIterator[Stage]:
    """Everything running; at the end the server must have seen no call against Discord's contract.

    `reads` and `greets` say that the intents Message Content and Server Members were turned on for our application.
    """
    TAPS.clear()
    NOTES.clear()
    JOINED.clear()
    DOOR.is_open = False
    gateway.FIRST_PAUSE = 0.05
    address = f"sqlite:///{folder / 'bareng.db'}"
    await upgrade(address)
    store = DatabaseStore(address)
    async with FakeDiscord(**options) as server:
        if reads:
            server.state.application_flags |= CONTENT_LIMITED
            server.gateway.allowed_privileged |= MESSAGE_CONTENT
        if greets:
            server.state.application_flags |= MEMBERS_LIMITED
            server.gateway.allowed_privileged |= MEMBERS
        stage = Stage(server, store, features)
        await stage.found(stage.guild)
        if run:
            await stage.run()
        try:
            yield stage
        finally:
            DOOR.is_open = True
            await stage.stop()
            await store.close()
        server.assert_clean()
