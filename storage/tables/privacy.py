"""Who is about to be erased, who took their data along, and persons who became one."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from storage.tables.base import ID, Instant, metadata

leaving = Table(
    "leaving",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("due_at", Instant, nullable=False),
    Column("done", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""`done` says that the rows are gone; the file is then swept, and the row goes too."""

exported = Table(
    "exported",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

person_union = Table(
    "person_union",
    metadata,
    Column("id", ID, primary_key=True),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("other_id", BigInteger, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("person_agrees", Boolean, nullable=False),
    Column("other_agrees", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    sqlite_autoincrement=True,
)
"""`other_id` becomes `person_id` when both agree. No number comes twice: entries of the ledger name it."""

person_union_row = Table(
    "person_union_row",
    metadata,
    Column("union_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(32), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text),
    sqlite_with_rowid=False,
)
"""A row of the table `name` as JSON before persons were joined, and after it; without `after` it was taken away."""
