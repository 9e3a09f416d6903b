"""Thanks for messages, and helpers who are recognised."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from bot.chat.places import Place, Ref
from bot.domain.thanks import Recognition, Thanks, Way
from storage import tables
from storage.rows import Rows

_AT = tables.thanks.c
_IS = tables.recognition.c


class Gratitude(Rows):
    """See `bot.repository.Gratitude`."""

    async def of(self, community: int, giver: int, message: Ref) -> Thanks | None:
        """What that person said for that message."""
        statement = select(tables.thanks).where(_for(community, message), _AT.giver_id == giver)
        row = (await self._link.execute(statement)).one_or_none()
        return _to_thanks(row) if row else None

    async def about(self, community: int, message: Ref) -> Sequence[Thanks]:
        """All thanks for that message, by their givers."""
        statement = select(tables.thanks).where(_for(community, message)).order_by(_AT.giver_id)
        return [_to_thanks(row) for row in await self._link.execute(statement)]

    async def put(self, thanks: Thanks) -> None:
        """Keep them."""
        await self._upsert(
            tables.thanks,
            {
                "community_id": thanks.community,
                "platform": thanks.message.place.platform,
                "chat": thanks.message.place.chat,
                "message": thanks.message.message,
                "giver_id": thanks.giver,
                "person_id": thanks.receiver,
                "ways": thanks.ways.value,
                "cause": thanks.cause,
                "at": thanks.at,
            },
        )

    async def has_contributed(self, community: int, person: int) -> bool:
        """Whether that person ever asked, answered or shared something."""
        for table, column in (
            (tables.question_owner, tables.question_owner.c.person_id),
            (tables.question_answer, tables.question_answer.c.author),
            (tables.resource, tables.resource.c.author),
        ):
            found = select(column).where(table.c.community_id == community, column == person).limit(1)
            if (await self._link.execute(found)).first():
                return True
        return False


class Recognitions(Rows):
    """See `bot.repository.Recognitions`."""

    async def all(self, community: int) -> Sequence[Recognition]:
        """Everybody who is recognised."""
        statement = select(tables.recognition).where(_IS.community_id == community).order_by(_IS.person_id)
        rows = await self._link.execute(statement)
        return [Recognition(row.community_id, row.person_id, row.month, bool(row.refused)) for row in rows]

    async def put(self, recognition: Recognition) -> None:
        """Add one or store its changed state."""
        await self._upsert(
            tables.recognition,
            {
                "community_id": recognition.community,
                "person_id": recognition.person,
                "month": recognition.month,
                "refused": recognition.refused,
            },
        )

    async def drop(self, community: int, person: int) -> None:
        """End it."""
        where = and_(_IS.community_id == community, _IS.person_id == person)
        await self._link.execute(delete(tables.recognition).where(where))


def _for(community: int, message: Ref) -> ColumnElement[bool]:
    place = message.place
    here = and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.message == message.message)
    return and_(_AT.community_id == community, here)


def _to_thanks(row: Any) -> Thanks:
    message = Ref(Place(row.platform, row.chat), row.message)
    return Thanks(row.community_id, row.giver_id, row.person_id, message, row.at, Way(row.ways), row.cause)
