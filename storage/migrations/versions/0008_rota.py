"""Turns with duties, when the digest comes, and when and by whom answers and resources were given."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_RULES = ("rota", "digest")
_WAKING = ("rota-draw", "digest-week")
_TURN = ("week", "duty")
_WAKE = sa.text(
    'INSERT INTO job (community_id, "key", kind, subject, person_id, state, due_at, wake_at, wanted, tries, failures) '
    "SELECT id, :key, :kind, 0, 0, 'due', 0, 0, 1, 0, 0 FROM community WHERE ready"
)


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _person() -> sa.Column[int]:
    return sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _turn() -> tuple[sa.Column[int], sa.Column[int]]:
    week = sa.Column("week", sa.Integer(), autoincrement=False, nullable=False)
    return week, sa.Column("duty", sa.SmallInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Step forward."""
    # What a rule does not say is as usual.
    _add("community", dict.fromkeys(_RULES, (sa.Text(), "{}")))
    _add("question_answer", {"at": (sa.BigInteger(), 0)})
    _add("resource", {"author": (sa.BigInteger(), 0), "at": (sa.BigInteger(), 0)})
    _note("question_answer", ("question_id", "number"), "at")
    _note("resource", ("id",), "created_at")
    op.create_index("ix_question_answer_at", "question_answer", ["community_id", "at", "author"])
    op.create_index("ix_resource_at", "resource", ["community_id", "at", "author"])
    _make_rota()
    for kind in _WAKING:
        # Groups that are set up already plan their first week at the next start.
        op.get_bind().execute(_WAKE, {"key": f"{kind}:0", "kind": kind})


def downgrade() -> None:
    """Step back; who had which turn is left behind."""
    op.execute("DELETE FROM job WHERE kind LIKE 'rota-%' OR kind = 'digest-week'")
    for table in ("rota_reply", "rota_turn", "rota_helper"):
        op.drop_table(table)
    op.drop_index("ix_resource_at", "resource")
    op.drop_index("ix_question_answer_at", "question_answer")
    for table, columns in (("resource", ("author", "at")), ("question_answer", ("at",)), ("community", _RULES)):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)


def _add(table: str, columns: dict[str, tuple[sa.types.TypeEngine[Any], object]]) -> None:
    """Columns that every row has a value for, without a default that would stay behind."""
    with op.batch_alter_table(table) as batch:
        for name, (kind, _) in columns.items():
            batch.add_column(sa.Column(name, kind))
    for name, (_, value) in columns.items():
        op.get_bind().execute(sa.text(f'UPDATE {table} SET "{name}" = :value'), {"value": value})  # noqa: S608
    with op.batch_alter_table(table) as batch:
        for name, (kind, _) in columns.items():
            batch.alter_column(name, existing_type=kind, nullable=False)


def _note(table: str, key: tuple[str, ...], moment: str) -> None:
    """Put beside each body when it was given, and by whom."""
    names = ("community_id", *key)
    where = " AND ".join(f"{name} = :{name}" for name in names)
    change = sa.text(f'UPDATE {table} SET "at" = :at, author = :author WHERE {where}')  # noqa: S608
    bind = op.get_bind()
    rows = bind.execute(sa.text(f"SELECT {', '.join(names)}, body FROM {table}")).mappings().all()  # noqa: S608
    for row in rows:
        body = json.loads(row["body"])
        given = datetime.fromisoformat(body[moment]).astimezone(UTC)
        values = {"at": round(given.timestamp() * 1000), "author": body["author"]}
        bind.execute(change, {**{name: row[name] for name in names}, **values})


def _make_rota() -> None:
    op.create_table(
        "rota_helper",
        _community(),
        _person(),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_rota_helper"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rota_turn",
        _community(),
        *_turn(),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", *_TURN, name="pk_rota_turn"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rota_reply",
        _community(),
        *_turn(),
        _person(),
        sa.Column("reply", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", *_TURN, "person_id", name="pk_rota_reply"),
        sqlite_with_rowid=False,
    )
