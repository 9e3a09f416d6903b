"""How the bot is, told truly: whether the database can be written to, and how late the oldest due work is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.chat.errors import Unavailable

LATE = timedelta(minutes=2)
"""Work that is later than this shows that something is wrong."""


async def health(app: App) -> Mapping[str, Any]:
    """The state; `ok` is true where all is well."""
    try:
        async with app.store.begin() as unit:
            due = await unit.jobs.oldest()
    except Unavailable:
        return {"ok": False, "database": "unavailable", "platforms": sorted(app.platforms)}
    late = max(app.clock() - due, timedelta()) if due else timedelta()
    seconds = round(late.total_seconds())
    return {"ok": late < LATE, "database": "ok", "late_seconds": seconds, "platforms": sorted(app.platforms)}
