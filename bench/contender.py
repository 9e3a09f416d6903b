"""A contender runs in its own process: it gets its task, says when it is ready, and is measured until it must stop."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What a contender needs to know; ids are text, `chat` has a `thread` on Discord only.

    `beside` is the same for a second platform, where one contender serves both.
    """

    way: str
    address: str
    token: str
    database: str
    chat: str
    thread: str = ""
    people: tuple[str, ...] = ()
    items: int = 1
    beside: "Task | None" = None


class Ready(msgspec.Struct, frozen=True):
    """The contender receives; its card stands as this message."""

    card: str = ""


class Spent(msgspec.Struct, frozen=True):
    """What it took from ready to stop: processor seconds, and resident bytes at the end."""

    cpu: float
    resident: int


Stay = Callable[[str], Coroutine[Any, Any, None]]


class Contender:
    """A started contender, seen from the benchmark."""

    def __init__(self, process: asyncio.subprocess.Process, card: str) -> None:
        self._process = process
        self.card = card
        self.spent = Spent(0.0, 0)

    async def stop(self) -> None:
        """End it and read what it took."""
        if self._process.returncode is None:
            self._process.terminate()
        self.spent = msgspec.json.decode(await _line(self._process), type=Spent)
        await self._process.wait()


@asynccontextmanager
async def contender(module: str, task: Task) -> AsyncIterator[Contender]:
    """Start `bench.<module>` and wait until it is ready; at the end `spent` is known."""
    arguments = (sys.executable, "-m", f"bench.{module}", msgspec.json.encode(task).decode())
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    try:
        started = Contender(process, msgspec.json.decode(await _line(process), type=Ready).card)
        yield started
        await started.stop()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _line(process: asyncio.subprocess.Process) -> bytes:
    line = await process.stdout.readline() if process.stdout else b""
    if not line:
        raise RuntimeError("the contender died; see its words above")
    return line


def perform(main: Callable[[Task, Stay], Coroutine[Any, Any, None]], *, fast_loop: bool | None = None) -> None:
    """In the contender's process: run `main(task, stay)`. `stay(card)` says ready and returns when told to stop.

    uvloop is used if `fast_loop`, or by default if the task's way is "tuned".
    """
    task = msgspec.json.decode(sys.argv[1], type=Task)
    stopping = asyncio.Event()

    async def stay(card: str) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
        _say(Ready(card))
        begun = time.process_time()
        await stopping.wait()
        _say(Spent(time.process_time() - begun, resident(os.getpid())))

    run: Any = asyncio.run
    if fast_loop or (fast_loop is None and task.way == "tuned"):
        import uvloop

        run = uvloop.run
    run(main(task, stay))


def resident(process: int) -> int:
    """Resident bytes of a process (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("no VmRSS")


def processor_time(process: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _say(what: msgspec.Struct) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()
