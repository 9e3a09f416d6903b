"""What conversations about questions share on every platform: their words, and what the store keeps of them."""

from collections.abc import Mapping, Sequence

from bot.domain.question import Answer, Question
from bot.ports import Store

SKY = "Why is the sky blue? #physics"
AGAIN = "Why does the sky look blue to us? #physics"
SCATTERED = "Because blue light is scattered most."
EYES = "And our eyes see blue better than violet."
STRAY = "Oh, that is Rayleigh scattering, by the way."
COMMUNITY = 1


async def question(store: Store, number: int = 1, community: int = COMMUNITY) -> Question:
    """The question of that number."""
    async with store.read() as unit:
        found = await unit.questions.get(community, number)
    assert found
    return found


async def answers(store: Store, number: int = 1, community: int = COMMUNITY) -> Sequence[Answer]:
    """Its answers, the oldest first."""
    async with store.read() as unit:
        return await unit.questions.answers(community, number)


async def votes(store: Store, number: int = 1, community: int = COMMUNITY) -> Mapping[int, int]:
    """How many votes it has (0) and its answers have, by their numbers."""
    async with store.read() as unit:
        return await unit.questions.votes(community, number)
