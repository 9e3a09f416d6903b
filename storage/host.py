"""Who leads sessions in turn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import and_, delete, select

from bot.domain.host import Host, State, Turn
from storage import tables
from storage.rows import Rows, packed

_HOST = tables.session_host.c
_TURN = tables.session_turn.c


class Hosts(Rows):
    """See `bot.repository.Hosts`."""

    async def join(self, host: Host) -> None:
        """Let that person lead in turn."""
        values = {
            "community_id": host.community,
            "person_id": host.person,
            "since": host.since.toordinal(),
            "topics": packed(host.topics),
        }
        statement = self._link.insert(tables.session_host).values(values)
        keys = ["community_id", "person_id"]
        topics = {"topics": statement.excluded.topics}
        await self._link.execute(statement.on_conflict_do_update(index_elements=keys, set_=topics))

    async def leave(self, community: int, person: int) -> None:
        """End that."""
        where = and_(_HOST.community_id == community, _HOST.person_id == person)
        await self._link.execute(delete(tables.session_host).where(where))

    async def all(self, community: int) -> Sequence[Host]:
        """Everybody who leads in turn."""
        statement = select(tables.session_host).where(_HOST.community_id == community).order_by(_HOST.person_id)
        return [_to_host(row) for row in await self._link.execute(statement)]

    async def put(self, turn: Turn) -> None:
        """Keep what somebody has to do with a date."""
        values = {
            "community_id": turn.community,
            "session_id": turn.series,
            "day": turn.day.toordinal(),
            "person_id": turn.person,
            "state": turn.state,
            "at": turn.at,
        }
        await self._upsert(tables.session_turn, values)

    async def turns(self, community: int, series: int, day: date) -> Sequence[Turn]:
        """All turns of one date."""
        date_ = and_(_TURN.session_id == series, _TURN.day == day.toordinal())
        statement = select(tables.session_turn).where(_TURN.community_id == community, date_)
        rows = await self._link.execute(statement.order_by(_TURN.at, _TURN.person_id))
        return [_to_turn(row) for row in rows]

    async def past(self, community: int, since: date) -> Sequence[Turn]:
        """All turns of dates from that day on."""
        where = and_(_TURN.community_id == community, _TURN.day >= since.toordinal())
        rows = await self._link.execute(select(tables.session_turn).where(where).order_by(_TURN.day, _TURN.person_id))
        return [_to_turn(row) for row in rows]


def _to_host(row: Any) -> Host:
    community, person, since, topics = row
    return Host(community, person, date.fromordinal(since), msgspec.json.decode(topics, type=tuple[str, ...]))


def _to_turn(row: Any) -> Turn:
    community, series, day, person, state, at = row
    return Turn(community, series, date.fromordinal(day), person, State(state), at)
