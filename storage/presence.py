"""Who was there on dates of sessions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update

from bot.domain.presence import Presence, Way
from storage import tables
from storage.rows import Rows

_AT = tables.session_presence.c


class Presences(Rows):
    """See `bot.repository.Presences`."""

    async def come(self, presence: Presence) -> bool:
        """Note that somebody is there."""
        statement = self._link.insert(tables.session_presence).values(_values(presence))
        new = {"way": statement.excluded.way, "at": statement.excluded.at}
        noted = statement.on_conflict_do_update(
            index_elements=list(tables.session_presence.primary_key), set_=new, where=_AT.way == Way.VOICE
        )
        return (await self._link.execute(noted.returning(_AT.person_id))).first() is not None

    async def enter(self, community: int, series: int, day: date, person: int, at: datetime) -> None:
        """Somebody came into the voice channel."""
        values = _values(Presence(community, series, day, person, Way.VOICE, at, entered_at=at))
        statement = self._link.insert(tables.session_presence).values(values)
        back = statement.on_conflict_do_update(
            index_elements=list(tables.session_presence.primary_key),
            set_={"entered_at": statement.excluded.entered_at},
            where=_AT.entered_at.is_(None),
        )
        await self._link.execute(back)

    async def leave(self, community: int, series: int, day: date, person: int, at: datetime) -> None:
        """Somebody left it."""
        one = and_(_is(community, series, day), _AT.person_id == person)
        found = (await self._link.execute(select(tables.session_presence).where(one).with_for_update())).one_or_none()
        if found is None or found.entered_at is None:
            return
        spent = _to_presence(found).spent(at) // timedelta(seconds=1)
        await self._link.execute(update(tables.session_presence).where(one).values(seconds=spent, entered_at=None))

    async def inside(self, community: int, series: int, day: date) -> Sequence[Presence]:
        """Those who are in the voice channel."""
        return await self._some(and_(_is(community, series, day), _AT.entered_at.is_not(None)))

    async def part(self, community: int, series: int, day: date, person: int, words: str) -> bool:
        """Keep what somebody takes along."""
        one = and_(_is(community, series, day), _AT.person_id == person)
        changed = update(tables.session_presence).where(one).values(parting=words)
        return bool((await self._link.execute(changed)).rowcount)

    async def of_date(self, community: int, series: int, day: date) -> Sequence[Presence]:
        """All of that date."""
        return await self._some(_is(community, series, day))

    async def since(self, community: int, day: date) -> Sequence[Presence]:
        """All of the dates from that day on."""
        return await self._some(and_(_AT.community_id == community, _AT.day >= day.toordinal()))

    async def _some(self, where: ColumnElement[bool]) -> Sequence[Presence]:
        statement = select(tables.session_presence).where(where).order_by(_AT.day, _AT.session_id, _AT.person_id)
        return [_to_presence(row) for row in await self._link.execute(statement)]


def _is(community: int, series: int, day: date) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.session_id == series, _AT.day == day.toordinal())


def _values(presence: Presence) -> dict[str, Any]:
    return {
        "community_id": presence.community,
        "session_id": presence.series,
        "day": presence.day.toordinal(),
        "person_id": presence.person,
        "way": presence.way,
        "at": presence.at,
        "seconds": presence.seconds,
        "entered_at": presence.entered_at,
        "parting": presence.parting,
    }


def _to_presence(row: Any) -> Presence:
    community, series, day, person, way, at, seconds, entered_at, parting = row
    return Presence(community, series, date.fromordinal(day), person, Way(way), at, seconds, entered_at, parting)
