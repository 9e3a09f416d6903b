"""Learning resources, the words that make them wait, and since when somebody is a member."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)


def _resource() -> sa.Column[int]:
    return sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Step forward."""
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("library", sa.Text()))
    op.execute("""UPDATE community SET library = '{"added":[],"dropped":[]}'""")
    with op.batch_alter_table("community") as batch:
        batch.alter_column("library", existing_type=sa.Text(), nullable=False)
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("since", sa.BigInteger()))
    op.create_table(
        "resource",
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("kilobytes", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_resource"),
    )
    op.create_index("ix_resource_state", "resource", ["community_id", "state", "id"])
    op.create_index("ix_resource_print", "resource", ["community_id", "print"])
    op.create_index("ix_resource_origin", "resource", ["community_id", "origin"])
    op.create_table(
        "resource_tag",
        _community(),
        sa.Column("tag", sa.String(64), nullable=False),
        _resource(),
        sa.PrimaryKeyConstraint("community_id", "tag", "resource_id", name="pk_resource_tag"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_resource_tag_resource", "resource_tag", ["community_id", "resource_id"])
    op.create_table(
        "resource_mark",
        _community(),
        _resource(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "resource_id", "kind", "person_id", name="pk_resource_mark"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_resource_mark_kind", "resource_mark", ["community_id", "kind", "resource_id"])
    op.create_index("ix_resource_mark_person", "resource_mark", ["community_id", "person_id", "kind", "at"])


def downgrade() -> None:
    """Step back; what was shared is left behind."""
    for table in ("resource_mark", "resource_tag", "resource"):
        op.drop_table(table)
    for table, column in (("member", "since"), ("community", "library")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
