"""Daily quizzes and their answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, select, update

from bot.domain.items import Item
from bot.domain.quiz import Answer, Quiz, State, Tally
from storage import tables
from storage.link import Prepared
from storage.rows import Rows, packed

_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_AT = tables.quiz.c
_ANSWER = tables.answer.c

_THIS = and_(_AT.community_id == bindparam("community_id"), _AT.id == bindparam("quiz_id"))
_HOLD = Prepared(lambda _: select(tables.quiz).where(_THIS).with_for_update(read=True))
_SEIZE = Prepared(lambda _: select(tables.quiz).where(_THIS).with_for_update())
_PUT = Prepared(lambda insert: insert(tables.answer).on_conflict_do_nothing().returning(_ANSWER.position))
_STANDING = Prepared(
    lambda _: select(_ANSWER.position, _ANSWER.option).where(
        _ANSWER.community_id == bindparam("community_id"),
        _ANSWER.quiz_id == bindparam("quiz_id"),
        _ANSWER.person_id == bindparam("person_id"),
    )
)

_BETWEEN = Prepared(
    lambda _: (
        select(func.count())
        .select_from(tables.quiz)
        .where(
            _AT.community_id == bindparam("community_id"), _AT.day > bindparam("after"), _AT.day < bindparam("before")
        )
    )
)


class Quizzes(Rows):
    """See `bot.repository.Quizzes`."""

    async def add(self, quiz: Quiz) -> Quiz | None:
        """Store a new quiz; None if that day has one already."""
        await self._count_on(quiz.community)
        number = select(func.coalesce(func.max(_AT.id), 0) + 1).where(_AT.community_id == quiz.community)
        statement = (
            self._link.insert(tables.quiz)
            .values(
                community_id=quiz.community,
                id=number.scalar_subquery(),
                day=quiz.day.toordinal(),
                opens_at=quiz.opens_at,
                closes_at=quiz.closes_at,
                items=packed(quiz.items),
                state=quiz.state,
                streak=quiz.streak,
            )
            .on_conflict_do_nothing(index_elements=["community_id", "day"])
            .returning(tables.quiz)
        )
        row = (await self._link.execute(statement)).one_or_none()
        return _to_quiz(row) if row else None

    async def get(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, held against being closed by another until this unit ends."""
        return await self._this(_HOLD, community, quiz)

    async def seize(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, once every answer on its way is in; later ones wait until this unit ends."""
        return await self._this(_SEIZE, community, quiz)

    async def latest(self, community: int) -> Quiz | None:
        """The quiz that opened last."""
        statement = select(tables.quiz).where(_AT.community_id == community).order_by(_AT.day.desc()).limit(1)
        return await self._one(statement)

    async def before(self, quiz: Quiz) -> Quiz | None:
        """The quiz of the day before that one on which there was any."""
        where = and_(_AT.community_id == quiz.community, _AT.day < quiz.day.toordinal())
        return await self._one(select(tables.quiz).where(where).order_by(_AT.day.desc()).limit(1))

    async def close(self, quiz: Quiz, streak: int) -> None:
        """End a quiz with the group's streak: from this commit on, no answer counts."""
        where = and_(_AT.community_id == quiz.community, _AT.id == quiz.id)
        await self._link.execute(update(tables.quiz).where(where).values(state=State.CLOSED, streak=streak))

    async def days_between(self, community: int, after: int, before: int) -> int:
        """How many quizzes were posted on days strictly between these two."""
        (row,) = await self._link.fetch(_BETWEEN, {"community_id": community, "after": after, "before": before})
        return int(row[0])

    async def answer(self, quiz: Quiz, person: int, answer: Answer, at: datetime) -> Mapping[int, int]:
        """Store an answer unless that person answered that item already; returns all that stands."""
        values = {
            "community_id": quiz.community,
            "quiz_id": quiz.id,
            "person_id": person,
            "position": answer.position,
            "option": answer.option,
            "at": at,
        }
        await self._link.fetch(_PUT, values)
        return await self.answers(quiz.community, quiz.id, person)

    async def answers(self, community: int, quiz: int, person: int) -> Mapping[int, int]:
        """A person's stored options by position."""
        values = {"community_id": community, "quiz_id": quiz, "person_id": person}
        return {row[0]: row[1] for row in await self._link.fetch(_STANDING, values)}

    async def tally(self, community: int, quiz: int) -> Tally:
        """The distribution of all answers."""
        where = and_(_ANSWER.community_id == community, _ANSWER.quiz_id == quiz)
        counts = select(_ANSWER.position, _ANSWER.option, func.count().label("n")).where(where)
        chosen: dict[int, dict[int, int]] = {}
        for row in await self._link.execute(counts.group_by(_ANSWER.position, _ANSWER.option)):
            chosen.setdefault(row.position, {})[row.option] = row.n
        each = select(func.count().label("n")).where(where).group_by(_ANSWER.person_id)
        answered = list((await self._link.execute(each)).scalars())
        stored = await self._one(select(tables.quiz).where(_AT.community_id == community, _AT.id == quiz))
        size = len(stored.items) if stored else 0
        return Tally(chosen, len(answered), sum(count == size for count in answered))

    async def _this(self, prepared: Prepared, community: int, quiz: int) -> Quiz | None:
        rows = await self._link.fetch(prepared, {"community_id": community, "quiz_id": quiz})
        return _to_quiz(rows[0]) if rows else None

    async def _one(self, statement: Select[Any]) -> Quiz | None:
        row = (await self._link.execute(statement)).one_or_none()
        return _to_quiz(row) if row else None


def _to_quiz(row: Any) -> Quiz:
    community, number, day, opens_at, closes_at, items, state, streak = row
    return Quiz(
        community, number, date.fromordinal(day), opens_at, closes_at, _ITEMS.decode(items), State(state), streak
    )
