"""What is searched: entries, the terms they are found by, how many have a term, and who searched for what."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from storage.tables.base import Instant, metadata, of_community

search_entry = Table(
    "search_entry",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("subject", BigInteger, primary_key=True, autoincrement=False),
    Column("marks", Text, nullable=False),
    Column("impacts", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""`marks` are words, `impacts` JSON: by them a candidate is weighed, and its terms are taken away."""

search_term = Table(
    "search_term",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("term", String(64), primary_key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("subject", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""The key gives the best texts of a term without looking at the others: `rank` is the impact, 0 for
marks."""

search_count = Table(
    "search_count",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("term", String(64), primary_key=True),
    Column("entries", Integer, nullable=False),
    sqlite_with_rowid=False,
)

search_last = Table(
    "search_last",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""A person's last search, for the buttons that turn its pages."""
