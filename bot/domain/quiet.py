"""The hours of a group's night, in which nobody is written to about what can wait."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.quiz import instant

NIGHT, MORNING = time(21), time(6)
"""When the quiet hours begin and end, on the group's clock."""


def awake(at: datetime, zone: str) -> datetime:
    """The instant itself, or the end of the quiet hours in which it lies."""
    local = at.astimezone(ZoneInfo(zone))
    if MORNING <= local.time() < NIGHT:
        return at
    day = local.date() + timedelta(days=local.time() >= NIGHT)
    return instant(day, MORNING, zone)
