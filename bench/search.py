"""Searching a community's texts on SQLite: how p95 grows from few texts to many."""

import asyncio
import json
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles

from bot.domain.search import EVERY, Entry, impacts, marks_of, parse
from bot.ports import Unit
from storage.migrate import upgrade
from storage.store import DatabaseStore

FEW, MANY = 1_000, 100_000

SEARCHES = 300

COMMON = "fungsi"
"""A word that 98 of 100 texts have."""

TIMES = 3
"""Each search is tried so often, because anything else on the machine disturbs it."""

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstwy" for vowel in "aio"]


def vocabulary(rng: Random, size: int) -> list[str]:
    """Words of three or four syllables."""
    return sorted({"".join(rng.choices(_SYLLABLES, k=rng.choice((3, 4)))) for _ in range(size)})


def texts(count: int, words: list[str], rng: Random) -> list[Entry]:
    """Texts of about twenty words; like in a language, few of the words are common."""
    made = []
    weights = [1 / place for place in range(1, len(words) + 1)]
    for number in range(1, count + 1):
        title, body = rng.choices(words, weights, k=4), rng.choices(words, weights, k=15)
        common = [COMMON] if rng.random() < 0.98 else []
        tags = (f"topik{number % 20}",)
        at = _BEGAN + timedelta(minutes=number)
        made.append(Entry(1, "resource", number, " ".join(title), " ".join([*body, *common]), tags, at))
    return made


def searches(words: list[str], rng: Random) -> list[str]:
    """What is searched for: rare and common words, several at once, a filter, a typing error, nothing that exists."""
    made = []
    for number in range(SEARCHES):
        some = [words[min(int(rng.paretovariate(0.6)), len(words) - 1)] for _ in range(rng.choice((1, 2, 3, 5)))]
        match number % 6:
            case 0:
                some.append(COMMON)
            case 1:
                some = [COMMON]
            case 2:
                some.append(f"#topik{rng.randrange(20)}")
            case 3:
                some[0] = f"{some[0][:-2]}x{some[0][-2:]}"
            case _:
                pass
        made.append(" ".join(some))
    return made


def fill(path: Path, entries: list[Entry]) -> None:
    """Put the texts in as `Searches.put` does, without its looking for what stood there before."""
    counts: Counter[str] = Counter()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for each in entries:
            marks, weighed = marks_of(each), impacts(each)
            ranks = {**weighed, **dict.fromkeys((EVERY, *marks), 0)}
            counts.update(ranks.keys())
            row = (each.community, each.kind, each.subject, " ".join(marks), json.dumps(weighed), 0)
            connection.execute("INSERT INTO search_entry VALUES (?, ?, ?, ?, ?, ?)", row)
            rows = [(each.community, each.kind, term, rank, each.subject) for term, rank in ranks.items()]
            connection.executemany("INSERT INTO search_term VALUES (?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO search_count VALUES (1, ?, ?)", counts.items())
        connection.commit()


async def waits(count: int, folder: Path) -> list[float]:
    """Seconds of each search among so many texts, the best of three times."""
    rng = Random(count)
    words = vocabulary(rng, 5_000)
    path = folder / f"{count}.db"
    await upgrade(f"sqlite:///{path}")
    await asyncio.to_thread(fill, path, texts(count, words, rng))
    store = DatabaseStore(f"sqlite:///{path}")
    async with store.read() as unit:
        wished = searches(words, rng)
        rounds = [[await _seconds(unit, text) for text in wished] for _ in range(TIMES)]
    await store.close()
    return [min(times) for times in zip(*rounds, strict=True)]


async def _seconds(unit: Unit, text: str) -> float:
    began = time.perf_counter()
    await unit.searches.find(1, parse(text), ("resource",))
    return time.perf_counter() - began


async def grown(many: int) -> tuple[list[float], list[float]]:
    """The waits among few texts and among many."""
    with tempfile.TemporaryDirectory() as folder:
        return await waits(FEW, Path(folder)), await waits(many, Path(folder))


def p95(seconds: list[float]) -> float:
    """The longest of all but one in twenty."""
    return quantiles(seconds, n=20)[-1]
