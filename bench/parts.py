"""The bare parts in one process, idle: both libraries connected, a web server, a scheduler, SQLAlchemy on SQLite."""

import asyncio
from contextlib import suppress

import discord
import uvicorn
import yarl
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from discord.gateway import DiscordWebSocket
from discord.http import Route
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route as Path
from telegram import Update
from telegram.ext import Application

from bench.contender import Stay, Task, perform
from bench.rows import ByOrm, opened


class Client(discord.Client):
    """Says when it is connected."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.began = asyncio.Event()

    async def on_ready(self) -> None:
        """Connected."""
        self.began.set()


async def fine(_: Request) -> PlainTextResponse:
    """The one page."""
    return PlainTextResponse("fine")


async def main(task: Task, stay: Stay) -> None:
    """Start all of them and wait; `address` is the fake Telegram and `chat` the fake Discord."""
    Route.BASE = f"{task.chat}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(task.chat.replace("http", "ws") + "/gateway")
    engine, _ = await opened(task, ByOrm)
    scheduler = AsyncIOScheduler()
    scheduler.add_job(lambda: None, "interval", seconds=1)
    scheduler.start()
    web = uvicorn.Server(uvicorn.Config(Starlette(routes=[Path("/", fine)]), port=0, log_level="warning"))
    token, key = task.token.split()
    telegram = Application.builder().token(token).base_url(f"{task.address}/bot").build()
    async with Client() as client, telegram:
        tasks = [asyncio.create_task(client.start(key)), asyncio.create_task(web.serve())]
        await telegram.start()
        if telegram.updater is None:
            raise RuntimeError("no updater")
        await telegram.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await client.began.wait()
        await stay("")
        await telegram.updater.stop()
        await telegram.stop()
        await client.close()
        web.should_exit = True
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
    scheduler.shutdown()
    await engine.dispose()


if __name__ == "__main__":
    perform(main)
