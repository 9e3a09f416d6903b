"""What waits: words, jobs, cards, notices."""

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
    text,
)

from storage.tables.base import Instant, metadata, of_community, place_columns

pending = Table(
    "pending",
    metadata,
    *place_columns(primary_key=True),
    Column("account", String(64), primary_key=True),
    of_community(),
    Column("path", String(64), nullable=False),
    Column("given", Text, nullable=False),
    Column("param", String(32), nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

job = Table(
    "job",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("key", String(200), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    *place_columns(),
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
    of_community(primary_key=True, autoincrement=False),
    Column("key", String(64), primary_key=True),
    *place_columns(primary_key=True),
    Column("message", String(64), nullable=False),
    Column("poll", String(64), nullable=False),
    Column("opened", String(64), nullable=False),
    Index("ix_card_message", "platform", "chat", "message"),
    Index("ix_card_poll", "platform", "poll"),
    Index("ix_card_opened", "platform", "chat", "opened"),
    sqlite_with_rowid=False,
)

notice = Table(
    "notice",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("cause", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""What somebody has yet to be told, once, privately."""

noise = Table(
    "noise",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("key", String(200), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("sounds", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Posts that the bot made by itself on a day (an ordinal), by the key of their job."""
