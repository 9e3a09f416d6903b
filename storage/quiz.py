"""Quizzes and their answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Executable, and_, bindparam, case, delete, exists, func, select, true, update

from bot.domain.attempt import Attempt
from bot.domain.items import Item
from bot.domain.quiz import Answer, Kind, Quiz, State, Tally
from storage import tables
from storage.link import Prepared
from storage.rows import Rows, packed

_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_AT = tables.quiz.c
_ANSWER = tables.answer.c
_RECALL = tables.recall.c

_THIS = and_(_AT.community_id == bindparam("community_id"), _AT.id == bindparam("quiz_id"))
_HOLD = Prepared(lambda _: select(tables.quiz).where(_THIS).with_for_update(read=True))
_SEIZE = Prepared(lambda _: select(tables.quiz).where(_THIS).with_for_update())
_PUT = Prepared(lambda insert: insert(tables.answer).on_conflict_do_nothing().returning(_ANSWER.position))
_STANDING = Prepared(
    lambda _: select(_ANSWER.position, _ANSWER.response).where(
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
    """See `bot.repository.Quizzes`. A live round has no `day`, which keeps it out of all that goes by days."""

    async def add(self, quiz: Quiz) -> Quiz | None:
        """Store a new quiz; None if that day has one already."""
        await self._count_on(quiz.community)
        number = select(func.coalesce(func.max(_AT.id), 0) + 1).where(_AT.community_id == quiz.community)
        statement = (
            self._link.insert(tables.quiz)
            .values(
                community_id=quiz.community,
                id=number.scalar_subquery(),
                kind=quiz.kind,
                day=quiz.day.toordinal() if quiz.day else None,
                opens_at=quiz.opens_at,
                closes_at=quiz.closes_at,
                items=packed(quiz.items),
                state=quiz.state,
                streak=quiz.streak,
            )
            .on_conflict_do_nothing(index_elements=["community_id", "day"])
            .returning(tables.quiz)
        )
        return await self._one(statement)

    async def get(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, held against being closed by another until this unit ends."""
        return await self._this(_HOLD, community, quiz)

    async def seize(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, once every answer on its way is in; later ones wait until this unit ends."""
        return await self._this(_SEIZE, community, quiz)

    async def latest(self, community: int) -> Quiz | None:
        """The daily quiz that opened last."""
        where = and_(_AT.community_id == community, _AT.day.is_not(None))
        return await self._one(select(tables.quiz).where(where).order_by(_AT.day.desc()).limit(1))

    async def newest(self, community: int, most: int) -> Sequence[Quiz]:
        """The quizzes of any kind that opened last, the newest first."""
        statement = select(tables.quiz).where(_AT.community_id == community).order_by(_AT.id.desc()).limit(most)
        return [_to_quiz(row) for row in await self._link.execute(statement)]

    async def holding(self, community: int, item: int) -> Sequence[Quiz]:
        """The quizzes that asked this item, the newest first, none of them held: seize each before amending it.

        Every quiz of the community is looked through. The number is looked for as it is written in the JSON, so that
        only quizzes that do contain it are read; a question's own words cannot look like that, for their quotes are
        escaped.
        """
        written = _AT["items"].contains(f'"community":{community},"id":{item},', autoescape=True)
        statement = select(tables.quiz).where(_AT.community_id == community, written)
        rows = await self._link.execute(statement.order_by(_AT.opens_at.desc(), _AT.id.desc()))
        return [_to_quiz(row) for row in rows]

    async def amend(self, quiz: Quiz) -> None:
        """Store the quiz with a corrected key in its copies of the items."""
        await self._link.execute(update(tables.quiz).where(_is(quiz)).values(items=packed(quiz.items)))

    async def before(self, quiz: Quiz) -> Quiz | None:
        """The quiz of the day before that one on which there was any; None for a live round."""
        if quiz.day is None:
            return None
        where = and_(_AT.community_id == quiz.community, _AT.day < quiz.day.toordinal())
        return await self._one(select(tables.quiz).where(where).order_by(_AT.day.desc()).limit(1))

    async def close(self, quiz: Quiz, streak: int) -> None:
        """End a quiz with the group's streak: from this commit on, no answer counts."""
        await self._link.execute(update(tables.quiz).where(_is(quiz)).values(state=State.CLOSED, streak=streak))

    async def days_between(self, community: int, after: int, before: int) -> int:
        """How many daily quizzes were posted on days strictly between these two."""
        (row,) = await self._link.fetch(_BETWEEN, {"community_id": community, "after": after, "before": before})
        return int(row[0])

    async def answer(self, quiz: Quiz, person: int, answer: Answer, at: datetime) -> Mapping[int, str]:
        """Store an answer unless that person answered that item already; returns all that stands."""
        item = quiz.items[answer.position]
        values = {
            "community_id": quiz.community,
            "quiz_id": quiz.id,
            "person_id": person,
            "position": answer.position,
            "item_id": item.id,
            "version": item.version,
            "response": answer.response,
            "right": answer.right,
            "at": at,
        }
        await self._link.fetch(_PUT, values)
        return await self.answers(quiz.community, quiz.id, person)

    async def retract(self, quiz: Quiz, person: int, position: int) -> None:
        """Take an answer back."""
        await self._link.execute(delete(tables.answer).where(_given(quiz, person, position)))

    async def answers(self, community: int, quiz: int, person: int) -> Mapping[int, str]:
        """A person's stored responses by position."""
        values = {"community_id": community, "quiz_id": quiz, "person_id": person}
        return {row[0]: row[1] for row in await self._link.fetch(_STANDING, values)}

    async def all_answers(self, community: int, quiz: int) -> Mapping[int, Sequence[Answer]]:
        """Everybody's answers by person, each person's in the order of the items."""
        columns = (_ANSWER.person_id, _ANSWER.position, _ANSWER.response, _ANSWER.right)
        statement = select(*columns).where(_to(community, quiz)).order_by(_ANSWER.person_id, _ANSWER.position)
        found: dict[int, list[Answer]] = {}
        for person, position, response, right in await self._link.execute(statement):
            found.setdefault(person, []).append(Answer(position, response, right))
        return found

    async def judge(self, quiz: Quiz, person: int, position: int, right: bool) -> None:
        """Store that an answer is judged otherwise than before."""
        statement = update(tables.answer).where(_given(quiz, person, position)).values({_ANSWER.right: right})
        await self._link.execute(statement)

    async def answered(self, community: int, quiz: int, position: int) -> int:
        """How many answered that item."""
        where = and_(_to(community, quiz), _ANSWER.position == position)
        statement = select(func.count()).select_from(tables.answer).where(where)
        found: int = (await self._link.execute(statement)).scalar_one()
        return found

    async def results(self, community: int, since: datetime) -> Mapping[int, tuple[int, int]]:
        """By item, how many answers since then were right, and how many there were."""
        right = func.sum(case((_ANSWER.right, 1), else_=0))
        statement = select(_ANSWER.item_id, right, func.count()).group_by(_ANSWER.item_id)
        where = and_(_ANSWER.community_id == community, _ANSWER.at >= since)
        return {item: (int(good), count) for item, good, count in await self._link.execute(statement.where(where))}

    async def attempts(self, community: int, items: Sequence[int]) -> Sequence[Attempt]:
        """First attempts at these items (none given: at all), without those practised before they were asked."""
        same = (_ANSWER.item_id, _ANSWER.person_id)
        first = func.row_number().over(partition_by=same, order_by=(_ANSWER.at, _ANSWER.quiz_id, _ANSWER.position))
        columns = (_ANSWER.item_id, _ANSWER.version, _ANSWER.person_id, _ANSWER.response, _ANSWER.right)
        which = _ANSWER.item_id.in_(items) if items else true()
        tries = select(*columns, first.label("n")).where(_ANSWER.community_id == community, which, ~_practised())
        found = tries.subquery()
        statement = select(*(found.c[column.name] for column in columns)).where(found.c.n == 1)
        rows = await self._link.execute(statement.order_by(found.c.item_id, found.c.person_id))
        return [Attempt(*row) for row in rows]

    async def tally(self, community: int, quiz: int) -> Tally:
        """The distribution of all answers."""
        where, given = _to(community, quiz), (_ANSWER.position, _ANSWER.response)
        right = func.sum(case((_ANSWER.right, 1), else_=0))
        chosen: dict[int, dict[str, int]] = {}
        correct: dict[int, int] = {}
        counts = select(*given, func.count(), right).where(where).group_by(*given)
        for position, response, count, good in await self._link.execute(counts):
            chosen.setdefault(position, {})[response] = count
            correct[position] = correct.get(position, 0) + good
        each = select(func.count().label("n")).where(where).group_by(_ANSWER.person_id)
        answered = [row.n for row in await self._link.execute(each)]
        stored = await self._one(select(tables.quiz).where(_AT.community_id == community, _AT.id == quiz))
        size = len(stored.items) if stored else 0
        return Tally(chosen, correct, len(answered), sum(count == size for count in answered))

    async def _this(self, prepared: Prepared, community: int, quiz: int) -> Quiz | None:
        rows = await self._link.fetch(prepared, {"community_id": community, "quiz_id": quiz})
        return _to_quiz(rows[0]) if rows else None

    async def _one(self, statement: Executable) -> Quiz | None:
        row = (await self._link.execute(statement)).one_or_none()
        return _to_quiz(row) if row else None


def _is(quiz: Quiz) -> ColumnElement[bool]:
    return and_(_AT.community_id == quiz.community, _AT.id == quiz.id)


def _to(community: int, quiz: int) -> ColumnElement[bool]:
    return and_(_ANSWER.community_id == community, _ANSWER.quiz_id == quiz)


def _given(quiz: Quiz, person: int, position: int) -> ColumnElement[bool]:
    return and_(_to(quiz.community, quiz.id), _ANSWER.person_id == person, _ANSWER.position == position)


def _practised() -> ColumnElement[bool]:
    """Whether the person knew the item from practice when it was asked."""
    return exists().where(
        _RECALL.community_id == _ANSWER.community_id,
        _RECALL.person_id == _ANSWER.person_id,
        _RECALL.item_id == _ANSWER.item_id,
        _RECALL.since < _ANSWER.at,
    )


def _to_quiz(row: Any) -> Quiz:
    community, number, kind, day, opens_at, closes_at, items, state, streak = row
    when = None if day is None else date.fromordinal(day)
    asked = _ITEMS.decode(items)
    return Quiz(community, number, when, opens_at, closes_at, asked, State(state), streak, Kind(kind))
