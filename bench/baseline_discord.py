"""The bare discord.py: as installed, with the ORM; and with shared commits and uvloop."""

import asyncio
import re
from contextlib import suppress
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.contender import Stay, Task, perform
from bench.rows import ByOrm, BySharedCommits, Tap, opened
from bench.workload import CARD, OPTIONS, REPLY, label, payload


class Client(discord.Client):
    """Knows where to store taps, and when it is ready."""

    def __init__(self, items: int, writer: Any) -> None:
        super().__init__(intents=discord.Intents.default())
        self.items = items
        self.writer = writer
        self.began = asyncio.Event()

    async def on_ready(self) -> None:
        """Connected."""
        self.began.set()


class Choice(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"tap:(?P<item>\d+):(?P<option>\d+):x*"):
    """A button that works after a restart too."""

    def __init__(self, item: int, option: int) -> None:
        text, data = label(item, option), payload(item, option)
        super().__init__(discord.ui.Button(label=text, custom_id=data, row=item))
        self.position = item
        self.option = option

    @classmethod
    async def from_custom_id(cls, _: Any, __: Any, match: re.Match[str]) -> "Choice":
        """The button that was pressed."""
        return cls(int(match["item"]), int(match["option"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Store and answer."""
        client = interaction.client
        last = self.position == client.items - 1
        tap = Tap("discord", str(interaction.id), interaction.user.id, self.position, self.option, last)
        if await client.writer.store(tap):
            await interaction.response.send_message(REPLY, ephemeral=True)


async def main(task: Task, stay: Stay) -> None:
    """Post the card, then store and answer every press."""
    Route.BASE = f"{task.address}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(task.address.replace("http", "ws") + "/gateway")
    # One connection: with SQLAlchemy's usual pool of five the taps wait for each other's write lock, and it is slower.
    engine, writer = await opened(task, BySharedCommits if task.way == "tuned" else ByOrm, pool_size=1, max_overflow=0)
    async with Client(task.items, writer) as client:
        client.add_dynamic_items(Choice)
        running = asyncio.create_task(client.start(task.token))
        await client.began.wait()
        view = discord.ui.View(timeout=None)
        for item in range(task.items):
            for option in range(OPTIONS):
                view.add_item(Choice(item, option))
        channel = client.get_partial_messageable(int(task.thread))
        card = await channel.send(CARD, view=view)
        view.stop()
        await stay(str(card.id))
        await client.close()
        with suppress(asyncio.CancelledError):
            await running
    await engine.dispose()


if __name__ == "__main__":
    perform(main)
