"""A person's data as a whole."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import and_, delete, select, update

from bot.chat.places import Account
from bot.domain.privacy import EXPORT_EVERY
from bot.domain.union import JOINED
from bot.repository.privacy import Belongings, Trace
from storage import tables
from storage.person.erase import erase
from storage.person.export import belongings
from storage.rows import Rows

_LEAVING = tables.leaving.c
_TAKEN = tables.exported.c
_UNION = tables.person_union.c
_ACCOUNT = tables.account.c
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Privacy(Rows):
    """See `bot.repository.Privacy`."""

    async def belongings(self, person: int) -> Belongings:
        """Everything that is stored of the person."""
        return await belongings(self._link, person, await self._accounts(person))

    async def take(self, person: int, now: datetime) -> datetime | None:
        """Note an export, or say from when on the next may be."""
        statement = self._link.insert(tables.exported).values(person_id=person, at=now)
        later = statement.on_conflict_do_update(
            index_elements=["person_id"], set_={"at": now}, where=_TAKEN.at <= now - EXPORT_EVERY
        )
        if (await self._link.execute(later.returning(_TAKEN.at))).one_or_none():
            return None
        last: datetime = (await self._link.execute(select(_TAKEN.at).where(_TAKEN.person_id == person))).scalar_one()
        return last + EXPORT_EVERY

    async def leave(self, person: int, due_at: datetime) -> None:
        """Note the wish to be erased."""
        await self._upsert(tables.leaving, {"person_id": person, "due_at": due_at, "done": False})

    async def stay(self, person: int) -> bool:
        """Take that wish back."""
        where = and_(_LEAVING.person_id == person, ~_LEAVING.done)
        return bool((await self._link.execute(delete(tables.leaving).where(where))).rowcount)

    async def leaving(self, person: int) -> datetime | None:
        """When the person will be erased."""
        where = and_(_LEAVING.person_id == person, ~_LEAVING.done)
        due: datetime | None = (await self._link.execute(select(_LEAVING.due_at).where(where))).scalar()
        return due

    async def overdue(self, before: datetime) -> Sequence[int]:
        """Who should have been erased before that."""
        where = and_(~_LEAVING.done, _LEAVING.due_at < before)
        return [row.person_id for row in await self._link.execute(select(_LEAVING.person_id).where(where))]

    async def erase(self, person: int) -> Sequence[Trace]:
        """Let nothing lead to the person any more, nor to whom they were before they were joined."""
        await self._link.execute(select(tables.person.c.id).where(tables.person.c.id == person).with_for_update())
        accounts = await self._accounts(person)
        traces: list[Trace] = []
        for one in (*await self._others(person), person):
            traces += await erase(self._link, one, accounts)
            await self._upsert(tables.leaving, {"person_id": one, "due_at": _LONG_AGO, "done": True})
        return traces

    async def finish(self) -> bool:
        """Erase anew who was erased; whether there was anybody."""
        gone = [row.person_id for row in await self._link.execute(select(_LEAVING.person_id).where(_LEAVING.done))]
        for person in gone:
            await erase(self._link, person, await self._accounts(person))
        await self._link.execute(delete(tables.leaving).where(_LEAVING.person_id.in_(gone)))
        return bool(gone)

    async def forget(self, community: int) -> None:
        """Delete everything of a community; the file is swept when `finish` looks the next time."""
        # Groups that had become a part of it were kept only to be parted from it again.
        parts = select(tables.community.c.id).where(tables.community.c.joined == community)
        for row in (await self._link.execute(parts)).all():
            await self.forget(row.id)
        # No person has such a number: the row only says that there is something to sweep.
        await self._upsert(tables.leaving, {"person_id": -community, "due_at": _LONG_AGO, "done": True})
        for table in tables.metadata.tables.values():
            if "community_id" in table.c:
                await self._link.execute(delete(table).where(table.c.community_id == community))
        await self._link.execute(delete(tables.community).where(tables.community.c.id == community))
        home = tables.person.c.home
        await self._link.execute(update(tables.person).where(home == community).values(home=0))

    async def _accounts(self, person: int) -> Sequence[Account]:
        statement = select(_ACCOUNT.platform, _ACCOUNT.id).where(_ACCOUNT.person_id == person)
        return [Account(row.platform, row.id) for row in await self._link.execute(statement)]

    async def _others(self, person: int) -> Sequence[int]:
        """Whom the person was before they were joined, and whom those were before that."""
        where = and_(_UNION.person_id == person, _UNION.state.in_(JOINED))
        found = [row.other_id for row in await self._link.execute(select(_UNION.other_id).where(where))]
        return [*found, *[each for one in found for each in await self._others(one)]]
