"""What the answers to an item say about it: how hard it is, whom it tells apart, and whether its key is doubted.

It is given first attempts only. An item's own numbers come from attempts at its current version, because another
version is another question. Below `LEAST` of them nothing is said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import StatisticsError, correlation

from bot.domain.attempt import Attempt
from bot.domain.items import Item, Kind

LEAST = 10
"""Attempts from which on something is said: fewer tell more about these people than about the item."""

HARDEST = 0.2
EASIEST = 0.95
"""Shares of right answers outside of which an item hardly tells anybody apart."""

TELLING = 0.2
"""Discrimination from which on an item is worth keeping (Ebel 1965, "Measuring Educational Achievement": below .20 is
poor, .20 to .29 marginal, .30 to .39 reasonably good, from .40 on very good).
"""

DEAD = 0.05
"""A wrong option that fewer than this share choose does not work as one (Haladyna and Downing 1993, "How many options
is enough for a multiple-choice test item?")."""

CHANCE = 0.1
"""How likely the stronger half may prefer a wrong answer by chance alone before the key is doubted.

Simulated with groups of 10 to 60, it doubts a right key in fewer than 1 of 100 items, or 1 of 15 of those built around
a popular misconception, and finds a wrong one in a third of them (10 people) to nine tenths (60).
"""

Numbers = Sequence[float]


@dataclass(frozen=True, slots=True)
class Few:
    """An item with too few attempts to say anything."""

    item: int
    n: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a key is suspicious: of the `half` people who did best on other items, `rival` gave the wrong response
    and only `key` a right one.
    """

    response: str
    rival: int
    key: int
    half: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """The numbers of one item.

    `facility` is the share of right first attempts. `discrimination` is the corrected item-total correlation, from -1
    to 1; None where too few people answered other items, or all answered alike. `chosen` counts people per option and
    `dead` names options that nobody needs; both are empty for kinds answered in words or as an order.
    """

    item: int
    n: int
    facility: float
    discrimination: float | None
    chosen: tuple[int, ...] = ()
    dead: tuple[int, ...] = ()
    doubt: Doubt | None = None

    @property
    def is_easy(self) -> bool:
        """Whether nearly everybody is right."""
        return self.facility > EASIEST

    @property
    def is_hard(self) -> bool:
        """Whether hardly anybody is right."""
        return self.facility < HARDEST

    @property
    def is_good(self) -> bool:
        """Whether the item has proved good: it tells people apart and nothing speaks against its key."""
        telling = self.discrimination is not None and self.discrimination >= TELLING
        return telling and not (self.is_easy or self.is_hard or self.doubt)

    @property
    def needs_a_look(self) -> bool:
        """Whether its author could make it better."""
        return bool(self.doubt or self.dead or self.is_easy or self.is_hard)


@dataclass(frozen=True, slots=True)
class Group:
    """People who tried an item and others as well: what they answered here, and their share right on the others.

    `stronger` and `weaker` are its halves; nobody is in either where all have the same share.
    """

    tries: tuple[Attempt, ...]
    shares: tuple[float, ...]
    stronger: tuple[Attempt, ...]
    weaker: tuple[Attempt, ...]


def grouped(tries: Sequence[Attempt], shares: Sequence[float]) -> Group:
    """The people parted between two different shares, as near to the middle as these allow."""
    order = sorted(shares)
    cuts = [at for at in range(1, len(order)) if order[at] > order[at - 1]]
    step = order[min(cuts, key=lambda at: abs(2 * at - len(order)))] if cuts else 0.0
    pairs = list(zip(tries, shares, strict=True)) if cuts else []
    stronger = tuple(one for one, share in pairs if share >= step)
    weaker = tuple(one for one, share in pairs if share < step)
    return Group(tuple(tries), tuple(shares), stronger, weaker)


def measure(items: Iterable[Item], attempts: Sequence[Attempt]) -> Mapping[int, Statistic | Few]:
    """The numbers of each item; `attempts` hold those at other items too, by which people are compared."""
    totals = Counter(one.person for one in attempts)
    rights = Counter(one.person for one in attempts if one.right)
    by_item: dict[int, list[Attempt]] = {}
    for one in attempts:
        by_item.setdefault(one.item, []).append(one)
    return {item.id: _measured(item, by_item.get(item.id, ()), totals, rights) for item in items}


def _measured(
    item: Item, every: Sequence[Attempt], totals: Mapping[int, int], rights: Mapping[int, int]
) -> Statistic | Few:
    tries = [one for one in every if one.version == item.version]
    if len(tries) < LEAST:
        return Few(item.id, len(tries))
    known = [one for one in tries if totals[one.person] > 1]
    shares = [(rights.get(one.person, 0) - one.right) / (totals[one.person] - 1) for one in known]
    group = grouped(known, shares)
    return Statistic(
        item.id,
        len(tries),
        sum(one.right for one in tries) / len(tries),
        _discrimination(group),
        _chosen(item, tries),
        _dead(item, tries, group),
        _doubt(group),
    )


def _discrimination(group: Group) -> float | None:
    """The correlation of being right here with the share right elsewhere.

    "Corrected" says that the item itself is left out of the total (Crocker and Algina 1986, "Introduction to
    Classical and Modern Test Theory", chapter 14); a share stands for the total because people met different items.
    """
    if len(group.tries) < LEAST:
        return None
    return _correlation([one.right for one in group.tries], group.shares)


def _chosen(item: Item, tries: Iterable[Attempt]) -> tuple[int, ...]:
    if item.kind not in (Kind.ONE, Kind.SEVERAL, Kind.TRUTH):
        return ()
    counts = Counter(digit for one in tries for digit in one.response)
    return tuple(counts[str(option)] for option in range(item.size))


def _dead(item: Item, tries: Sequence[Attempt], group: Group) -> tuple[int, ...]:
    """Wrong options that hardly anybody chose, and nobody of the weaker half, whom they are meant for."""
    if item.kind not in (Kind.ONE, Kind.SEVERAL):
        return ()
    weaker = {digit for one in group.weaker for digit in one.response}
    return tuple(
        option
        for option, count in enumerate(_chosen(item, tries))
        if option not in item.right and count < DEAD * len(tries) and str(option) not in weaker
    )


def _doubt(group: Group) -> Doubt | None:
    """The wrong response that the stronger half prefers to the right ones, if chance does not explain it.

    Where the key is right, a popular mistake grows rarer among stronger people; so it must also go along with being
    strong at least as much as the key does.
    """
    if len(group.tries) < LEAST:
        return None
    key = sum(one.right for one in group.stronger)
    wrong = Counter(_written(one) for one in group.stronger if not one.right).most_common(1)
    if not wrong:
        return None
    ((response, rival),) = wrong
    chosen = [_written(one) == response and not one.right for one in group.tries]
    lift = _or_zero(_correlation(chosen, group.shares)) - _or_zero(_discrimination(group))
    return (
        Doubt(response, rival, key, len(group.stronger))
        if _by_chance(rival, rival + key) <= CHANCE and lift >= 0
        else None
    )


def _written(one: Attempt) -> str:
    return one.response.strip().casefold()


def _by_chance(successes: int, throws: int) -> float:
    """How likely at least so many heads are in throws of a fair coin (the sign test)."""
    return float(sum(comb(throws, count) for count in range(successes, throws + 1)) / 2**throws)


def _correlation(flags: Sequence[bool], shares: Numbers) -> float | None:
    try:
        return correlation([float(flag) for flag in flags], shares)
    except StatisticsError:
        return None


def _or_zero(value: float | None) -> float:
    return value or 0.0
