"""What is searched: entries, their terms, how many have a term, and everybody's last search."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "search_entry",
        *_key(("kind", sa.String(16)), ("subject", sa.BigInteger())),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("impacts", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "kind", "subject", name="pk_search_entry"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_term",
        *_key(
            ("kind", sa.String(16)),
            ("term", sa.String(64)),
            ("rank", sa.Integer()),
            ("subject", sa.BigInteger()),
        ),
        sa.PrimaryKeyConstraint("community_id", "kind", "term", "rank", "subject", name="pk_search_term"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_count",
        *_key(("term", sa.String(64))),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "term", name="pk_search_count"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_last",
        *_key(("person_id", sa.BigInteger())),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_search_last"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Step back."""
    for table in ("search_last", "search_count", "search_term", "search_entry"):
        op.drop_table(table)


def _key(*columns: tuple[str, sa.types.TypeEngine[Any]]) -> list[sa.Column[Any]]:
    """The columns of a key, the community's first."""
    named = (("community_id", sa.BigInteger()), *columns)
    return [sa.Column(name, kind, autoincrement=False, nullable=False) for name, kind in named]
