"""Where living messages stand."""

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
            },
        )

    async def get(self, community: int, key: str, place: Place) -> Ref | None:
        """Where the card stands in that place."""
        statement = select(_AT.message, _AT.poll).where(_is(community, key, place))
        row = (await self._link.execute(statement)).one_or_none()
        return Ref(place, row.message, row.poll) if row else None

    async def at(self, ref: Ref) -> tuple[int, str] | None:
        """The community and the key of the card that stands there; a chat numbers messages across its threads."""
        place = ref.place
        where = and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.message == ref.message)
        row = (await self._link.execute(select(_AT.community_id, _AT.key).where(where).limit(1))).one_or_none()
        return (row.community_id, row.key) if row else None

    async def of_poll(self, platform: str, poll: str) -> tuple[int, str, Place] | None:
        """The community, key and place of the card that is this native poll."""
        where = and_(_AT.platform == platform, _AT.poll == poll, _AT.poll != "")
        columns = (_AT.community_id, _AT.key, _AT.platform, _AT.chat, _AT.thread)
        row = (await self._link.execute(select(*columns).where(where).limit(1))).one_or_none()
        return (row.community_id, row.key, Place(row.platform, row.chat, row.thread)) if row else None

    async def drop(self, community: int, key: str, place: Place) -> None:
        """Forget a card that is gone."""
        await self._link.execute(delete(tables.card).where(_is(community, key, place)))


def _is(community: int, key: str, place: Place) -> ColumnElement[bool]:
    return and_(
        _AT.community_id == community,
        _AT.key == key,
        _AT.platform == place.platform,
        _AT.chat == place.chat,
        _AT.thread == place.thread,
    )
