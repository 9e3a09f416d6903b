"""The rules of a group and who has read them, and what two moderators must agree on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, select, update

from bot.domain.proposal import Proposal, State
from bot.domain.rules import Edition
from storage import tables
from storage.rows import Rows, packed

_EDITION = msgspec.json.Decoder(Edition)
_PROPOSAL = msgspec.json.Decoder(Proposal)
_AT = tables.rules.c
_READ = tables.rules_reader.c
_WANTED = tables.proposal.c


class Rules(Rows):
    """See `bot.repository.Rules`."""

    async def add(self, edition: Edition) -> Edition:
        """Store a new version."""
        await self._count_on(edition.community)
        stored = replace(edition, version=await self.version(edition.community) + 1)
        values = {"community_id": stored.community, "version": stored.version, "body": packed(stored)}
        await self._link.execute(insert(tables.rules).values(values))
        return stored

    async def version(self, community: int) -> int:
        """The number of the version that holds."""
        last = select(func.coalesce(func.max(_AT.version), 0)).where(_AT.community_id == community)
        number: int = (await self._link.execute(last)).scalar_one()
        return number

    async def get(self, community: int, version: int) -> Edition | None:
        """That version."""
        where = and_(_AT.community_id == community, _AT.version == version)
        body = (await self._link.execute(select(_AT.body).where(where))).scalar()
        return None if body is None else _EDITION.decode(body)

    async def read(self, community: int, version: int, person: int, at: datetime) -> None:
        """Somebody says that they have read that version."""
        values = {"community_id": community, "version": version, "person_id": person, "at": at}
        await self._link.execute(self._link.insert(tables.rules_reader).values(values).on_conflict_do_nothing())

    async def has_read(self, community: int, version: int, person: int) -> bool:
        """Whether somebody said so."""
        found = exists().where(_of(community, version), _READ.person_id == person)
        return bool((await self._link.execute(select(found))).scalar())

    async def readers(self, community: int, version: int) -> int:
        """How many people said so."""
        statement = select(func.count()).select_from(tables.rules_reader).where(_of(community, version))
        count: int = (await self._link.execute(statement)).scalar_one()
        return count


class Proposals(Rows):
    """See `bot.repository.Proposals`."""

    async def add(self, proposal: Proposal) -> Proposal:
        """Store a new one."""
        await self._count_on(proposal.community)
        last = select(func.coalesce(func.max(_WANTED.id), 0)).where(_WANTED.community_id == proposal.community)
        stored = replace(proposal, id=(await self._link.execute(last)).scalar_one() + 1)
        await self._link.execute(insert(tables.proposal).values(_values(stored)))
        return stored

    async def save(self, proposal: Proposal) -> None:
        """Store a changed one."""
        where = _is(proposal.community, proposal.id)
        await self._link.execute(update(tables.proposal).where(where).values(_values(proposal)))

    async def get(self, community: int, proposal: int) -> Proposal | None:
        """The one of that number."""
        return next(iter(await self._all(select(_WANTED.body).where(_is(community, proposal)))), None)

    async def hold(self, community: int, proposal: int) -> Proposal | None:
        """The same, held until this unit ends."""
        statement = select(_WANTED.body).where(_is(community, proposal)).with_for_update()
        return next(iter(await self._all(statement)), None)

    async def open(self, community: int) -> Sequence[Proposal]:
        """Those about which nobody has decided, newest first."""
        where = and_(_WANTED.community_id == community, _WANTED.state == State.OPEN)
        return await self._all(select(_WANTED.body).where(where).order_by(_WANTED.id.desc()))

    async def _all(self, statement: Select[Any]) -> list[Proposal]:
        return [_PROPOSAL.decode(row.body) for row in await self._link.execute(statement)]


def _of(community: int, version: int) -> ColumnElement[bool]:
    return and_(_READ.community_id == community, _READ.version == version)


def _is(community: int, proposal: int) -> ColumnElement[bool]:
    return and_(_WANTED.community_id == community, _WANTED.id == proposal)


def _values(proposal: Proposal) -> dict[str, Any]:
    return {
        "community_id": proposal.community,
        "id": proposal.id,
        "state": proposal.state,
        "body": packed(proposal),
    }
