"""What members share to learn from."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, of_community

resource = Table(
    "resource",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("level", String(16), nullable=False),
    Column("kilobytes", Integer, nullable=False),
    Column("origin", Integer, nullable=False),
    Column("print", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_resource_state", "community_id", "state", "id"),
    Index("ix_resource_level", "community_id", "level", "id"),
    Index("ix_resource_print", "community_id", "print"),
    Index("ix_resource_origin", "community_id", "origin"),
    Index("ix_resource_at", "community_id", "at", "author"),
)
"""`body` is the whole resource as JSON; what queries choose by stands beside it. `print` is the hash of its address."""

resource_tag = Table(
    "resource_tag",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("tag", String(64), primary_key=True),
    Column("resource_id", Integer, primary_key=True, autoincrement=False),
    Column("level", String(16), nullable=False),
    Index("ix_resource_tag_level", "community_id", "tag", "level", "resource_id"),
    Index("ix_resource_tag_resource", "community_id", "resource_id"),
    sqlite_with_rowid=False,
)
"""`level` is the resource's: a topic may have thousands of basic ones and few that are advanced."""

resource_mark = Table(
    "resource_mark",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("resource_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_resource_mark_kind", "community_id", "kind", "resource_id"),
    Index("ix_resource_mark_person", "community_id", "person_id", "kind", "at"),
    sqlite_with_rowid=False,
)
"""Votes, bookmarks and reports: one of each kind from each person. `note` is what a report says."""
