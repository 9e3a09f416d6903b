"""Study sessions: series, their dates, who comes and came, focus timers and calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "session",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_session"),
    )
    op.create_index("ix_session_over", "session", ["community_id", "over", "id"])
    op.create_table(
        "session_change",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "day", name="pk_session_change"),
    )
    op.create_table(
        "session_reply",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "day", "person_id", name="pk_session_reply"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_reply_person", "session_reply", ["community_id", "person_id", "day"])
    op.create_table(
        "session_presence",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.BigInteger()),
        sa.Column("parting", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "day", "person_id", name="pk_session_presence"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_presence_person", "session_presence", ["community_id", "person_id", "day"])
    op.create_table(
        "session_invite",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_session_invite"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_invite_date", "session_invite", ["community_id", "session_id", "day"])
    op.create_table(
        "session_host",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_session_host"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_turn",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "day", "person_id", name="pk_session_turn"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_turn_person", "session_turn", ["community_id", "person_id", "day"])
    op.create_table(
        "session_lead",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leads", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_session_lead"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_mark",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lead", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "day", "lead", name="pk_session_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_mirror",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("day", sa.Integer()),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("sent_day", sa.Integer()),
        sa.Column("sent_print", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "session_id", "platform", "chat", name="pk_session_mirror"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_mirror_event", "session_mirror", ["platform", "chat", "event"])
    op.create_table(
        "focus",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_focus"),
    )
    op.create_index("ix_focus_over", "focus", ["community_id", "over", "id"])
    op.create_table(
        "focus_member",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("focus_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("joined_at", sa.BigInteger()),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "focus_id", "person_id", name="pk_focus_member"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feed",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_feed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feed_community", "feed", ["community_id"])
    op.create_index("ix_feed_person", "feed", ["person_id"])

    op.add_column("community", sa.Column("sessions", sa.Text()))
    op.execute("UPDATE community SET sessions = '{}'")
    with op.batch_alter_table("community") as batch:
        batch.alter_column("sessions", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    """Step back; sessions are left behind, the points that came of them stay."""
    op.execute("DELETE FROM job WHERE kind LIKE 'session-%' OR kind LIKE 'focus-%'")
    op.execute("DELETE FROM card WHERE key LIKE 'session-%' OR key LIKE 'focus-%'")
    op.execute("DELETE FROM notice WHERE kind LIKE 'session-%' OR kind LIKE 'focus-%'")
    with op.batch_alter_table("community") as batch:
        batch.drop_column("sessions")
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "session",
    "session_change",
    "session_reply",
    "session_presence",
    "session_invite",
    "session_host",
    "session_turn",
    "session_lead",
    "session_mark",
    "session_mirror",
    "focus",
    "focus_member",
    "feed",
)
