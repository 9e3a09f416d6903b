"""Bareng's own core and store with one community whose daily quiz is open; the roads put a platform in front of it."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, insert

from bench.contender import Task
from bench.workload import OPTIONS, name
from bot.app import App
from bot.chat.places import Ability, Place, Role
from bot.context import Context
from bot.domain.community import Community, DailyRule, Venue
from bot.domain.quiz import Quiz
from bot.example.bank import bank
from bot.features import FEATURES
from bot.features.daily import show_quiz
from bot.log import configure
from storage import tables
from storage.migrate import upgrade
from storage.store import DatabaseStore

KEYS = (b"a key for measuring only, 32 b..",)


def now() -> datetime:
    """The present."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened(task: Task, platform: str) -> AsyncIterator[App]:
    """The core on a fresh database; the card of the open quiz waits to be posted."""
    configure("warning", "json", (task.token,))
    address = f"sqlite:///{Path(task.database)}"
    await upgrade(address)
    store = DatabaseStore(address)
    place = Place(platform, task.chat, task.thread)
    async with store.begin() as unit:
        rule = DailyRule(on=False, size=task.items)
        community = await unit.communities.add(Community(0, "Kelas Contoh", now(), ready=True, daily=rule))
        await unit.communities.put_venue(Venue(community.id, place, community.name, abilities=frozenset(Ability)))
        items = [item for item in bank(community.id) if len(item.text("").options) == OPTIONS]
        day, hour = date(2026, 11, 23), timedelta(hours=1)
        await unit.quizzes.add(Quiz(community.id, 0, day, now(), now() + hour, tuple(items[: task.items])))
        await Context(unit, now(), Random(), place, found=community).post(show_quiz, 1)
    enrol(task, platform, community.id)
    app = App(FEATURES, store, KEYS, now, Random(7))
    gc.freeze()  # as the composition root does before it receives
    try:
        yield app
    finally:
        await app.outbox.drain()
        await store.close()


async def card(app: App, task: Task, platform: str) -> str:
    """Have the card posted by the outbox; returns the message's id."""
    await app.outbox.settle()
    async with app.store.read() as unit:
        ref = await unit.cards.get(1, f"{show_quiz.name}:1", Place(platform, task.chat, task.thread))
    if ref is None:
        raise RuntimeError("the card was not posted")
    return ref.message


def enrol(task: Task, platform: str, community: int, after: int = 0) -> None:
    """Everybody is a member already, as on most days; they are numbered on from `after`."""
    engine = create_engine(f"sqlite:///{task.database}")
    people: list[dict[str, Any]] = []
    accounts: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    for number, account in enumerate(task.people, after + 1):
        people.append({"id": number, "name": name(number - 1), "language": "", "home": 0})
        accounts.append({"platform": platform, "id": account, "person_id": number, "can_write": False, "main": True})
        seat = {"ranked": True, "tipped": False, "streak": 0, "best_streak": 0, "freezes": 0, "notices": 0}
        stands = {"role": int(Role.MEMBER), "stood": int(Role.MEMBER)}
        members.append({"community_id": community, "person_id": number, **stands, **seat})
    with engine.begin() as connection:
        connection.execute(insert(tables.person), people)
        connection.execute(insert(tables.account), accounts)
        connection.execute(insert(tables.member), members)
    engine.dispose()
