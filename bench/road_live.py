"""Bareng on Telegram and Discord at once, with a live round whose item is asked in both groups."""

import asyncio
from datetime import timedelta
from pathlib import Path
from random import Random

from adapters.discord.adapter import Discord
from adapters.telegram.adapter import Telegram
from bench import road
from bench.contender import Stay, Task, perform
from bench.workload import OPTIONS
from bot.app import App
from bot.chat.places import Ability, Place
from bot.context import Context
from bot.domain.community import Community, DailyRule, Venue
from bot.domain.quiz import Kind, Quiz
from bot.domain.round import Phase, Round
from bot.example.bank import bank
from bot.features import FEATURES
from bot.features.live.card import show_round
from bot.log import configure
from storage.migrate import upgrade
from storage.store import DatabaseStore

HOUR = timedelta(hours=1)


async def main(task: Task, stay: Stay) -> None:
    """Post the round's card on both platforms, then settle every answer."""
    beside = task.beside
    if beside is None:
        raise ValueError("a live round is measured on two platforms")
    configure("warning", "json", (task.token, beside.token))
    await upgrade(address := f"sqlite:///{Path(task.database)}")
    app = App(FEATURES, store := DatabaseStore(address), road.KEYS, road.now, Random(7))
    places = [Place(Telegram.name, task.chat), Place(Discord.name, beside.chat, beside.thread)]
    await _ask(store, places)
    road.enrol(task, Telegram.name, 1)
    road.enrol(beside, Discord.name, 1, after=len(task.people))
    running = await _connected(app, task, beside)
    await app.outbox.settle()
    async with store.read() as unit:
        cards = [await unit.cards.get(1, f"{show_round.name}:1", place) for place in places]
    await stay(":".join(card.message for card in cards if card))
    for platform in app.platforms.values():
        if isinstance(platform, Telegram | Discord):
            await platform.stop()
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await app.outbox.drain()
    await store.close()


async def _ask(store: DatabaseStore, places: list[Place]) -> None:
    """One item is asked, and its card waits to be posted."""
    async with store.begin() as unit:
        new = Community(0, "Kelas Contoh", road.now(), ready=True, daily=DailyRule(on=False))
        group = await unit.communities.add(new)
        for place in places:
            await unit.communities.put_venue(Venue(group.id, place, group.name, abilities=frozenset(Ability)))
        item = next(item for item in bank(group.id) if len(item.text("").options) == OPTIONS)
        closes = road.now() + HOUR
        await unit.quizzes.add(Quiz(group.id, 0, None, road.now(), closes, (item,), kind=Kind.ROUND))
        await unit.rounds.add(Round(group.id, 1, 0, Phase.ASKING, seconds=3600, ends_at=closes))
        await Context(unit, road.now(), Random(), places[0], found=group).post(show_round, 1)


async def _connected(app: App, task: Task, beside: Task) -> list[asyncio.Task[None]]:
    """Both platforms, running."""
    telegram = Telegram(app, task.token, base_url=f"{task.address}/bot")
    gateway = beside.address.replace("http", "ws") + "/gateway"
    discord = Discord(app, beside.token, api=f"{beside.address}/api/v10", gateway=gateway)
    running = []
    for platform in (telegram, discord):
        app.platforms[platform.name] = platform
        await platform.start()
        running.append(asyncio.create_task(platform.run()))
    await discord.reception.ready.wait()
    await discord.reception.drain()
    return running


if __name__ == "__main__":
    perform(main, fast_loop=True)
