"""What moderators decide and do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update

from bot.domain.moderation import Appeal, Deed, Kind, Record, Sanction, State
from storage import tables
from storage.rows import Rows, packed

_SANCTION = msgspec.json.Decoder(Sanction)
_AT = tables.sanction.c
_RECORD = tables.record.c


class Sanctions(Rows):
    """See `bot.repository.Sanctions`."""

    async def add(self, sanction: Sanction) -> Sanction:
        """Store a new one."""
        await self._count_on(sanction.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == sanction.community)
        stored = replace(sanction, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.sanction).values(key | _values(stored)))
        return stored

    async def save(self, sanction: Sanction) -> None:
        """Store a changed one."""
        where = _is(sanction.community, sanction.id)
        await self._link.execute(update(tables.sanction).where(where).values(_values(sanction)))

    async def get(self, community: int, sanction: int) -> Sanction | None:
        """The one of that number."""
        found = await self._all(select(_AT.body).where(_is(community, sanction)))
        return found[0] if found else None

    async def hold(self, community: int, sanction: int) -> Sanction | None:
        """The same, held until this unit ends."""
        found = await self._all(select(_AT.body).where(_is(community, sanction)).with_for_update())
        return found[0] if found else None

    async def of(self, community: int, person: int, most: int) -> Sequence[Sanction]:
        """Those about that person, newest first."""
        where = and_(_AT.community_id == community, _AT.person_id == person)
        return await self._all(select(_AT.body).where(where).order_by(_AT.id.desc()).limit(most))

    async def active(self, community: int, person: int, kind: Kind, now: datetime) -> Sequence[Sanction]:
        """Those that hold now, newest first."""
        holds = and_(_AT.state == State.ACTIVE, or_(_AT.until.is_(None), _AT.until > now))
        where = and_(_AT.community_id == community, _AT.person_id == person, _AT.kind == kind, holds)
        return await self._all(select(_AT.body).where(where).order_by(_AT.id.desc()))

    async def page(self, community: int, words: str, start: int, most: int) -> Sequence[Sanction]:
        """Those whose reason or evidence contains these words, newest first."""
        where, wanted = _AT.community_id == community, words.casefold()
        newest = select(_AT.body).where(where).order_by(_AT.id.desc())
        if not wanted:
            return await self._all(newest.offset(start).limit(most))
        if wanted.isascii():  # other letters are not made small by SQLite
            newest = newest.where(func.lower(_AT.body).contains(_inside(wanted), autoescape=True))
        found = await self._all(newest)
        # The rest of the body has words too, which nobody wrote.
        return [each for each in found if _has(each, wanted)][start : start + most]

    async def appealed(self, community: int) -> Sequence[Sanction]:
        """Those of which an appeal is open, oldest first."""
        where = and_(_AT.community_id == community, _AT.appeal == Appeal.OPEN)
        return await self._all(select(_AT.body).where(where).order_by(_AT.id))

    async def _all(self, statement: Select[Any]) -> list[Sanction]:
        return [_SANCTION.decode(row.body) for row in await self._link.execute(statement)]


class Records(Rows):
    """See `bot.repository.Records`."""

    async def add(self, record: Record) -> Record:
        """Add a line."""
        await self._count_on(record.community)
        last = select(func.coalesce(func.max(_RECORD.id), 0)).where(_RECORD.community_id == record.community)
        stored = replace(record, id=(await self._link.execute(last)).scalar_one() + 1)
        values = {
            "community_id": stored.community,
            "id": stored.id,
            "deed": stored.deed,
            "actor_id": stored.actor,
            "person_id": stored.person,
            "subject": stored.subject,
            "note": stored.note,
            "at": stored.at,
        }
        await self._link.execute(insert(tables.record).values(values))
        return stored

    async def page(self, community: int, person: int, start: int, most: int) -> Sequence[Record]:
        """Lines newest first."""
        statement = select(tables.record).where(_RECORD.community_id == community)
        if person:
            statement = statement.where(or_(_RECORD.actor_id == person, _RECORD.person_id == person))
        rows = await self._link.execute(statement.order_by(_RECORD.id.desc()).offset(start).limit(most))
        return [_to_record(row) for row in rows]

    async def last(self, community: int, deed: Deed) -> datetime | None:
        """When that was done the last time, None if it never was."""
        its = and_(_RECORD.community_id == community, _RECORD.deed == deed)
        found: datetime | None = (await self._link.execute(select(func.max(_RECORD.at)).where(its))).scalar()
        return found


def _to_record(row: Any) -> Record:
    community, number, deed, actor, person, subject, note, at = row
    return Record(community, number, Deed(deed), actor, at, person, subject, note)


def _is(community: int, sanction: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == sanction)


def _inside(words: str) -> str:
    """The words as they stand inside of JSON."""
    return packed(words)[1:-1]


def _has(sanction: Sanction, words: str) -> bool:
    """Whether these small letters stand in its reason or in its evidence."""
    return any(words in text.casefold() for text in (sanction.reason, sanction.evidence.words))


def _values(sanction: Sanction) -> dict[str, Any]:
    return {
        "person_id": sanction.person,
        "kind": sanction.kind,
        "state": sanction.state,
        "appeal": sanction.appeal,
        "until": sanction.until,
        "body": packed(sanction),
    }
