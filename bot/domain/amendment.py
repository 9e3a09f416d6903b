"""What is to be changed of a group's sessions once somebody has said so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot.domain.agenda import Change, Series
from bot.domain.recurrence import Frequency, Rule, dates


@dataclass(frozen=True, slots=True)
class Amendment:
    """Series and changes of dates as they are to be stored; a series with the number 0 is a new one.

    The `revision` of each is the one from which it was made: where that is no longer the newest, it must not be stored.
    """

    series: tuple[Series, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def communities(self) -> set[int]:
        """Whose they are."""
        return {series.community for series in self.series} | {change.community for change in self.changes}


OWN = ("rest", "reason", "kept", "on", "at", "minutes", "title", "topic", "where", "url", "channel", "capacity")
"""What organisers change of a date; the rest of a change is noted by what happens."""


def taken_over(stored: Change, wanted: Change, now: datetime) -> Change:
    """The stored change with what is wanted, one revision later."""
    values = {name: getattr(wanted, name) for name in OWN}
    moved = any(values[name] != getattr(stored, name) for name in ("rest", "kept", "on", "at", "minutes"))
    since = now if moved else stored.since
    return replace(stored, **values, revision=stored.revision + 1, since=since)


def is_retimed(old: Series, new: Series) -> bool:
    """Whether any date may be at another time, or takes place where it did not."""
    return any(getattr(old, name) != getattr(new, name) for name in ("rule", "pauses", "holidays", "ramadan", "over"))


def retimed(old: Rule, said: Rule, today: date) -> Rule | None:
    """The rule of a series for which this was said; None where it is not clear what that means for all its dates.

    Who says one date for a series that repeats means its weekday and hour. Where only the hour changes, the dates of
    the past stay known.
    """
    new = _repeated(old, said)
    if new is None:
        return None
    if _pattern(new) == _pattern(old) and new.first in _ahead(old, today) and not (said.until or said.count):
        return replace(old, at=new.at, zone=new.zone, minutes=new.minutes)
    if old.count and not said.count:
        gone = sum(1 for _ in dates(replace(old, omits=()), old.first, today - timedelta(days=1)))
        return replace(new, count=max(old.count - gone, 1))
    return new


def _repeated(old: Rule, said: Rule) -> Rule | None:
    if said.frequency is not Frequency.ONCE or old.frequency is Frequency.ONCE:
        return said
    first = said.first
    new = replace(old, first=first, at=said.at, zone=said.zone, minutes=said.minutes, omits=())
    match old.frequency:
        case Frequency.WEEKLY if len(old.days) <= 1:
            return replace(new, days=(first.weekday(),), omits=_kept(old, first))
        case Frequency.WEEKLY if first.weekday() not in old.days:
            return None
        case Frequency.MONTHLY if old.nth and not (old.days and first.weekday() == old.days[0]):
            return None
        case Frequency.MONTHLY if not old.nth and first.day != old.first.day:
            return new
        case _:
            return replace(old, at=said.at, zone=said.zone, minutes=said.minutes)


def _ahead(rule: Rule, today: date) -> Sequence[date]:
    """Its next two dates: today's may be over."""
    return tuple(islice(dates(rule, today, date.max), 2))


def _kept(old: Rule, first: date) -> tuple[date, ...]:
    return tuple(day for day in old.omits if day >= first)


def _pattern(rule: Rule) -> tuple[object, ...]:
    return rule.frequency, rule.every, rule.days, rule.nth, rule.first.day if rule.frequency is Frequency.MONTHLY else 0
