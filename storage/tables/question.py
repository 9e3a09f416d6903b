"""What members ask and answer, who helps, and what is answered again and again."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text

from storage.tables.base import Instant, metadata, of_community

question = Table(
    "question",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("original", Integer, nullable=False),
    Column("answers", SmallInteger, nullable=False),
    Column("accepted", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_question_state", "community_id", "state", "id"),
    Index("ix_question_answers", "community_id", "state", "answers", "id"),
    Index("ix_question_original", "community_id", "original", "id"),
)
"""`body` is the whole question as JSON; what queries choose by stands beside it. `answers` and `accepted` are counted
whenever an answer is stored, and by that alone."""

question_owner = Table(
    "question_owner",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_question_owner_person", "community_id", "person_id", "question_id"),
    Index("ix_question_owner_at", "community_id", "person_id", "at"),
    sqlite_with_rowid=False,
)
"""Who asked. Of an anonymous question this is known nowhere else."""

question_tag = Table(
    "question_tag",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("tag", String(64), primary_key=True),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Index("ix_question_tag_state", "community_id", "tag", "state", "question_id"),
    Index("ix_question_tag_question", "community_id", "question_id"),
    sqlite_with_rowid=False,
)
"""`state` is the question's: a topic may have thousands of answered ones and few that are open."""

question_answer = Table(
    "question_answer",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("author", BigInteger, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_question_answer_at", "community_id", "at", "author"),
)

question_vote = Table(
    "question_vote",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", SmallInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""Who finds which answer useful; 0 is the question itself."""

question_mute = Table(
    "question_mute",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Instant, nullable=False),
    sqlite_with_rowid=False,
)

helper = Table(
    "helper",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", String(64), primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Index("ix_helper_topic", "community_id", "topic", "asked_at", "person_id"),
    sqlite_with_rowid=False,
)
"""Who wants to hear of questions about what. `asked_at` is the same in all rows of a person."""

helper_call = Table(
    "helper_call",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

faq = Table(
    "faq",
    metadata,
    of_community(primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text),
)
"""An entry that was removed keeps its number without a body: an old button must not mean another entry."""
