"""Who was there on a date of a session: by a tap, by the code word, or by minutes in the voice channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from bot.domain.agenda import Occurrence

BEFORE = timedelta(minutes=15)
AFTER = timedelta(minutes=30)
"""From so long before a session begins until so long after its end people say that they are there."""

CODE_LIFE = timedelta(minutes=30)
"""How long a code word holds."""

HEARD = timedelta(minutes=5)
SHARE = 3
"""Who was in the voice channel for that long, or for one part of so many of the session, was there."""

LONGEST_PARTING = 500
LONGEST_RECAP = 1000
"""Characters."""

WORDS = (
    "apel", "bambu", "bintang", "buku", "bulan", "cemara", "delima", "elang", "embun", "gajah", "garuda", "gunung",
    "hujan", "jambu", "jeruk", "kelapa", "kerang", "kopi", "kuda", "langit", "layang", "mangga", "melati", "merpati",
    "nanas", "ombak", "padi", "pelangi", "pantai", "rusa", "sawah", "semut", "sungai", "teratai", "tupai", "udang",
)  # fmt: skip
"""Short words that are heard and spelled alike everywhere in Indonesia."""


class Way(StrEnum):
    """How it is known that somebody was there. Voice alone counts only with enough minutes."""

    TAP = "tap"
    CODE = "code"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody's presence on a date, noted at `at`.

    `seconds` were spent in the voice channel, not counting the time since `entered_at`, which is None for somebody who
    is not in it. `parting` is what they take along, in their own words.
    """

    community: int
    series: int
    day: date
    person: int
    way: Way
    at: datetime
    seconds: int = 0
    entered_at: datetime | None = None
    parting: str = ""

    def spent(self, until: datetime) -> timedelta:
        """Their time in the voice channel up to that moment."""
        now = max(timedelta(0), until - self.entered_at) if self.entered_at else timedelta(0)
        return timedelta(seconds=self.seconds) + now


def closed_at(one: Occurrence) -> datetime:
    """When a date ends: as planned, or when it was ended by hand before that."""
    return min(one.ends, one.change.done_at or one.ends)


def is_open(one: Occurrence, now: datetime) -> bool:
    """Whether people can say now that they are there."""
    return one.on and one.starts - BEFORE <= now < closed_at(one) + AFTER


def counts(presence: Presence, one: Occurrence, now: datetime) -> bool:
    """Whether they count as having been there by now."""
    enough = min(HEARD, (one.ends - one.starts) / SHARE)
    return presence.way is not Way.VOICE or presence.spent(min(now, closed_at(one))) >= enough


def there(presences: Iterable[Presence], one: Occurrence, now: datetime) -> Sequence[Presence]:
    """Those who count, in the order in which they came."""
    return sorted((each for each in presences if counts(each, one, now)), key=lambda each: (each.at, each.person))


def draw(rng: Random) -> str:
    """A fresh code word with two digits; `rng` must be one that nobody can foresee."""
    return f"{rng.choice(WORDS)}{rng.randrange(10, 100)}"


def is_word(one: Occurrence, said: str, now: datetime) -> bool:
    """Whether that is the code word of the date, in whatever case and spacing, as long as it holds."""
    until = one.change.code_until
    return bool(one.change.code and until and now < until and "".join(said.split()).casefold() == one.change.code)


def takes_word(one: Occurrence) -> bool:
    """Whether only the code word counts, because one was given out."""
    return bool(one.change.code)


def recent(dates: Sequence[Occurrence], now: datetime) -> Occurrence | None:
    """Of these dates the one that a person means who ends a session now: the last that has begun."""
    begun = [one for one in dates if one.on and one.starts <= now]
    return max(begun, key=lambda one: (one.starts, one.series.id), default=None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody did in several dates: how often they said yes, came and led, and their minutes by voice."""

    said: int = 0
    came: int = 0
    led: int = 0
    minutes: int = 0


def tallied(
    dates: Iterable[Occurrence],
    said: Mapping[tuple[int, date], Iterable[int]],
    came: Mapping[tuple[int, date], Sequence[Presence]],
    now: datetime,
) -> Mapping[int, Tally]:
    """What everybody did in these dates, by person; `said` are those who said yes to a date of a series."""
    found: dict[int, Tally] = {}
    for one in dates:
        key = (one.series.id, one.day)
        for person in said.get(key, ()):
            found[person] = _plus(found.get(person), said=1)
        for each in came.get(key, ()):
            minutes = int(each.spent(min(now, closed_at(one))).total_seconds()) // 60
            found[each.person] = _plus(found.get(each.person), came=counts(each, one, now), minutes=minutes)
        if one.host and one.change.done_at:
            found[one.host] = _plus(found.get(one.host), led=1)
    return found


def _plus(before: Tally | None, said: int = 0, came: int = 0, led: int = 0, minutes: int = 0) -> Tally:
    had = before or Tally()
    return Tally(had.said + said, had.came + came, had.led + led, had.minutes + minutes)
