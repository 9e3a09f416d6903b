"""Points as they would have been under other rules: a rehearsal that changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community, PointRule
from bot.domain.points import Entry, Reason, undo_cause, worth
from bot.domain.thanks import limit

CAPS = ("pair", "giver", "receiver")
"""The limits of a day for thanks, as `PointRule` calls them."""

SPAN = timedelta(days=30)
"""How far back a rehearsal goes."""


def exceeds(rule: PointRule, person: int, given: Iterable[Entry], received: int, amount: int) -> bool:
    """Whether thanks to that person would go beyond what counts on one day; see `bot.domain.thanks.limit`."""
    return limit(rule, person, given, received, amount) is not None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Everybody's sums as they are and as they would be, and the thanks that would not have counted."""

    before: Mapping[int, int]
    after: Mapping[int, int]
    lost: tuple[Entry, ...]

    @property
    def affected(self) -> Sequence[int]:
        """Whose sum would be another, the greatest difference first."""
        people = [person for person in self.before if self.before[person] != self.after[person]]
        return sorted(people, key=lambda person: (-abs(self.after[person] - self.before[person]), person))


def leaders(sums: Mapping[int, int]) -> Sequence[int]:
    """The people of these sums, the highest first, those with nothing left out."""
    return sorted((person for person, points in sums.items() if points > 0), key=lambda each: (-sums[each], each))


def rehearse(entries: Sequence[Entry], community: Community, reason: Reason) -> Rehearsal:
    """What these entries (oldest first) would be if the rules of `community` had held for that kind.

    Other kinds stay as they were recorded, and so do corrections and what came with other groups. What was never
    recorded, because the kind was off or a limit was lower, cannot come back. Only what people have from the pool is
    looked at.
    """
    day = _Day(community)
    before, after = Counter[int](), Counter[int]()
    lost: list[Entry] = []
    for entry in entries:
        would = day.amount(entry, reason)
        before[entry.person] += entry.amount
        after[entry.person] += would
        if entry.amount > 0 and not would and worth(community, reason):
            lost.append(entry)
    return Rehearsal(before, after, tuple(lost))


@dataclass(slots=True)
class _Day:
    """The thanks of the day that is being rehearsed."""

    community: Community
    on: date = date.min
    given: dict[int, list[Entry]] = field(default_factory=dict)
    received: Counter[int] = field(default_factory=Counter)
    dropped: set[str] = field(default_factory=set)

    def amount(self, entry: Entry, reason: Reason) -> int:
        """What the entry would move."""
        if entry.reason is not reason or not entry.times:
            return entry.amount
        if reason is Reason.THANKS and not self._counts(entry):
            return 0
        return entry.times * worth(self.community, reason)

    def _counts(self, entry: Entry) -> bool:
        if entry.amount < 0:
            self.given.setdefault(entry.by, []).append(entry)
            return entry.cause not in self.dropped
        self._turn(entry.at.astimezone(ZoneInfo(self.community.zone)).date())
        said, amount = self.given.setdefault(entry.by, []), worth(self.community, Reason.THANKS)
        if exceeds(self.community.points, entry.person, said, self.received[entry.person], amount):
            self.dropped.add(undo_cause(entry.cause))
            return False
        said.append(entry)
        self.received[entry.person] += amount
        return True

    def _turn(self, day: date) -> None:
        if day != self.on:
            self.on, self.given, self.received = day, {}, Counter()


def with_value(community: Community, word: str, value: int) -> Community:
    """The group with another value for a kind, or for one of the `CAPS`."""
    rule = community.points
    match word:
        case "pair":
            rule = replace(rule, pair=value)
        case "giver":
            rule = replace(rule, giver=value)
        case "receiver":
            rule = replace(rule, receiver=value)
        case _:
            rule = replace(rule, worth={**rule.worth, Reason(word).value: value})
    return replace(community, points=rule)
