"""The moment and the place at which a time is said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.quiz import local_date
from bot.domain.recurrence import Rule, instant
from bot.domain.when import HORIZON, SOONEST, Fault


@dataclass(frozen=True, slots=True)
class Here:
    """The instant `now` (UTC), the group's `zone`, and the zone `at` whose clock is meant."""

    now: datetime
    zone: str
    at: str

    @property
    def today(self) -> date:
        """The day that it is in the group."""
        return local_date(self.now, self.zone)

    @property
    def last(self) -> date:
        """No later day is planned."""
        return self.today + HORIZON

    def amiss(self, rule: Rule) -> Fault | None:
        """Why a rule cannot begin when it does."""
        if rule.first > self.last:
            return Fault.BEYOND
        if rule.first < self.today - timedelta(days=2):
            return Fault.PAST
        ahead = instant(rule.first, rule.at, rule.zone) - self.now
        if ahead < timedelta(0):
            return Fault.PAST
        if ahead < SOONEST:
            return Fault.SOON
        return Fault.BEYOND if ahead > HORIZON else None
