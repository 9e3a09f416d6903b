"""Private practice rounds: one at a time for a person in a community."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, and_, select, update

from storage import tables
from storage.rows import Rows, packed

_AT = tables.practice.c
_ITEMS = msgspec.json.Decoder(tuple[int, ...])
_CHOSEN = msgspec.json.Decoder(dict[int, str])


class Practices(Rows):
    """See `bot.repository.Practices`."""

    async def start(self, community: int, person: int, items: Sequence[int]) -> int:
        """Begin a round over these items, replacing the person's last one."""
        last = await self.get(community, person)
        number = last[0] + 1 if last else 1
        await self._upsert(
            tables.practice,
            {
                "community_id": community,
                "person_id": person,
                "number": number,
                "items": packed(items),
                "chosen": packed({}),
            },
        )
        return number

    async def get(self, community: int, person: int) -> tuple[int, tuple[int, ...], Mapping[int, str]] | None:
        """The person's round: its number, its items, and the responses by position."""
        statement = select(_AT["number"], _AT["items"], _AT["chosen"]).where(_of(community, person)).with_for_update()
        row = (await self._link.execute(statement)).one_or_none()
        if row is None:
            return None
        number, items, chosen = row
        return number, _ITEMS.decode(items), _CHOSEN.decode(chosen)

    async def answer(self, community: int, person: int, position: int, response: str) -> Mapping[int, str]:
        """Store the first response for that position."""
        found = await self.get(community, person)
        chosen = {position: response, **(found[2] if found else {})}
        statement = update(tables.practice).where(_of(community, person)).values(chosen=packed(chosen))
        await self._link.execute(statement)
        return chosen


def _of(community: int, person: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.person_id == person)
