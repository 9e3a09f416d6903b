"""The bot's own coming and going: being added, put out, moved, allowed to write."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import assert_never

from bot.chat.clean import clean_text
from bot.chat.events import Joined, Left, Moved, Opened
from bot.chat.places import Place
from bot.context import Abroad, Context
from bot.domain.community import Community, Venue
from bot.domain.jobs import Job
from bot.domain.privacy import GROUP_KEPT
from bot.ports import Unit
from bot.speech import choose_language

FORGET = "group-forget"
"""The work that deletes a group's data some time after the bot was put out of its last place."""


async def arrange(
    unit: Unit, event: Joined | Left | Moved | Opened, rng: Random, abroad: Mapping[str, Abroad]
) -> Context | None:
    """Store what changed; the context is given where the bot has just come into a community."""
    match event:
        case Joined():
            return await _joined(unit, event, rng, abroad)
        case Left():
            await _left(unit, event)
        case Moved():
            await unit.communities.move_venue(event.place, event.to)
        case Opened():
            if event.sender.account:
                await unit.people.open_private(event.sender.account, event.can_write)
        case _:
            assert_never(event)
    return None


async def _joined(unit: Unit, event: Joined, rng: Random, abroad: Mapping[str, Abroad]) -> Context | None:
    place = Place(event.place.platform, event.place.chat)
    found = await unit.arrivals.of(place, event.sender.account)
    title = clean_text(event.title)
    community = found.community or await unit.communities.add(
        Community(0, title, event.at, choose_language(event.sender.language, "id"))
    )
    venue = found.venue or Venue(community.id, event.place, title)
    abilities = venue.abilities if event.abilities is None else event.abilities
    # What we are put into anew may have another channel for us; the old one may be gone.
    where = event.place if venue.paused else venue.place
    venue = replace(venue, place=where, title=title or venue.title, paused=False, abilities=abilities)
    await unit.communities.put_venue(venue)
    await unit.jobs.cancel(community.id, FORGET)
    if found.venue and not found.venue.paused:
        return None
    return Context(
        unit, event.at, rng, event.place, venue=venue, found=community, abroad=abroad, language=community.language
    )


async def _left(unit: Unit, event: Left) -> None:
    venue = (await unit.arrivals.of(event.place, None)).venue
    if venue is None:
        return
    await unit.communities.put_venue(replace(venue, paused=True))
    if not event.silenced and all(other.paused for other in await unit.communities.venues(venue.community)):
        due = event.at + GROUP_KEPT
        await unit.jobs.put(Job(venue.community, f"{FORGET}:0", FORGET, 0, due))
