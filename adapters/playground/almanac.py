"""Moments worth jumping to, from the group's own rules."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.playground.adapter import Playground
from adapters.playground.cast import TELEGRAM
from bot.chat.text import Moment, T
from bot.domain.community import Community
from bot.domain.quiz import closing, instant, next_opening
from bot.ports import Unit
from bot.speech import Speech

FARTHEST = timedelta(days=40)
"""A jump over more than this is refused: every day on the way is lived through."""

_NAMES = {
    "hour": T("+1 hour"),
    "quiz": T("To the quiz hour"),
    "close": T("To the close"),
    "monday": T("To Monday 19.00"),
    "tomorrow": T("Tomorrow"),
}


@dataclass(frozen=True, slots=True)
class Jump:
    """A moment (aware) with the name of the way to it."""

    name: str
    at: datetime


async def jumps(playground: Playground) -> tuple[Jump, ...]:
    """The moments ahead, soonest first."""
    now = playground.clock()
    async with playground.app.store.read() as unit:
        community = (await unit.arrivals.of(TELEGRAM, None)).community
        found = await _quiz(unit, community, now) if community else []
    zone = community.zone if community else "Asia/Jakarta"
    plain = [
        Jump("hour", now + timedelta(hours=1)),
        Jump("monday", monday(now, zone)),
        Jump("tomorrow", _morrow(now, zone)),
    ]
    return tuple(sorted((*plain, *found), key=lambda jump: jump.at))


def label(jump: Jump, speech: Speech) -> str:
    """The way's name in the reader's language."""
    return speech.words(_NAMES[jump.name])


def when(jump: Jump, speech: Speech) -> str:
    """The moment in the reader's language and the group's zone."""
    return speech.words(Moment(jump.at))


async def zone_of(playground: Playground) -> tuple[str, str]:
    """The group's name and zone, as far as there is a group."""
    async with playground.app.store.read() as unit:
        community = (await unit.arrivals.of(TELEGRAM, None)).community
    return (community.name, community.zone) if community else ("", "Asia/Jakarta")


def monday(now: datetime, zone: str) -> datetime:
    """The next Monday at 19.00 in that zone."""
    local = now.astimezone(ZoneInfo(zone))
    at = instant(local.date() + timedelta(days=-local.weekday() % 7), time(19), zone)
    return at if at > now else instant(local.date() + timedelta(days=7 - local.weekday()), time(19), zone)


async def _quiz(unit: Unit, community: Community, now: datetime) -> list[Jump]:
    if not community.daily.on:
        return []
    day, opens = next_opening(community.daily, community.zone, now)
    latest = await unit.quizzes.latest(community.id)
    running = latest is not None and latest.takes_answers(now)
    closes = latest.closes_at if latest and running else closing(community.daily, day, community.zone)
    return [Jump("quiz", opens), Jump("close", closes)]


def _morrow(now: datetime, zone: str) -> datetime:
    local = now.astimezone(ZoneInfo(zone))
    return instant(local.date() + timedelta(days=1), local.time(), zone)
