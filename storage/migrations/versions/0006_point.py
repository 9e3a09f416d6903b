"""Where points come from, who caused them and why; how often; badges, pairs, and a group's own values."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_RULE = '{"worth":{},"pair":1,"giver":5,"receiver":10}'
_TIMES = (
    "UPDATE total SET times = (SELECT COALESCE(SUM(CASE WHEN entry.amount > 0 THEN 1 WHEN entry.amount < 0 THEN -1 "
    "ELSE 0 END), 0) FROM entry WHERE entry.community_id = total.community_id AND entry.person_id = total.person_id "
    "AND entry.reason = total.reason AND (total.month = 0 OR entry.month = total.month))"
)


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _person(name: str = "person_id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Step forward."""
    _add("community", {"points": (sa.Text(), _RULE)})
    _add("entry", {"source": (sa.BigInteger(), 0), "by": (sa.BigInteger(), 0), "note": (sa.Text(), "")})
    with op.batch_alter_table("entry") as batch:
        batch.alter_column("cause", existing_type=sa.String(64), type_=sa.String(128), existing_nullable=False)
    op.create_index("ix_entry_at", "entry", ["community_id", "at"])
    caused = sa.text('"by" != 0')
    columns = ["community_id", "by", "at"]
    op.create_index("ix_entry_by", "entry", columns, sqlite_where=caused, postgresql_where=caused)
    _add("total", {"times": (sa.Integer(), 0)})
    op.execute(_TIMES)
    op.create_table(
        "badge",
        _community(),
        _person(),
        sa.Column("badge", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", "badge", name="pk_badge"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair",
        _community(),
        _person(),
        _person("buddy_id"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer()),
        sa.PrimaryKeyConstraint("community_id", "person_id", "buddy_id", name="pk_pair"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_buddy", "pair", ["community_id", "buddy_id"])


def downgrade() -> None:
    """Step back; who caused what, badges and pairs are left behind.

    So are kinds of points that the older schema's code has no word for, with their sums.
    """
    op.drop_table("pair")
    op.drop_table("badge")
    op.execute("DELETE FROM entry WHERE reason IN ('thanks', 'first') OR LENGTH(cause) > 64")
    op.execute("DELETE FROM total WHERE reason IN ('thanks', 'first')")
    op.drop_index("ix_entry_by", "entry")
    op.drop_index("ix_entry_at", "entry")
    with op.batch_alter_table("total") as batch:
        batch.drop_column("times")
    with op.batch_alter_table("entry") as batch:
        batch.alter_column("cause", existing_type=sa.String(128), type_=sa.String(64), existing_nullable=False)
        for name in ("source", "by", "note"):
            batch.drop_column(name)
    with op.batch_alter_table("community") as batch:
        batch.drop_column("points")


def _add(table: str, columns: dict[str, tuple[Any, object]]) -> None:
    """Columns that every row has a value for, without a default that would stay behind."""
    with op.batch_alter_table(table) as batch:
        for name, (kind, _) in columns.items():
            batch.add_column(sa.Column(name, kind))
    for name, (_, value) in columns.items():
        op.get_bind().execute(sa.text(f'UPDATE {table} SET "{name}" = :value'), {"value": value})  # noqa: S608
    with op.batch_alter_table(table) as batch:
        for name, (kind, _) in columns.items():
            batch.alter_column(name, existing_type=kind, nullable=False)
