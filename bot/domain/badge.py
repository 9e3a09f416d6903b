"""Badges: a small closed set, each given once for what somebody has contributed, and never taken away."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.domain.points import Reason


class Badge(StrEnum):
    """What a badge is for, in the order in which they are shown."""

    FIRST = "first"
    SOLVED = "solved"
    SOLVED_10 = "solved-10"
    SOLVED_50 = "solved-50"
    SHELF = "shelf"
    AUTHOR = "author"
    THANKED = "thanked"
    STREAK_7 = "streak-7"
    STREAK_30 = "streak-30"
    STREAK_100 = "streak-100"
    ALL_ROUND = "all-round"


_COUNTS: Mapping[Badge, tuple[Reason, int]] = {
    Badge.SOLVED: (Reason.ANSWER, 1),
    Badge.SOLVED_10: (Reason.ANSWER, 10),
    Badge.SOLVED_50: (Reason.ANSWER, 50),
    Badge.SHELF: (Reason.RESOURCE, 5),
    Badge.AUTHOR: (Reason.ITEM, 10),
    Badge.THANKED: (Reason.THANKS, 25),
}
STREAKS: Mapping[Badge, int] = {Badge.STREAK_7: 7, Badge.STREAK_30: 30, Badge.STREAK_100: 100}
"""Quiz days in a row."""

EFFORTS = frozenset(Reason) - {Reason.THANKS, Reason.FIRST}
"""The kinds that are one's own doing: being thanked is somebody else's, and the first time is one of the others."""


def earned(times: Mapping[Reason, int], streak: int) -> frozenset[Badge]:
    """The badges for how often somebody contributed in each kind, ever, and for a streak (quiz days)."""
    counted = {badge for badge, (reason, count) in _COUNTS.items() if times.get(reason, 0) >= count}
    kept = {badge for badge, days in STREAKS.items() if streak >= days}
    begun = {Badge.FIRST} if any(times.get(reason, 0) > 0 for reason in EFFORTS) else set()
    return frozenset(counted | kept | begun)


def is_all_round(times: Mapping[Reason, int], kinds: Collection[Reason]) -> bool:
    """Whether somebody contributed in each of these kinds; with the times of one month, the badge for such a month."""
    return all(times.get(reason, 0) > 0 for reason in kinds)
