"""Codes that link accounts or groups, and groups that became one."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, SmallInteger, String, Table, Text

from storage.tables.base import ID, Instant, metadata, of_community

link_code = Table(
    "link_code",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("community_id", BigInteger, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("redeemer_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""`community_id` is 0 for an account; `redeemer_id` is 0 until the code is used."""

link_try = Table(
    "link_try",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("count", SmallInteger, nullable=False),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

joining = Table(
    "joining",
    metadata,
    Column("id", ID, primary_key=True),
    of_community(index=True),
    Column("other_id", BigInteger, nullable=False, index=True),
    Column("issuer_id", BigInteger, nullable=False),
    Column("redeemer_id", BigInteger, nullable=False),
    Column("issuer_agrees", Boolean, nullable=False),
    Column("redeemer_agrees", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("shift", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The group `other_id` joins `community_id`; `shift` is by how much its numbers rose, as JSON, "" before that."""

joining_row = Table(
    "joining_row",
    metadata,
    Column("joining_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", String(32), nullable=False),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
    sqlite_with_rowid=False,
)
"""A row of the table `source` before and after groups became one, as JSON; none where there was or is none."""

entry_past = Table(
    "entry_past",
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
    Column("joining_id", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""What a group that joined had given, under its new numbers: nothing is given for the same twice, and all of it can be
taken back. It is in no sum; the entries that were made at the joining are.
"""
