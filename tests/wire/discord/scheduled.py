"""An event in the list of a guild."""

from __future__ import annotations

from dataclasses import dataclass

WAITING, ACTIVE, OVER, CANCELLED = 1, 2, 3, 4
"""Where an event stands."""

IN_VOICE, ELSEWHERE = 2, 3
"""Where an event takes place."""

NEXT = {WAITING: {ACTIVE, CANCELLED}, ACTIVE: {OVER}}


@dataclass(slots=True)
class Scheduled:
    """An event; times are seconds, `creator` is a person's id."""

    id: int
    guild_id: int
    creator: int
    name: str
    start: float
    kind: int
    end: float | None = None
    description: str | None = None
    channel_id: int | None = None
    location: str | None = None
    status: int = WAITING

    @property
    def is_open(self) -> bool:
        """Whether it is listed and counts to a guild's limit."""
        return self.status in NEXT

    def turn(self, now: float) -> None:
        """What Discord does by itself: an event elsewhere begins and ends at its times."""
        if self.kind == ELSEWHERE and self.status == WAITING and self.start <= now:
            self.status = ACTIVE
        if self.kind == ELSEWHERE and self.status == ACTIVE and (self.end or now + 1) <= now:
            self.status = OVER
