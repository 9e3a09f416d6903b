"""The first step of every event: was it seen before, and who is it from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, literal, select

from bot.chat.places import Account, Place
from bot.repository import Arrival
from storage import tables
from storage.community import to_community, to_venue
from storage.link import Prepared
from storage.people import to_member, to_person
from storage.rows import Rows

_VENUE = tables.venue.c
_ACCOUNT = tables.account.c
_MEMBER = tables.member.c
_CUTS = [len(table.c) for table in (tables.venue, tables.community, tables.person, tables.member)]

_SEEN = Prepared(lambda insert: insert(tables.seen).on_conflict_do_nothing().returning(tables.seen.c.at))
_ANCHOR = select(literal(1).label("one")).subquery()
_OF = Prepared(
    lambda _: select(tables.venue, tables.community, tables.person, tables.member).select_from(
        _ANCHOR.outerjoin(
            tables.venue, and_(_VENUE.platform == bindparam("platform"), _VENUE.chat == bindparam("chat"))
        )
        .outerjoin(tables.community, tables.community.c.id == _VENUE.community_id)
        .outerjoin(
            tables.account,
            and_(_ACCOUNT.platform == bindparam("account_platform"), _ACCOUNT.id == bindparam("account")),
        )
        .outerjoin(tables.person, tables.person.c.id == _ACCOUNT.person_id)
        .outerjoin(
            tables.member,
            and_(_MEMBER.community_id == tables.community.c.id, _MEMBER.person_id == tables.person.c.id),
        )
    )
)


class Arrivals(Rows):
    """See `bot.repository.Arrivals`."""

    async def first_time(self, platform: str, key: str, at: datetime) -> bool:
        """Remember the event's key; False if it was remembered before."""
        return bool(await self._link.fetch(_SEEN, {"platform": platform, "key": key, "at": at}))

    async def of(self, place: Place, account: Account | None) -> Arrival:
        """The place's community, the account's person and membership."""
        who = account or Account("", "")
        values = {
            "platform": place.platform,
            "chat": place.chat,
            "account_platform": who.platform,
            "account": who.id,
        }
        (row,) = await self._link.fetch(_OF, values)
        venue, community, person, member = _cut(row)
        return Arrival(
            to_venue(venue) if venue[0] is not None else None,
            to_community(community) if community[0] is not None else None,
            to_person(person) if person[0] is not None else None,
            to_member(member) if member[0] is not None else None,
        )

    async def forget(self, before: datetime) -> int:
        """Drop keys older than that; returns how many."""
        return (await self._link.execute(delete(tables.seen).where(tables.seen.c.at < before))).rowcount


def _cut(row: Sequence[Any]) -> list[Sequence[Any]]:
    pieces, start = [], 0
    for size in _CUTS:
        pieces.append(row[start : start + size])
        start += size
    return pieces
