"""One process of ours on a database with many series: prints what an idle one takes and how late its jobs begin."""

import asyncio
import json
import os
import sys
import time
from datetime import timedelta
from random import Random

from adapters.clock import Clock, now
from bench.contender import resident
from bot.app import App
from bot.command import Feature, job
from bot.context import Context
from bot.domain.community import Community
from bot.domain.jobs import Job
from storage.store import DatabaseStore

JOBS, EVERY = 400, 0.02
"""So many jobs fall due, one after the other, so many seconds apart on average."""

SETTLE = 3
TICKS = 200


async def run(path: str) -> None:
    """Measure and print."""
    store = DatabaseStore(f"sqlite:///{path}")
    drifts: list[float] = []
    due: dict[int, float] = {}

    @job("bench-note")
    async def note(ctx: Context, subject: int) -> None:
        drifts.append(ctx.now.timestamp() - due[subject])

    app = App((Feature(jobs=(note,)),), store, [b"k" * 32], now, Random(0))
    ticks = []
    for _ in range(TICKS):
        began = time.perf_counter()
        await app.outbox.tick()
        ticks.append(time.perf_counter() - began)
    ticking = Clock(app)
    ticking.start()
    await asyncio.sleep(SETTLE)
    taken = resident(os.getpid())
    await _plan(store, due)
    await asyncio.sleep(SETTLE + JOBS * EVERY)
    await ticking.stop()
    await app.outbox.drain()
    await store.close()
    if len(drifts) != JOBS:
        raise RuntimeError(f"{len(drifts)} of {JOBS} jobs began")
    print(json.dumps({"resident": taken, "ticks": ticks, "drifts": drifts}))


async def _plan(store: DatabaseStore, due: dict[int, float]) -> None:
    rng, begin = Random(1), now() + timedelta(seconds=1)
    async with store.begin() as unit:
        group = await unit.communities.add(Community(0, "Belajar", begin))
        for number in range(JOBS):
            at = begin + timedelta(milliseconds=int(rng.uniform(0, JOBS * EVERY * 1000)))
            due[number] = at.timestamp()
            await unit.jobs.put(Job(group.id, f"bench-note:{number}", "bench-note", number, at))


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
