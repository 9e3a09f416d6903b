"""Groups that become one, and are parted again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, Table, and_, delete, exists, false, func, insert, or_, select, update

from bot.chat.places import Place, Role
from bot.domain.link import Joining, Share, Stage
from bot.domain.points import ALL_TIME
from storage import tables
from storage.joining import copy, part, point
from storage.joining.journal import Journal, rows_of
from storage.joining.number import Number, Shift
from storage.joining.registry import RULES, Own
from storage.rows import Rows, packed

_AT = tables.joining.c
_VENUE = tables.venue.c
_GROUP = tables.community.c
_HOME = tables.person.c
_RECORDED = (tables.entry, tables.total)
"""What is recorded of points is never cleared away."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the way back needs: after which numbers those of the other group began and how many there were, its places
    (platform and chat), who meant it in a private chat, and whether it is its mark as a group of minors that both have.
    """

    start: dict[Number, int]
    span: dict[Number, int]
    places: tuple[tuple[str, str], ...] = ()
    homes: tuple[int, ...] = ()
    minors: bool = False


_KEPT = msgspec.json.Decoder(Kept)


class Joinings(Rows):
    """See `bot.repository.Joinings`."""

    async def add(self, joining: Joining) -> Joining:
        """Store a new one."""
        statement = insert(tables.joining).values(_values(joining) | {"shift": ""}).returning(_AT.id)
        return replace(joining, id=(await self._link.execute(statement)).scalar_one())

    async def save(self, joining: Joining) -> None:
        """Store a changed one."""
        await self._link.execute(update(tables.joining).where(_AT.id == joining.id).values(_values(joining)))

    async def hold(self, joining: int) -> Joining | None:
        """The one of that number, held."""
        statement = select(tables.joining).where(_AT.id == joining).with_for_update()
        row = (await self._link.execute(statement)).one_or_none()
        return _to_joining(row) if row else None

    async def asked(self, person: int, after: datetime) -> Sequence[Joining]:
        """Those on which that person has to agree, the newest first."""
        mine = or_(_AT.issuer_id == person, _AT.redeemer_id == person)
        where = and_(mine, _AT.state == Stage.ASKED, _AT.other_id != 0, _AT.at > after)
        rows = await self._link.execute(select(tables.joining).where(where).order_by(_AT.id.desc()))
        return [_to_joining(row) for row in rows]

    async def of(self, community: int) -> Sequence[Joining]:
        """Those of that group that can be undone, the newest first."""
        where = and_(_AT.community_id == community, _AT.state == Stage.JOINED)
        rows = await self._link.execute(select(tables.joining).where(where).order_by(_AT.id.desc()))
        return [_to_joining(row) for row in rows]

    async def share(self, community: int, other: int, now: datetime) -> Share:
        """What the first group brings along when it meets the other."""
        member = tables.member.c
        here = member.community_id == community
        there = select(member.person_id).where(member.community_id == other)
        total, sanction = tables.total.c, tables.sanction.c
        points = select(func.coalesce(func.sum(total.points), 0))
        holds = or_(sanction.until.is_(None), sanction.until > now)
        active = and_(sanction.kind == "warning", sanction.state == "active", holds)
        return Share(
            members=await self._count(tables.member, community),
            both=await self._number(select(func.count()).where(here, member.person_id.in_(there))),
            points=await self._number(points.where(total.community_id == community, total.month == ALL_TIME)),
            questions=await self._count(tables.question, community),
            resources=await self._count(tables.resource, community),
            items=await self._count(tables.item, community),
            warnings=await self._number(select(func.count()).where(sanction.community_id == community, active)),
            streaks=await self._number(select(func.count()).where(here, member.streak > 0)),
            roles=await self._number(select(func.count()).where(here, member.role > int(Role.MEMBER))),
        )

    async def hindrance(self, community: int) -> bool:
        """Whether a live round runs there."""
        at = tables.round_.c
        runs = select(at.quiz_id).where(at.community_id == community, at.phase != "ended").limit(1)
        return (await self._link.execute(runs)).first() is not None

    async def join(self, joining: Joining, now: datetime) -> Sequence[tuple[Place, str]]:
        """Let the one group become a part of the other."""
        into, other, journal = joining.community, joining.other, Journal(self._link, joining.id)
        start, span = await copy.last(self._link, into), await copy.last(self._link, other)
        shift = Shift(into, start)
        await copy.copy_numbered(self._link, other, shift)
        await copy.copy_merged(self._link, journal, other, shift)
        await copy.end_second_pairs(self._link, journal, into, other)
        await copy.copy_found(self._link, other, shift)
        await copy.count_notices(self._link, into)
        await journal.keep()
        await point.remember(self._link, joining.id, other, shift)
        await point.carry(self._link, joining.id, into, other, await self._names(into, other), now)
        kept = await self._move_in(into, other, Kept(start, span))
        await self._link.execute(update(tables.joining).where(_AT.id == joining.id).values(shift=packed(kept)))
        return await self._cards(into, kept.places)

    async def part(self, joining: Joining, now: datetime) -> Sequence[tuple[Place, str]]:
        """Make them two again."""
        into, other, journal = joining.community, joining.other, Journal(self._link, joining.id)
        text = (await self._link.execute(select(_AT.shift).where(_AT.id == joining.id))).scalar_one()
        kept = _KEPT.decode(text)
        await part.take_out(self._link, other, Shift(into, kept.start), kept.span)
        await self._move_out(into, other, kept)
        await part.drop_cards(self._link, into, other)
        await part.put_back(self._link, journal, into)
        await journal.clear()
        await point.bring_back(self._link, joining.id, into, other, now)
        await point.forget(self._link, joining.id)
        return await self._cards(other, kept.places)

    async def settle_old(self, before: datetime) -> None:
        """Clear away what was kept of old ones, and offers that nobody took up."""
        unused = and_(_AT.state.in_((Stage.ASKED, Stage.UNDONE)), _AT.at < before)
        await self._link.execute(delete(tables.joining).where(unused))
        old = select(tables.joining).where(_AT.state == Stage.JOINED, _AT.at < before).with_for_update()
        for row in (await self._link.execute(old)).all():
            joining = _to_joining(row)
            await self._settle(joining)
            await self.save(replace(joining, stage=Stage.SETTLED))

    async def _settle(self, joining: Joining) -> None:
        """The points of the group that joined stay recorded."""
        await Journal(self._link, joining.id).clear()
        for table, rule in RULES.items():
            own = isinstance(rule, Own) and table in (tables.community, tables.venue, tables.joining, tables.link_code)
            if "community_id" in table.c and not own and table not in _RECORDED:
                await self._link.execute(delete(table).where(table.c.community_id == joining.other))

    async def _move_in(self, into: int, other: int, kept: Kept) -> Kept:
        """Let the places and the people of the one group belong to the other."""
        where = select(_VENUE.platform, _VENUE.chat).where(_VENUE.community_id == other)
        found = await self._link.execute(where.order_by(_VENUE.platform, _VENUE.chat))
        places = tuple((row.platform, row.chat) for row in found)
        meant = select(_HOME.id).where(_HOME.home == other).order_by(_HOME.id)
        homes = tuple(row.id for row in await self._link.execute(meant))
        await self._link.execute(update(tables.venue).where(_VENUE.community_id == other).values(community_id=into))
        await self._link.execute(update(tables.person).where(_HOME.home == other).values(home=into))
        await self._link.execute(delete(tables.link_code).where(tables.link_code.c.community_id == other))
        await self._link.execute(update(tables.community).where(_GROUP.id == other).values(joined=into))
        # What protects minors must not end by joining others.
        young = select(_GROUP.id).where(_GROUP.id == other, _GROUP.minors)
        raised = update(tables.community).where(_GROUP.id == into, ~_GROUP.minors, exists(young)).values(minors=True)
        minors = bool((await self._link.execute(raised)).rowcount)
        return replace(kept, places=places, homes=homes, minors=minors)

    async def _move_out(self, into: int, other: int, kept: Kept) -> None:
        theirs = or_(false(), *(and_(_VENUE.platform == each, _VENUE.chat == chat) for each, chat in kept.places))
        here = and_(_VENUE.community_id == into, theirs)
        await self._link.execute(update(tables.venue).where(here).values(community_id=other))
        meant = and_(_HOME.home == into, _HOME.id.in_(kept.homes))
        await self._link.execute(update(tables.person).where(meant).values(home=other))
        await self._link.execute(update(tables.community).where(_GROUP.id == other).values(joined=0))
        if kept.minors:
            young = tables.community.alias().c
            stay = exists(select(young.id).where(young.joined == into, young.minors))
            away = update(tables.community).where(_GROUP.id == into, ~stay)
            await self._link.execute(away.values(minors=False))

    async def _cards(self, community: int, places: Sequence[tuple[str, str]]) -> list[tuple[Place, str]]:
        at = tables.card.c
        there = or_(false(), *(and_(at.platform == each, at.chat == chat) for each, chat in places))
        rows = await rows_of(self._link, tables.card, and_(at.community_id == community, there))
        return [(Place(row["platform"], row["chat"], row["thread"]), row["key"]) for row in rows]

    async def _names(self, *groups: int) -> tuple[str, str]:
        found = await self._link.execute(select(_GROUP.id, _GROUP.name).where(_GROUP.id.in_(groups)))
        names = {row.id: row.name for row in found}
        return names[groups[0]], names[groups[1]]

    async def _count(self, table: Table, community: int) -> int:
        return await self._number(select(func.count()).where(table.c.community_id == community))

    async def _number(self, statement: Select[Any]) -> int:
        return int((await self._link.execute(statement)).scalar_one())


def _to_joining(row: Any) -> Joining:
    agrees = (bool(row.issuer_agrees), bool(row.redeemer_agrees))
    who = (row.community_id, row.other_id, row.issuer_id, row.redeemer_id)
    return Joining(row.id, *who, row.at, *agrees, Stage(row.state))


def _values(joining: Joining) -> dict[str, Any]:
    return {
        "community_id": joining.community,
        "other_id": joining.other,
        "issuer_id": joining.issuer,
        "redeemer_id": joining.redeemer,
        "issuer_agrees": joining.issuer_agrees,
        "redeemer_agrees": joining.redeemer_agrees,
        "state": joining.stage,
        "at": joining.at,
    }
