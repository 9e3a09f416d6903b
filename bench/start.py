"""From a cold start to ready with everything on, and the memory then; the same for the bare libraries."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.contender import resident
from bench.server import Fake, fake

BARE = (
    "import telegram.ext, discord, sqlalchemy.ext.asyncio, sqlalchemy.orm, aiosqlite, sys\n"
    "print('ready', flush=True)\nsys.stdin.read()"
)
"""Both libraries and SQLAlchemy with its driver, imported and nothing more: no connection, no web, no scheduler."""

PORT = 18_431
LOOK_EVERY = 0.01
IDLE_FOR = 5.0
"""Seconds between ready and the look at the memory."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to ready, and resident bytes afterwards."""

    seconds: float
    resident: int


async def bare() -> Start:
    """The libraries alone."""
    begun = time.perf_counter()
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE, stdout=pipe, stdin=pipe)
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the libraries cannot be imported")
        seconds = time.perf_counter() - begun
        await asyncio.sleep(1)
        return Start(seconds, resident(process.pid))
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def house() -> AsyncIterator[Callable[[], Awaitable[Start]]]:
    """Gives a function that starts Bareng with both platforms, the playground and the web server on."""
    with tempfile.TemporaryDirectory() as folder:
        # Tokens of our own: only one Bareng with the same token runs on a machine.
        token, key = f"{os.getpid()}:{'bench' * 7}", f"bench.{os.getpid()}.{'token' * 6}"
        async with fake("telegram", "--token", token) as one, fake("discord", "--no-validation", "--token", key) as two:
            guild = await two.post("guild", {"name": "Kelas Contoh", "channels": ["umum"]})
            await two.post("person", {"name": "orang", "guild": guild["id"]})
            environment = os.environ | {
                "BARENG_DATABASE__URL": f"sqlite:///{Path(folder) / 'bareng.db'}",
                "BARENG_TELEGRAM__TOKEN": token,
                "BARENG_TELEGRAM__BASE_URL": one.address,
                "BARENG_DISCORD__TOKEN": key,
                "BARENG_DISCORD__API_URL": f"{two.address}/api/v10",
                "BARENG_DISCORD__GATEWAY_URL": f"{two.address.replace('http', 'ws')}/gateway",
                "BARENG_PLAYGROUND__ENABLED": "on",
                "BARENG_WEB__PORT": str(PORT),
                "BARENG_LOG__LEVEL": "warning",
            }

            async def start() -> Start:
                return await _start(environment, one, two)

            await start()  # makes the database and Python's cache of compiled modules
            yield start


async def _start(environment: Mapping[str, str], one: Fake, two: Fake) -> Start:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    polls = await _polls(one)
    try:
        async with asyncio.timeout(30):
            while not (await _polls(one) > polls and await _connected(two) and await _healthy()):
                if process.returncode is not None:
                    raise RuntimeError("Bareng did not start")
                await asyncio.sleep(LOOK_EVERY)
        seconds = time.perf_counter() - begun
        await asyncio.sleep(IDLE_FOR)
        return Start(seconds, resident(process.pid))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _polls(server: Fake) -> int:
    entries = await server.get("truth")
    return sum(entry["what"] == "call" and entry["method"] == "getUpdates" for entry in entries)


async def _connected(server: Fake) -> bool:
    return bool((await server.post("gateway", {}))["connected"])


async def _healthy() -> bool:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{PORT}/health") as answer,
        ):
            return answer.status == 200
    except aiohttp.ClientError:
        return False
