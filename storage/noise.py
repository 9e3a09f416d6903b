"""What the bot said in public by itself, day by day."""

from datetime import date

from sqlalchemy import Integer, and_, delete, func, select

from bot.chat.places import Place
from storage import tables
from storage.rows import Rows

_AT = tables.noise.c


class Noises(Rows):
    """See `bot.repository.Noises`."""

    async def count(self, community: int, place: Place, day: date, but: str) -> tuple[int, int]:
        """How many posts but that one there were in that chat on the group's day, and how many of them with a sound."""
        sounds = func.coalesce(func.sum(_AT.sounds.cast(Integer)), 0)
        here = and_(_AT.platform == place.platform, _AT.chat == place.chat)
        where = and_(_AT.community_id == community, _AT.day == day.toordinal(), here, _AT.key != but)
        statement = select(func.count(), sounds).where(where)
        posts, loud = (await self._link.execute(statement)).one()
        return posts, loud

    async def put(self, community: int, place: Place, day: date, key: str, *, sounds: bool) -> None:
        """Note a post; noted once, however often it is tried."""
        where = {"platform": place.platform, "chat": place.chat}
        values = {"community_id": community, "day": day.toordinal(), "key": key, "sounds": sounds, **where}
        await self._link.execute(self._link.insert(tables.noise).values(values).on_conflict_do_nothing())

    async def clear(self, before: date) -> int:
        """Forget older days; returns how many posts."""
        return (await self._link.execute(delete(tables.noise).where(_AT.day < before.toordinal()))).rowcount
