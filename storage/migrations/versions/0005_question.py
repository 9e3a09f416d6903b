"""Questions with their answers and votes, helpers, what is answered again and again, and threads of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NEW = ("faq", "helper_call", "helper", "question_mute", "question_vote", "question_answer", "question_tag")


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _question() -> sa.Column[int]:
    return sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False)


def _person() -> sa.Column[int]:
    return sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Step forward."""
    _add("community", sa.Column("questions", sa.Text()), '{"topics":false}')
    _add("venue", sa.Column("questions", sa.String(64)), "")
    _add("card", sa.Column("opened", sa.String(64)), "")
    op.create_index("ix_card_opened", "card", ["platform", "chat", "opened"])
    op.add_column("draft", sa.Column("words", sa.Text()))
    _index_levels()
    _make_questions()
    _make_answers()
    _make_helpers()
    op.create_table(
        "faq",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text()),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_faq"),
    )


def downgrade() -> None:
    """Step back; what was asked and answered is left behind."""
    for table in (*_NEW, "question_owner", "question"):
        op.drop_table(table)
    op.drop_index("ix_resource_tag_level", "resource_tag")
    op.drop_index("ix_resource_level", "resource")
    op.execute("DELETE FROM draft WHERE words IS NOT NULL")
    # Not as a batch, which would build the table anew and count its numbers from the beginning.
    op.drop_column("draft", "words")
    op.drop_index("ix_card_opened", "card")
    for table, column in (
        ("resource_tag", "level"),
        ("card", "opened"),
        ("venue", "questions"),
        ("community", "questions"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _add(table: str, column: sa.Column[str], value: str) -> None:
    """A column that every row has a value for, without a default that would stay behind."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(column)
    op.get_bind().execute(sa.text(f"UPDATE {table} SET {column.name} = :value"), {"value": value})  # noqa: S608
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column.name, existing_type=column.type, nullable=False)


def _index_levels() -> None:
    _add("resource_tag", sa.Column("level", sa.String(16)), "")
    op.execute(
        "UPDATE resource_tag SET level = (SELECT resource.level FROM resource WHERE resource.community_id = "
        "resource_tag.community_id AND resource.id = resource_tag.resource_id) WHERE EXISTS (SELECT 1 FROM resource "
        "WHERE resource.community_id = resource_tag.community_id AND resource.id = resource_tag.resource_id)"
    )
    op.create_index("ix_resource_tag_level", "resource_tag", ["community_id", "tag", "level", "resource_id"])
    op.create_index("ix_resource_level", "resource", ["community_id", "level", "id"])


def _make_questions() -> None:
    op.create_table(
        "question",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("original", sa.Integer(), nullable=False),
        sa.Column("answers", sa.SmallInteger(), nullable=False),
        sa.Column("accepted", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_question"),
    )
    op.create_index("ix_question_state", "question", ["community_id", "state", "id"])
    op.create_index("ix_question_answers", "question", ["community_id", "state", "answers", "id"])
    op.create_index("ix_question_original", "question", ["community_id", "original", "id"])
    op.create_table(
        "question_owner",
        _community(),
        _question(),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "question_id", name="pk_question_owner"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_question_owner_person", "question_owner", ["community_id", "person_id", "question_id"])
    op.create_index("ix_question_owner_at", "question_owner", ["community_id", "person_id", "at"])
    op.create_table(
        "question_tag",
        _community(),
        sa.Column("tag", sa.String(64), nullable=False),
        _question(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "tag", "question_id", name="pk_question_tag"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_question_tag_state", "question_tag", ["community_id", "tag", "state", "question_id"])
    op.create_index("ix_question_tag_question", "question_tag", ["community_id", "question_id"])
    op.create_table(
        "question_mute",
        _community(),
        _person(),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_question_mute"),
        sqlite_with_rowid=False,
    )


def _make_answers() -> None:
    op.create_table(
        "question_answer",
        _community(),
        _question(),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "question_id", "number", name="pk_question_answer"),
    )
    op.create_table(
        "question_vote",
        _community(),
        _question(),
        _person(),
        sa.Column("answer", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "question_id", "person_id", "answer", name="pk_question_vote"),
        sqlite_with_rowid=False,
    )


def _make_helpers() -> None:
    op.create_table(
        "helper",
        _community(),
        _person(),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", "topic", name="pk_helper"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_helper_topic", "helper", ["community_id", "topic", "asked_at", "person_id"])
    op.create_table(
        "helper_call",
        _community(),
        _question(),
        _person(),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "question_id", "person_id", name="pk_helper_call"),
        sqlite_with_rowid=False,
    )
