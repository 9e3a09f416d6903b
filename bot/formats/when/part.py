"""The elements of a time in words, as the grammar finds them."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.domain.when import Fault


class Part(Enum):
    """A part of the day, with the hours that it has; no two of them are the same on a dial."""

    AM = tuple(range(12))
    PM = tuple(range(12, 24))
    MORNING = tuple(range(1, 12))
    NOON = tuple(range(10, 16))
    AFTERNOON = tuple(range(12, 19))
    SORE = tuple(range(14, 19))
    DUSK = tuple(range(15, 20))
    EVENING = tuple(range(16, 24))
    NIGHT = (*range(18, 24), *range(5))
    SMALL_HOURS = tuple(range(6))
    DAWN = tuple(range(3, 7))


class Unit(StrEnum):
    """What lengths are counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with a meaning: the name of its terminal, its value, and the characters of the text that it is."""

    type: str
    value: object
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said; `exact` if it needs no part of the day, `spelled` if it is an English word."""

    hour: int
    minute: int = 0
    exact: bool = False
    part: Part | None = None
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Midnight:
    """Midnight, either of the two that a day has."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The hour at which it ends."""

    clock: Clock | Midnight


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """It ends when it is done ("19.00 - selesai"), so it lasts as long as usual."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A length: hours are minutes here."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Span:
    """How long it lasts, or how long it goes on."""

    amount: Amount


@dataclass(frozen=True, slots=True)
class Later:
    """So long from now."""

    amount: Amount


class Which(Enum):
    """The week of a weekday: any, this one, the next one."""

    ANY = "any"
    THIS = "this"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week, Monday 0. On the `eve` of a day it is the night before it (malam Minggu).

    They are `bare` without a word before them: then "jam 7 malam Minggu" may be that night as well.
    """

    days: tuple[int, ...]
    which: Which = Which.ANY
    eve: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday or Sunday."""


@dataclass(frozen=True, slots=True)
class Week:
    """This week or the next one; `sunday` if the words may mean a Sunday instead (minggu depan)."""

    which: Which
    sunday: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date; year 0 if none was said."""

    day: int
    month: int
    year: int = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of any month, or of the `next` one."""

    day: int
    next: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """So many days from today, perhaps with a part of the day."""

    days: int
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th (-1 the last) such weekday of a month; weekday None is any day.

    `leads` if the number stands before an English weekday, where "every second Monday" has two meanings.
    """

    nth: int
    weekday: int | None = None
    leads: bool = False


Day = Weekdays | Weekend | Week | Calendar | MonthDay | Away


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again on such days; the `other` ones only if every second one."""

    day: Weekdays | Weekend | Calendar | MonthDay | Nth | Part
    other: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Every so many units; `sunday` if the words may mean every Sunday instead (tiap minggu)."""

    amount: Amount
    sunday: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """So many times."""

    times: int


@dataclass(frozen=True, slots=True)
class Begin:
    """From that day on."""

    day: Day


@dataclass(frozen=True, slots=True)
class Until:
    """To that day."""

    day: Day


@dataclass(frozen=True, slots=True)
class Stretch:
    """All days from one to another."""

    first: Calendar
    last: Calendar


@dataclass(frozen=True, slots=True)
class Except:
    """Not on these days."""

    days: tuple[Day | Stretch, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """The clock of that IANA zone, or without a name the one that is so many `minutes` ahead of UTC."""

    name: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """Understood, and refused."""

    fault: Fault
    hint: str = ""


Element = (
    Clock | Midnight | Ending | OpenEnd | Part | Span | Later | Day | Nth | Every | Period | Count | Begin | Until
    | Except | Zone | Flaw
)  # fmt: skip
