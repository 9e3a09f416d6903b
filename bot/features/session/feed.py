"""What stands in the calendar of a group or of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import feed
from bot.domain.agenda import in_zone
from bot.domain.community import Community
from bot.domain.feed import Feed
from bot.domain.quiz import local_date
from bot.domain.rsvp import Answer
from bot.features.session.out import is_out
from bot.formats.plan import Plan
from bot.ports import Unit

BACK = timedelta(days=60)
"""Dates of a past as long as this are kept up to date."""

NAME = "Bareng"
"""What a person's calendar is called, which may be of several groups."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written into the file."""

    name: str
    language: str
    plans: tuple[Plan, ...]
    today: date

    def write(self) -> bytes:
        """The file."""
        # Only whoever asks for a calendar pays for the library.
        from bot.formats.calendar import write

        return write(self.name, self.language, self.plans, self.today)


async def content(unit: Unit, secret: str, now: datetime) -> bytes | None:
    """The calendar behind an address, None for one that is void or was never made."""
    found = await unit.feeds.find(feed.digest(secret))
    sheet = await gather(unit, found, now) if found else None
    return sheet.write() if sheet else None


async def gather(unit: Unit, one: Feed, now: datetime) -> Sheet | None:
    """The sessions of that group, or of all groups of that person without what was declined."""
    if one.person:
        groups = await unit.communities.of_person(one.person)
        groups = [each for each in groups if not await is_out(unit, each.id, one.person, now)]
        plans = [plan for group in groups for plan in await _plans(unit, group, one.person, now)]
        person = await unit.people.get(one.person)
        language = (person.language if person else "") or (groups[0].language if groups else "id")
        return Sheet(NAME, language, tuple(plans), now.date())
    group = await _joined(unit, one.community)
    if group is None:
        return None
    return Sheet(group.name, group.language, tuple(await _plans(unit, group, 0, now)), local_date(now, group.zone))


async def _joined(unit: Unit, community: int) -> Community | None:
    """The group, or the one of which it has become a part."""
    found = await unit.communities.get(community)
    while found and found.joined:
        found = await unit.communities.get(found.joined)
    return found


async def _plans(unit: Unit, group: Community, person: int, now: datetime) -> Sequence[Plan]:
    since = (now - BACK).date()
    changes = await unit.sessions.all_changes(group.id, since)
    rsvps = await unit.rsvps.of_person(group.id, person, since) if person else ()
    declined = {(rsvp.series, rsvp.day) for rsvp in rsvps if rsvp.answer is Answer.NO}
    return [
        Plan(
            in_zone(series, group.zone),
            changes.get(series.id, {}),
            frozenset(day for number, day in declined if number == series.id),
            group.name if person else "",
        )
        for series in await unit.sessions.running(group.id)
    ]
