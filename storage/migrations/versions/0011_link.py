"""Codes that link accounts or groups, and groups that became one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "link_code",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("redeemer_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_link_code"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_code_person_id", "link_code", ["person_id"])
    op.create_table(
        "link_try",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_try"),
        sqlite_with_rowid=False,
    )
    _make_joining()
    _make_past()
    op.add_column("community", sa.Column("joined", sa.BigInteger()))
    op.execute("UPDATE community SET joined = 0")
    with op.batch_alter_table("community") as batch:
        batch.alter_column("joined", existing_type=sa.BigInteger(), nullable=False)


def _make_joining() -> None:
    op.create_table(
        "joining",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer_id", sa.BigInteger(), nullable=False),
        sa.Column("redeemer_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer_agrees", sa.Boolean(), nullable=False),
        sa.Column("redeemer_agrees", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_joining"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_joining_community_id", "joining", ["community_id"])
    op.create_index("ix_joining_other_id", "joining", ["other_id"])
    op.create_table(
        "joining_row",
        sa.Column("joining_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("joining_id", "number", name="pk_joining_row"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_joining_row_person_id", "joining_row", ["person_id"])


def _make_past() -> None:
    op.create_table(
        "entry_past",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(128), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("joining_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "cause", name="pk_entry_past"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_past_joining_id", "entry_past", ["joining_id"])


def downgrade() -> None:
    """Step back; groups that are one stay so, and can be parted no more."""
    with op.batch_alter_table("community") as batch:
        batch.drop_column("joined")
    op.drop_table("entry_past")
    op.drop_table("joining_row")
    op.drop_table("joining")
    op.drop_table("link_try")
    op.drop_table("link_code")
