"""Pictures of items."""

from sqlalchemy import and_, select

from bot.repository import Stored
from storage import tables
from storage.rows import Rows

_AT = tables.file.c


class Files(Rows):
    """See `bot.repository.Files`."""

    async def put(self, file: Stored) -> None:
        """Keep a file; the same content twice is one, under its first name."""
        statement = self._link.insert(tables.file).values(
            community_id=file.community, id=file.id, name=file.name, kind=file.kind, content=file.content
        )
        await self._link.execute(statement.on_conflict_do_nothing())

    async def get(self, community: int, file: str) -> Stored | None:
        """The file of that hash."""
        where = and_(_AT.community_id == community, _AT.id == file)
        row = (await self._link.execute(select(tables.file).where(where))).one_or_none()
        return Stored(*row) if row else None
