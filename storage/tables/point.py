"""Points with their sums, badges, and people who finish their quizzes together."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, of_community

entry = Table(
    "entry",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("cause", String(128), primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("month", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("source", BigInteger, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_entry_person", "community_id", "person_id", "at"),
    Index("ix_entry_at", "community_id", "at"),
    sqlite_with_rowid=False,
)

_CAUSED = entry.c.by != 0
Index(
    "ix_entry_by",
    entry.c.community_id,
    entry.c.by,
    entry.c.at,
    sqlite_where=_CAUSED,
    postgresql_where=_CAUSED,
)

total = Table(
    "total",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(16), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Index("ix_total_top", "community_id", "month", "reason", "points"),
    sqlite_with_rowid=False,
)

badge = Table(
    "badge",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("badge", String(16), primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

pair = Table(
    "pair",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("buddy_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("length", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("last_day", Integer),
    Index("ix_pair_buddy", "community_id", "buddy_id"),
    sqlite_with_rowid=False,
)
