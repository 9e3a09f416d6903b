"""One community on both fake platforms with a crowd on each, and the bot: real adapters, real core, real file."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, TypeVar

from adapters.discord.adapter import Discord
from adapters.telegram.adapter import Telegram
from bot.app import App
from bot.chat.places import Ability, Place
from bot.domain.community import Community, Venue
from bot.domain.items import Item
from bot.features import FEATURES
from storage.store import DatabaseStore
from tests.wire.discord.people import answered
from tests.wire.discord.server import FakeDiscord
from tests.wire.discord.state import ADMINISTRATOR, MANAGE_GUILD, MEMBER, Channel, Message
from tests.wire.discord.state import Person as DiscordPerson
from tests.wire.telegram.server import FakeTelegram
from tests.wire.telegram.world import Chat, Json, Person

R = TypeVar("R")


@dataclass
class Crowd:
    """Both servers, the app between them, and who is there; the bosses may open rounds."""

    telegram: FakeTelegram
    discord: FakeDiscord
    store: DatabaseStore
    app: App
    group: Chat
    channel: Channel
    boss: Person
    owner: DiscordPerson
    here: list[Person]
    there: list[DiscordPerson]
    community: int = 0

    @property
    def tg_card(self) -> Json:
        """The bot's one public message in the Telegram group, polls aside."""
        (found,) = [m for m in self.group.messages.values() if m["from"]["is_bot"] and "text" in m]
        return found

    @property
    def dc_card(self) -> Message:
        """The bot's one public message in the Discord channel."""
        (found,) = [m for m in self.discord.state.messages_in(self.channel) if m.author_id == self.discord.state.bot.id]
        return found

    def shows(self, words: str) -> Callable[[], bool]:
        """Whether both cards hold these words."""

        def look() -> bool:
            with suppress(ValueError):
                return words in self.tg_card["text"] and words in self.dc_card.text
            return False

        return look

    async def steer(self, label: str) -> None:
        """The Telegram group's owner presses that button of the card."""
        press = self.telegram.people.press(self.boss, self.group, self.tg_card["message_id"], label)
        await until(lambda: press.answers)

    async def open_round(self, size: int, *knobs: str) -> None:
        """A round of so many items is opened by Discord's owner, with these knobs of the panel pressed, and started."""
        panel = await answered(await self.discord.people.slash(self.owner, self.channel, "quiz", {"n": size}), 10)
        for label in (*knobs, "Buka untuk grup"):
            panel = await answered(await self.discord.people.press(self.owner, panel.reply, label), 10)
        await until(self.shows("orang sudah ikut"))
        await asyncio.sleep(3)  # cards are edited no sooner after they were posted
        await self.steer("Mulai")

    async def settled(self) -> None:
        """Everything that people did is answered."""
        await until(lambda: not self.telegram.updates.waiting, 30)
        await asyncio.sleep(0.05)
        await self.app.drain()


async def until(holds: Callable[[], R], seconds: float = 15.0) -> R:
    """Wait until something is true and return it."""
    end = asyncio.get_running_loop().time() + seconds
    while not (found := holds()):
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"still nothing after {seconds} s")
        await asyncio.sleep(0.01)
    return found


@asynccontextmanager
async def crowd(
    address: str, here: int, there: int, items: tuple[Item, ...], **telegram_options: Any
) -> AsyncIterator[Crowd]:
    """Everything runs; at the end neither server has seen a call against its contract."""
    async with FakeTelegram(**telegram_options) as telegram, FakeDiscord() as discord:
        boss = telegram.world.add_person("Bos", language_code="id")
        people = [telegram.world.add_person(f"Tele {n}", language_code="id") for n in range(here)]
        group = telegram.world.add_chat("Kelas", owner=boss, members=tuple(people))
        state = discord.state
        owner = state.add_person("eka", display="Eka", locale="id")
        guild = state.add_guild("Kelas", owner, locale="id")
        state.join(guild, owner, permissions=MEMBER | ADMINISTRATOR | MANAGE_GUILD)
        channel = state.add_channel(guild, "umum", system=True)
        others = [state.add_person(f"disko{n}", display=f"Disko {n}", locale="id") for n in range(there)]
        state.join(guild, *others)
        store = DatabaseStore(address)
        app = App(FEATURES, store, (b"k" * 32,), lambda: datetime.now(UTC), Random(7))
        made = Crowd(telegram, discord, store, app, group, channel, boss, owner, people, others)
        async with store.begin() as unit:
            community = await unit.communities.add(Community(0, "Kelas", datetime.now(UTC), ready=True))
            made.community = community.id
            places = (Place("telegram", str(group.id)), Place("discord", str(guild.id), str(channel.id)))
            for place in places:
                await unit.communities.put_venue(Venue(community.id, place, "Kelas", abilities=frozenset(Ability)))
            for item in items:
                await unit.items.add(item, datetime.now(UTC))
        async with _running(made):
            yield made
        await store.close()
    telegram.truth.assert_clean()
    discord.assert_clean()


@asynccontextmanager
async def _running(made: Crowd) -> AsyncIterator[None]:
    """Both adapters and the clock, which looks for due work often enough for these seconds."""
    platforms: tuple[Telegram, Discord] = (
        Telegram(made.app, made.telegram.token, base_url=made.telegram.base_url),
        Discord(made.app, made.discord.token, api=made.discord.api, gateway=made.discord.gateway_url),
    )
    tasks: list[asyncio.Task[None]] = [asyncio.create_task(_tick(made.app))]
    for platform in platforms:
        made.app.platforms[platform.name] = platform
        await platform.start()
        tasks.append(asyncio.create_task(platform.run()))
    await until(lambda: made.discord.gateway.connected and made.discord.state.commands.get(None))
    try:
        yield
    finally:
        tasks[0].cancel()
        await made.app.drain()
        await made.app.outbox.drain()
        for platform in platforms:
            await platform.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tick(app: App) -> None:
    while True:
        await app.outbox.tick()
        await asyncio.sleep(0.2)
