"""Sessions of a made-up group, in every table that sessions have."""

from datetime import time, timedelta

from bot.chat.places import Place
from bot.domain import host
from bot.domain.agenda import Change, Series
from bot.domain.dated import subject
from bot.domain.feed import Feed, digest
from bot.domain.focus import Focus, Focuser
from bot.domain.host import Host, Turn
from bot.domain.invite import Invite
from bot.domain.jobs import Job
from bot.domain.mirror import Mirror
from bot.domain.points import session_reward
from bot.domain.presence import Presence, Way
from bot.domain.recurrence import Frequency, Rule
from bot.domain.rsvp import Answer, Rsvp
from bot.ports import Unit
from tests.storage.sample import NOW, TODAY


async def meetings(unit: Unit, community: int, place: Place, people: tuple[int, ...]) -> None:
    """Two series, of which the first had a date with everything that a date can have."""
    boss, guest = people[0], people[1]
    rule = Rule(TODAY, time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(TODAY.weekday(),))
    for title in ("Aljabar", "Geometri"):
        series = await unit.sessions.add(Series(community, 0, rule, title, boss, NOW, host=boss))
        where = (community, series.id, TODAY)
        await unit.sessions.put(Change(*where, host=guest, notes="https://example.org", done_at=NOW))
        for person in people:
            await unit.rsvps.put(Rsvp(*where, person, Answer.YES, NOW))
            await unit.presences.come(Presence(*where, person, Way.TAP, NOW, parting="Rumus"))
        await unit.invites.put(Invite(digest(f"{community}:{series.id}"), *where, NOW))
        await unit.hosts.put(Turn(*where, boss, next(iter(host.State)), NOW))
        await unit.leads.mark(*where, 9, NOW)
        await unit.mirrors.put(Mirror(community, series.id, place.platform, place.chat, TODAY, f"e{series.id}", "x"))
        await unit.jobs.put(Job(community, f"session-tick:{series.id}", "session-tick", series.id, NOW))
    for person in people:
        await unit.hosts.join(Host(community, person, TODAY - timedelta(days=person), ("aljabar",)))
    await unit.leads.put(community, boss, (2, 4))
    await unit.feeds.put(Feed(digest(f"{community}"), community, 0, NOW))
    focus = await unit.focuses.add(Focus(community, 0, place, boss, NOW))
    assert focus
    await unit.focuses.put(Focuser(community, focus.id, guest, NOW))
    group = await unit.communities.get(community)
    assert group
    found = await unit.sessions.running(community)
    assert await unit.ledger.record(session_reward(group, boss, subject(found[0].id, TODAY), 0, NOW))
