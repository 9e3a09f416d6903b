"""Thanks for messages, recognised helpers, and who has contributed, on both databases."""

from dataclasses import replace

from bot.chat.places import Place, Ref
from bot.domain.library import Kind, Resource
from bot.domain.question import Answer, Question
from bot.domain.thanks import Recognition, Thanks, Way
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group


def message(group: Group, number: str = "5", thread: str = "") -> Ref:
    return Ref(replace(group.place, thread=thread), number)


def said(group: Group, giver: int, receiver: int, number: str = "5") -> Thanks:
    return Thanks(group.id, giver, receiver, message(group, number), NOW, Way.MARK, "thanks:1:1:0")


async def test_thanks_are_found_by_their_message_whatever_its_thread(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    first, second = said(ours, ours.ani.id, ours.budi.id), said(ours, ours.budi.id, ours.ani.id)
    async with store.begin() as unit:
        for each in (second, first, said(ours, ours.ani.id, ours.budi.id, "6")):
            await unit.gratitude.put(each)
    async with store.read() as unit:
        assert await unit.gratitude.of(ours.id, ours.ani.id, message(ours, thread="77")) == first
        assert await unit.gratitude.about(ours.id, message(ours)) == [first, second]
        assert await unit.gratitude.of(theirs.id, ours.ani.id, message(ours)) is None
        assert await unit.gratitude.about(theirs.id, message(ours)) == []
        assert await unit.gratitude.of(ours.id, 999, message(ours)) is None


async def test_what_somebody_says_again_takes_the_place_of_what_they_said(store: DatabaseStore, ours: Group) -> None:
    first = said(ours, ours.ani.id, ours.budi.id)
    later = replace(first, ways=Way.WORD | Way.COMMAND, cause="")
    for each in (first, later):
        async with store.begin() as unit:
            await unit.gratitude.put(each)
    async with store.read() as unit:
        assert await unit.gratitude.about(ours.id, message(ours)) == [later]


async def test_what_stood_in_a_chat_that_moved_is_forgotten_for_its_numbers_begin_anew(
    store: DatabaseStore, ours: Group
) -> None:
    async with store.begin() as unit:
        await unit.gratitude.put(said(ours, ours.ani.id, ours.budi.id))
        await unit.communities.move_venue(ours.place, Place(ours.place.platform, "-1009"))
    async with store.read() as unit:
        assert await unit.gratitude.about(ours.id, message(ours)) == []


async def test_helpers_are_kept_apart_by_group(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = Recognition(ours.id, ours.ani.id, 202611), Recognition(ours.id, ours.budi.id, 202611, refused=True)
    async with store.begin() as unit:
        for each in (budi, ani, Recognition(theirs.id, theirs.ani.id, 202610)):
            await unit.recognitions.put(each)
    async with store.read() as unit:
        assert await unit.recognitions.all(ours.id) == sorted((ani, budi), key=lambda each: each.person)
    async with store.begin() as unit:
        await unit.recognitions.put(replace(ani, month=202612))
        await unit.recognitions.drop(ours.id, ours.budi.id)
    async with store.read() as unit:
        assert await unit.recognitions.all(ours.id) == [replace(ani, month=202612)]
        assert len(await unit.recognitions.all(theirs.id)) == 1


async def test_who_has_asked_answered_or_shared_has_contributed(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async def contributed() -> tuple[bool, ...]:
        async with store.read() as unit:
            people = (ours.ani.id, ours.budi.id, theirs.budi.id)
            return tuple([await unit.gratitude.has_contributed(ours.id, person) for person in people])

    assert await contributed() == (False, False, False)
    async with store.begin() as unit:
        asked = await unit.questions.add(Question(ours.id, 0, "?", 0, NOW, NOW, anonymous=True), ours.ani.id)
        other = await unit.questions.add(Question(theirs.id, 0, "?", theirs.budi.id, NOW, NOW), theirs.budi.id)
        assert asked.id == other.id
    assert await contributed() == (True, False, False), "without a name too"
    async with store.begin() as unit:
        await unit.questions.hold(ours.id, asked.id)
        await unit.questions.add_answer(Answer(ours.id, asked.id, 0, "!", ours.budi.id, NOW))
        await unit.library.add(Resource(ours.id, 0, Kind.TIP, "Baca", theirs.budi.id, NOW))
    assert await contributed() == (True, True, True)


async def test_that_somebody_was_invited_is_kept(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        held = await unit.people.member(ours.id, ours.ani.id)
        assert held
        assert not held.nudged
        await unit.people.save_member(replace(held, nudged=True))
    async with store.read() as unit:
        seat = await unit.people.seat(ours.id, ours.ani.id)
        assert seat
        assert seat.nudged
