"""How much the bot says in public by itself: so many posts a day, fewer that sound, none at night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.community import Community, Preset
from bot.domain.quiet import awake
from bot.domain.quiz import local_date


class Noise(StrEnum):
    """How a public post came about: by somebody's act, at an hour that the group chose, or by the bot itself."""

    ASKED = "asked"
    PLANNED = "planned"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Budget:
    """Posts and sounding ones of a group's day; `unasked` ones are left out altogether where it is false."""

    posts: int
    sounds: int
    unasked: bool = True


BUDGETS: Mapping[Preset, Budget] = {
    Preset.CALM: Budget(4, 1, unasked=False),
    Preset.BALANCED: Budget(6, 2),
    Preset.LIVELY: Budget(12, 4),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a post: when it goes out, None for never; `silent` whatever it wanted."""

    at: datetime | None
    silent: bool = False


def weigh(community: Community, noise: Noise, posts: int, sounds: int, now: datetime) -> Verdict:
    """Whether a post may go out now that `posts` went out already on the group's day, `sounds` of them with a sound.

    What the group planned always goes out: it chose the hour itself. What nobody asked for waits for the morning, and
    beyond the budget for the next one.
    """
    budget = BUDGETS[community.preset]
    hush = sounds >= budget.sounds
    if noise is Noise.PLANNED:
        return Verdict(now, hush)
    if not budget.unasked:
        return Verdict(None)
    if posts >= budget.posts:
        return Verdict(_tomorrow(now, community.zone))
    return Verdict(awake(now, community.zone), hush)


def _tomorrow(now: datetime, zone: str) -> datetime:
    """The first waking moment of the group's next day."""
    day, later = local_date(now, zone), now
    while local_date(later, zone) == day:
        later += timedelta(hours=1)
    return awake(later, zone)
