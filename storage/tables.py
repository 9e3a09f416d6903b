"""The tables. Every row of a community has `community_id` as the leading part of its key: isolation is a key."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
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
    Column("quizzes", Text, nullable=False),
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
    Column("practice_hour", SmallInteger),
    Column("notices", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

item = Table(
    "item",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("asked_at", Instant),
    Column("flagged", SmallInteger, nullable=False),
    Index("ix_item_state", "community_id", "state", "id"),
)
"""`body` is the whole item as JSON; what queries choose by stands beside it. `flagged` is the version whose key was
last reported as suspicious, 0 for none."""

item_past = Table(
    "item_past",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("act", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""What an item was before somebody changed it, never altered; `act` says what was done to it."""

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
    Column("kind", String(16), nullable=False),
    Column("day", Integer),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("items", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("streak", Integer, nullable=False),
    Index("uq_quiz_day", "community_id", "day", unique=True),
)
"""Daily quizzes have a `day`, of which no community has two; live rounds have none."""

round_ = Table(
    "round",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("quiz_id", Integer, primary_key=True, autoincrement=False),
    Column("host", BigInteger, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("seconds", SmallInteger, nullable=False),
    Column("ends_at", Instant),
    Column("rest", Integer, nullable=False),
    Column("teams", SmallInteger, nullable=False),
    Column("polls", Boolean, nullable=False),
    Column("quiet", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""A live round: `ends_at` is when its phase ends, `rest` the milliseconds that were left when it was paused, `quiet`
how many items in a row nobody answered."""

player = Table(
    "player",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("quiz_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("team", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

answer = Table(
    "answer",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("quiz_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("item_id", Integer, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("response", Text, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_answer_item", "community_id", "item_id", "person_id"),
    sqlite_with_rowid=False,
)

vote = Table(
    "vote",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("poll", String(64), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("options", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""Votes on native polls that we do not know yet: the reply that told the poll's number was lost."""

recall = Table(
    "recall",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("card", Text),
    Column("before", Text),
    Column("since", Instant, nullable=False),
    Column("due_at", Instant),
    Index("ix_recall_due", "community_id", "person_id", "due_at"),
    sqlite_with_rowid=False,
)
"""A member's memory of an item: `card` is its state as JSON, `before` the state before the last answer; neither they
nor a due time while the item was never missed."""

draft = Table(
    "draft",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("items", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
"""Items that somebody has read from a file or another bank and not yet saved. No number comes twice: an old button
must not save another draft."""

file = Table(
    "file",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Pictures of items, by the hash of their content."""

notice = Table(
    "notice",
    metadata,
    _community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("cause", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""What somebody has yet to be told, once, privately."""

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
    Column("person_id", BigInteger, nullable=False),
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
    Column("poll", String(64), nullable=False),
    Index("ix_card_message", "platform", "chat", "message"),
    Index("ix_card_poll", "platform", "poll"),
    sqlite_with_rowid=False,
)
