"""What was done to a series in the course of a simulation, and what a date of it was at any moment."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

import holidays

from tests.simulation.calendar import DAY, Plan, meetings, moment

_RED: Mapping[date, str] = holidays.country_holidays("ID", years=range(2026, 2030))


@dataclass(frozen=True, slots=True)
class Version:
    """A series from the moment `since` on: every change of it may change the time of its dates."""

    since: datetime
    plan: Plan
    zone: str
    pauses: tuple[tuple[date, date], ...] = ()
    holidays: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Twist:
    """What an organiser made of one date at the moment `since`: moved there, called `off`, or `kept` all the same."""

    since: datetime
    on: date | None = None
    at: time | None = None
    off: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A date as it is: when, whether it takes place, and since when its time is known."""

    starts: datetime
    ends: datetime
    on: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time in which nothing is done to a date. `state` is None where the series has no such date."""

    begins: datetime
    ends: datetime
    state: State | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answered to a date at that moment: `yes`, or coming in another way, or not."""

    at: datetime
    person: int
    comes: bool
    yes: bool = False


@dataclass(slots=True)
class Book:
    """One series of one group, as it was and became. `host` is the person who leads it, 0 for nobody."""

    community: int
    series: int
    title: str
    host: int
    capacity: int
    zoned: bool
    versions: list[Version]
    twists: dict[date, list[Twist]] = field(default_factory=dict)
    said: dict[date, list[Said]] = field(default_factory=dict)

    @property
    def newest(self) -> Version:
        """The series as it is now."""
        return self.versions[-1]

    @property
    def days(self) -> Sequence[date]:
        """All days that any version of the plan has had."""
        return sorted({day for version in self.versions for day in meetings(version.plan)})

    def state(self, day: date, at: datetime) -> State | None:
        """The date of that day at that moment, None where there is none."""
        version = _last(self.versions, at)
        twist = _last(self.twists.get(day, ()), at)
        if version is None or day not in meetings(version.plan):
            return None
        return _state(version, day, twist)

    def zone(self, at: datetime) -> str:
        """The clock by which it met at that moment."""
        version = _last(self.versions, at)
        return version.zone if version else self.newest.zone

    def segments(self, day: date, end: datetime) -> Iterator[Segment]:
        """The time from the first version to the end, cut wherever the date may have changed."""
        cuts = [each.since for each in (*self.versions, *self.twists.get(day, ()))]
        yield from self._between(day, cuts, end)

    def replanned(self, day: date, end: datetime) -> Iterator[Segment]:
        """The same, cut wherever anything of the series was changed."""
        twists = (each.since for several in self.twists.values() for each in several)
        yield from self._between(day, [*(each.since for each in self.versions), *twists], end)

    def _between(self, day: date, cuts: Sequence[datetime], end: datetime) -> Iterator[Segment]:
        points = [*sorted(set(cuts)), end]
        for begins, ends in pairwise(points):
            yield Segment(begins, ends, self.state(day, begins))

    def coming(self, day: date, at: datetime) -> Mapping[int, bool]:
        """Who has a seat at that moment, and whether they said yes."""
        seats: dict[int, bool] = {}
        for said in self.said.get(day, ()):
            if said.at > at:
                break
            if said.comes:
                seats[said.person] = said.yes
            else:
                seats.pop(said.person, None)
        return dict(list(seats.items())[: self.capacity or len(seats)])


_Kept = TypeVar("_Kept", Version, Twist)


def _last(several: Sequence[_Kept], at: datetime) -> _Kept | None:
    index = bisect_right([each.since for each in several], at)
    return several[index - 1] if index else None


def _state(version: Version, day: date, twist: Twist | None) -> State:
    starts = moment((twist and twist.on) or day, (twist and twist.at) or version.plan.at, version.zone)
    since = max(version.since, twist.since) if twist else version.since
    off = version.over or (twist.off if twist and (twist.off or twist.kept) else rests(version, day))
    return State(starts, starts + timedelta(minutes=version.plan.minutes), not off, since)


def rests(version: Version, day: date) -> bool:
    """Whether the series itself rests on that day."""
    return any(first <= day <= last for first, last in version.pauses) or (version.holidays and day in _RED)


def near(day: date) -> Iterator[date]:
    """The days whose dates may lie beside that of this day."""
    for shift in range(-16, 17):
        yield day + shift * DAY
