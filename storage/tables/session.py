"""Study sessions: series, their dates, who comes and came, focus timers and calendars. A day is an ordinal."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text

from storage.tables.base import Instant, metadata, of_community, place_columns

session = Table(
    "session",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("over", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_session_over", "community_id", "over", "id"),
)
"""`body` is the series as JSON."""

session_change = Table(
    "session_change",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""What is different on one date, as JSON."""

session_reply = Table(
    "session_reply",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", String(8), nullable=False),
    Column("since", Instant, nullable=False),
    Column("guest", Boolean, nullable=False),
    Index("ix_session_reply_person", "community_id", "person_id", "day"),
    sqlite_with_rowid=False,
)

session_presence = Table(
    "session_presence",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("way", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("entered_at", Instant),
    Column("parting", Text, nullable=False),
    Index("ix_session_presence_person", "community_id", "person_id", "day"),
    sqlite_with_rowid=False,
)
"""Who was there. `seconds` were spent in the voice channel, not counting the time since `entered_at`; `parting` is the
answer to the exit question."""

session_invite = Table(
    "session_invite",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("community_id", BigInteger, nullable=False),
    Column("session_id", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_session_invite_date", "community_id", "session_id", "day"),
    sqlite_with_rowid=False,
)
"""Codes by which people who are no members are let into a date, as digests."""

session_host = Table(
    "session_host",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Integer, nullable=False),
    Column("topics", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Who leads sessions in turn, since which day (an ordinal), and about what, as a JSON list."""

session_turn = Table(
    "session_turn",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_session_turn_person", "community_id", "person_id", "day"),
    sqlite_with_rowid=False,
)
"""Who was asked to lead a date, and what they said."""

session_lead = Table(
    "session_lead",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("leads", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""When somebody wants to be reminded, as a bit for each reminder."""

session_mark = Table(
    "session_mark",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("lead", SmallInteger, primary_key=True, autoincrement=False),
    Column("starts_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""Which reminders of a date went out, and when it was to begin then."""

session_mirror = Table(
    "session_mirror",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("session_id", Integer, primary_key=True, autoincrement=False),
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("day", Integer),
    Column("event", String(64), nullable=False),
    Column("print", String(64), nullable=False),
    Column("sent_day", Integer),
    Column("sent_print", String(64), nullable=False),
    Index("ix_session_mirror_event", "platform", "chat", "event"),
    sqlite_with_rowid=False,
)
"""The scheduled event of a platform that shows the next date of a series; `print` tells whether it is up to date, and
what was `sent` is not answered yet."""

focus = Table(
    "focus",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    *place_columns(nullable=False),
    Column("over", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_focus_over", "community_id", "over", "id"),
)
"""A focus timer in one place; `body` is the rest of it as JSON."""

focus_member = Table(
    "focus_member",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("focus_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("joined_at", Instant),
    Column("seconds", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Who takes part; `joined_at` is None for whoever left, `seconds` is the work before that."""

feed = Table(
    "feed",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("community_id", BigInteger, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_feed_community", "community_id"),
    Index("ix_feed_person", "person_id"),
    sqlite_with_rowid=False,
)
"""Addresses of calendars, as digests: of a whole group (then nobody's), or of one person (then of no group)."""
