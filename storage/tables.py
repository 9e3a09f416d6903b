"""The tables. Every row of a community has `community_id` as the leading part of its key: isolation is a key."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only a column of exactly this type."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime as milliseconds since 1970, alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + value * _MILLISECOND


def _community(**options: Any) -> Column[int]:
    return Column("community_id", BigInteger, nullable=False, **options)


def _place(**options: Any) -> tuple[Column[str], Column[str], Column[str]]:
    return (
        Column("platform", String(16), **options),
        Column("chat", String(64), **options),
        Column("thread", String(64), **options),
    )


seen = Table(
    "seen",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

community = Table(
    "community",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("language", String(8), nullable=False),
    Column("register", String(16), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("preset", String(16), nullable=False),
    Column("goal", Text, nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("daily", Text, nullable=False),
)

venue = Table(
    "venue",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("thread", String(64), nullable=False),
    _community(index=True),
    Column("title", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("abilities", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("home", BigInteger, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("can_write", Boolean, nullable=False),
)

member = Table(
    "member",
    metadata,
    _community(primary_key=True),
    Column("person_id", BigInteger, primary_key=True, index=True),
    Column("role", SmallInteger, nullable=False),
    Column("ranked", Boolean, nullable=False),
    Column("tipped", Boolean, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("best_streak", Integer, nullable=False),
    Column("freezes", SmallInteger, nullable=False),
    Column("last_day", Integer),
    sqlite_with_rowid=False,
)

item = Table(
    "item",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("texts", Text, nullable=False),
    Column("right_option", SmallInteger, nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("tags", Text, nullable=False),
    Column("difficulty", SmallInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("asked_at", Instant),
)

item_tag = Table(
    "item_tag",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("tag", String(32), primary_key=True),
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

quiz = Table(
    "quiz",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("items", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("streak", Integer, nullable=False),
    Index("uq_quiz_day", "community_id", "day", unique=True),
)

answer = Table(
    "answer",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("quiz_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("option", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

entry = Table(
    "entry",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("cause", String(64), primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("month", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_entry_person", "community_id", "person_id", "at"),
    sqlite_with_rowid=False,
)

total = Table(
    "total",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(16), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    Index("ix_total_top", "community_id", "month", "reason", "points"),
    sqlite_with_rowid=False,
)

practice = Table(
    "practice",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("items", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    sqlite_with_rowid=False,
)

pending = Table(
    "pending",
    metadata,
    *_place(primary_key=True),
    Column("account", String(64), primary_key=True),
    _community(),
    Column("path", String(64), nullable=False),
    Column("given", Text, nullable=False),
    Column("param", String(32), nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

job = Table(
    "job",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("key", String(200), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    *_place(),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("wake_at", Instant, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("failures", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""`wake_at` is when to look at the row again: its due time, the end of a claim's lease, or the next try."""

WAITING = text("state IN ('due', 'claimed', 'sending')")
# PostgreSQL's has the same condition, made by the migration: naming it here would load that dialect at every start.
Index("ix_job_wake", job.c.wake_at, sqlite_where=WAITING)

card = Table(
    "card",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("key", String(64), primary_key=True),
    *_place(primary_key=True),
    Column("message", String(64), nullable=False),
    sqlite_with_rowid=False,
)
