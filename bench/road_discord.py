"""Bareng on Discord: the real adapter, core and store."""

import asyncio
from contextlib import suppress

from adapters.discord.adapter import Discord
from bench import road
from bench.contender import Stay, Task, perform


async def main(task: Task, stay: Stay) -> None:
    """Post the quiz's card, then settle every press."""
    gateway = task.address.replace("http", "ws") + "/gateway"
    async with road.opened(task, Discord.name) as app:
        discord = Discord(app, task.token, api=f"{task.address}/api/v10", gateway=gateway)
        app.platforms[Discord.name] = discord
        await discord.start()
        running = asyncio.create_task(discord.run())
        await discord.reception.ready.wait()
        await discord.reception.drain()
        await stay(await road.card(app, task, Discord.name))
        await discord.stop()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


if __name__ == "__main__":
    perform(main, fast_loop=True)
