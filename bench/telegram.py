"""Runs on Telegram: people tap, a contender answers, and the fake knows when."""

import asyncio
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

from bench.contender import Spent, Task, contender
from bench.server import Fake, Json, fake
from bench.workload import OPTIONS, name

TOKEN = "123456789:CANARY-fake-token-that-must-never-be-logged"
WARM_UP = 0.1
"""The share of taps at the begin of a run that is not measured."""

LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Run:
    """One contender's run: when each tap was made and answered (seconds), in the order of the taps."""

    asked: Sequence[float]
    answered: Sequence[float]
    people: Sequence[int]
    spent: Spent

    @property
    def rate(self) -> float:
        """Answered taps per second, from the end of the warm-up to the last answer."""
        ends = sorted(self.answered)
        first = int(len(ends) * WARM_UP)
        return (len(ends) - 1 - first) / (ends[-1] - ends[first])

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time per tap."""
        return self.spent.cpu / len(self.asked) * 1000

    @property
    def waits(self) -> list[float]:
        """Seconds from tap to reply."""
        return [end - begin for begin, end in zip(self.asked, self.answered, strict=True)]

    @property
    def disordered(self) -> int:
        """Replies that came before the reply to an earlier tap of the same person in the chat."""
        ends = defaultdict(list)
        for person, end in zip(self.people, self.answered, strict=True):
            ends[person].append(end)
        return sum(b < a for each in ends.values() for a, b in pairwise(each))

    def percentile(self, percent: int, warm_up: float = WARM_UP) -> float:
        """Of the waits after the warm-up, in seconds."""
        return quantiles(self.waits[int(len(self.asked) * warm_up) :], n=100)[percent - 1]


async def run(
    module: str, way: str, people: int, *, items: int = 1, latency: float = 0.0, per_second: float = 0.0
) -> Run:
    """Everybody answers every item, all at once or at a steady pace; raises if not everything was counted once."""
    with tempfile.TemporaryDirectory() as folder:
        async with fake("telegram") as server:
            await server.post("settings", {"validate": False, "keep_truth": False})
            crowd = [(await server.post("people", {"first_name": name(n)}))["id"] for n in range(people)]
            chat = (await server.post("chats", {"title": "Kelas Contoh", "members": crowd}))["id"]
            database = str(Path(folder) / "bench.db")
            task = Task(
                way=way, address=server.address, token=TOKEN, database=database, chat=str(chat),
                people=tuple(map(str, crowd)), items=items,
            )  # fmt: skip
            async with contender(module, task) as started:
                await server.post("settings", {"latency": latency})
                taps = [_tap(person, chat, int(started.card), item) for person in crowd for item in range(items)]
                await press(server, taps, per_second)
                presses = await answers(server, len(taps))
            check(database, people, items)
            return Run(
                [press["at"] for press in presses],
                [press["answered_at"] for press in presses],
                [press["person"] for press in presses],
                started.spent,
            )


def _tap(person: int, chat: int, card: int, item: int) -> Json:
    button = item * OPTIONS + person % OPTIONS
    return {"act": "press", "person": person, "chat": chat, "message_id": card, "button": button}


async def press(server: Fake, taps: list[Json], per_second: float) -> None:
    """Make the taps, all at once or so many a second."""
    if not per_second:
        await server.post("acts", taps)
        return
    begun, done = time.perf_counter(), 0
    while done < len(taps):
        due = min(len(taps), int((time.perf_counter() - begun) * per_second) + 1)
        if due > done:
            await server.post("acts", taps[done:due])
            done = due
        await asyncio.sleep(max(0.0, begun + done / per_second - time.perf_counter()))


async def answers(server: Fake, expected: int) -> list[Json]:
    """The taps once all are answered; raises if some are not, or without a word."""
    end = time.monotonic() + LONGEST
    while (await server.get("state"))["unanswered"]:
        if time.monotonic() > end:
            break
        await asyncio.sleep(0.1)
    presses: list[Json] = await server.get("presses")
    answered = [press for press in presses if press["answered_at"]]
    if len(answered) != expected:
        raise RuntimeError(f"{len(answered)} of {expected} taps were answered")
    if silent := sum(not press["answers"][0].get("text") for press in presses):
        raise RuntimeError(f"{silent} taps were answered without a word")
    return presses


def check(database: str, people: int, items: int) -> None:
    """Raise unless every answer and every reward stands there once."""
    with closing(sqlite3.connect(database)) as connection:
        rows = ("answer", "entry WHERE reason = 'quiz'")
        counts = [connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in rows]  # noqa: S608
    if counts != [people * items, people]:
        raise RuntimeError(f"stored {counts} answers and rewards, not {[people * items, people]}")
