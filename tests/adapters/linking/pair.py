"""One bot with one store and one clock on both fake servers, where a Telegram group and a Discord server know it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from adapters.telegram.adapter import Telegram
from bot.app import App
from bot.chat.places import Account, Place
from bot.context import Context
from bot.domain.people import Member
from bot.example.bank import bank
from bot.features import FEATURES, daily
from storage.store import DatabaseStore
from tests.adapters.discord.circle import Circle as DiscordCircle
from tests.adapters.discord.stage import Stage as DiscordStage
from tests.adapters.discord.test_product import turn_to
from tests.adapters.linking.side import DiscordSide, Side, TelegramSide
from tests.adapters.telegram.circle import Circle as TelegramCircle
from tests.adapters.telegram.stage import Stage as TelegramStage
from tests.adapters.telegram.stage import fast
from tests.wire.discord import FakeDiscord
from tests.wire.discord.gateway import MEMBERS
from tests.wire.telegram import FakeTelegram

MEMBERS_LIMITED = 1 << 15

START = datetime(2030, 3, 4, 2, tzinfo=UTC)
"""A Monday at nine in Jakarta. Later than any machine's clock says, as Discord's numbers only rise with time."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both groups. Everybody is called by the same name on either side; Dewi is the one who is in both."""

    address: str
    app: App
    store: DatabaseStore
    telegram: TelegramSide
    discord: DiscordSide

    @property
    def sides(self) -> tuple[Side, Side]:
        """The group that is joined, and the one that joins."""
        return self.telegram, self.discord

    async def until(self, hour: int) -> None:
        """Turn the one clock to a minute past that hour in Jakarta and let everything happen that became due."""
        await turn_to(self.discord.stage, hour)
        await self.passes(0)

    async def passes(self, seconds: float) -> None:
        """Turn the one clock on and let everything happen that became due."""
        await self.discord.circle.passes(seconds)
        await self.telegram.circle.settle()


async def _telegram(server: FakeTelegram, app: App, store: DatabaseStore) -> TelegramCircle:
    bot = Telegram(app, server.token, base_url=server.base_url, pace=fast())
    app.platforms["telegram"] = bot
    stage = TelegramStage(server, store, app, bot)
    people = [server.world.add_person(name, language_code="en") for name in ("Ani", "Budi", "Dewi", "Eko")]
    owner, *members = people
    stage.group = server.world.add_chat(
        "Fisika", "supergroup", owner=owner, members=tuple(members), bot="administrator"
    )
    circle = TelegramCircle(stage, stage.group, *people)
    circle.community = await stage.found(stage.group)
    await stage.acquaint(circle.community, *people)
    await bot.start()
    stage.running = asyncio.create_task(bot.run())
    for person in people:
        server.people.start(person)
    await circle.settle()
    return circle


async def _discord(stage: DiscordStage) -> DiscordCircle:
    dewi, eko, wim = (stage.state.add_person(name.lower(), display=name) for name in ("Dewi", "Eko", "Wim"))
    stage.state.join(stage.guild, dewi, eko, wim)
    community = await stage.found(stage.guild)
    async with stage.store.begin() as unit:
        for someone in (dewi, eko):
            person = await unit.people.add(Account("discord", str(someone.id)), someone.name, "")
            await unit.people.join(Member(community, person.id, tipped=True))
    await stage.run()
    circle = DiscordCircle(stage, community, dewi, eko, wim)
    await circle.open_directs()
    return circle


async def _school(store: DatabaseStore, community: int, now: datetime) -> None:
    """The group is set up and has a bank, so that a quiz comes every day."""
    async with store.begin() as unit:
        group = replace(await unit.communities.hold(community), ready=True)
        await unit.communities.save(group)
        for item in bank(community):
            await unit.items.add(item, now)
        await daily.plan(Context(unit, now, Random(1), Place("", ""), found=group), group)


@asynccontextmanager
async def paired(address: str) -> AsyncIterator[Pair]:
    """Everything running on a migrated database; at the end neither server may have seen a call against its rules."""
    store = DatabaseStore(address)
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        discord.state.application_flags |= MEMBERS_LIMITED
        discord.gateway.allowed_privileged |= MEMBERS
        discord.state.clock.advance(START.timestamp() - discord.state.clock.now())
        there = DiscordStage(discord, store, FEATURES)
        telegram.world.now = there.state.clock.now
        here = await _telegram(telegram, there.app, store)
        circle = await _discord(there)
        now = datetime.fromtimestamp(there.state.clock.now(), UTC)
        for community in (here.community, circle.community):
            await _school(store, community, now)
        try:
            yield Pair(address, there.app, store, TelegramSide(here), DiscordSide(circle))
        finally:
            await there.stop()
            assert here.stage.running
            here.stage.running.cancel()
            await asyncio.gather(here.stage.running, return_exceptions=True)
            await here.stage.telegram.stop()
            await store.close()
    telegram.truth.assert_clean()
    discord.assert_clean()
