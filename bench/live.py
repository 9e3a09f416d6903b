"""A live round on both platforms at once: people answer, and the fakes know when each was told."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bench import discord, telegram
from bench.contender import Task, contender
from bench.server import fake
from bench.workload import OPTIONS, name

WITHIN = 3.0
"""Seconds in which everybody answers."""


async def run(people: int) -> list[float]:
    """Half of the people answer on each platform; gives each one's wait in seconds. Raises unless all count once."""
    half = people // 2
    with tempfile.TemporaryDirectory() as folder:
        async with fake("telegram") as tg, fake("discord", "--no-validation") as dc:
            await tg.post("settings", {"validate": False, "keep_truth": False})
            await dc.post("settings", {"log": False})
            here = [(await tg.post("people", {"first_name": name(n)}))["id"] for n in range(half)]
            chat = (await tg.post("chats", {"title": "Kelas Contoh", "members": here}))["id"]
            guild = await dc.post("guild", {"name": "Kelas Contoh", "channels": ["umum"], "join": True})
            there = [
                (await dc.post("person", {"name": f"orang{n}", "display": name(n), "guild": guild["id"]}))["id"]
                for n in range(half)
            ]
            database = str(Path(folder) / "bench.db")
            beside = Task(
                way="", address=dc.address, token=discord.TOKEN, database=database, chat=guild["id"],
                thread=guild["channels"][0], people=tuple(there),
            )  # fmt: skip
            task = Task(
                way="", address=tg.address, token=telegram.TOKEN, database=database, chat=str(chat),
                people=tuple(map(str, here)), beside=beside,
            )  # fmt: skip
            async with contender("road_live", task) as started:
                card, message = started.card.split(":")
                taps = [
                    {"act": "press", "person": who, "chat": chat, "message_id": int(card), "button": who % OPTIONS}
                    for who in here
                ]
                presses = [
                    {"person": who, "message": message, "button": "ABCD"[number % OPTIONS]}
                    for number, who in enumerate(there)
                ]
                pace = half / WITHIN
                answers = dc.post("presses", {"presses": presses, "in_flight": half, "per_second": pace})
                _, pressed = await asyncio.gather(telegram.press(tg, taps, pace), answers)
                told = await telegram.answers(tg, half)
            _check(database, 2 * half)
    waits: list[float | None] = [press["answered_at"] - press["at"] for press in told] + pressed["seconds"]
    if None in waits:
        raise RuntimeError(f"{waits.count(None)} presses were not answered")
    return [wait for wait in waits if wait is not None]


def _check(database: str, people: int) -> None:
    """Raise unless everybody stands there once as a player and with one answer."""
    with closing(sqlite3.connect(database)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("answer", "player")]  # noqa: S608
    if counts != [people, people]:
        raise RuntimeError(f"stored {counts} answers and players, not {[people, people]}")
