"""Study sessions: series, what is different on their dates, who comes, and who was reminded."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.agenda import Change, Series
from bot.domain.rsvp import Rsvp


class Sessions(Protocol):
    """Series and their changes. A day is the one that the rule has."""

    async def add(self, series: Series) -> Series:
        """Store a new one, with its `id`."""

    async def save(self, series: Series) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, series: int) -> Series | None:
        """The series of that number, also one that is over."""

    async def hold(self, community: int, series: int) -> Series | None:
        """The same; nobody else changes it or its dates until this unit ends."""

    async def running(self, community: int) -> Sequence[Series]:
        """Those that are not over, by number."""

    async def change(self, community: int, series: int, day: date) -> Change:
        """What is different on that date; a change without anything where nothing is."""

    async def changes(self, community: int, series: int) -> Mapping[date, Change]:
        """The same for all dates on which anything is."""

    async def all_changes(self, community: int, since: date) -> Mapping[int, Mapping[date, Change]]:
        """The same for the dates of all series from that day on, by series."""

    async def put(self, change: Change) -> None:
        """Store a change; hold the series first."""


class Rsvps(Protocol):
    """What people said to dates. Hold the series before you change one, so that seats are given in order."""

    async def put(self, rsvp: Rsvp) -> None:
        """Store what somebody says now."""

    async def get(self, community: int, series: int, day: date, person: int) -> Rsvp | None:
        """What that person said to that date."""

    async def of_date(self, community: int, series: int, day: date) -> Sequence[Rsvp]:
        """All that was said to that date."""

    async def days(self, community: int, series: int, since: date) -> Sequence[date]:
        """The days from that one on to which anybody said anything, in order."""

    async def of_person(self, community: int, person: int, since: date) -> Sequence[Rsvp]:
        """What that person said to dates from that day on, by day."""

    async def since(self, community: int, day: date) -> Sequence[Rsvp]:
        """All that was said to dates from that day on."""


class Leads(Protocol):
    """When people want to be reminded, and which reminders went out."""

    async def put(self, community: int, person: int, leads: Collection[int]) -> None:
        """Keep which reminders (1 to 9) that person wants, none for an empty one."""

    async def get(self, community: int, people: Sequence[int]) -> Mapping[int, frozenset[int]]:
        """The reminders of those who chose some."""

    async def mark(self, community: int, series: int, day: date, lead: int, starts: datetime) -> None:
        """Note that this reminder of a date went out, which was to begin then."""

    async def marks(self, community: int, series: int, day: date) -> Mapping[int, datetime]:
        """By reminder of a date that went out: when the date was to begin."""
