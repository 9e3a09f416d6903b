"""Where living messages stand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from bot.chat.places import Place, Ref
from storage import tables
from storage.rows import Rows

_AT = tables.card.c


class Cards(Rows):
    """See `bot.repository.Cards`."""

    async def put(self, community: int, key: str, ref: Ref) -> None:
        """Remember where the card stands in that place."""
        place = ref.place
        await self._upsert(
            tables.card,
            {
                "community_id": community,
                "key": key,
                "platform": place.platform,
                "chat": place.chat,
                "thread": place.thread,
                "message": ref.message,
                "poll": ref.poll,
                "opened": ref.opened,
            },
        )

    async def get(self, community: int, key: str, place: Place) -> Ref | None:
        """Where the card stands in that place."""
        row = (await self._link.execute(select(tables.card).where(_is(community, key, place)))).one_or_none()
        return _to_ref(row) if row else None

    async def standing(self, community: int, key: str) -> Sequence[Ref]:
        """Everywhere where the card stands."""
        where = and_(_AT.community_id == community, _AT.key == key)
        statement = select(tables.card).where(where).order_by(_AT.platform, _AT.chat, _AT.thread)
        return [_to_ref(row) for row in await self._link.execute(statement)]

    async def at(self, ref: Ref) -> tuple[int, str] | None:
        """The community and the key of the card that stands there; a chat numbers messages across its threads."""
        return await self._key(_stands(ref))

    async def under(self, place: Place) -> tuple[int, str] | None:
        """The community and the key of the card for which that thread was opened; None for a place without thread."""
        where = and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.opened == place.thread)
        return await self._key(where) if place.thread else None

    async def of_poll(self, platform: str, poll: str) -> tuple[int, str, Place] | None:
        """The community, key and place of the card that is this native poll."""
        where = and_(_AT.platform == platform, _AT.poll == poll, _AT.poll != "")
        columns = (_AT.community_id, _AT.key, _AT.platform, _AT.chat, _AT.thread)
        row = (await self._link.execute(select(*columns).where(where).limit(1))).one_or_none()
        return (row.community_id, row.key, Place(row.platform, row.chat, row.thread)) if row else None

    async def drop(self, community: int, key: str, place: Place) -> None:
        """Forget a card that is gone."""
        await self._link.execute(delete(tables.card).where(_is(community, key, place)))

    async def forget(self, ref: Ref) -> None:
        """Forget the card that is this very message."""
        await self._link.execute(delete(tables.card).where(_stands(ref)))

    async def _key(self, where: ColumnElement[bool]) -> tuple[int, str] | None:
        row = (await self._link.execute(select(_AT.community_id, _AT.key).where(where).limit(1))).one_or_none()
        return (row.community_id, row.key) if row else None


def _to_ref(row: Any) -> Ref:
    return Ref(Place(row.platform, row.chat, row.thread), row.message, row.poll, row.opened)


def _stands(ref: Ref) -> ColumnElement[bool]:
    place = ref.place
    return and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.message == ref.message)


def _is(community: int, key: str, place: Place) -> ColumnElement[bool]:
    return and_(
        _AT.community_id == community,
        _AT.key == key,
        _AT.platform == place.platform,
        _AT.chat == place.chat,
        _AT.thread == place.thread,
    )
