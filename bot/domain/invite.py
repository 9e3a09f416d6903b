"""Invitations to one date of a session for people who are no members: a code that holds until the date is over."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import dated


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation as it is kept, by the digest of its code alone. `day` is the one that the rule has."""

    digest: str
    community: int
    series: int
    day: date
    made_at: datetime

    @property
    def subject(self) -> int:
        """The number under which its date is known."""
        return dated.subject(self.series, self.day)
