"""What the repositories share: one connection, an upsert for either database, values packed as JSON."""

from typing import Any

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


class Rows:
    """A repository's connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._insert: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert

    async def _upsert(self, table: Table, values: dict[str, Any]) -> None:
        """Insert a row, or overwrite the one with the same key."""
        keys = [column.name for column in table.primary_key]
        statement = self._insert(table).values(values)
        changed = {name: statement.excluded[name] for name in values if name not in keys}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def packed(value: Any) -> str:
    """A frozen value as JSON text."""
    return msgspec.json.encode(value).decode()
