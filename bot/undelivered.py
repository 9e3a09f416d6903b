"""What follows where nothing new can be sent: a notice for a person, a pause for a group, another place for others."""

from dataclasses import replace
from datetime import datetime

from bot.chat.places import Account, Place
from bot.domain.community import Venue
from bot.domain.jobs import Job
from bot.ports import Unit
from bot.repository import Notice

SUMMONS = "summons"
"""The kind of the job that calls somebody in the group."""


async def undelivered(unit: Unit, job: Job, place: Place, now: datetime, *, insists: bool = False) -> None:
    """Note that nothing of ours may be posted there, and keep what was to be said where that is possible."""
    if job.person:
        await _leave_notice(unit, job, now)
        if insists:
            await summon(unit, job.community, job.person, now)
    elif venue := (await unit.arrivals.of(place, None)).venue:
        await _post_at_home(unit, job, venue, now) if job.place != venue.place else await _pause(unit, venue)


async def summon(unit: Unit, community: int, person: int, now: datetime) -> None:
    """Call somebody in the group because something waits for them that must not be missed; one of its places is enough.

    Of several it is the last by its platform's name: Telegram's whispers are less public than Discord's mentions.
    """
    platforms = {account.platform for account in await unit.people.accounts(person)}
    venues = [each for each in await unit.communities.venues(community) if not each.paused]
    for place in [each.place for each in reversed(venues) if each.place.platform in platforms][:1]:
        key = f"{SUMMONS}:{person}:{place.platform}:{place.chat}"
        await unit.jobs.put(Job(community, key, SUMMONS, person, now, place))


async def _leave_notice(unit: Unit, job: Job, now: datetime) -> None:
    """Somebody who cannot be written to finds it below the next private answer."""
    if job.place:
        await unit.people.open_private(Account(job.place.platform, job.place.chat), False)
    await unit.notices.put(Notice(job.community, job.person, job.key, job.kind, job.subject, now))


async def _pause(unit: Unit, venue: Venue) -> None:
    """Say nothing there until we hear from the place again."""
    await unit.communities.put_venue(replace(venue, paused=True))


async def _post_at_home(unit: Unit, job: Job, venue: Venue, now: datetime) -> None:
    """A topic or channel is lost, not the group: it goes where everything else is, as questions do from now on."""
    if job.place == venue.question_place:
        await unit.communities.put_venue(replace(venue, questions=""))
    await unit.jobs.put(Job(job.community, f"{job.key}:home", job.kind, job.subject, now, venue.place))
