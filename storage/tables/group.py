"""Events seen, groups and their places, people, points."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from storage.tables.base import ID, Instant, metadata, of_community

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
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("language", String(8), nullable=False),
    Column("register", String(16), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("preset", String(16), nullable=False),
    Column("goal", Text, nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("daily", Text, nullable=False),
    Column("quizzes", Text, nullable=False),
    Column("library", Text, nullable=False),
    Column("questions", Text, nullable=False),
)

venue = Table(
    "venue",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("thread", String(64), nullable=False),
    of_community(index=True),
    Column("title", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("abilities", Text, nullable=False),
    Column("questions", String(64), nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
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
    of_community(primary_key=True),
    Column("person_id", BigInteger, primary_key=True, index=True),
    Column("role", SmallInteger, nullable=False),
    Column("ranked", Boolean, nullable=False),
    Column("tipped", Boolean, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("best_streak", Integer, nullable=False),
    Column("freezes", SmallInteger, nullable=False),
    Column("last_day", Integer),
    Column("practice_hour", SmallInteger),
    Column("stood", SmallInteger, nullable=False),
    Column("notices", SmallInteger, nullable=False),
    Column("since", Instant),
    sqlite_with_rowid=False,
)

entry = Table(
    "entry",
    metadata,
    of_community(primary_key=True, autoincrement=False),
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
    of_community(primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(16), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    Index("ix_total_top", "community_id", "month", "reason", "points"),
    sqlite_with_rowid=False,
)
