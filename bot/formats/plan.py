"""What a calendar is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.agenda import Change, Series


@dataclass(frozen=True, slots=True)
class Plan:
    """One series of a group for a calendar: its changes, the days that the reader declined, and the group's name."""

    series: Series
    changes: Mapping[date, Change]
    declined: Collection[date] = ()
    group: str = ""
