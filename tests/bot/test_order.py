"""Turns are first come, first served, and nothing is kept once everybody is through."""

import asyncio
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from bot.order import Turns


@given(steps=st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.booleans()), max_size=25))
def test_each_key_is_served_in_order_alone_and_is_forgotten(steps: list[tuple[int, bool, bool]]) -> None:
    """Each step is (key, fails inside, is cancelled while waiting or inside)."""
    asyncio.run(_run(steps))


async def _run(steps: list[tuple[int, bool, bool]]) -> None:
    turns = Turns()
    inside: set[int] = set()
    served: list[tuple[int, int]] = []

    async def visit(number: int, key: int, fails: bool) -> None:
        async with turns.of(key):
            assert key not in inside
            inside.add(key)
            try:
                await asyncio.sleep(0)
                served.append((key, number))
                if fails:
                    raise LookupError
            finally:
                inside.discard(key)

    tasks = []
    for number, (key, fails, _) in enumerate(steps):
        tasks.append(asyncio.create_task(visit(number, key, fails)))
    await asyncio.sleep(0)
    for task, (_, _, cancelled) in zip(tasks, steps, strict=True):
        if cancelled:
            task.cancel()
    for task in tasks:
        with suppress(LookupError, asyncio.CancelledError):
            await task
    for key in range(3):
        order = [number for who, number in served if who == key]
        assert order == sorted(order)
    assert len(served) >= sum(not cancelled for _, _, cancelled in steps)
    assert not turns._locks


async def test_different_keys_do_not_wait_for_each_other() -> None:
    turns = Turns()
    async with turns.of("one"), asyncio.timeout(1), turns.of("two"):
        pass


async def test_who_comes_while_the_last_one_leaves_still_waits() -> None:
    turns = Turns()
    trace: list[str] = []

    async def visit(name: str) -> None:
        async with turns.of("key"):
            trace.append(f"{name} in")
            await asyncio.sleep(0)
            trace.append(f"{name} out")

    first, second = asyncio.create_task(visit("a")), asyncio.create_task(visit("b"))
    await first
    third = asyncio.create_task(visit("c"))
    await asyncio.gather(second, third)
    assert trace == ["a in", "a out", "b in", "b out", "c in", "c out"]


async def test_who_loses_patience_goes_ahead_and_takes_no_turn_from_anybody() -> None:
    turns = Turns()
    trace: list[str] = []
    async with turns.of("key"):
        async with turns.of("key", patience=0.01):
            trace.append("impatient")
        later = asyncio.create_task(_enter(turns, trace))
        await asyncio.sleep(0.02)
        trace.append("first out")
    await later
    assert trace == ["impatient", "first out", "later"]
    assert not turns._locks


async def _enter(turns: Turns, trace: list[str]) -> None:
    async with turns.of("key", patience=10):
        trace.append("later")
