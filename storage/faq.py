"""What a group answers again and again."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement, and_, func, insert, select, update

from bot.domain.faq import Faq
from storage import tables
from storage.rows import Rows, packed

_FAQ = msgspec.json.Decoder(Faq)
_AT = tables.faq.c


class Faqs(Rows):
    """See `bot.repository.Faqs`."""

    async def add(self, faq: Faq) -> Faq:
        """Store a new entry."""
        await self._count_on(faq.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == faq.community)
        stored = replace(faq, id=(await self._link.execute(last)).scalar_one() + 1)
        values = {"community_id": stored.community, "id": stored.id, "body": packed(stored)}
        await self._link.execute(insert(tables.faq).values(values))
        return stored

    async def save(self, faq: Faq) -> None:
        """Store a changed one."""
        await self._link.execute(update(tables.faq).where(_is(faq.community, faq.id)).values(body=packed(faq)))

    async def drop(self, community: int, faq: int) -> None:
        """Remove it; its number is not given again."""
        await self._link.execute(update(tables.faq).where(_is(community, faq)).values(body=None))

    async def get(self, community: int, faq: int) -> Faq | None:
        """The entry of that number, held until this unit ends."""
        body = (await self._link.execute(select(_AT.body).where(_is(community, faq)).with_for_update())).scalar()
        return None if body is None else _FAQ.decode(body)

    async def all(self, community: int) -> Sequence[Faq]:
        """All entries, by their main names."""
        statement = select(_AT.body).where(_AT.community_id == community, _AT.body.is_not(None))
        found = [_FAQ.decode(row.body) for row in await self._link.execute(statement)]
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def _is(community: int, faq: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == faq)
