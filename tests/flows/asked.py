"""What conversations about questions need to know of them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.places import Role
from bot.domain.points import Reason
from bot.domain.question import Answer, Question
from tests.world import Human, World

COMMUNITY = 1
SKY = "/tanya Kenapa langit biru? #fisika"
SCATTERED = "Karena cahaya biru paling banyak dihamburkan."


async def question(world: World, number: int = 1) -> Question:
    """The question of that number."""
    async with world.store.read() as unit:
        found = await unit.questions.get(COMMUNITY, number)
    assert found
    return found


async def answers(world: World, number: int = 1) -> Sequence[Answer]:
    """Its answers, the oldest first."""
    async with world.store.read() as unit:
        return await unit.questions.answers(COMMUNITY, number)


async def points(world: World, person: Human) -> int:
    """All points of a person but those for the first contribution."""
    async with world.store.read() as unit:
        found = (await unit.arrivals.of(world.group, person.account)).person
        sums = await unit.ledger.sums(COMMUNITY, found.id, 0) if found else {}
    return sum(points for reason, points in sums.items() if reason is not Reason.FIRST)


async def appoint(world: World, person: Human, role: Role) -> None:
    """Give somebody a standing in the group."""
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, person.account)).member
        assert found
        await unit.people.save_member(replace(found, role=role))


async def greet(world: World) -> None:
    """Everybody has spoken in the group once, and in private where they are to be told something."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")
        await person.private.says("/start")


def card(world: World, name: str) -> str:
    """The public card of that question, as it stands now."""
    return next(text for text in reversed(world.public) if text.startswith(f"{name} ·"))
