"""When a date of a session is, on the clocks of all who read it."""

from zoneinfo import ZoneInfo

from bot.chat.text import Line, Moment, Shape, T
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.features.session.dates import moment, whole
from bot.speech import ZONES

CLOCKS = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""Indonesia's three zones from west to east."""


def when(ctx: Context, one: Occurrence) -> Line:
    """When a date begins, and its end or its length, for a public message.

    Each reader sees it in their own zone where the platform can do that. A group that wants it so, and lives in an
    Indonesian zone, sees one and the same line instead, with the hour in the other two zones.
    """
    zone = moment(one).zone or ctx.community.zone
    if not ctx.community.sessions.clocks or zone not in ZONES:
        return (whole(one),)
    others = [_there(one, zone, each) for each in CLOCKS if ZONES[each] != ZONES[zone]]
    listed: Line = tuple(piece for other in others for piece in (" · ", other))[1:]
    minutes = int((one.ends - one.starts).total_seconds()) // 60
    length = T("{n} minute", "{n} minutes", n=minutes)
    return (Moment(one.starts, Shape.FULL, zone, fixed=True), " (", *listed, ") · ", length)


def _there(one: Occurrence, here: str, there: str) -> Moment:
    """The hour in that zone, with its day where that is another one."""
    days = {one.starts.astimezone(ZoneInfo(zone)).date() for zone in (here, there)}
    return Moment(one.starts, Shape.TIME if len(days) == 1 else Shape.SHORT, there, fixed=True)
