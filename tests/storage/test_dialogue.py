"""What is remembered between two acts of a person: questions, practice rounds, living messages."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Account, Place, Ref
from bot.repository import Pending
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

ANI, BUDI = Account("telegram", "1"), Account("telegram", "2")
HERE = Place("telegram", "-100", "7")


def asked(place: Place = HERE, account: Account = ANI, param: str = "prompt") -> Pending:
    """A command that waits for an argument."""
    given = {"tag": "hukum 'A'\n", "next": ""}
    return Pending(place, account, 1, "quizbank add", given, param, NOW + timedelta(minutes=10))


async def test_a_question_is_that_persons_there(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.pendings.put(asked())
    async with store.read() as unit:
        assert await unit.pendings.get(HERE, ANI) == asked()
        assert await unit.pendings.get(HERE, BUDI) is None
        assert await unit.pendings.get(replace(HERE, thread=""), ANI) is None
        assert await unit.pendings.get(replace(HERE, platform="discord"), ANI) is None


async def test_a_new_question_replaces_the_last(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.pendings.put(asked(account=BUDI))
        await unit.pendings.put(asked())
        await unit.pendings.put(asked(param="right"))
        assert await unit.pendings.get(HERE, ANI) == asked(param="right")
        await unit.pendings.drop(HERE, ANI)
        await unit.pendings.drop(HERE, ANI)
        assert await unit.pendings.get(HERE, ANI) is None
        assert await unit.pendings.get(HERE, BUDI) == asked(account=BUDI)


async def test_a_practice_round_replaces_the_last(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        assert await unit.practices.get(ours.id, ours.ani.id) is None
        assert await unit.practices.start(ours.id, ours.ani.id, [3, 1, 2]) == 1
        assert await unit.practices.answer(ours.id, ours.ani.id, 1, "0") == {1: "0"}
        assert await unit.practices.start(theirs.id, ours.ani.id, [9]) == 1
        assert await unit.practices.get(ours.id, ours.ani.id) == (1, (3, 1, 2), {1: "0"})
        assert await unit.practices.start(ours.id, ours.ani.id, [2]) == 2
        assert await unit.practices.get(ours.id, ours.ani.id) == (2, (2,), {})
        assert await unit.practices.get(theirs.id, ours.ani.id) == (1, (9,), {})
        assert await unit.practices.get(ours.id, ours.budi.id) is None


async def test_the_first_choice_in_practice_stands_also_at_once(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.practices.start(ours.id, ours.ani.id, [1, 2, 3])

    async def chooses(position: int, response: str) -> str:
        async with store.begin() as unit:
            return (await unit.practices.answer(ours.id, ours.ani.id, position, response))[position]

    told = await asyncio.gather(*(chooses(n % 3, str(n % 2)) for n in range(12)))
    async with store.read() as unit:
        found = await unit.practices.get(ours.id, ours.ani.id)
    assert found
    assert sorted(found[2]) == [0, 1, 2], "no choice is lost"
    assert list(told) == [found[2][n % 3] for n in range(12)]


async def test_a_card_is_remembered_in_each_place(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    there = Place("discord", "9", "3")
    async with store.begin() as unit:
        for place, message in ((HERE, "1"), (HERE, "2"), (there, "1")):
            await unit.cards.put(ours.id, "daily-card:1", Ref(place, message))
        await unit.cards.put(theirs.id, "daily-card:1", Ref(HERE, "9"))
        assert await unit.cards.get(ours.id, "daily-card:1", HERE) == Ref(HERE, "2")
        await unit.cards.drop(ours.id, "daily-card:1", HERE)
        assert await unit.cards.get(ours.id, "daily-card:1", HERE) is None
        assert await unit.cards.get(ours.id, "daily-card:1", there) == Ref(there, "1")
        assert await unit.cards.get(ours.id, "daily-card:2", there) is None
        assert await unit.cards.get(theirs.id, "daily-card:1", HERE) == Ref(HERE, "9")


async def test_a_card_is_found_by_the_message_that_it_is(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    poll = Ref(HERE, "5", "p'1")
    async with store.begin() as unit:
        await unit.cards.put(ours.id, "daily-card:1", Ref(HERE, "4"))
        await unit.cards.put(theirs.id, "round-item:2", poll)
        assert await unit.cards.get(theirs.id, "round-item:2", HERE) == poll
        assert await unit.cards.at(Ref(HERE, "4")) == (ours.id, "daily-card:1")
        assert await unit.cards.at(Ref(replace(HERE, thread=""), "5")) == (theirs.id, "round-item:2")
        for ref in (Ref(HERE, "6"), Ref(replace(HERE, chat="-9"), "4"), Ref(Place("discord", "-100", "7"), "4")):
            assert await unit.cards.at(ref) is None
        assert await unit.cards.of_poll("telegram", "p'1") == (theirs.id, "round-item:2", HERE)
        assert await unit.cards.of_poll("discord", "p'1") is None
        assert await unit.cards.of_poll("telegram", "p") is None
        assert await unit.cards.of_poll("telegram", "") is None, "most cards are no polls"
        await unit.cards.drop(theirs.id, "round-item:2", HERE)
        assert await unit.cards.of_poll("telegram", "p'1") is None


async def test_a_card_is_found_everywhere_where_it_stands(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    first, second = Ref(Place("discord", "9", "3"), "1", opened="77"), Ref(HERE, "5", "p")
    async with store.begin() as unit:
        await unit.cards.put(ours.id, "question-card:1", second)
        await unit.cards.put(ours.id, "question-card:1", first)
        await unit.cards.put(ours.id, "question-card:11", Ref(HERE, "6"))
        await unit.cards.put(theirs.id, "question-card:1", Ref(HERE, "7"))
        assert await unit.cards.standing(ours.id, "question-card:1") == [first, second]
        assert await unit.cards.standing(ours.id, "question-card:2") == []


async def test_a_card_is_found_by_the_thread_that_was_opened_for_it(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    card = Ref(HERE, "5", opened="77")
    async with store.begin() as unit:
        await unit.cards.put(ours.id, "question-card:1", card)
        await unit.cards.put(theirs.id, "question-card:1", Ref(Place("telegram", "-200"), "5", opened="77"))
        await unit.cards.put(ours.id, "question-card:2", Ref(HERE, "6"))
        assert await unit.cards.get(ours.id, "question-card:1", HERE) == card
        assert await unit.cards.under(replace(HERE, thread="77")) == (ours.id, "question-card:1")
        assert await unit.cards.under(Place("telegram", "-200", "77")) == (theirs.id, "question-card:1")
        for place in (HERE, replace(HERE, thread=""), Place("discord", "-100", "77"), Place("telegram", "-9", "77")):
            assert await unit.cards.under(place) is None
        await unit.cards.put(ours.id, "question-card:1", Ref(HERE, "8", opened="78"))
        assert await unit.cards.under(replace(HERE, thread="77")) is None
        assert await unit.cards.under(replace(HERE, thread="78")) == (ours.id, "question-card:1")


async def test_a_card_that_was_deleted_is_forgotten(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        for number in (1, 2):
            await unit.cards.put(ours.id, f"question-card:{number}", Ref(HERE, str(number)))
        for ref in (Ref(HERE, "9"), Ref(replace(HERE, chat="-9"), "1"), Ref(replace(HERE, platform="discord"), "1")):
            await unit.cards.forget(ref)
        assert await unit.cards.at(Ref(HERE, "1")) == (ours.id, "question-card:1")
        await unit.cards.forget(Ref(replace(HERE, thread=""), "1"))
        assert await unit.cards.at(Ref(HERE, "1")) is None
        assert await unit.cards.at(Ref(HERE, "2")) == (ours.id, "question-card:2")


async def test_questions_that_nobody_answered_in_time_are_forgotten(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.pendings.put(asked())
        await unit.pendings.put(replace(asked(account=BUDI), expires_at=NOW))
        assert await unit.pendings.clear(NOW + timedelta(minutes=1)) == 1
        assert await unit.pendings.get(HERE, ANI) == asked()
        assert await unit.pendings.get(HERE, BUDI) is None
