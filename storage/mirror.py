"""Events in the lists of platforms that show the next dates of series."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from bot.domain.mirror import Mirror
from storage import tables
from storage.rows import Rows

_AT = tables.session_mirror.c


class Mirrors(Rows):
    """See `bot.repository.Mirrors`."""

    async def put(self, mirror: Mirror) -> None:
        """Store it as it is now."""
        values = {
            "community_id": mirror.community,
            "session_id": mirror.series,
            "platform": mirror.platform,
            "chat": mirror.chat,
            "day": _ordinal(mirror.day),
            "event": mirror.event,
            "print": mirror.print,
            "sent_day": _ordinal(mirror.sent_day),
            "sent_print": mirror.sent_print,
        }
        await self._upsert(tables.session_mirror, values)

    async def drop(self, mirror: Mirror) -> None:
        """Nothing is shown there any more."""
        where = _is(mirror.community, mirror.series, mirror.platform, mirror.chat)
        await self._link.execute(delete(tables.session_mirror).where(where))

    async def get(self, community: int, series: int, platform: str, chat: str) -> Mirror | None:
        """What is shown of that series there."""
        return await self._one(_is(community, series, platform, chat))

    async def of_event(self, community: int, platform: str, chat: str, event: str) -> Mirror | None:
        """What that event shows."""
        there = and_(_AT.platform == platform, _AT.chat == chat, _AT.event == event)
        return await self._one(and_(there, _AT.community_id == community))

    async def _one(self, where: ColumnElement[bool]) -> Mirror | None:
        rows = await self._link.execute(select(tables.session_mirror).where(where).limit(1))
        return next(map(_to_mirror, rows), None)


def _is(community: int, series: int, platform: str, chat: str) -> ColumnElement[bool]:
    there = and_(_AT.platform == platform, _AT.chat == chat)
    return and_(_AT.community_id == community, _AT.session_id == series, there)


def _to_mirror(row: Any) -> Mirror:
    community, series, platform, chat, day, event, print_, sent_day, sent_print = row
    return Mirror(community, series, platform, chat, _day(day), event, print_, _day(sent_day), sent_print)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
