"""A group on each fake platform, and the process that serves both; it can be killed and started again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.community import Community, DailyRule
from bot.domain.items import Item, ItemText
from bot.domain.jobs import Job
from bot.domain.points import Reason
from bot.features.daily import OPEN
from storage.store import DatabaseStore
from tests.wire.discord.people import answered
from tests.wire.discord.server import FakeDiscord
from tests.wire.discord.state import Channel, Guild, Message
from tests.wire.discord.state import Person as DiscordPerson
from tests.wire.telegram.server import FakeTelegram
from tests.wire.telegram.world import Chat, Person

R = TypeVar("R")
ALL_PERMISSIONS = (1 << 53) - 1
QUESTIONS = 2


async def eventually(look: Callable[[], R | None], seconds: float = 20.0) -> R:
    """Wait until `look` finds something true; AssertionError after that many seconds."""
    end = asyncio.get_running_loop().time() + seconds
    while not (found := look()):
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"still nothing after {seconds} s: {look.__name__}")
        await asyncio.sleep(0.02)
    return found


async def eventually_in(look: Callable[[], Awaitable[R | None]], seconds: float = 20.0) -> R:
    """The same for a look into the database."""
    end = asyncio.get_running_loop().time() + seconds
    while not (found := await look()):
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"still nothing after {seconds} s: {look.__name__}")
        await asyncio.sleep(0.05)
    return found


@dataclass
class Process:
    """`bareng run` with both tokens, logging into a file."""

    folder: Path
    settings: dict[str, str]
    running: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; the platforms notice when it is there."""
        with (self.folder / "log").open("ab") as log:
            self.running = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.folder,
                env={**os.environ, **self.settings},
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """kill -9."""
        assert self.running
        self.running.kill()
        await self.running.wait()

    async def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        assert self.running
        self.running.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.running.wait(), 10)

    @property
    def log(self) -> str:
        """Everything that it has logged."""
        return (self.folder / "log").read_text()


@dataclass
class Town:
    """Both platforms with an organiser and three members each, and the process."""

    telegram: FakeTelegram
    discord: FakeDiscord
    process: Process
    store: DatabaseStore
    group: Chat
    members: list[Person]
    guild: Guild
    channel: Channel
    friends: list[DiscordPerson]
    boss: Person
    owner: DiscordPerson

    async def community(self, platform: str) -> Community:
        """The community that lives on that platform."""

        async def look() -> Community | None:
            async with self.store.read() as unit:
                for each in await unit.communities.all():
                    venues = await unit.communities.venues(each.id)
                    if any(venue.place.platform == platform for venue in venues):
                        return each
            return None

        return await eventually_in(look)

    def telegram_messages(self, *words: str) -> list[dict[str, Any]]:
        """The group's messages that contain all these words, oldest first."""
        return [m for m in self.group.messages.values() if all(word in m.get("text", "") for word in words)]

    def discord_messages(self, *words: str) -> list[Message]:
        """The channel's public messages that contain all these words, oldest first."""
        return [m for m in self.discord.state.messages_in(self.channel) if all(word in m.text for word in words)]

    async def settle_in(self) -> None:
        """Walk through the onboarding on both platforms with real taps."""
        self.telegram.people.set_bot(self.group, self.boss, "administrator", ("can_delete_messages",))
        await self.discord.people.add_bot(self.guild)
        for button in ("WITA", "Seimbang", "Lanjut", "Selesai"):
            await self._tap_setup(button)

    async def _tap_setup(self, button: str) -> None:
        def on_telegram() -> dict[str, Any] | None:
            return next((m for m in self.telegram_messages() if button in str(m.get("reply_markup"))), None)

        def on_discord() -> Message | None:
            return next((m for m in self.discord_messages() if any(button in str(b) for b in m.buttons)), None)

        found = await eventually(on_telegram)
        labels = [each["text"] for row in found["reply_markup"]["inline_keyboard"] for each in row]
        label = next(label for label in labels if button in label)
        press = self.telegram.people.press(self.boss, self.group, found["message_id"], label)
        await eventually(lambda: press.answers)
        await answered(await self.discord.people.press(self.owner, await eventually(on_discord), button))

    async def plan_quiz(self, seconds: float) -> None:
        """Give both groups a bank and a quiz hour that is that near."""
        now = datetime.now(UTC)
        opens = now + timedelta(seconds=seconds)
        for platform in ("telegram", "discord"):
            community = await self.community(platform)
            rule = DailyRule(at=opens.time(), close=(opens - timedelta(hours=2)).time(), size=QUESTIONS)
            async with self.store.begin() as unit:
                await unit.communities.save(replace(community, daily=rule, zone="UTC"))
                for number in range(QUESTIONS):
                    words = ItemText(f"{number} + 1 = ?", (f"{number + 1}", f"{number + 2}"), "Hitung saja.")
                    await unit.items.add(Item(community.id, 0, {"id": words}, right=(0,)), now)
                day = opens.toordinal()
                await unit.jobs.cancel(community.id, OPEN)
                await unit.jobs.put(Job(community.id, f"{OPEN}:{day}", OPEN, day, opens))

    async def answers(self, platform: str) -> dict[int, int]:
        """How many answers each person's count has, as the database tells."""
        community = await self.community(platform)
        async with self.store.read() as unit:
            quiz = await unit.quizzes.latest(community.id)
            if quiz is None:
                return {}
            tally = await unit.quizzes.tally(community.id, quiz.id)
        return {position: tally.answers(position) for position in range(QUESTIONS)}

    async def points(self, platform: str) -> list[int]:
        """The points of everybody who has any."""
        community = await self.community(platform)
        async with self.store.read() as unit:
            return [standing.points for standing in await unit.ledger.top(community.id, 0, Reason.QUIZ, 50)]


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Both platforms and the process on a fresh database."""
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        world, state = telegram.world, discord.state
        boss = world.add_person("Ani", language_code="id")
        members = [world.add_person(name, language_code="id") for name in ("Budi", "Citra", "Dewi")]
        group = world.add_chat("Kelas", members=tuple(members), owner=boss, bot=None)
        owner = state.add_person("Eka", locale="id")
        guild = state.add_guild("Kelas", owner, locale="id")
        channel = state.add_channel(guild, "umum", system=True)
        friends = [state.add_person(name, locale="id") for name in ("Fitri", "Gita", "Hadi")]
        state.join(guild, owner, permissions=ALL_PERMISSIONS)
        state.join(guild, *friends)
        state.guilds.pop(guild.id)
        database = f"sqlite:///{folder / 'data' / 'bareng.db'}"
        process = Process(
            folder,
            {
                "BARENG_DATABASE__URL": database,
                "BARENG_TELEGRAM__TOKEN": telegram.token,
                "BARENG_TELEGRAM__BASE_URL": telegram.base_url.removesuffix("/bot"),
                "BARENG_DISCORD__TOKEN": discord.token,
                "BARENG_DISCORD__API_URL": discord.api,
                "BARENG_DISCORD__GATEWAY_URL": discord.gateway_url,
                "BARENG_WEB__PORT": "0",
                "BARENG_LOG__FORMAT": "json",
            },
        )
        store = DatabaseStore(database)
        await process.start()
        try:
            await discord.client_arrived(30)
            yield Town(telegram, discord, process, store, group, members, guild, channel, friends, boss, owner)
        finally:
            await store.close()
            if process.running and process.running.returncode is None:
                await process.kill()
