"""Suggestions and votes about them, needs and offers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_suggestions()
    _make_board()


def downgrade() -> None:
    """Back to the schema before."""
    for name in ("meeting", "slip", "ballot", "suggestion_vote", "suggestion_owner", "suggestion"):
        op.drop_table(name)


def _make_suggestions() -> None:
    op.create_table(
        "suggestion",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ballot", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_suggestion"),
    )
    op.create_index("ix_suggestion_state", "suggestion", ["community_id", "state", "id"])
    op.create_index("ix_suggestion_ballot", "suggestion", ["community_id", "ballot", "state", "id"])
    op.create_table(
        "suggestion_owner",
        _community(),
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "suggestion_id", name="pk_suggestion_owner"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suggestion_owner_person", "suggestion_owner", ["community_id", "person_id", "suggestion_id"])
    op.create_index("ix_suggestion_owner_at", "suggestion_owner", ["community_id", "person_id", "at"])
    op.create_table(
        "suggestion_vote",
        _community(),
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "suggestion_id", "person_id", name="pk_suggestion_vote"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suggestion_vote_person", "suggestion_vote", ["community_id", "person_id", "suggestion_id"])
    op.create_table(
        "ballot",
        _community(),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "month", name="pk_ballot"),
    )


def _make_board() -> None:
    op.create_table(
        "slip",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_slip"),
    )
    op.create_index("ix_slip_state", "slip", ["community_id", "state", "id"])
    op.create_index("ix_slip_person", "slip", ["community_id", "person_id", "id"])
    op.create_table(
        "meeting",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("guest_id", sa.BigInteger(), nullable=False),
        sa.Column("person_agrees", sa.Boolean(), nullable=False),
        sa.Column("guest_agrees", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_slip", "meeting", ["community_id", "slip_id", "guest_id"])
    op.create_index("ix_meeting_other", "meeting", ["community_id", "other_id", "person_id"])
    op.create_index("ix_meeting_person", "meeting", ["community_id", "person_id"])
    op.create_index("ix_meeting_guest", "meeting", ["community_id", "guest_id"])


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)
