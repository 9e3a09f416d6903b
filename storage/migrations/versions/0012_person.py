"""Who is about to be erased, who took their data along, persons who became one, and groups of minors."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Step forward."""
    _make_leaving()
    _make_union()
    _add("community", "minors", value=False)
    _add("account", "main", value=True)


def _make_leaving() -> None:
    op.create_table(
        "leaving",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_leaving"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "exported",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_exported"),
        sqlite_with_rowid=False,
    )


def _make_union() -> None:
    op.create_table(
        "person_union",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_agrees", sa.Boolean(), nullable=False),
        sa.Column("other_agrees", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_union"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_union_person_id", "person_union", ["person_id"])
    op.create_index("ix_person_union_other_id", "person_union", ["other_id"])
    op.create_table(
        "person_union_row",
        sa.Column("union_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("union_id", "number", name="pk_person_union_row"),
        sqlite_with_rowid=False,
    )


def _add(table: str, name: str, *, value: bool) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(name, sa.Boolean()))
    op.get_bind().execute(sa.text(f"UPDATE {table} SET {name} = :value"), {"value": value})  # noqa: S608 - our words
    with op.batch_alter_table(table) as batch:
        batch.alter_column(name, existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    """Step back; persons who became one stay so."""
    op.execute("DELETE FROM job WHERE kind IN ('erase', 'group-forget')")
    for table, name in (("account", "main"), ("community", "minors")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
    for table in ("person_union_row", "person_union", "exported", "leaving"):
        op.drop_table(table)
