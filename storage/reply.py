"""Answers to members' questions, and who finds them useful."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from bot.domain.question import Answer, Count
from storage import tables
from storage.rows import Rows, packed

_ANSWER = msgspec.json.Decoder(Answer)
_AT = tables.question_answer.c
_VOTE = tables.question_vote.c
_QUESTION = tables.question.c


class Replies(Rows):
    """The part of `bot.repository.Questions` that is about answers and votes."""

    async def add_answer(self, answer: Answer) -> Answer:
        """Store a new answer."""
        last = select(func.coalesce(func.max(_AT.number), 0)).where(_to(answer.community, answer.question))
        stored = replace(answer, number=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "question_id": stored.question, "number": stored.number}
        await self._link.execute(insert(tables.question_answer).values({**key, **_values(stored)}))
        await self.recount(stored.community, stored.question)
        return stored

    async def save_answer(self, answer: Answer) -> None:
        """Store a changed one."""
        where = and_(_to(answer.community, answer.question), _AT.number == answer.number)
        await self._link.execute(update(tables.question_answer).where(where).values(_values(answer)))
        await self.recount(answer.community, answer.question)

    async def answer(self, community: int, question: int, number: int) -> Answer | None:
        """The answer of that number, a withdrawn one too."""
        statement = select(_AT.body).where(_to(community, question), _AT.number == number)
        return next(iter(await self._answers(statement)), None)

    async def answers(self, community: int, question: int) -> Sequence[Answer]:
        """Those that were not withdrawn, the oldest first."""
        statement = select(_AT.body).where(_to(community, question), ~_AT.withdrawn)
        return await self._answers(statement.order_by(_AT.number))

    async def counts(self, community: int, questions: Sequence[int]) -> Mapping[int, Count]:
        """How many answers each of these has, withdrawn ones not counted."""
        columns = (_QUESTION.id, _QUESTION.answers, _QUESTION.accepted)
        statement = select(*columns).where(_QUESTION.community_id == community, _QUESTION.id.in_(questions))
        found = {number: Count(answers, accepted) for number, answers, accepted in await self._link.execute(statement)}
        return {number: found.get(number, Count()) for number in questions}

    async def vote(self, community: int, question: int, answer: int, person: int, at: datetime) -> bool:
        """That person finds this answer useful; False if they said so before."""
        values = {
            "community_id": community,
            "question_id": question,
            "person_id": person,
            "answer": answer,
            "at": at,
        }
        statement = self._link.insert(tables.question_vote).values(values).on_conflict_do_nothing()
        return bool((await self._link.execute(statement)).rowcount)

    async def unvote(self, community: int, question: int, answer: int, person: int) -> bool:
        """Take it back; False if it was not said."""
        where = and_(_on(community, question), _VOTE.person_id == person, _VOTE.answer == answer)
        return bool((await self._link.execute(delete(tables.question_vote).where(where))).rowcount)

    async def votes(self, community: int, question: int) -> Mapping[int, int]:
        """How many people find each answer useful."""
        columns = (_VOTE.answer, func.count().label("people"))
        statement = select(*columns).where(_on(community, question)).group_by(_VOTE.answer)
        return {row.answer: row.people for row in await self._link.execute(statement)}

    async def voted(self, community: int, question: int, person: int) -> frozenset[int]:
        """Which answers that person finds useful."""
        statement = select(_VOTE.answer).where(_on(community, question), _VOTE.person_id == person)
        return frozenset(row.answer for row in await self._link.execute(statement))

    async def recount(self, community: int, question: int) -> None:
        """Note in the question how many answers it has: lists could not look at all answers of each."""
        stands = and_(_to(community, question), ~_AT.withdrawn)
        count = select(func.count()).select_from(tables.question_answer)
        values = {
            "answers": count.where(stands).scalar_subquery(),
            "accepted": count.where(stands, _AT.accepted).scalar_subquery(),
        }
        where = and_(_QUESTION.community_id == community, _QUESTION.id == question)
        await self._link.execute(update(tables.question).where(where).values(values))

    async def _answers(self, statement: Select[Any]) -> Sequence[Answer]:
        return [_ANSWER.decode(row.body) for row in await self._link.execute(statement)]


def _to(community: int, question: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.question_id == question)


def _on(community: int, question: int) -> ColumnElement[bool]:
    return and_(_VOTE.community_id == community, _VOTE.question_id == question)


def _values(answer: Answer) -> dict[str, Any]:
    return {
        "author": answer.author,
        "accepted": answer.accepted,
        "withdrawn": answer.withdrawn,
        "at": answer.at,
        "body": packed(answer),
    }
