"""Codes that link accounts or groups."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, literal, select, update

from bot.domain.link import TRY_SPAN, Code, Purpose, Tries
from storage import tables
from storage.rows import Rows

_AT = tables.link_code.c
_TRY = tables.link_try.c


class Links(Rows):
    """See `bot.repository.Links`."""

    async def issue(self, code: Code) -> None:
        """Keep a new code in place of that person's others."""
        others = and_(_AT.person_id == code.person, _AT.purpose == code.purpose, _AT.redeemer_id == 0)
        await self._link.execute(delete(tables.link_code).where(others))
        values = {
            "digest": code.digest,
            "purpose": code.purpose,
            "person_id": code.person,
            "community_id": code.community,
            "expires_at": code.expires_at,
            "redeemer_id": code.redeemer,
        }
        await self._link.execute(self._link.insert(tables.link_code).values(values))

    async def tried(self, person: int, now: datetime) -> Tries:
        """Count a try, in one statement: however many try at once, each is counted."""
        fresh = _TRY.since <= now - TRY_SPAN
        begun = literal(now, tables.Instant())
        statement = self._link.insert(tables.link_try).values(person_id=person, count=1, since=now)
        counted = statement.on_conflict_do_update(
            index_elements=[_TRY.person_id],
            set_={"count": case((fresh, 1), else_=_TRY.count + 1), "since": case((fresh, begun), else_=_TRY.since)},
        )
        count, since = (await self._link.execute(counted.returning(_TRY.count, _TRY.since))).one()
        return Tries(count, since)

    async def redeem(self, digest: str, purpose: Purpose, person: int, now: datetime) -> Code | None:
        """Use a code up; of two who come at once the second finds it used."""
        free = and_(_free(digest, person, now), _AT.purpose == purpose)
        used = update(tables.link_code).where(free).values(redeemer_id=person).returning(tables.link_code)
        row = (await self._link.execute(used)).one_or_none()
        if row is None:
            return None
        return Code(row.digest, Purpose(row.purpose), row.person_id, row.community_id, row.expires_at, row.redeemer_id)

    async def is_good(self, digest: str, person: int, now: datetime) -> bool:
        """Whether nobody used it up, and that person could."""
        return (await self._link.execute(select(_AT.digest).where(_free(digest, person, now)))).first() is not None

    async def withdraw(self, person: int) -> None:
        """Make void whatever that person issued."""
        await self._link.execute(delete(tables.link_code).where(_AT.person_id == person, _AT.redeemer_id == 0))

    async def clear(self, before: datetime) -> int:
        """Forget old codes and tries."""
        await self._link.execute(delete(tables.link_try).where(_TRY.since < before))
        return (await self._link.execute(delete(tables.link_code).where(_AT.expires_at < before))).rowcount


def _free(digest: str, person: int, now: datetime) -> ColumnElement[bool]:
    return and_(_AT.digest == digest, _AT.redeemer_id == 0, _AT.expires_at > now, _AT.person_id != person)
