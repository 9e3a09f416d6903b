"""What was changed of a series and its dates: what undoes it, and who hears of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.context import Context
from bot.domain.agenda import Change, Occurrence, Series, occurrence, occurrences
from bot.domain.amendment import Amendment
from bot.domain.lead import AHEAD
from bot.domain.recurrence import dates
from bot.features.session.news import changed

LOOKED_BACK = timedelta(days=2)
"""A session lasts a day at most, and the date may be another one elsewhere."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A series as it was and as it is stored now; `before` is None for a new one. `old` are all changes of its dates
    as they were, `changes` those that are stored now.
    """

    before: Series | None
    now: Series
    old: Mapping[date, Change]
    changes: Mapping[date, Change]

    @property
    def undoing(self) -> Amendment:
        """What gives back what was."""
        if self.before is None:
            return Amendment((replace(self.now, over=True),))
        was = tuple(replace(self._was(day), revision=change.revision) for day, change in self.changes.items())
        again = replace(self.before, revision=self.now.revision)
        return Amendment((again,) if self.now != self.before else (), was)

    def then(self, day: date) -> Occurrence | None:
        """That date as it was, None where there was none."""
        if self.before is None or not (has(self.before, day) or self._was(day).rest):
            return None
        return occurrence(self.before, day, self._was(day))

    def as_it_is(self, day: date) -> Occurrence:
        """That date as it is now."""
        return occurrence(self.now, day, self.changes.get(day) or self._was(day))

    def _was(self, day: date) -> Change:
        return self.old.get(day) or Change(self.now.community, self.now.id, day)


def has(series: Series, day: date) -> bool:
    """Whether the series has a date on that day."""
    return not series.over and next(dates(series.rule, day, day), None) is not None


async def watched(ctx: Context, before: Series, now: Series, old: Mapping[date, Change]) -> Collection[date]:
    """The days ahead of which anybody may know: announced, said yes to, or left behind by a new rule."""
    since = ctx.now.date() - LOOKED_BACK
    days = set(await ctx.unit.rsvps.days(before.community, before.id, since))
    days |= {one.day for one in occurrences(before, old, ctx.now, ctx.now + AHEAD)}
    if before.rule != now.rule:
        days |= {*dates(before.rule, since, now.rule.first - timedelta(days=1))}
    return {day for day in days if occurrence(before, day, old.get(day)).ends > ctx.now}


async def tell(ctx: Context, kept: Kept, days: Iterable[date]) -> None:
    """Let those hear of it whom these dates concern, and their cards say so."""
    for day in sorted(days):
        then, now = kept.then(day), kept.as_it_is(day)
        if then is None or _seen(then) != _seen(now):
            await changed(ctx, then, now)


def _seen(one: Occurrence) -> tuple[object, ...]:
    """What members see of a date."""
    where = (one.where, one.url, one.channel)
    return one.starts, one.ends, one.rest, one.title, one.topic, where, one.capacity, one.host, one.series.kind
