"""What conversations about planning sessions need: words given by a message or a form, and what is stored."""

from collections.abc import Sequence
from datetime import date, timedelta

from adapters.playground.form import Dialog
from bot.domain.agenda import Change, Occurrence, Series, occurrences
from bot.domain.jobs import Job
from bot.domain.rsvp import Answer, Rsvp
from tests.world import Human, World

COMMUNITY = 1
ALGEBRA = "/sesi baru tiap Senin 19.00 Aljabar linear"


async def gives(world: World, person: Human, *words: str) -> None:
    """Answer the questions that are open: in one form where there are forms, else in one message each."""
    if not world.stage.habits(person.at).forms:
        for each in words:
            await person.says(each)
        return
    form = world.stage.transcript.signals[-1].what
    assert isinstance(form, Dialog)
    await world.stage.submit(form, dict(zip([field.name for field in form.fields], words, strict=True)))
    await world.stage.settle()


async def plans(world: World, line: str = ALGEBRA) -> None:
    """The organiser plans it."""
    await world.ani.says(line)
    await world.ani.presses("Rencanakan")
    assert world.ani.sees("direncanakan")


async def series(world: World, number: int = 1) -> Series:
    """The series of that number."""
    async with world.store.read() as unit:
        found = await unit.sessions.get(COMMUNITY, number)
    assert found
    return found


async def running(world: World) -> Sequence[Series]:
    """Those that are not over."""
    async with world.store.read() as unit:
        return await unit.sessions.running(COMMUNITY)


async def change(world: World, day: date, number: int = 1) -> Change:
    """What is different on that date."""
    async with world.store.read() as unit:
        return await unit.sessions.change(COMMUNITY, number, day)


async def ahead(world: World, number: int = 1) -> list[Occurrence]:
    """The dates within two months, also those that rest."""
    async with world.store.read() as unit:
        changes = await unit.sessions.changes(COMMUNITY, number)
    return list(occurrences(await series(world, number), changes, world.clock(), world.clock() + timedelta(days=60)))


async def job(world: World, key: str) -> Job | None:
    """The job of that key."""
    async with world.store.read() as unit:
        return await unit.jobs.get(COMMUNITY, key)


async def says_yes(world: World, person: Human, day: date, number: int = 1) -> None:
    """Somebody said to come to that date, and took a seat."""
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, person.account)).person
        assert found
        await unit.rsvps.put(Rsvp(COMMUNITY, number, day, found.id, Answer.YES, world.clock()))
