"""Bareng on Telegram: the real adapter, core and store."""

import asyncio
from contextlib import suppress

from adapters.telegram.adapter import Telegram
from bench import road
from bench.contender import Stay, Task, perform


async def main(task: Task, stay: Stay) -> None:
    """Post the quiz's card, then settle every tap."""
    async with road.opened(task, Telegram.name) as app:
        telegram = Telegram(app, task.token, base_url=f"{task.address}/bot")
        app.platforms[Telegram.name] = telegram
        await telegram.start()
        card = await road.card(app, task, Telegram.name)
        running = asyncio.create_task(telegram.run())
        await stay(card)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await telegram.stop()


if __name__ == "__main__":
    perform(main, fast_loop=True)
