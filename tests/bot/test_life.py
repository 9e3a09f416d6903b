"""The life of the bot: parts run until a signal or a failure, and the end comes in good order and in time."""

import asyncio
import os
import signal
import time
from collections.abc import Callable

import pytest

from bot.life import Step, end, live


async def forever() -> None:
    await asyncio.Event().wait()


class Steps:
    """Steps that write down when they were taken."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def __call__(self, name: str, seconds: float = 0) -> Step:
        async def step() -> None:
            await asyncio.sleep(seconds)
            self.taken.append(name)

        return step


def soon(act: Callable[[], object]) -> None:
    asyncio.get_running_loop().call_later(0.05, act)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_all_parts_in_order(number: signal.Signals) -> None:
    steps = Steps()
    soon(lambda: os.kill(os.getpid(), number))
    await live({"one": forever, "two": forever}, [(1, [steps("first", 0.02)]), (1, [steps("second")])])
    assert steps.taken == ["first", "second"]


async def test_a_part_may_end_by_itself_and_the_others_are_stopped() -> None:
    steps = Steps()
    await live({"short": steps("done"), "long": forever}, [(1, [steps("stopped")])])
    assert steps.taken == ["done", "stopped"]


async def test_what_broke_a_part_is_raised_when_everything_is_stopped() -> None:
    steps = Steps()

    async def breaks() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await live({"bad": breaks, "good": forever}, [(1, [steps("stopped")])])
    assert steps.taken == ["stopped"]


async def test_a_part_that_goes_on_after_the_end_is_cancelled() -> None:
    cancelled = asyncio.Event()

    async def stubborn() -> None:
        try:
            await forever()
        finally:
            cancelled.set()

    soon(lambda: os.kill(os.getpid(), signal.SIGTERM))
    await live({"stubborn": stubborn}, [])
    assert cancelled.is_set()


async def test_the_steps_of_a_stage_are_taken_together() -> None:
    steps, begun = Steps(), time.monotonic()
    await end([(1, [steps("slow", 0.1), steps("quick"), steps("slow too", 0.1)])])
    assert steps.taken[0] == "quick"
    assert time.monotonic() - begun < 0.19


async def test_a_step_that_takes_too_long_or_fails_holds_up_nothing() -> None:
    steps = Steps()

    async def fails() -> None:
        raise LookupError("gone")

    await end([(0.05, [forever, fails, steps("beside")]), (1, [steps("after")])])
    assert steps.taken == ["beside", "after"]


async def test_after_the_first_signal_the_second_one_ends_at_once() -> None:
    soon(lambda: os.kill(os.getpid(), signal.SIGTERM))
    await live({"one": forever}, [])
    assert signal.getsignal(signal.SIGTERM) in (signal.SIG_DFL, signal.default_int_handler)
