"""What the bare baselines store for a tap: the same rows as Bareng, by an ORM session each or by shared commits."""

import asyncio
import time
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, String, event, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.contender import Task

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY")
"""The same as Bareng's: a commit is on the disk before anybody is told."""

MOST_IN_COMMIT = 64


class Base(DeclarativeBase):
    """The three tables."""


class Seen(Base):
    """An event that was handled, so that it counts once."""

    __tablename__ = "seen"
    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger, index=True)


class Given(Base):
    """One person's answer to one item."""

    __tablename__ = "answer"
    community_id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[int]
    at: Mapped[int] = mapped_column(BigInteger)


class Entry(Base):
    """One reward."""

    __tablename__ = "entry"
    community_id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int]
    subject: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[int]
    at: Mapped[int] = mapped_column(BigInteger)


_INSERTS: dict[type[Base], Any] = {table: insert(table) for table in (Seen, Given, Entry)}


class Tap(NamedTuple):
    """A press as the baselines see it; `last` says that it completes the quiz."""

    platform: str
    key: str
    person: int
    position: int
    option: int
    last: bool

    def rows(self) -> list[tuple[type[Base], dict[str, Any]]]:
        """What is stored for it."""
        now = time.time_ns() // 1_000_000
        answer = {"community_id": 1, "quiz_id": 1, "person_id": self.person, "position": self.position}
        rows: list[tuple[type[Base], dict[str, Any]]] = [
            (Seen, {"platform": self.platform, "key": self.key, "at": now}),
            (Given, answer | {"option": self.option, "at": now}),
        ]
        if self.last:
            cause = {"cause": f"quiz:1:{self.person}", "reason": "quiz", "amount": 1, "subject": 1, "month": 202611}
            rows.append((Entry, {"community_id": 1, "person_id": self.person, "at": now, **cause}))
        return rows


class ByOrm:
    """As most bots do it: one asynchronous ORM session and one transaction for each tap."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def store(self, tap: Tap) -> bool:
        """False if the tap was stored before."""
        try:
            async with self._sessions.begin() as session:
                session.add_all(table(**values) for table, values in tap.rows())
        except IntegrityError:
            return False
        return True


class BySharedCommits:
    """The tuned way: Core statements, and taps that wait at the same time share one transaction and one thread hop."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: asyncio.Queue[tuple[Tap, asyncio.Future[bool]]] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write())

    async def store(self, tap: Tap) -> bool:
        """False if the tap was stored before."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((tap, done))
        return await done

    async def _write(self) -> None:
        async with self._engine.connect() as connection:
            while True:
                batch = [await self._waiting.get()]
                while len(batch) < MOST_IN_COMMIT and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                new = await connection.run_sync(_store_all, [tap for tap, _ in batch])
                for (_, done), is_new in zip(batch, new, strict=True):
                    done.set_result(is_new)


def _store_all(connection: Connection, taps: list[Tap]) -> list[bool]:
    with connection.begin():
        return [_store_one(connection, tap) for tap in taps]


def _store_one(connection: Connection, tap: Tap) -> bool:
    """In a savepoint, so that one tap that fails takes no other one along."""
    try:
        with connection.begin_nested():
            for table, values in tap.rows():
                connection.execute(_INSERTS[table], values)
    except IntegrityError:
        return False
    return True


async def opened(task: Task, writer: type[ByOrm | BySharedCommits], **pool: Any) -> tuple[AsyncEngine, Any]:
    """A database with the three tables, and the writer on it."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{task.database}", **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # or else the driver commits at the release of a savepoint
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return engine, writer(engine)
