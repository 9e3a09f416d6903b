"""Thanks for messages, helpers who are recognised, and members who were invited to contribute once."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Step forward."""
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("nudged", sa.Boolean()))
    op.get_bind().execute(sa.text("UPDATE member SET nudged = :value"), {"value": False})
    with op.batch_alter_table("member") as batch:
        batch.alter_column("nudged", existing_type=sa.Boolean(), nullable=False)
    op.create_table(
        "thanks",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ways", sa.SmallInteger(), nullable=False),
        sa.Column("cause", sa.String(128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "platform", "chat", "message", "giver_id", name="pk_thanks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recognition",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_recognition"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Step back; for which messages somebody was thanked is left behind, the points stay."""
    op.execute("DELETE FROM job WHERE kind LIKE 'recognition-%'")
    op.drop_table("recognition")
    op.drop_table("thanks")
    with op.batch_alter_table("member") as batch:
        batch.drop_column("nudged")
