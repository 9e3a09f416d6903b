"""What conversations about the bank need to know of it."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace

from adapters.playground.shelf import Leaf
from bot.domain.community import Review
from bot.domain.items import Item, State
from bot.repository import Past
from tests.world import Human, World

COMMUNITY = 1

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
"""A whole picture."""


async def item(world: World, number: int) -> Item:
    """The item of that number."""
    async with world.store.read() as unit:
        (found,) = await unit.items.some(COMMUNITY, (number,))
    return found


async def items(world: World, state: State = State.ACTIVE, community: int = COMMUNITY) -> Sequence[Item]:
    """All items in that state, the oldest first."""
    async with world.store.read() as unit:
        return await unit.items.list(community, state)


async def history(world: World, number: int) -> Sequence[Past]:
    """What was done to an item, the newest first."""
    async with world.store.read() as unit:
        return await unit.items.history(COMMUNITY, number)


async def reviews(world: World, rule: Review) -> None:
    """Whose questions a second person reads in this group."""
    async with world.store.begin() as unit:
        group = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(group, quizzes=replace(group.quizzes, review=rule)))


async def writes(person: Human, text: str = "Planet terdekat dari matahari?\n= Merkurius") -> None:
    """Add a question in one message, without explanation and topic."""
    await person.says(f"/quizbank add {text}")
    for _ in range(2):
        if "Lewati" in person.buttons:
            await person.presses("Lewati")


def files(world: World) -> list[Leaf]:
    """All files that the bot has sent, oldest first."""
    return [leaf for entry in world.stage.transcript if entry.author is None for leaf in entry.files]
