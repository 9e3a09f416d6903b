"""Suggestions of a community, whose they are, and the votes about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from bot.domain.suggestion import IN_VOTE, Ballot, State, Suggestion, Wish
from storage import tables
from storage.rows import Rows, packed

_SUGGESTION = msgspec.json.Decoder(Suggestion)
_BALLOT = msgspec.json.Decoder(Ballot)

_AT = tables.suggestion.c
_OWNER = tables.suggestion_owner.c
_VOTE = tables.suggestion_vote.c
_MONTH = tables.ballot.c
_ALL = select(_AT.body, _AT.person_id)


class Suggestions(Rows):
    """See `bot.repository.Suggestions`."""

    async def add(self, suggestion: Suggestion, owner: int) -> Suggestion:
        """Store a new one."""
        await self._count_on(suggestion.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == suggestion.community)
        stored = replace(suggestion, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.suggestion).values({**key, **_values(stored)}))
        its = {"community_id": stored.community, "suggestion_id": stored.id, "person_id": owner, "at": stored.at}
        await self._link.execute(insert(tables.suggestion_owner).values(its))
        return stored

    async def save(self, suggestion: Suggestion) -> None:
        """Store a changed one."""
        where = _is(suggestion.community, suggestion.id)
        await self._link.execute(update(tables.suggestion).where(where).values(_values(suggestion)))

    async def get(self, community: int, suggestion: int) -> Suggestion | None:
        """The suggestion of that number, a removed one too."""
        return await self._one(_ALL.where(_is(community, suggestion)))

    async def hold(self, community: int, suggestion: int) -> Suggestion | None:
        """The same, held until this unit ends."""
        return await self._one(_ALL.where(_is(community, suggestion)).with_for_update())

    async def is_owner(self, community: int, suggestion: int, person: int) -> bool:
        """Whether that person made it: for rights."""
        return person == await self.owner(community, suggestion) != 0

    async def owner(self, community: int, suggestion: int) -> int:
        """Who made it; 0 if there is no such suggestion."""
        where = and_(_OWNER.community_id == community, _OWNER.suggestion_id == suggestion)
        return (await self._link.execute(select(_OWNER.person_id).where(where))).scalar() or 0

    async def made_since(self, community: int, person: int, since: datetime) -> int:
        """How many suggestions that person made from then on."""
        where = and_(_OWNER.community_id == community, _OWNER.person_id == person, _OWNER.at >= since)
        count: int = (await self._link.execute(select(func.count()).where(where))).scalar_one()
        return count

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Suggestion]:
        """Those that fit, the newest first."""
        statement = _ALL.where(_AT.community_id == community, _AT.state.in_(wish.states))
        number: ColumnElement[int] = _AT.id
        if wish.owner:
            its = and_(_OWNER.community_id == _AT.community_id, _OWNER.suggestion_id == _AT.id)
            statement = statement.join(tables.suggestion_owner, its).where(_OWNER.person_id == wish.owner)
            number = _OWNER.suggestion_id
        return await self._all(statement.order_by(number.desc()).offset(start).limit(most))

    async def some(self, community: int, suggestions: Sequence[int]) -> Sequence[Suggestion]:
        """Those of these numbers that were not removed, in the order of their numbers."""
        where = and_(_AT.community_id == community, _AT.id.in_(suggestions), _AT.state != State.REMOVED)
        return await self._all(_ALL.where(where).order_by(_AT.id))

    async def waiting(self, community: int, most: int) -> Sequence[Suggestion]:
        """Those about which nothing was said yet, the oldest first."""
        where = and_(_AT.community_id == community, _AT.state == State.NEW)
        return await self._all(_ALL.where(where).order_by(_AT.id).limit(most))

    async def votable(self, community: int) -> Sequence[int]:
        """The numbers of those about which the group may be asked and was not asked yet."""
        where = and_(_AT.community_id == community, _AT.ballot == 0, _AT.state.in_(IN_VOTE))
        return sorted(row.id for row in await self._link.execute(select(_AT.id).where(where)))

    async def vote(self, community: int, suggestion: int, person: int, at: datetime) -> bool:
        """That person supports it; False if they did before."""
        values = {"community_id": community, "suggestion_id": suggestion, "person_id": person, "at": at}
        statement = self._link.insert(tables.suggestion_vote).values(values).on_conflict_do_nothing()
        return bool((await self._link.execute(statement)).rowcount)

    async def unvote(self, community: int, suggestion: int, person: int) -> bool:
        """Take it back; False if they did not support it."""
        where = and_(_of(community, (suggestion,)), _VOTE.person_id == person)
        return bool((await self._link.execute(delete(tables.suggestion_vote).where(where))).rowcount)

    async def votes(self, community: int, suggestions: Sequence[int]) -> Mapping[int, int]:
        """How many people support each of these."""
        count = select(_VOTE.suggestion_id, func.count().label("votes")).where(_of(community, suggestions))
        found = await self._link.execute(count.group_by(_VOTE.suggestion_id))
        return dict.fromkeys(suggestions, 0) | {row.suggestion_id: row.votes for row in found}

    async def voted(self, community: int, suggestions: Sequence[int], person: int) -> frozenset[int]:
        """Which of these that person supports."""
        mine = select(_VOTE.suggestion_id).where(_of(community, suggestions), _VOTE.person_id == person)
        return frozenset(row.suggestion_id for row in await self._link.execute(mine))

    async def voters(self, community: int, suggestions: Sequence[int]) -> int:
        """How many people support at least one of these."""
        statement = select(func.count(_VOTE.person_id.distinct())).where(_of(community, suggestions))
        count: int = (await self._link.execute(statement)).scalar_one()
        return count

    async def put_ballot(self, ballot: Ballot) -> None:
        """Store the vote of its month, or what became of it."""
        values = {"community_id": ballot.community, "month": ballot.month, "body": packed(ballot)}
        await self._upsert(tables.ballot, values)

    async def ballot(self, community: int, month: int) -> Ballot | None:
        """The vote of that month."""
        where = and_(_MONTH.community_id == community, _MONTH.month == month)
        body = (await self._link.execute(select(_MONTH.body).where(where))).scalar()
        return None if body is None else _BALLOT.decode(body)

    async def _all(self, statement: Select[Any]) -> Sequence[Suggestion]:
        rows = await self._link.execute(statement)
        return [replace(_SUGGESTION.decode(row.body), author=row.person_id) for row in rows]

    async def _one(self, statement: Select[Any]) -> Suggestion | None:
        return next(iter(await self._all(statement)), None)


def _is(community: int, suggestion: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == suggestion)


def _of(community: int, suggestions: Sequence[int]) -> ColumnElement[bool]:
    return and_(_VOTE.community_id == community, _VOTE.suggestion_id.in_(suggestions))


def _values(suggestion: Suggestion) -> dict[str, Any]:
    """The author stands in a column alone, so that it can be taken out there."""
    return {
        "state": suggestion.state,
        "ballot": suggestion.ballot,
        "person_id": suggestion.author,
        "body": packed(replace(suggestion, author=0)),
    }
