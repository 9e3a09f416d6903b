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
            },
        )

    async def get(self, community: int, key: str, place: Place) -> Ref | None:
        """Where the card stands in that place."""
        statement = select(_AT.message).where(_is(community, key, place))
        message = (await self._link.execute(statement)).scalar_one_or_none()
        return None if message is None else Ref(place, message)

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
