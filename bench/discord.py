"""Runs on Discord: people press, a contender answers, and the fake knows when."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.contender import Spent, Task, contender
from bench.server import fake
from bench.telegram import check
from bench.workload import OPTIONS, label, name

TOKEN = "MTIz.Canary.token-of-the-fake-discord"
IN_FLIGHT = 64
WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """One contender's run: answered presses per second, and processor milliseconds for each."""

    rate: float
    cpu: float


async def run(module: str, way: str, people: int) -> Run:
    """Everybody presses once, 64 at a time; raises if not everything was answered and counted once."""
    with tempfile.TemporaryDirectory() as folder:
        async with fake("discord", "--no-validation") as server:
            await server.post("settings", {"log": False})
            guild = await server.post("guild", {"name": "Kelas Contoh", "channels": ["umum"], "join": True})
            crowd = [
                (await server.post("person", {"name": f"orang{n}", "display": name(n), "guild": guild["id"]}))["id"]
                for n in range(people)
            ]
            database = str(Path(folder) / "bench.db")
            task = Task(
                way=way, address=server.address, token=TOKEN, database=database, chat=guild["id"],
                thread=guild["channels"][0], people=tuple(crowd),
            )  # fmt: skip
            async with contender(module, task) as started:
                presses = [
                    {"person": person, "message": started.card, "button": label(0, number % OPTIONS)}
                    for number, person in enumerate(crowd)
                ]
                cold = int(people * WARM_UP)
                answers = [
                    await server.post("presses", {"presses": some, "in_flight": IN_FLIGHT})
                    for some in (presses[:cold], presses[cold:])
                ]
            check(database, people, 1)
    if None in (seconds := answers[0]["seconds"] + answers[1]["seconds"]):
        raise RuntimeError(f"{seconds.count(None)} presses were not answered")
    spent: Spent = started.spent
    return Run((people - cold) / answers[1]["total"], spent.cpu / people * 1000)
