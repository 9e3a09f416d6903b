"""What messages in the chats of a group stand for when it has joined another: the same, under its new number."""

from bot.chat.places import Ref
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.history import Life, life
from tests.storage.test_joining import join


async def both(unit: Unit) -> tuple[Life, Life]:
    """The group that is joined and the one that joins, with eight questions and eleven quizzes each."""
    return await life(unit, "telegram", "-100", 1), await life(unit, "discord", "900", 5)


async def test_the_message_of_an_answer_stands_for_that_answer(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        ours, theirs = await both(unit)
        for group, message in ((ours, "said"), (theirs, "said")):
            await unit.cards.put(group.id, "answer:4001", Ref(group.place, message))
        await join(unit, ours, theirs)
        assert await unit.cards.at(Ref(ours.place, "said")) == (ours.id, "answer:4001")
        assert await unit.cards.at(Ref(theirs.place, "said")) == (ours.id, "answer:12001")


async def test_a_poll_that_was_heard_of_before_its_message_stands_for_its_question(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        ours, theirs = await both(unit)
        await unit.cards.put(theirs.id, "round-poll:302:5f", Ref(theirs.place, "", "5f"))
        await join(unit, ours, theirs)
        assert await unit.cards.of_poll("discord", "5f") == (ours.id, "round-poll:1402:5f", theirs.place)
