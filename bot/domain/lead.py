"""When people are reminded of a session, and until when a reminder is of use."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.agenda import Occurrence

LEADS: Mapping[int, timedelta] = {
    1: timedelta(days=2),
    2: timedelta(days=1),
    3: timedelta(hours=3),
    4: timedelta(hours=1),
    5: timedelta(minutes=15),
}
"""So long before a session somebody can be reminded."""

GROUP = 5
"""The reminder that the group gets as well."""

USUAL = frozenset({2})
"""What whoever chose nothing gets in private."""

AHEAD = max(LEADS.values())
"""So long before it begins a date is announced and its reminders are planned."""

USEFUL_FOR = timedelta(minutes=10)
"""A reminder that could not go out in time is of use until so long after the beginning."""

LATE_AFTER = timedelta(minutes=5)
"""A reminder that is so much later than it should be says so."""


def due(one: Occurrence, lead: int) -> datetime:
    """When that reminder of a date goes out."""
    return one.starts - LEADS[lead]


def planned(one: Occurrence) -> tuple[int, ...]:
    """The reminders of a date: those that lay ahead when its time became known."""
    return tuple(lead for lead in LEADS if due(one, lead) >= one.since)


def is_late(one: Occurrence, lead: int, now: datetime) -> bool:
    """Whether that reminder would go out later than it should."""
    return now - due(one, lead) > LATE_AFTER


def is_told(one: Occurrence, lead: int, before: datetime | None) -> bool:
    """Whether it need not go out again although the date moved: it did when the date was to begin at `before`, and
    the date is not so much later now that people would be reminded anew.
    """
    return before is not None and one.starts - before <= LEADS[lead]


def wants(leads: Collection[int], one: Occurrence, lead: int, now: datetime) -> bool:
    """Whether somebody with these reminders gets this one now; of several that are due only the last."""
    return lead in leads and not any(each > lead and due(one, each) <= now for each in leads)
