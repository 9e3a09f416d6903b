"""Members who want to hear of questions, and which of them hear of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, union_all, update

from storage import tables
from storage.rows import Rows

_AT = tables.helper.c
_OWNER = tables.question_owner.c
_CALL = tables.helper_call.c
_ANSWER = tables.question_answer.c


class Helpers(Rows):
    """The part of `bot.repository.Questions` that is about helpers."""

    async def help_with(self, community: int, person: int, topic: str, at: datetime) -> None:
        """Let that person hear of questions about this topic, "" for all of them."""
        # A call at this moment changes the rows of a helper together.
        await self._count_on(community)
        asked = (await self._link.execute(select(func.max(_AT.asked_at)).where(_is(community, person)))).scalar()
        values = {"community_id": community, "person_id": person, "topic": topic, "asked_at": asked or at}
        await self._link.execute(self._link.insert(tables.helper).values(values).on_conflict_do_nothing())

    async def help_no_more(self, community: int, person: int, topic: str) -> None:
        """End that."""
        await self._link.execute(delete(tables.helper).where(_is(community, person), _AT.topic == topic))

    async def helps_with(self, community: int, person: int) -> Sequence[str]:
        """The topics of which that person wants to hear, in alphabetical order."""
        statement = select(_AT.topic).where(_is(community, person))
        return sorted(row.topic for row in await self._link.execute(statement))

    async def call_helpers(
        self, community: int, question: int, topics: Sequence[str], rested: datetime, most: int, at: datetime
    ) -> Sequence[int]:
        """Choose helpers for this question, those asked the longest ago first."""
        # Two questions at once must not call the same person.
        await self._count_on(community)
        parts = [_longest(community, question, topic, rested, most) for topic in dict.fromkeys((*topics, ""))]
        found = sorted((row.asked_at, row.person_id) for row in await self._link.execute(union_all(*parts)))
        chosen = list(dict.fromkeys(person for _, person in found))[:most]
        if chosen:
            where = and_(_AT.community_id == community, _AT.person_id.in_(chosen))
            await self._link.execute(update(tables.helper).where(where).values(asked_at=at))
            key = {"community_id": community, "question_id": question, "at": at}
            await self._link.execute(insert(tables.helper_call), [{**key, "person_id": person} for person in chosen])
        return chosen


def _is(community: int, person: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.person_id == person)


def _longest(community: int, question: int, topic: str, rested: datetime, most: int) -> Select[Any]:
    """Helpers of one topic that were asked the longest ago."""
    wait = and_(_AT.community_id == community, _AT.topic == topic, _AT.asked_at < rested)
    knows = [
        _AT.person_id.not_in(select(person).where(its.community_id == community, its.question_id == question))
        for its, person in ((_OWNER, _OWNER.person_id), (_CALL, _CALL.person_id), (_ANSWER, _ANSWER.author))
    ]
    statement = select(_AT.asked_at, _AT.person_id).where(wait, *knows)
    return select(statement.order_by(_AT.asked_at, _AT.person_id).limit(most).subquery())
