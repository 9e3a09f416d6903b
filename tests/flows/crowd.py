"""A crowd that answered before the conversation begins: closed quizzes with everybody's answers, stored as they are."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.places import Account
from bot.domain.answer import is_right
from bot.domain.items import Item
from bot.domain.people import Member
from bot.domain.points import Reason, award
from bot.domain.quiz import Answer, Kind, Quiz, local_date
from bot.domain.score import half_cause, part_cause, round_points
from bot.ports import Unit
from tests.world import Human, World

COMMUNITY = 1
ZONE = "Asia/Jakarta"


async def number(world: World, human: Human) -> int:
    """The person behind that account."""
    async with world.store.read() as unit:
        found = await unit.arrivals.of(world.group, human.account)
    assert found.person
    return found.person.id


async def people(world: World, count: int, first: int = 0) -> list[int]:
    """That many members whom nobody plays, numbered from `first`."""
    made = []
    async with world.store.begin() as unit:
        for at in range(first, first + count):
            person = await unit.people.add(Account("playground", f"crowd-{at}"), f"Orang {at}", "id")
            await unit.people.join(Member(COMMUNITY, person.id))
            made.append(person.id)
    return made


async def bank(world: World, *numbers: int) -> list[Item]:
    """These items as they stand."""
    async with world.store.read() as unit:
        return list(await unit.items.some(COMMUNITY, numbers))


async def write(world: World, item: Item) -> Item:
    """Put an item into the bank."""
    async with world.store.begin() as unit:
        return await unit.items.add(item, world.clock())


async def asked(
    world: World, items: Sequence[Item], answers: Mapping[int, Sequence[str]], *, kind: Kind = Kind.DAILY, ago: int = 1
) -> Quiz:
    """A quiz over these items, closed so many days ago; each has one response for each item, "-" for none."""
    opens = world.clock() - timedelta(days=ago)
    day = local_date(opens, ZONE) if kind is Kind.DAILY else None
    new = Quiz(COMMUNITY, 0, day, opens, opens + timedelta(hours=1), tuple(items), kind=kind)
    async with world.store.begin() as unit:
        quiz = await unit.quizzes.add(new)
        assert quiz
        for person, given in answers.items():
            await _answered(unit, quiz, person, given)
        await unit.quizzes.close(quiz, 0)
    return quiz


async def _answered(unit: Unit, quiz: Quiz, person: int, given: Sequence[str]) -> None:
    rights = []
    for position, response in enumerate(given):
        if response != "-":
            right = is_right(quiz.items[position], response)
            rights.append(right)
            await unit.quizzes.answer(quiz, person, Answer(position, response, right), quiz.closes_at)
    if quiz.kind is Kind.ROUND:
        part, half = round_points(len(rights), sum(rights), len(quiz.items))
        for cause in [part_cause(quiz.id, person)] * part + [half_cause(quiz.id, person)] * half:
            community = await unit.communities.get(COMMUNITY)
            assert community
            await unit.ledger.record(award(community, person, Reason.ROUND, cause, quiz.id, quiz.closes_at))
