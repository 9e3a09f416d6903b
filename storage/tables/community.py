"""What members suggest to their group, need and offer, and who is introduced to whom."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, of_community

suggestion = Table(
    "suggestion",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("ballot", Integer, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_suggestion_state", "community_id", "state", "id"),
    Index("ix_suggestion_ballot", "community_id", "ballot", "state", "id"),
)
"""`body` is the rest of the suggestion as JSON. `person_id` is the named author, 0 for none."""

suggestion_owner = Table(
    "suggestion_owner",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("suggestion_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_suggestion_owner_person", "community_id", "person_id", "suggestion_id"),
    Index("ix_suggestion_owner_at", "community_id", "person_id", "at"),
    sqlite_with_rowid=False,
)
"""Whose it is. Of an anonymous suggestion this is known nowhere else."""

suggestion_vote = Table(
    "suggestion_vote",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("suggestion_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Index("ix_suggestion_vote_person", "community_id", "person_id", "suggestion_id"),
    sqlite_with_rowid=False,
)

ballot = Table(
    "ballot",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""The monthly votes; `body` is the whole ballot as JSON."""

slip = Table(
    "slip",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("side", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_slip_state", "community_id", "state", "id"),
    Index("ix_slip_person", "community_id", "person_id", "id"),
)
"""Needs and offers; `body` is the rest of the slip as JSON. `person_id` is who wrote it."""

meeting = Table(
    "meeting",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slip_id", Integer, nullable=False),
    Column("other_id", Integer, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("guest_id", BigInteger, nullable=False),
    Column("person_agrees", Boolean, nullable=False),
    Column("guest_agrees", Boolean, nullable=False),
    Index("ix_meeting_slip", "community_id", "slip_id", "guest_id"),
    Index("ix_meeting_other", "community_id", "other_id", "person_id"),
    Index("ix_meeting_person", "community_id", "person_id"),
    Index("ix_meeting_guest", "community_id", "guest_id"),
)
"""`person_id` wrote the slip; `guest_id` wrote the other one, or answered it (`other_id` is 0)."""
