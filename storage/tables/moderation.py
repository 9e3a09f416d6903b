"""What moderators decide and do."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, of_community, place_columns

sanction = Table(
    "sanction",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("appeal", String(16), nullable=False),
    Column("until", Instant),
    Column("body", Text, nullable=False),
    Index("ix_sanction_person", "community_id", "person_id", "id"),
    Index("ix_sanction_appeal", "community_id", "appeal", "id"),
)
"""`body` is the whole sanction as JSON; what queries choose by stands beside it."""

record = Table(
    "record",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("deed", String(16), nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_record_actor", "community_id", "actor_id", "id"),
    Index("ix_record_person", "community_id", "person_id", "id"),
)
"""Rows are added and never changed."""

pin = Table(
    "pin",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    *place_columns(nullable=False),
    Column("message", String(64), nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("label", Text, nullable=False),
    Column("until", Instant),
    Column("loud", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Index("ix_pin_state", "community_id", "state", "id"),
)

lock = Table(
    "lock",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    *place_columns(nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("until", Instant),
    Column("before", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Index("ix_lock_state", "community_id", "state", "id"),
)

report = Table(
    "report",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    *place_columns(nullable=False),
    Column("message", String(64), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("told", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("judge_id", BigInteger, nullable=False),
    Column("judged_at", Instant),
    Index("ix_report_message", "community_id", "platform", "chat", "message"),
)

report_voice = Table(
    "report_voice",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("report_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("counts", Boolean, nullable=False),
    Index("ix_report_voice_person", "community_id", "person_id", "at"),
    sqlite_with_rowid=False,
)

rules = Table(
    "rules",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""Rows are added and never changed."""

rules_reader = Table(
    "rules_reader",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

proposal = Table(
    "proposal",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_proposal_state", "community_id", "state", "id"),
)

held = Table(
    "held",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_held_state", "community_id", "state", "id"),
    Index("ix_held_person", "community_id", "person_id", "since"),
    Index("ix_held_fresh", "community_id", "fresh", "since"),
)

knock = Table(
    "knock",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_knock_state", "community_id", "state", "id"),
    Index("ix_knock_person", "community_id", "person_id", "id"),
)

newcomer = Table(
    "newcomer",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("account", String(64), nullable=False),
    *place_columns(nullable=False),
    Column("at", Instant, nullable=False),
    Column("batch", BigInteger, nullable=False),
    Index("ix_newcomer_batch", "community_id", "batch"),
    sqlite_with_rowid=False,
)
