"""What somebody wrote and has not yet decided about: items, the words of a question, or an amendment of sessions."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from bot.domain.amendment import Amendment
from bot.domain.items import Item
from storage import tables
from storage.rows import Rows, packed

_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_AMENDMENT = msgspec.json.Decoder(Amendment)
_AT = tables.draft.c


class Drafts(Rows):
    """See `bot.repository.Drafts`."""

    async def put(self, person: int, items: Sequence[Item], until: datetime) -> int:
        """Keep them for that person; returns the draft's number."""
        return await self._put(person, until, items=packed(items))

    async def get(self, draft: int, person: int, now: datetime) -> Sequence[Item] | None:
        """The person's draft, None if it is gone or another's; held, so that pressing twice saves it once."""
        statement = select(_AT["items"]).where(_is(draft, person, now), _AT.words.is_(None)).with_for_update()
        found = (await self._link.execute(statement)).scalar_one_or_none()
        return None if found is None else _ITEMS.decode(found)

    async def put_text(self, person: int, text: str, until: datetime) -> int:
        """Keep somebody's words alike; returns the draft's number."""
        return await self._put(person, until, items="[]", words=text)

    async def get_text(self, draft: int, person: int, now: datetime) -> str | None:
        """These words, None if they are gone or another's; held, so that pressing twice uses them once."""
        statement = select(_AT.words).where(_is(draft, person, now)).with_for_update()
        found: str | None = (await self._link.execute(statement)).scalar_one_or_none()
        return found

    async def put_amendment(self, person: int, amendment: Amendment, until: datetime) -> int:
        """Keep what somebody is about to change; returns the draft's number."""
        return await self.put_text(person, packed(amendment), until)

    async def get_amendment(self, draft: int, person: int, now: datetime) -> Amendment | None:
        """The same, None if it is gone or another's; held alike."""
        found = await self.get_text(draft, person, now)
        return None if found is None else _AMENDMENT.decode(found)

    async def save_amendment(self, draft: int, amendment: Amendment) -> None:
        """Keep it as it is by now."""
        await self._link.execute(update(tables.draft).where(_AT.id == draft).values(words=packed(amendment)))

    async def drop(self, draft: int) -> None:
        """Forget it."""
        await self._link.execute(delete(tables.draft).where(_AT.id == draft))

    async def clear(self, before: datetime) -> int:
        """Forget what expired before that; returns how many."""
        return (await self._link.execute(delete(tables.draft).where(_AT.expires_at < before))).rowcount

    async def _put(self, person: int, until: datetime, **content: str) -> int:
        statement = insert(tables.draft).values(person_id=person, expires_at=until, **content).returning(_AT.id)
        number: int = (await self._link.execute(statement)).scalar_one()
        return number


def _is(draft: int, person: int, now: datetime) -> ColumnElement[bool]:
    return and_(_AT.id == draft, _AT.person_id == person, _AT.expires_at > now)
