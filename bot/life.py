"""The life of a running bot: its parts run side by side and are stopped in order, within seconds."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import IntEnum

import structlog

log = structlog.get_logger()

Step = Callable[[], Awaitable[object]]
Stage = tuple[float, Sequence[Step]]
"""Steps that are taken together, and the seconds that they have."""


class Exit(IntEnum):
    """What the process tells its parent when it ends; 77 and 78 are EX_NOPERM and EX_CONFIG of sysexits.h."""

    FINE = 0
    REFUSED = 1
    SETTINGS = 2
    TOKEN = 77
    DATABASE = 78


class Stop(Exception):
    """Bareng cannot run; the message is a plain sentence for the operator."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


async def live(parts: Mapping[str, Step], ending: Sequence[Stage]) -> None:
    """Run all parts until SIGTERM or SIGINT, or until one of them ends; then go through the stages of the ending.

    What ended a part is raised when everything has been stopped.
    """
    over = asyncio.Event()
    _listen(over)
    running = [asyncio.create_task(_run(part), name=name) for name, part in parts.items()]
    told = asyncio.create_task(over.wait())
    try:
        done, _ = await asyncio.wait({*running, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end(ending)
        for task in (*running, told):
            task.cancel()
        await asyncio.gather(*running, told, return_exceptions=True)
    for task in done - {told}:
        log.debug("part_ended", part=task.get_name())
        await task


async def end(stages: Sequence[Stage]) -> None:
    """Take the steps, those of a stage together; what fails or takes too long holds up nothing else."""
    for seconds, steps in stages:
        await asyncio.gather(*(_within(seconds, step) for step in steps))


async def _run(part: Step) -> None:
    await part()


async def _within(seconds: float, step: Step) -> None:
    try:
        async with asyncio.timeout(seconds):
            await step()
    except TimeoutError:
        log.warning("stopping_took_too_long", step=_name(step))
    except Exception:
        log.exception("stopping_failed", step=_name(step))


def _name(step: Step) -> str:
    return getattr(step, "__qualname__", repr(step))


def _listen(over: asyncio.Event) -> None:
    """The first signal ends all in good order, a second one at once."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        over.set()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, stop)
