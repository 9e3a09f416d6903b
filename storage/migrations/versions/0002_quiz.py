"""All kinds of items with their history, live rounds, spaced repetition, notices, and jobs for one person."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_QUIZZES = '{"review":"members","anyone":false,"holidays":false}'


def _community() -> sa.Column[int]:
    return sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Step forward."""
    _add("community", sa.Column("quizzes", sa.Text()), _QUIZZES)
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("practice_hour", sa.SmallInteger()))
    _add("member", sa.Column("stood", sa.SmallInteger()), 1)
    _add("member", sa.Column("notices", sa.SmallInteger()), 0)
    _add("job", sa.Column("person_id", sa.BigInteger()), 0)
    _add("card", sa.Column("poll", sa.String(64)), "")
    op.create_index("ix_card_message", "card", ["platform", "chat", "message"])
    op.create_index("ix_card_poll", "card", ["platform", "poll"])
    _change_items()
    _change_quizzes()
    _change_answers()
    _change_practices()
    _make_tables()


def downgrade() -> None:
    """Step back; what the old schema has no words for is left behind: other kinds of items, and what asked them."""
    for table in ("notice", "file", "draft", "recall", "vote", "player", "round", "item_past"):
        op.drop_table(table)
    op.execute("DELETE FROM practice")
    op.execute("DELETE FROM job WHERE person_id <> 0")
    _restore_quizzes()
    _restore_answers()
    _restore_items()
    op.drop_index("ix_card_poll", "card")
    op.drop_index("ix_card_message", "card")
    for table, column in (
        ("card", "poll"),
        ("job", "person_id"),
        ("member", "notices"),
        ("member", "stood"),
        ("member", "practice_hour"),
        ("community", "quizzes"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _add(table: str, column: sa.Column[Any], value: object) -> None:
    """A column that every row has a value for, without a default that would stay behind."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(column)
    op.get_bind().execute(sa.text(f"UPDATE {table} SET {column.name} = :value"), {"value": value})  # noqa: S608
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column.name, existing_type=column.type, nullable=False)


def _rows(table: str) -> Iterator[dict[str, Any]]:
    """All rows; they are few enough to be held: a year of a large group's answers is some ten thousand."""
    yield from [dict(row) for row in op.get_bind().execute(sa.text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608


def _packed(value: object) -> str:
    """As the code writes it: `Quizzes.holding` looks for an item's number in the text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rebuild(table: str, rows: list[dict[str, Any]], *columns: Any, rowid: bool = True) -> None:
    """The table anew with these columns and rows."""
    op.drop_table(table)
    made = op.create_table(table, *columns, **({} if rowid else {"sqlite_with_rowid": False}))
    if rows:
        op.get_bind().execute(sa.insert(made), rows)


def _change_items() -> None:
    rows = [_new_item(row) for row in _rows("item")]
    _rebuild(
        "item",
        rows,
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("flagged", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_item"),
    )
    op.create_index("ix_item_state", "item", ["community_id", "state", "id"])


def _new_item(row: dict[str, Any]) -> dict[str, Any]:
    body = {
        "community": row["community_id"],
        "id": row["id"],
        "texts": json.loads(row["texts"]),
        "right": [row["right_option"]],
        "author": row["author"],
        "tags": json.loads(row["tags"]),
        "difficulty": row["difficulty"],
        "source": row["source"],
        "state": row["state"],
    }
    kept = {name: row[name] for name in ("community_id", "id", "state", "author", "created_at", "asked_at")}
    return {**kept, "kind": "one", "body": _packed(body), "flagged": 0}


def _change_quizzes() -> None:
    _add("quiz", sa.Column("kind", sa.String(16)), "daily")
    with op.batch_alter_table("quiz") as batch:
        batch.alter_column("day", existing_type=sa.Integer(), nullable=True)
    for row in _rows("quiz"):
        items = [{**item, "right": [item["right"]]} for item in json.loads(row["items"])]
        _keep_items(row, items)


def _keep_items(row: dict[str, Any], items: list[dict[str, Any]]) -> None:
    statement = sa.text("UPDATE quiz SET items = :items WHERE community_id = :community_id AND id = :id")
    values = {"items": _packed(items), "community_id": row["community_id"], "id": row["id"]}
    op.get_bind().execute(statement, values)


def _change_answers() -> None:
    items = {(row["community_id"], row["id"]): json.loads(row["items"]) for row in _rows("quiz")}
    rows = []
    for row in _rows("answer"):
        item = items[row["community_id"], row["quiz_id"]][row["position"]]
        option = row.pop("option")
        right = option in item["right"]
        rows.append({**row, "item_id": item["id"], "version": 1, "response": str(option), "right": right})
    _rebuild(
        "answer",
        rows,
        _community(),
        sa.Column("quiz_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "quiz_id", "person_id", "position", name="pk_answer"),
        rowid=False,
    )
    op.create_index("ix_answer_item", "answer", ["community_id", "item_id", "person_id"])


def _change_practices() -> None:
    """A round that was begun goes on."""
    statement = sa.text("UPDATE practice SET chosen = :chosen WHERE community_id = :community AND person_id = :person")
    for row in _rows("practice"):
        chosen = {position: str(option) for position, option in json.loads(row["chosen"]).items()}
        values = {"chosen": _packed(chosen), "community": row["community_id"], "person": row["person_id"]}
        op.get_bind().execute(statement, values)


def _make_tables() -> None:
    op.create_table(
        "item_past",
        _community(),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "item_id", "number", name="pk_item_past"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "round",
        _community(),
        sa.Column("quiz_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("host", sa.BigInteger(), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("seconds", sa.SmallInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger()),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("teams", sa.SmallInteger(), nullable=False),
        sa.Column("polls", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "quiz_id", name="pk_round"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "player",
        _community(),
        sa.Column("quiz_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "quiz_id", "person_id", name="pk_player"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("poll", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("options", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "poll", "account", name="pk_vote"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recall",
        _community(),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("card", sa.Text()),
        sa.Column("before", sa.Text()),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("community_id", "person_id", "item_id", name="pk_recall"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recall_due", "recall", ["community_id", "person_id", "due_at"])
    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "file",
        _community(),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_file"),
    )
    op.create_table(
        "notice",
        _community(),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", "cause", name="pk_notice"),
        sqlite_with_rowid=False,
    )


_OLD_ANSWER = ("community_id", "quiz_id", "person_id", "position", "at")


def _restore_quizzes() -> None:
    for row in _rows("quiz"):
        items = json.loads(row["items"])
        if row["day"] is None or any(item.get("kind", "one") != "one" for item in items):
            values = {"community": row["community_id"], "quiz": row["id"]}
            for table, number in (("answer", "quiz_id"), ("quiz", "id")):
                where = f"community_id = :community AND {number} = :quiz"
                op.get_bind().execute(sa.text(f"DELETE FROM {table} WHERE {where}"), values)  # noqa: S608
        else:
            _keep_items(row, [{**item, "right": item["right"][0], "state": "active"} for item in items])
    with op.batch_alter_table("quiz") as batch:
        batch.drop_column("kind")
        batch.alter_column("day", existing_type=sa.Integer(), nullable=False)


def _restore_answers() -> None:
    rows = [{**{name: row[name] for name in _OLD_ANSWER}, "option": int(row["response"])} for row in _rows("answer")]
    _rebuild(
        "answer",
        rows,
        _community(),
        sa.Column("quiz_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("option", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "quiz_id", "person_id", "position", name="pk_answer"),
        rowid=False,
    )


def _restore_items() -> None:
    rows = [_old_item(row, json.loads(row["body"])) for row in _rows("item") if row["kind"] == "one"]
    op.execute(
        "DELETE FROM item_tag WHERE EXISTS (SELECT 1 FROM item WHERE item.community_id = item_tag.community_id "
        "AND item.id = item_tag.item_id AND item.kind <> 'one')"
    )
    _rebuild(
        "item",
        rows,
        _community(),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("right_option", sa.SmallInteger(), nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_item"),
    )


def _old_item(row: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("community_id", "id", "author", "created_at", "asked_at")}
    return {
        **kept,
        # Nothing waits for approval in the old schema, and nothing unapproved may be asked.
        "state": "active" if row["state"] == "active" else "retired",
        "texts": _packed(body["texts"]),
        "right_option": body["right"][0],
        "tags": _packed(body["tags"]),
        "difficulty": body["difficulty"],
        "source": body["source"],
    }
