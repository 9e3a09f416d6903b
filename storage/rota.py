"""Turns with the duties of a group."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from bot.domain.rota import Reply, State, Turn
from storage import tables
from storage.rows import Rows

_HELPER = tables.rota_helper.c
_TURN = tables.rota_turn.c
_REPLY = tables.rota_reply.c


class Rotas(Rows):
    """See `bot.repository.Rotas`."""

    async def join(self, community: int, person: int, week: date) -> None:
        """Let that person have small duties."""
        values = {"community_id": community, "person_id": person, "since": week.toordinal()}
        await self._link.execute(self._link.insert(tables.rota_helper).values(values).on_conflict_do_nothing())

    async def leave(self, community: int, person: int) -> None:
        """End that."""
        where = and_(_HELPER.community_id == community, _HELPER.person_id == person)
        await self._link.execute(delete(tables.rota_helper).where(where))

    async def helpers(self, community: int) -> Mapping[int, date]:
        """Who has small duties, and since when."""
        statement = select(_HELPER.person_id, _HELPER.since).where(_HELPER.community_id == community)
        return {person: date.fromordinal(since) for person, since in await self._link.execute(statement)}

    async def put(self, turn: Turn) -> None:
        """Store a turn."""
        await self._upsert(tables.rota_turn, {**_key(turn), "person_id": turn.person, "state": turn.state})

    async def get(self, community: int, week: date, duty: int) -> Turn | None:
        """The turn with that duty in that week."""
        return next((turn for turn in await self.week(community, week) if turn.duty == duty), None)

    async def week(self, community: int, week: date) -> Sequence[Turn]:
        """All turns of that week, by duty."""
        where = and_(_TURN.community_id == community, _TURN.week == week.toordinal())
        rows = await self._link.execute(select(tables.rota_turn).where(where).order_by(_TURN.duty))
        return [_to_turn(row) for row in rows]

    async def past(self, community: int, since: date) -> Sequence[Turn]:
        """The turns that somebody had, from that week on."""
        had = and_(_TURN.community_id == community, _TURN.week >= since.toordinal(), _TURN.person_id != 0)
        statement = select(tables.rota_turn).where(had).order_by(_TURN.week, _TURN.duty)
        return [_to_turn(row) for row in await self._link.execute(statement)]

    async def note(self, turn: Turn, person: int, reply: Reply) -> None:
        """Keep what that person was asked about this turn, or said to it."""
        await self._upsert(tables.rota_reply, {**_key(turn), "person_id": person, "reply": reply})

    async def replies(self, turn: Turn) -> Mapping[int, Reply]:
        """Who was asked about this turn or gave it back."""
        rows = await self._link.execute(select(_REPLY.person_id, _REPLY.reply).where(_about(turn)))
        return {row.person_id: Reply(row.reply) for row in rows}


def _about(turn: Turn) -> ColumnElement[bool]:
    return and_(_REPLY.community_id == turn.community, _REPLY.week == turn.week.toordinal(), _REPLY.duty == turn.duty)


def _key(turn: Turn) -> dict[str, Any]:
    return {"community_id": turn.community, "week": turn.week.toordinal(), "duty": turn.duty}


def _to_turn(row: Any) -> Turn:
    community, week, duty, person, state = row
    return Turn(community, date.fromordinal(week), duty, person, State(state))
