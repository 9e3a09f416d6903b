"""The first step of every event: was it seen before, and who is it from."""

from datetime import datetime

from sqlalchemy import and_, delete, literal, select

from bot.chat.places import Account, Place
from bot.ports import Arrival
from storage import tables
from storage.community import to_community, to_venue
from storage.people import to_member, to_person
from storage.rows import Rows

_ANCHOR = select(literal(1).label("one")).subquery()
_VENUE = tables.venue.c
_ACCOUNT = tables.account.c
_COLUMNS = (*tables.venue.c, *tables.community.c, *tables.person.c, *tables.member.c)
_SIZES = [len(table.c) for table in (tables.venue, tables.community, tables.person, tables.member)]


class Arrivals(Rows):
    """See `bot.ports.Arrivals`."""

    async def first_time(self, platform: str, key: str, at: datetime) -> bool:
        """Remember the event's key; False if it was remembered before."""
        statement = self._insert(tables.seen).values(platform=platform, key=key, at=at).on_conflict_do_nothing()
        return bool((await self._connection.execute(statement)).rowcount)

    async def of(self, place: Place, account: Account | None) -> Arrival:
        """The place's community, the account's person and membership."""
        on_venue = and_(_VENUE.platform == place.platform, _VENUE.chat == place.chat)
        on_account = and_(
            _ACCOUNT.platform == (account.platform if account else ""), _ACCOUNT.id == (account.id if account else "")
        )
        on_member = and_(
            tables.member.c.community_id == tables.community.c.id, tables.member.c.person_id == tables.person.c.id
        )
        joined = (
            _ANCHOR.outerjoin(tables.venue, on_venue)
            .outerjoin(tables.community, tables.community.c.id == _VENUE.community_id)
            .outerjoin(tables.account, on_account)
            .outerjoin(tables.person, tables.person.c.id == _ACCOUNT.person_id)
            .outerjoin(tables.member, on_member)
        )
        row = tuple((await self._connection.execute(select(*_COLUMNS).select_from(joined))).one())
        venue, community, person, member = _cut(row)
        return Arrival(
            to_venue(venue) if venue[0] is not None else None,
            to_community(community) if community[0] is not None else None,
            to_person(person) if person[0] is not None else None,
            to_member(member) if member[0] is not None else None,
        )

    async def forget(self, before: datetime) -> int:
        """Drop keys older than that; returns how many."""
        return (await self._connection.execute(delete(tables.seen).where(tables.seen.c.at < before))).rowcount


def _cut(row: tuple[object, ...]) -> list[tuple[object, ...]]:
    pieces, start = [], 0
    for size in _SIZES:
        pieces.append(row[start : start + size])
        start += size
    return pieces
