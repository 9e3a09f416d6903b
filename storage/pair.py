"""People who finish their daily quizzes together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select

from bot.domain.pair import Pair, State
from storage import tables
from storage.link import Prepared
from storage.rows import Rows

_AT = tables.pair.c
_TOGETHER = Prepared(
    lambda _: (
        select(tables.pair)
        .where(
            _AT.community_id == bindparam("community_id"),
            or_(_AT.person_id == bindparam("who"), _AT.buddy_id == bindparam("who")),
            _AT.state == State.TOGETHER.value,
        )
        .with_for_update()
    )
)


class Pairs(Rows):
    """See `bot.repository.Pairs`."""

    async def together(self, community: int, person: int) -> Pair | None:
        """The pair that the person is in, locked."""
        rows = await self._link.fetch(_TOGETHER, {"community_id": community, "who": person})
        return _to_pair(rows[0]) if rows else None

    async def of(self, community: int, person: int) -> Sequence[Pair]:
        """All pairs of the person."""
        either = or_(_AT.person_id == person, _AT.buddy_id == person)
        statement = select(tables.pair).where(_AT.community_id == community, either)
        rows = await self._link.execute(statement.order_by(_AT.at, _AT.person_id, _AT.buddy_id))
        return [_to_pair(row) for row in rows]

    async def put(self, pair: Pair) -> None:
        """Add a pair or store its changed state."""
        await self._upsert(
            tables.pair,
            {
                "community_id": pair.community,
                "person_id": pair.person,
                "buddy_id": pair.buddy,
                "at": pair.at,
                "state": pair.state.value,
                "length": pair.length,
                "best": pair.best,
                "last_day": pair.last and pair.last.toordinal(),
            },
        )


def _to_pair(row: Any) -> Pair:
    community, person, buddy, at, state, length, best, last = row
    return Pair(
        community, person, buddy, at, State(state), length, best, None if last is None else date.fromordinal(last)
    )
