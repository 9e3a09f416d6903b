"""What answers have shown is told to those whom it concerns, once: a doubted key and a question that proved good."""

from dataclasses import replace
from random import Random

from bot.chat.places import Role
from bot.context import Context
from bot.domain.jobs import Job
from bot.domain.points import Reason
from bot.domain.quiz import Quiz
from bot.features.review import numbers, review
from tests.flows.crowd import COMMUNITY, asked, bank, number, people
from tests.world import Human, World

DOUBT = "Benarkah kunci soal #1?"
GOOD = "Soal #2 terbukti bagus: +2 poin"


async def play(world: World, author: Human | None) -> Quiz:
    """#1 has a wrong key, #2 is good; both are by that author. The quiz is closed and not yet looked at."""
    crowd = await people(world, 14)
    others = [replace(one, right=(0,)) for one in await bank(world, *range(11, 17))]
    await asked(world, others, {one: ("0" if at < 7 else "1") * 6 for at, one in enumerate(crowd)}, ago=9)
    by = await number(world, author) if author else 0
    items = [replace(one, right=(0,), author=by) for one in await bank(world, 1, 2)]
    async with world.store.begin() as unit:
        for one in items:
            await unit.items.save(one)
    return await asked(world, items, {one: "20" if at < 7 else "11" for at, one in enumerate(crowd)}, ago=1)


async def closes(world: World, quiz: Quiz) -> None:
    """The quiz's items are looked at, as after every close."""
    async with world.store.begin() as unit:
        job = Job(COMMUNITY, f"{review.name}:{quiz.id}", review.name, quiz.id, world.clock())
        await unit.jobs.put(job)
    await world.passes(minutes=1)


async def grant(world: World, human: Human, role: Role) -> None:
    """The group itself gives somebody that standing."""
    async with world.store.begin() as unit:
        member = await unit.people.member(COMMUNITY, await number(world, human))
        assert member
        await unit.people.save_member(replace(member, role=role))


def told(human: Human, words: str) -> int:
    """How often that was told privately."""
    return sum(words in text for text in human.private.screen)


async def test_author_and_organisers_are_told_the_evidence_once(world: World) -> None:
    await grant(world, world.ani, Role.ORGANISER)
    for human in (world.ani, world.dewi):
        await human.private.says("/start")
    quiz = await play(world, world.dewi)
    await closes(world, quiz)
    await closes(world, quiz)
    for human in (world.ani, world.dewi):
        assert told(human, DOUBT) == 1
        assert human.private.sees("Dari 7 orang yang paling bagus di soal lain, 7 menjawab C dan 0 menjawab", DOUBT)
        assert human.private.sees("/quizbank rekey 1")
    assert told(world.budi, DOUBT) == told(world.citra, DOUBT) == 0
    assert world.public == []


async def test_whoever_cannot_be_written_to_finds_it_below_the_next_private_answer(world: World) -> None:
    quiz = await play(world, world.dewi)
    await closes(world, quiz)
    assert world.dewi.private.screen == []
    await world.dewi.says("/points")
    assert world.dewi.sees(DOUBT)
    assert not world.citra.sees(DOUBT)
    await world.dewi.says("/points")
    assert sum(DOUBT in text for text in world.dewi.screen) == 1


async def test_without_an_organiser_those_who_were_trusted_are_told(world: World) -> None:
    await grant(world, world.citra, Role.TRUSTED)
    await world.citra.private.says("/start")
    await closes(world, await play(world, None))
    assert told(world.citra, DOUBT) == 1


async def test_with_nobody_to_tell_it_waits_for_somebody(world: World) -> None:
    quiz = await play(world, None)
    await closes(world, quiz)
    await grant(world, world.budi, Role.ORGANISER)
    await world.budi.private.says("/start")
    await closes(world, quiz)
    assert told(world.budi, DOUBT) == 1


async def test_a_key_that_was_corrected_meanwhile_is_no_news(world: World) -> None:
    quiz = await play(world, world.dewi)
    await closes(world, quiz)
    (item,) = await bank(world, 1)
    async with world.store.begin() as unit:
        await unit.items.save(replace(item, version=2))
    await world.dewi.says("/points")
    assert not world.dewi.sees(DOUBT)


async def test_the_author_of_a_good_question_is_rewarded_once_and_told_why(world: World) -> None:
    await world.dewi.private.says("/start")
    quiz = await play(world, world.dewi)
    await closes(world, quiz)
    await closes(world, quiz)
    assert told(world.dewi, GOOD) == 1
    await world.dewi.private.says("/why")
    assert "+2 soal #2 terbukti bagus" in world.dewi.private.told
    assert "+3 kontribusi pertama" in world.dewi.private.told
    assert world.dewi.private.told.count("+") == 2
    await world.dewi.private.says("/points")
    assert "Soal bagus yang ditulis: 2" in world.dewi.private.told


async def test_nobody_is_rewarded_for_a_question_without_an_author(world: World) -> None:
    await closes(world, await play(world, None))
    async with world.store.read() as unit:
        assert await unit.ledger.top(COMMUNITY, 0, Reason.ITEM, 10) == []


async def test_a_question_is_judged_as_it_stands_now(world: World) -> None:
    quiz = await play(world, world.dewi)
    (item,) = await bank(world, 2)
    async with world.store.begin() as unit:
        await unit.items.save(replace(item, version=2))
    await closes(world, quiz)
    async with world.store.read() as unit:
        assert await unit.ledger.top(COMMUNITY, 0, Reason.ITEM, 10) == [], "another version has no answers yet"


async def test_a_daily_quiz_is_looked_at_when_it_closes(world: World) -> None:
    await world.passes(days=1, hours=12)
    async with world.store.read() as unit:
        latest = await unit.quizzes.latest(COMMUNITY)
        assert latest
        job = await unit.jobs.get(COMMUNITY, f"{review.name}:{latest.id}")
    assert job is not None


async def test_an_author_s_own_answer_says_nothing_about_the_question(world: World) -> None:
    crowd = await people(world, 12)
    (item,) = await bank(world, 1)
    item = replace(item, author=crowd[0])
    async with world.store.begin() as unit:
        await unit.items.save(item)
    await asked(world, [item], dict.fromkeys(crowd, "0"))
    async with world.store.read() as unit:
        found = await unit.communities.get(COMMUNITY)
        measured = await numbers(Context(unit, world.clock(), Random(1), world.group, found=found), [item])
    assert measured[1].n == 11
