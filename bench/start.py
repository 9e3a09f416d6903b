"""From a cold start to ready with everything on, and the memory then; the same for the bare libraries."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.contender import Task, contender, processor_time, resident
from bench.server import Fake, fake

BARE = (
    "import telegram.ext, discord, sqlalchemy.ext.asyncio, sqlalchemy.orm, aiosqlite, sys\n"
    "print('ready', flush=True)\nsys.stdin.read()"
)
"""Both libraries and SQLAlchemy with its driver, imported and nothing more: no connection, no web, no scheduler."""

PORT = 18_431
LOOK_EVERY = 0.02
IDLE_FOR = 3.0
"""Seconds between ready and the look at the memory."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to ready, processor seconds until then, and resident bytes afterwards."""

    seconds: float
    cpu: float
    resident: int


async def bare() -> Start:
    """The libraries alone."""
    begun = time.perf_counter()
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE, stdout=pipe, stdin=pipe)
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the libraries cannot be imported")
        seconds, cpu = time.perf_counter() - begun, processor_time(process.pid)
        await asyncio.sleep(1)
        return Start(seconds, cpu, resident(process.pid))
    finally:
        process.kill()
        await process.wait()


class House:
    """Both fakes, and whoever starts on them."""

    def __init__(self, folder: Path, one: Fake, two: Fake, token: str, key: str) -> None:
        self._folder = folder
        self._one = one
        self._two = two
        self._token = token
        self._key = key

    async def ours(self) -> Start:
        """Bareng with both platforms, the playground and the web server on."""
        environment = os.environ | {
            "BARENG_DATABASE__URL": f"sqlite:///{self._folder / 'bareng.db'}",
            "BARENG_TELEGRAM__TOKEN": self._token,
            "BARENG_TELEGRAM__BASE_URL": self._one.address,
            "BARENG_DISCORD__TOKEN": self._key,
            "BARENG_DISCORD__API_URL": f"{self._two.address}/api/v10",
            "BARENG_DISCORD__GATEWAY_URL": f"{self._two.address.replace('http', 'ws')}/gateway",
            "BARENG_PLAYGROUND__ENABLED": "on",
            "BARENG_WEB__PORT": str(PORT),
            "BARENG_LOG__LEVEL": "error",
        }
        return await _start(environment, self._one, self._two)

    async def parts(self) -> Start:
        """The bare parts: both libraries connected, a web server, a scheduler and SQLAlchemy, all idle."""
        database = str(self._folder / "parts.db")
        task = Task(
            way="idle",
            address=self._one.address,
            token=f"{self._token} {self._key}",
            database=database,
            chat=self._two.address,
        )
        begun = time.perf_counter()
        async with contender("parts", task) as started:
            seconds = time.perf_counter() - begun
            await asyncio.sleep(IDLE_FOR)
        return Start(seconds, 0.0, started.spent.resident)


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """A house that was lived in: databases and Python's cache of compiled modules exist."""
    with tempfile.TemporaryDirectory() as folder:
        # Tokens of our own: only one Bareng with the same token runs on a machine.
        token, key = f"{os.getpid()}:{'bench' * 7}", f"bench.{os.getpid()}.{'token' * 6}"
        async with fake("telegram", "--token", token) as one, fake("discord", "--no-validation", "--token", key) as two:
            guild = await two.post("guild", {"name": "Kelas Contoh", "channels": ["umum"]})
            await two.post("person", {"name": "orang", "guild": guild["id"]})
            lived_in = House(Path(folder), one, two, token, key)
            await lived_in.ours()
            yield lived_in


async def _start(environment: Mapping[str, str], one: Fake, two: Fake) -> Start:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    since = len(await one.get("truth"))
    try:
        async with asyncio.timeout(30):
            # In the order in which they come true, so that looking costs little.
            while not (await _healthy() and await _connected(two) and await _polled(one, since)):
                if process.returncode is not None:
                    raise RuntimeError("Bareng did not start")
                await asyncio.sleep(LOOK_EVERY)
        seconds, cpu = time.perf_counter() - begun, processor_time(process.pid)
        await asyncio.sleep(IDLE_FOR)
        return Start(seconds, cpu, resident(process.pid))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _polled(server: Fake, since: int) -> bool:
    entries = await server.get("truth", since=since)
    return any(entry["what"] == "call" and entry["method"] == "getUpdates" for entry in entries)


async def _connected(server: Fake) -> bool:
    return bool((await server.post("gateway", {}))["connected"])


async def _healthy() -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    except OSError:
        return False
    writer.write(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
    status = await reader.readline()
    writer.close()
    return b" 200 " in status
