"""Thanks: which count, why others do not, and which pairs of people stand out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Flag, StrEnum

from bot.chat.places import Ref
from bot.domain.community import PointRule
from bot.domain.points import Entry, undone_cause

MOST_WHY = 200
"""Characters of what somebody is thanked for."""

FRESH = timedelta(days=7)
"""Thanks by a word or a mark count for a message that is younger than this."""

RETURN = timedelta(hours=1)
"""Thanks back within this time count for a contribution alone."""

ONE_DATE = timedelta(hours=50)
"""How long one date lasts from the first zone in which it begins to the last one in which it ends."""

SPAN = timedelta(days=30)
"""How far back is looked for pairs that stand out."""

LEAST_PAIR, SHARE = 5, 0.8
"""A pair stands out with so many thanks between the two, that are such a part of all that either gave or got."""


class Way(Flag):
    """How somebody said thanks for a message; several may stand at once."""

    NONE = 0
    COMMAND = 1
    WORD = 2
    MARK = 4


class Denial(StrEnum):
    """Why thanks do not count."""

    SELF = "self"
    NEW = "new"
    MUTED = "muted"
    STRANGER = "stranger"
    OFF = "off"
    AGAIN = "again"
    PAIR = "pair"
    GIVER = "giver"
    RECEIVER = "receiver"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Thanks:
    """What a person said for somebody's message, in as many ways as stand now.

    `cause` is that of the entry that counts for it, "" where none does.
    """

    community: int
    giver: int
    receiver: int
    message: Ref
    at: datetime
    ways: Way = Way.NONE
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Somebody who wears the tag of a helper, earned in the season `month` (YYYYMM).

    `refused` says that a platform did not show it.
    """

    community: int
    person: int
    month: int
    refused: bool = False


def limit(rule: PointRule, person: int, given: Iterable[Entry], received: int, amount: int) -> Denial | None:
    """Which limit of one day thanks to that person would break.

    `given` are the giver's thanks of that day with what they took back of them, `received` the points that the person
    has from thanks that day, `amount` what these thanks are worth. What was taken back counts among the giver's, so
    that nobody gives and takes without end, but no longer for the pair.
    """
    entries = [each for each in given if each.times]
    said = [each for each in entries if each.amount > 0]
    back = {undone_cause(each) for each in entries if each.amount < 0}
    stands = [each for each in said if each.person == person and each.cause not in back]
    if len(stands) >= rule.pair:
        return Denial.PAIR
    if len(said) >= rule.giver:
        return Denial.GIVER
    return Denial.RECEIVER if received + amount > rule.receiver else None


def is_returned(said: Iterable[Entry], giver: int) -> bool:
    """Whether the receiver has just thanked the giver: `said` are the receiver's thanks within `RETURN`."""
    entries = [each for each in said if each.times]
    back = {undone_cause(each) for each in entries if each.amount < 0}
    return any(each.amount > 0 and each.person == giver and each.cause not in back for each in entries)


def cause(giver: int, day: int, given: Iterable[Entry]) -> str:
    """What causes the giver's next entry of that day (an ordinal): it counts all of them, and none is ever deleted.

    `given` reaches back over `ONE_DATE`: where a group changes its zone, what was said on a date of that name may be
    before the day that is meant now.
    """
    begins = f"thanks:{giver}:{day}:"
    return f"{begins}{sum(each.cause.startswith(begins) for each in given)}"


@dataclass(frozen=True, slots=True)
class Circle:
    """Two people and the thanks between them, of all thanks that either of them gave or got."""

    people: tuple[int, int]
    between: int
    all: int


def circles(entries: Iterable[Entry]) -> Sequence[Circle]:
    """Pairs that thank hardly anybody else, in these entries for thanks; what was taken back is left out.

    What nobody in particular caused, or what only corrects a sum, is no thanks between two.
    """
    found = [each for each in entries if each.by and each.times]
    back = {undone_cause(each) for each in found if each.amount < 0}
    stand = [each for each in found if each.amount > 0 and each.cause not in back]
    between: dict[tuple[int, int], int] = {}
    of: dict[int, int] = {}
    for each in stand:
        pair = (min(each.by, each.person), max(each.by, each.person))
        between[pair] = between.get(pair, 0) + 1
        for person in pair:
            of[person] = of.get(person, 0) + 1
    circled = [Circle(pair, count, of[pair[0]] + of[pair[1]] - count) for pair, count in between.items()]
    close = [each for each in circled if each.between >= LEAST_PAIR and each.between >= SHARE * each.all]
    return sorted(close, key=lambda each: (-each.between, each.people))
