"""Study sessions: a series with its rule, what is different on a date of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.community import Pause
from bot.domain.dated import subject
from bot.domain.recurrence import Frequency, Rule, dates, instant
from bot.domain.rest import holiday, is_ramadan

LONGEST_TITLE = 100
"""What the name of a scheduled event may have on Discord."""

LONGEST_WHERE = 100
"""What the place of a scheduled event may have on Discord."""

MOST_PEOPLE = 500
MOST_SERIES = 50
"""Series that a group has running at a time."""

STRAYS = timedelta(days=60)
"""How far from the day of its rule a date may be moved."""


class Kind(StrEnum):
    """What is done in a session."""

    STUDY = "study"
    QUIZ = "quiz"
    PRACTICE = "practice"
    STORY = "story"
    CHALLENGE = "challenge"


class Rest(StrEnum):
    """Why a date does not take place: somebody called it off, a pause, a public holiday, Ramadan, too few said yes, or
    the series has it no longer.
    """

    NONE = ""
    OFF = "off"
    PAUSE = "pause"
    HOLIDAY = "holiday"
    RAMADAN = "ramadan"
    QUORUM = "quorum"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Series:
    """A session, once or again and again. `id` counts within the community; 0 before it is stored.

    The zone of its `rule` is the group's unless it is `zoned`: then it stays when the group's changes. `where` is a
    place in words, `url` an address to join at, `channel` a voice channel of Discord. `capacity` is how many may come
    and `quorum` how many must, 0 for any number. `host` is the person who leads it, 0 for nobody; of a series with a
    `rota` each date has its own. It rests in its `pauses`, on public `holidays` and in `ramadan`, as it wishes.
    `revision` counts changes. `since` is when its times became what they are. One that is `over` has no further dates.
    """

    community: int
    id: int
    rule: Rule
    title: str
    by: int
    made: datetime
    kind: Kind = Kind.STUDY
    topic: str = ""
    where: str = ""
    url: str = ""
    channel: str = ""
    capacity: int = 0
    quorum: int = 0
    host: int = 0
    rota: bool = False
    zoned: bool = False
    holidays: bool = False
    ramadan: bool = False
    pauses: tuple[Pause, ...] = ()
    revision: int = 0
    since: datetime | None = None
    over: bool = False

    @property
    def name(self) -> str:
        """How it is called: S7, for session."""
        return f"S{self.id}"

    @property
    def repeats(self) -> bool:
        """Whether it has more than one date."""
        return self.rule.frequency is not Frequency.ONCE


@dataclass(frozen=True, slots=True)
class Change:
    """What is different on the date that the rule has on `day`; None and "" leave it as it is in the series.

    `rest` leaves the date out, for that `reason`; one that is `kept` takes place although the series rests. `on` and
    `at` move it, in the zone of the series. A `host` of -1 is nobody. `code` is the word by which people who are there
    say so, until `code_until`. `notes` is an address, `recap` what was done, `done_at` when it was ended by hand,
    `undone` how often that was taken back.
    `since` is when its time became what it is. The `agenda` is what was written for it; with `drafted` the group sees
    what it has open instead.
    """

    community: int
    series: int
    day: date
    rest: Rest = Rest.NONE
    reason: str = ""
    kept: bool = False
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    title: str = ""
    topic: str = ""
    where: str = ""
    url: str = ""
    channel: str = ""
    capacity: int | None = None
    host: int = 0
    code: str = ""
    code_until: datetime | None = None
    notes: str = ""
    recap: str = ""
    done_at: datetime | None = None
    undone: int = 0
    revision: int = 0
    since: datetime | None = None
    agenda: tuple[str, ...] = ()
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series as it is now. `day` is its day by the rule and names it, wherever it was moved.

    `starts` and `ends` are instants. `rest` says why it does not take place.
    """

    series: Series
    day: date
    starts: datetime
    ends: datetime
    rest: Rest
    change: Change

    @property
    def subject(self) -> int:
        """The number under which jobs and buttons know it."""
        return subject(self.series.id, self.day)

    @property
    def name(self) -> str:
        """How it is called: S7, as its series, or S7.2026-12-14."""
        return f"{self.series.name}.{self.day.isoformat()}" if self.series.repeats else self.series.name

    @property
    def on(self) -> bool:
        """Whether it takes place."""
        return self.rest is Rest.NONE

    @property
    def moved(self) -> bool:
        """Whether it is not when the rule has it."""
        return self.starts != instant(self.day, self.series.rule.at, self.series.rule.zone)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.change.title or self.series.title

    @property
    def topic(self) -> str:
        """What it is about, "" for nothing in particular."""
        return self.change.topic or self.series.topic

    @property
    def where(self) -> str:
        """Its place in words."""
        return self.change.where or self.series.where

    @property
    def url(self) -> str:
        """The address at which to join."""
        return self.change.url or self.series.url

    @property
    def channel(self) -> str:
        """The voice channel of Discord."""
        return self.change.channel or self.series.channel

    @property
    def capacity(self) -> int:
        """How many may come, 0 for any number."""
        return self.series.capacity if self.change.capacity is None else self.change.capacity

    @property
    def host(self) -> int:
        """Who leads it, 0 for nobody."""
        return max(self.change.host, 0) if self.change.host else self.series.host

    @property
    def since(self) -> datetime:
        """When its time became what it is."""
        return max(self.series.made, self.series.since or self.series.made, self.change.since or self.series.made)

    @property
    def revision(self) -> int:
        """How often it was changed."""
        return self.series.revision + self.change.revision


def in_zone(series: Series, zone: str) -> Series:
    """The series on the group's clock, unless it has one of its own."""
    return series if series.zoned else replace(series, rule=replace(series.rule, zone=zone))


def occurrence(series: Series, day: date, change: Change | None) -> Occurrence:
    """The date that the rule has on that day, with what is different there."""
    rule = series.rule
    change = change or Change(series.community, series.id, day)
    starts = instant(change.on or day, change.at or rule.at, rule.zone)
    minutes = rule.minutes if change.minutes is None else change.minutes
    return Occurrence(series, day, starts, starts + timedelta(minutes=minutes), _rest(series, day, change), change)


def occurrences(series: Series, changes: Mapping[date, Change], start: datetime, end: datetime) -> Iterator[Occurrence]:
    """The dates that end after `start` and begin before `end`, also those that rest, in the order of their beginning.

    A date that was moved stands where it is now.
    """
    if series.over:
        return
    first, last = start.date() - _LONGEST, end.date() + _LONGEST
    days = {*dates(series.rule, first, last)}
    days |= {day for day, change in changes.items() if change.on and next(dates(series.rule, day, day), None)}
    found = (occurrence(series, day, changes.get(day)) for day in days)
    yield from sorted((one for one in found if one.ends > start and one.starts < end), key=_beginning)


_LONGEST = timedelta(days=2)
"""A session lasts a day at most, and the date may be another one elsewhere."""


def _beginning(one: Occurrence) -> tuple[datetime, int, date]:
    return one.starts, one.series.id, one.day


def merged(several: Iterable[Iterable[Occurrence]]) -> Sequence[Occurrence]:
    """The dates of several series in the order of their beginning."""
    return sorted((one for each in several for one in each), key=_beginning)


def _rest(series: Series, day: date, change: Change) -> Rest:
    """Whether that date is left out; what somebody decided for the date itself counts before its series."""
    if change.rest is not Rest.NONE or change.kept:
        return change.rest
    return resting(series, day)


def resting(series: Series, day: date) -> Rest:
    """Why the series rests on that day by itself."""
    if any(pause.first <= day <= pause.last for pause in series.pauses):
        return Rest.PAUSE
    if series.ramadan and is_ramadan(day):
        return Rest.RAMADAN
    return Rest.HOLIDAY if series.holidays and holiday(day) else Rest.NONE
