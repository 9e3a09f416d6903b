"""Where a topic or channel is lost, what was to stand there goes where everything else is."""

from dataclasses import replace

import pytest

from bot.chat.errors import Gone
from bot.chat.message import Message
from bot.chat.places import Place, Ref
from tests.flows.asked import COMMUNITY, SKY, card, greet
from tests.world import World

TOPIC = "77"


@pytest.fixture
async def lost(world: World) -> World:
    """Questions have a topic of their own, which is gone by now."""
    await greet(world)
    async with world.store.begin() as unit:
        (venue,) = [each for each in await unit.communities.venues(COMMUNITY) if each.place == world.group]
        await unit.communities.put_venue(replace(venue, questions=TOPIC))
    send = world.stage.send

    async def without_topic(place: Place, message: Message, key: str) -> Ref:
        if place.thread == TOPIC:
            raise Gone("the topic was deleted")
        return await send(place, message, key)

    world.stage.send = without_topic  # type: ignore[method-assign]
    return world


async def test_two_questions_at_once_both_find_their_way_and_the_group_is_not_paused(lost: World) -> None:
    for line in (SKY, "/tanya Apa itu vaksin? #biologi"):
        await lost.stage.say(lost.ani.account, lost.ani.at, line)
    await lost.stage.settle()
    assert "Kenapa langit biru?" in card(lost, "Q1")
    assert "Apa itu vaksin?" in card(lost, "Q2")
    async with lost.store.read() as unit:
        (venue,) = [each for each in await unit.communities.venues(COMMUNITY) if each.place == lost.group]
    assert not venue.paused
    assert not venue.questions
