"""The bank of items, and everything in which items are asked."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
)

from storage.tables.base import ID, Instant, metadata, of_community

item = Table(
    "item",
    metadata,
    of_community(primary_key=True, autoincrement=False),
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
    of_community(primary_key=True, autoincrement=False),
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
    of_community(primary_key=True, autoincrement=False),
    Column("tag", String(32), primary_key=True),
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

quiz = Table(
    "quiz",
    metadata,
    of_community(primary_key=True, autoincrement=False),
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
    of_community(primary_key=True, autoincrement=False),
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
    of_community(primary_key=True, autoincrement=False),
    Column("quiz_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("team", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

answer = Table(
    "answer",
    metadata,
    of_community(primary_key=True, autoincrement=False),
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

practice = Table(
    "practice",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("items", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    sqlite_with_rowid=False,
)

recall = Table(
    "recall",
    metadata,
    of_community(primary_key=True, autoincrement=False),
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
    Column("id", ID, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("items", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("words", Text),
    sqlite_autoincrement=True,
)
"""Items that somebody has read from a file or another bank and not yet saved; or `words`, and then no items. No number
comes twice: an old button must not save another draft."""

file = Table(
    "file",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Pictures of items, by the hash of their content."""
