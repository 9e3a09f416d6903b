"""What two moderators must agree on: putting somebody out for good, and locking the whole group."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.moderation import Evidence

LAPSES = timedelta(minutes=30)
"""How long a proposal waits for a second moderator."""

ALONE = timedelta(minutes=5)
"""How long an organiser without a second moderator thinks it over before it can be done alone."""


class Kind(StrEnum):
    """What is proposed."""

    BAN = "ban"
    LOCKDOWN = "lockdown"


class State(StrEnum):
    """What became of it; what nobody decided in time has lapsed."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one moderator wants and another has to agree to; `id` is given by the store.

    `person` is whom a ban is about. `length` is in minutes, how long a lockdown lasts, 0 for until it is lifted.
    `alone` says that no second moderator was known. `judge` is who agreed or declined.
    """

    community: int
    id: int
    kind: Kind
    by: int
    at: datetime
    person: int = 0
    reason: str = ""
    length: int = 0
    alone: bool = False
    evidence: Evidence = field(default_factory=Evidence)
    state: State = State.OPEN
    judge: int = 0

    @property
    def until(self) -> datetime:
        """When it lapses."""
        return self.at + LAPSES

    def waits(self, now: datetime) -> bool:
        """Whether it can still be decided."""
        return self.state is State.OPEN and now < self.until
