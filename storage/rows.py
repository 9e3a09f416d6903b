"""What the repositories share: a link to the database, an upsert, values packed as JSON."""

from typing import Any

import msgspec
from sqlalchemy import Table, select

from storage import tables
from storage.link import Link


class Rows:
    """A repository of one unit."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def _upsert(self, table: Table, values: dict[str, Any]) -> None:
        """Insert a row, or overwrite the one with the same key."""
        keys = [column.name for column in table.primary_key]
        statement = self._link.insert(table).values(values)
        changed = {name: statement.excluded[name] for name in values if name not in keys}
        await self._link.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))

    async def _count_on(self, community: int) -> None:
        """Let nobody else take the community's next number before this unit ends; SQLite has one writer anyway."""
        if not self._link.embedded:
            at = tables.community.c.id
            await self._link.execute(select(at).where(at == community).with_for_update())


def packed(value: Any) -> str:
    """A frozen value as JSON text."""
    return msgspec.json.encode(value).decode()
