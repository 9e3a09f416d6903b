"""Who was put out of a group, and hears no more of its sessions."""

from datetime import datetime

from bot.domain.moderation import Kind
from bot.ports import Unit


async def is_out(unit: Unit, community: int, person: int, now: datetime) -> bool:
    """Whether that person is banned from the group at that moment."""
    return bool(await unit.sanctions.active(community, person, Kind.BAN, now))
