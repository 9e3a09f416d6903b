"""Thanks for messages, so that each counts once and can be taken back, and who is recognised as a helper."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, SmallInteger, String, Table

from storage.tables.base import Instant, metadata, of_community

thanks = Table(
    "thanks",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("platform", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("message", String(64), primary_key=True),
    Column("giver_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("ways", SmallInteger, nullable=False),
    Column("cause", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""`giver_id` thanks `person_id` for a message; `cause` is that of the entry that stands for it, "" for none."""

recognition = Table(
    "recognition",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("month", Integer, nullable=False),
    Column("refused", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Who wears the helpers' tag for the season `month` (YYYYMM); `refused` says that a platform did not show it."""
