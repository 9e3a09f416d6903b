"""Two hundred questions of pupils: what they look for is among the first three hits, alike on both databases."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from bot.domain.search import Entry, Hit, parse
from storage.store import DatabaseStore
from tests.database import Postgres
from tests.storage.sample import NOW

SET = tomllib.loads((Path(__file__).parents[1] / "data" / "search.toml").read_text("utf-8"))
TEXTS: Mapping[str, Sequence[str]] = SET["texts"]
QUESTIONS: Mapping[str, Sequence[str]] = SET["questions"]
NAMES = dict(enumerate(TEXTS, 1))

FLOOR = 0.99
"""The recall that was reached."""


async def ask(address: str) -> dict[str, Sequence[Hit]]:
    """Put all texts in and ask every question."""
    store = DatabaseStore(address)
    async with store.begin() as unit:
        for number, name in NAMES.items():
            title, body = TEXTS[name]
            entry = Entry(1, "resource", number, title, body, (), NOW + timedelta(minutes=number))
            await unit.searches.put(entry)
    async with store.read() as unit:
        found = {text: (await unit.searches.find(1, parse(text), ("resource",))).hits for text in QUESTIONS}
    await store.close()
    return found


def test_the_set_is_large_enough_and_all_that_is_expected_is_there() -> None:
    assert len(QUESTIONS) == 200
    assert len(TEXTS) >= 300
    assert {name for expected in QUESTIONS.values() for name in expected} <= TEXTS.keys()


def test_what_pupils_look_for_is_among_the_first_three(sqlite_address: str, postgres_server: Postgres) -> None:
    server = postgres_server.fresh()
    found = asyncio.run(ask(sqlite_address))
    assert found == asyncio.run(ask(server)), "both databases give the same hits in the same order"
    postgres_server.drop(server)
    first = {text: [NAMES[hit.subject] for hit in hits[:3]] for text, hits in found.items()}
    missed = {text: first[text] for text, expected in QUESTIONS.items() if set(expected).isdisjoint(first[text])}
    assert 1 - len(missed) / len(QUESTIONS) >= FLOOR, missed
