"""Events seen, groups and their places, people."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
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
    Column("points", Text, nullable=False),
    Column("rota", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("moderation", Text, nullable=False),
    Column("watch", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("minors", Boolean, nullable=False),
    Column("joined", BigInteger, nullable=False),
    Column("sessions", Text, nullable=False),
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
    Column("handle", String(64), nullable=False, index=True),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("can_write", Boolean, nullable=False),
    Column("main", Boolean, nullable=False),
)
"""`main` is the account after which a person is called; those that were joined to it later are not."""

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
    Column("nudged", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
