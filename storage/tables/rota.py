"""Turns with the duties of a group; a week is the ordinal of its Monday."""

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, String, Table

from storage.tables.base import metadata, of_community

rota_helper = Table(
    "rota_helper",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Integer, nullable=False),
    sqlite_with_rowid=False,
)

rota_turn = Table(
    "rota_turn",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("duty", SmallInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    sqlite_with_rowid=False,
)
"""`person_id` is 0 where everybody who was asked gave it back."""

rota_reply = Table(
    "rota_reply",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("duty", SmallInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reply", String(16), nullable=False),
    sqlite_with_rowid=False,
)
"""Who was asked about a turn and what they said."""
