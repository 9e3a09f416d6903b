"""The fake platforms, each in a process of its own, and what the benchmark asks of them."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

Json = dict[str, Any]


class Fake:
    """The control API of one running fake; `address` is where it listens."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self._session = session

    async def get(self, what: str, **query: Any) -> Any:
        """Read something."""
        async with self._session.get(f"{self.address}/control/{what}", params=query) as answer:
            return await _result(answer)

    async def post(self, what: str, data: Any) -> Any:
        """Let something happen."""
        async with self._session.post(f"{self.address}/control/{what}", json=data) as answer:
            return await _result(answer)

    async def posts(self, what: str, many: Iterable[Any]) -> list[Any]:
        """The same for each of these, in their order."""
        return [await self.post(what, data) for data in many]


@asynccontextmanager
async def fake(platform: str, *options: str) -> AsyncIterator[Fake]:
    """A fresh fake "telegram" or "discord"."""
    program = (sys.executable, "-m", f"tests.wire.{platform}", "--port", "0", *options)
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    if process.stdout is None:
        raise RuntimeError("the fake has no output")
    try:
        said = (await process.stdout.readline()).decode().strip()
        address = said if said.startswith("http") else f"http://127.0.0.1:{said}"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(300)) as session:
            yield Fake(address, session)
    finally:
        process.terminate()
        await process.wait()


async def _result(answer: aiohttp.ClientResponse) -> Any:
    if answer.status != 200:
        raise RuntimeError(f"{answer.url.path}: {await answer.text()}")
    return await answer.json()
