"""Study sessions: series, their changes, who comes, and reminders."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, false, func, insert, select, update

from bot.domain.agenda import Change, Series
from bot.domain.rsvp import Answer, Rsvp
from storage import tables
from storage.rows import Rows, packed

_SERIES = msgspec.json.Decoder(Series)
_CHANGE = msgspec.json.Decoder(Change)
_AT = tables.session.c
_ON = tables.session_change.c
_SAID = tables.session_reply.c
_LEAD = tables.session_lead.c
_MARK = tables.session_mark.c


class Sessions(Rows):
    """See `bot.repository.Sessions`."""

    async def add(self, series: Series) -> Series:
        """Store a new one."""
        await self._count_on(series.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == series.community)
        stored = replace(series, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.session).values({**key, **_values(stored)}))
        return stored

    async def save(self, series: Series) -> None:
        """Store a changed one."""
        statement = update(tables.session).where(_is(series.community, series.id))
        await self._link.execute(statement.values(_values(series)))

    async def get(self, community: int, series: int) -> Series | None:
        """The series of that number."""
        body = (await self._link.execute(select(_AT.body).where(_is(community, series)))).scalar()
        return _SERIES.decode(body) if body else None

    async def hold(self, community: int, series: int) -> Series | None:
        """The same, held until this unit ends."""
        body = (await self._link.execute(select(_AT.body).where(_is(community, series)).with_for_update())).scalar()
        return _SERIES.decode(body) if body else None

    async def running(self, community: int) -> Sequence[Series]:
        """Those that are not over, by number."""
        where = and_(_AT.community_id == community, _AT.over == false())
        rows = await self._link.execute(select(_AT.body).where(where).order_by(_AT.id))
        return [_SERIES.decode(row.body) for row in rows]

    async def change(self, community: int, series: int, day: date) -> Change:
        """What is different on that date."""
        where = and_(_ON.community_id == community, _ON.session_id == series, _ON.day == day.toordinal())
        body = (await self._link.execute(select(_ON.body).where(where))).scalar()
        return _CHANGE.decode(body) if body else Change(community, series, day)

    async def changes(self, community: int, series: int) -> Mapping[date, Change]:
        """The same for all dates on which anything is."""
        where = and_(_ON.community_id == community, _ON.session_id == series)
        found = [_CHANGE.decode(row.body) for row in await self._link.execute(select(_ON.body).where(where))]
        return {change.day: change for change in found}

    async def all_changes(self, community: int, since: date) -> Mapping[int, Mapping[date, Change]]:
        """The same for the dates of all series from that day on."""
        where = and_(_ON.community_id == community, _ON.day >= since.toordinal())
        found: dict[int, dict[date, Change]] = defaultdict(dict)
        for row in await self._link.execute(select(_ON.body).where(where)):
            change = _CHANGE.decode(row.body)
            found[change.series][change.day] = change
        return found

    async def put(self, change: Change) -> None:
        """Store a change."""
        key = {"community_id": change.community, "session_id": change.series, "day": change.day.toordinal()}
        await self._upsert(tables.session_change, {**key, "body": packed(change)})


class Rsvps(Rows):
    """See `bot.repository.Rsvps`."""

    async def put(self, rsvp: Rsvp) -> None:
        """Store what somebody says now."""
        values = {
            "community_id": rsvp.community,
            "session_id": rsvp.series,
            "day": rsvp.day.toordinal(),
            "person_id": rsvp.person,
            "answer": rsvp.answer,
            "since": rsvp.since,
            "guest": rsvp.guest,
        }
        await self._upsert(tables.session_reply, values)

    async def get(self, community: int, series: int, day: date, person: int) -> Rsvp | None:
        """What that person said to that date."""
        where = and_(_said(community, series, day), _SAID.person_id == person)
        row = (await self._link.execute(select(tables.session_reply).where(where))).one_or_none()
        return _to_rsvp(row) if row else None

    async def of_date(self, community: int, series: int, day: date) -> Sequence[Rsvp]:
        """All that was said to that date."""
        rows = await self._link.execute(select(tables.session_reply).where(_said(community, series, day)))
        return [_to_rsvp(row) for row in rows]

    async def days(self, community: int, series: int, since: date) -> Sequence[date]:
        """The days from that one on to which anybody said anything."""
        where = and_(_SAID.community_id == community, _SAID.session_id == series, _SAID.day >= since.toordinal())
        rows = await self._link.execute(select(_SAID.day).where(where).distinct().order_by(_SAID.day))
        return [date.fromordinal(row.day) for row in rows]

    async def of_person(self, community: int, person: int, since: date) -> Sequence[Rsvp]:
        """What that person said to dates from that day on."""
        mine = and_(_SAID.community_id == community, _SAID.person_id == person, _SAID.day >= since.toordinal())
        statement = select(tables.session_reply).where(mine).order_by(_SAID.day, _SAID.session_id)
        return [_to_rsvp(row) for row in await self._link.execute(statement)]

    async def since(self, community: int, day: date) -> Sequence[Rsvp]:
        """All that was said to dates from that day on."""
        where = and_(_SAID.community_id == community, _SAID.day >= day.toordinal())
        rows = await self._link.execute(select(tables.session_reply).where(where))
        return [_to_rsvp(row) for row in rows]


class Leads(Rows):
    """See `bot.repository.Leads`."""

    async def put(self, community: int, person: int, leads: Collection[int]) -> None:
        """Keep which reminders that person wants."""
        bits = sum(1 << lead for lead in leads)
        await self._upsert(tables.session_lead, {"community_id": community, "person_id": person, "leads": bits})

    async def get(self, community: int, people: Sequence[int]) -> Mapping[int, frozenset[int]]:
        """The reminders of those who chose some."""
        where = and_(_LEAD.community_id == community, _LEAD.person_id.in_(people))
        rows = await self._link.execute(select(_LEAD.person_id, _LEAD.leads).where(where))
        return {row.person_id: frozenset(lead for lead in range(10) if row.leads >> lead & 1) for row in rows}

    async def mark(self, community: int, series: int, day: date, lead: int, starts: datetime) -> None:
        """Note that this reminder went out."""
        key = {"community_id": community, "session_id": series, "day": day.toordinal(), "lead": lead}
        await self._upsert(tables.session_mark, {**key, "starts_at": starts})

    async def marks(self, community: int, series: int, day: date) -> Mapping[int, datetime]:
        """By reminder that went out: when the date was to begin."""
        where = and_(_MARK.community_id == community, _MARK.session_id == series, _MARK.day == day.toordinal())
        rows = await self._link.execute(select(_MARK.lead, _MARK.starts_at).where(where))
        return {row.lead: row.starts_at for row in rows}


def _is(community: int, series: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == series)


def _said(community: int, series: int, day: date) -> ColumnElement[bool]:
    return and_(_SAID.community_id == community, _SAID.session_id == series, _SAID.day == day.toordinal())


def _values(series: Series) -> dict[str, Any]:
    return {"over": series.over, "body": packed(series)}


def _to_rsvp(row: Any) -> Rsvp:
    community, series, day, person, answer, since, guest = row
    return Rsvp(community, series, date.fromordinal(day), person, Answer(answer), since, guest)
