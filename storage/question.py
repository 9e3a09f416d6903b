"""Questions of a community, and whose they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from bot.domain.question import Question, State, Wish
from storage import tables
from storage.helper import Helpers
from storage.reply import Replies
from storage.rows import packed

_QUESTION = msgspec.json.Decoder(Question)
LATELY = 300
"""Questions by which topics are ordered: counting those of all would cost more with each that is asked."""

_AT = tables.question.c
_TAG = tables.question_tag.c
_OWNER = tables.question_owner.c
_MUTE = tables.question_mute.c


class Questions(Replies, Helpers):
    """See `bot.repository.Questions`."""

    async def add(self, question: Question, owner: int) -> Question:
        """Store a new one."""
        await self._count_on(question.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == question.community)
        stored = replace(question, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id, "answers": 0, "accepted": 0}
        await self._link.execute(insert(tables.question).values({**key, **_values(stored)}))
        its = {"community_id": stored.community, "question_id": stored.id, "person_id": owner, "at": stored.asked_at}
        await self._link.execute(insert(tables.question_owner).values(its))
        await self._tag(stored)
        return stored

    async def save(self, question: Question) -> None:
        """Store a changed one, its topics too."""
        where = _is(question.community, question.id)
        await self._link.execute(update(tables.question).where(where).values(_values(question)))
        tagged = and_(_TAG.community_id == question.community, _TAG.question_id == question.id)
        await self._link.execute(delete(tables.question_tag).where(tagged))
        await self._tag(question)

    async def get(self, community: int, question: int) -> Question | None:
        """The question of that number."""
        return await self._one(select(_AT.body).where(_is(community, question)))

    async def hold(self, community: int, question: int) -> Question | None:
        """The same, held until this unit ends."""
        return await self._one(select(_AT.body).where(_is(community, question)).with_for_update())

    async def is_owner(self, community: int, question: int, person: int) -> bool:
        """Whether that person asked it: for rights."""
        return person == await self.owner(community, question) != 0

    async def owner(self, community: int, question: int) -> int:
        """Who asked it; 0 if there is no such question."""
        statement = select(_OWNER.person_id).where(_OWNER.community_id == community, _OWNER.question_id == question)
        return (await self._link.execute(statement)).scalar() or 0

    async def asked_since(self, community: int, person: int, since: datetime) -> int:
        """How many questions that person asked from then on."""
        where = and_(_OWNER.community_id == community, _OWNER.person_id == person, _OWNER.at >= since)
        count: int = (await self._link.execute(select(func.count()).where(where))).scalar_one()
        return count

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Question]:
        """Those that fit, the newest first."""
        statement = select(_AT.body).where(_AT.community_id == community)
        number: ColumnElement[int] = _AT.id
        if wish.state:
            statement = statement.where(_AT.state == wish.state)
        if wish.tag:
            statement = statement.join(tables.question_tag, _its(_TAG)).where(_TAG.tag == wish.tag)
            statement = statement.where(_TAG.state == wish.state) if wish.state else statement
            number = _TAG.question_id
        if wish.owner:
            statement = statement.join(tables.question_owner, _its(_OWNER)).where(_OWNER.person_id == wish.owner)
            number = _OWNER.question_id
        return await self._all(statement.order_by(number.desc()).offset(start).limit(most))

    async def some(self, community: int, questions: Sequence[int]) -> Sequence[Question]:
        """Those of these numbers that exist, in the order of their numbers."""
        where = and_(_AT.community_id == community, _AT.id.in_(questions))
        return await self._all(select(_AT.body).where(where).order_by(_AT.id))

    async def unanswered(self, community: int, most: int) -> Sequence[Question]:
        """Open ones without an answer, the oldest first."""
        where = and_(_AT.community_id == community, _AT.state == State.OPEN, _AT.answers == 0)
        return await self._all(select(_AT.body).where(where).order_by(_AT.id).limit(most))

    async def repeats(self, community: int, question: int) -> Sequence[int]:
        """The numbers of those that repeat this one."""
        where = and_(_AT.community_id == community, _AT.original == question)
        return [row.id for row in await self._link.execute(select(_AT.id).where(where).order_by(_AT.id))]

    async def tags(self, community: int) -> Sequence[str]:
        """The topics of what was asked last, most used first."""
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == community).scalar_subquery()
        where = and_(_TAG.community_id == community, _TAG.question_id > last - LATELY)
        counts = Counter(row.tag for row in await self._link.execute(select(_TAG.tag).where(where)))
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    async def mute(self, community: int, question: int, until: datetime) -> None:
        """Let whoever asked this one ask nothing anonymously until then; a longer time that was set before stands."""
        if owner := await self.owner(community, question):
            values = {"community_id": community, "person_id": owner, "until": until}
            statement = self._link.insert(tables.question_mute).values(values)
            longer = statement.on_conflict_do_update(
                index_elements=["community_id", "person_id"],
                set_={"until": statement.excluded.until},
                where=_MUTE.until < statement.excluded.until,
            )
            await self._link.execute(longer)

    async def muted_until(self, community: int, person: int) -> datetime | None:
        """Until when that person may ask nothing anonymously."""
        where = and_(_MUTE.community_id == community, _MUTE.person_id == person)
        until: datetime | None = (await self._link.execute(select(_MUTE.until).where(where))).scalar()
        return until

    async def _tag(self, question: Question) -> None:
        key = {"community_id": question.community, "question_id": question.id, "state": question.state}
        if rows := [{**key, "tag": tag} for tag in dict.fromkeys(question.tags)]:
            await self._link.execute(insert(tables.question_tag), rows)

    async def _all(self, statement: Select[Any]) -> Sequence[Question]:
        return [_QUESTION.decode(row.body) for row in await self._link.execute(statement)]

    async def _one(self, statement: Select[Any]) -> Question | None:
        return next(iter(await self._all(statement)), None)


def _is(community: int, question: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == question)


def _its(others: Any) -> ColumnElement[bool]:
    return and_(others.community_id == _AT.community_id, others.question_id == _AT.id)


def _values(question: Question) -> dict[str, Any]:
    return {"state": question.state, "original": question.original, "body": packed(question)}
