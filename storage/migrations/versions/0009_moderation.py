"""Moderation: sanctions, the record, a group's rules of it, and names by which people are mentioned."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_NEW = ("newcomer", "knock", "held", "proposal", "rules_reader", "rules", "report_voice", "report", "lock", "pin")
_MODERATION = (
    '{"days":30,"ladder":[{"points":2,"mute":60,"asks":false},{"points":3,"mute":0,"asks":true}],'
    '"public":false,"reasons":[],"reporters":3}'
)
_WATCH = '{"flood":true,"repeats":true,"mentions":true,"links":true,"fresh":3}'
_DOOR = '{"question":"","welcome":true}'


def upgrade() -> None:
    """Step forward."""
    _add("person", sa.Column("handle", sa.String(64)), "")
    op.create_index("ix_person_handle", "person", ["handle"])
    _add("community", sa.Column("moderation", sa.Text()), _MODERATION)
    _add("community", sa.Column("watch", sa.Text()), _WATCH)
    _add("community", sa.Column("door", sa.Text()), _DOOR)
    op.create_table(
        "sanction",
        *_key(),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("appeal", sa.String(16), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_sanction"),
    )
    op.create_index("ix_sanction_person", "sanction", ["community_id", "person_id", "id"])
    op.create_index("ix_sanction_appeal", "sanction", ["community_id", "appeal", "id"])
    op.create_table(
        "record",
        *_key(),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_record"),
    )
    op.create_index("ix_record_actor", "record", ["community_id", "actor_id", "id"])
    op.create_index("ix_record_person", "record", ["community_id", "person_id", "id"])
    op.create_table(
        "noise",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("sounds", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "day", "key", name="pk_noise"),
        sqlite_with_rowid=False,
    )
    _make_pins()
    _make_reports()
    _make_agreements()
    _make_doors()


def downgrade() -> None:
    """Step back; what moderators decided is left behind."""
    for made in _NEW:
        op.drop_table(made)
    op.drop_table("noise")
    op.drop_table("record")
    op.drop_table("sanction")
    op.drop_index("ix_person_handle", "person")
    for table, column in (
        ("person", "handle"),
        ("community", "moderation"),
        ("community", "watch"),
        ("community", "door"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _make_pins() -> None:
    op.create_table(
        "pin",
        *_key(),
        *_place(),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("loud", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_pin"),
    )
    op.create_index("ix_pin_state", "pin", ["community_id", "state", "id"])
    op.create_table(
        "lock",
        *_key(),
        *_place(),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_lock"),
    )
    op.create_index("ix_lock_state", "lock", ["community_id", "state", "id"])


def _make_reports() -> None:
    op.create_table(
        "report",
        *_key(),
        *_place(),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("judge_id", sa.BigInteger(), nullable=False),
        sa.Column("judged_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_report"),
    )
    op.create_index("ix_report_message", "report", ["community_id", "platform", "chat", "message"])
    op.create_table(
        "report_voice",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "report_id", "person_id", name="pk_report_voice"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_voice_person", "report_voice", ["community_id", "person_id", "at"])


def _make_agreements() -> None:
    op.create_table(
        "rules",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "version", name="pk_rules"),
    )
    op.create_table(
        "rules_reader",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "version", "person_id", name="pk_rules_reader"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal",
        *_key(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_state", "proposal", ["community_id", "state", "id"])


def _make_doors() -> None:
    op.create_table(
        "held",
        *_key(),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_held"),
    )
    op.create_index("ix_held_state", "held", ["community_id", "state", "id"])
    op.create_index("ix_held_person", "held", ["community_id", "person_id", "since"])
    op.create_index("ix_held_fresh", "held", ["community_id", "fresh", "since"])
    op.create_table(
        "knock",
        *_key(),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_knock"),
    )
    op.create_index("ix_knock_state", "knock", ["community_id", "state", "id"])
    op.create_index("ix_knock_person", "knock", ["community_id", "person_id", "id"])
    op.create_table(
        "newcomer",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        *_place(),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_newcomer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_newcomer_batch", "newcomer", ["community_id", "batch"])


def _place() -> tuple[sa.Column[str], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
    )


def _key() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    )


def _add(table: str, column: sa.Column[str], value: str) -> None:
    """A column that every row has a value for, without a default that would stay behind."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(column)
    op.get_bind().execute(sa.text(f"UPDATE {table} SET {column.name} = :value"), {"value": value})  # noqa: S608
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column.name, existing_type=column.type, nullable=False)
