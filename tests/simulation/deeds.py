"""What people and organisers do to sessions by chance: the same as by command, and noted for the oracle."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.agenda import Rest, Series
from bot.domain.amendment import Amendment
from bot.domain.community import Community, Pause
from bot.domain.dated import subject
from bot.domain.rsvp import Answer, Rsvp
from bot.features.session.entry import find
from bot.features.session.rsvp import said as says
from bot.features.session.save import carry_out
from bot.features.session.zone import follow
from bot.ports import Unit
from tests.simulation import groups
from tests.simulation.calendar import Unit as Every
from tests.simulation.cast import Live, scene
from tests.simulation.history import Book, Said, State, Twist, Version, rests
from tests.simulation.oracle import LEADS

_ZONES = (groups.BERLIN, groups.NEW_YORK, groups.JAKARTA, groups.LORD_HOWE, groups.CAIRO, groups.MAKASSAR)
_HOURS = (time(0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(3), time(23, 59), time(19))
_SHIFTS = tuple(timedelta(minutes=each) for each in (-180, -60, -20, -5, 5, 10, 15, 20, 40, 59, 60, 61, 150, 180, 300))
_DAYS = tuple(timedelta(days=each) for each in (-6, -3, -2, -1, 1, 2, 3, 4, 6))
_ANSWERS = (Answer.YES, Answer.YES, Answer.YES, Answer.LATE, Answer.MAYBE, Answer.NO, Answer.NO)
_SEEN = timedelta(days=70)
"""Dates so far ahead are answered by those who always come."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit of work in which something is done in a group."""

    unit: Unit
    now: datetime
    rng: Random
    live: Live
    community: Community

    def book(self) -> Book:
        return self.rng.choice(self.live.books)

    def dates(self, book: Book, within: timedelta) -> list[tuple[date, State]]:
        """The dates that begin within that time."""
        days = book.days
        low = bisect_left(days, self.now.date() - timedelta(days=9))
        high = bisect_left(days, (self.now + within).date() + timedelta(days=9))
        found = ((day, book.state(day, self.now)) for day in days[low:high])
        return [(day, state) for day, state in found if state and self.now < state.starts < self.now + within]

    def meeting(self, book: Book, *, on: bool = True) -> tuple[date, State] | None:
        """One of the next dates, mostly the very next."""
        found = sorted((each for each in self.dates(book, timedelta(days=16)) if each[1].on is on), key=_begin)
        return found[min(int(self.rng.expovariate(1)), len(found) - 1)] if found else None

    async def change(self, book: Book, day: date, twist: Twist, *, off: bool) -> None:
        """Store what is different on a date as commands do, and note it if anything is."""
        stored = await self.unit.sessions.change(book.community, book.series, day)
        rest = Rest.OFF if off else Rest.NONE
        wanted = replace(stored, rest=rest, kept=twist.kept, on=twist.on, at=twist.at)
        if await carry_out(scene(self.unit, self.now, self.community), Amendment(changes=(wanted,))):
            book.twists.setdefault(day, []).append(twist)

    async def edit(self, book: Book, version: Version, edit: Callable[[Series], Series]) -> None:
        """Store a changed series as commands do, and note it."""
        stored = await self.unit.sessions.get(book.community, book.series)
        assert stored
        if await carry_out(scene(self.unit, self.now, self.community), Amendment((edit(stored),))):
            book.versions.append(version)


def _begin(one: tuple[date, State]) -> datetime:
    return one[1].starts


def _twist(book: Book, day: date) -> Twist:
    return book.twists.get(day, [Twist(book.versions[0].since)])[-1]


async def skip(at: Scene) -> None:
    """A date is left out."""
    book = at.book()
    if found := at.meeting(book):
        day, _ = found
        await at.change(book, day, replace(_twist(book, day), since=at.now, off=True, kept=False), off=True)


async def move(at: Scene) -> None:
    """A date is moved by minutes, by hours, by days, or to one of the hours at which clocks jump."""
    book = at.book()
    if not (found := at.meeting(book)):
        return
    day, state = found
    local = state.starts.astimezone(ZoneInfo(book.newest.zone)).replace(tzinfo=None)
    match at.rng.randrange(4):
        case 0:
            local = datetime.combine(local.date(), at.rng.choice(_HOURS))
        case 1:
            local += at.rng.choice(_DAYS)
        case _:
            local += at.rng.choice(_SHIFTS)
    if abs((local.date() - day).days) < 8:
        twist = replace(_twist(book, day), since=at.now, on=local.date(), at=local.time())
        await at.change(book, day, twist, off=False)


async def restore(at: Scene) -> None:
    """A date that was left out takes place, also where its series rests."""
    book = at.book()
    if not (found := at.meeting(book, on=False)) or book.newest.over:
        return
    day, _ = found
    await at.change(book, day, Twist(at.now, kept=rests(book.newest, day)), off=False)


async def pause(at: Scene) -> None:
    """A series rests for some days, or goes on sooner than was said."""
    book = at.book()
    first = at.now.date() + timedelta(days=at.rng.randrange(-1, 9))
    span = (first, first + timedelta(days=at.rng.randrange(1, 20)))
    spans = () if book.newest.pauses and at.rng.random() < 0.7 else (*book.newest.pauses, span)
    version = replace(book.newest, since=at.now, pauses=spans)
    await at.edit(book, version, lambda series: replace(series, pauses=tuple(Pause(*each) for each in spans)))


async def edit(at: Scene) -> None:
    """All dates of a series are at another hour, or on other days of the week."""
    book = at.book()
    plan = replace(book.newest.plan, at=at.rng.choice(_HOURS))
    if plan.unit is Every.WEEK and at.rng.random() < 0.4:
        plan = replace(book.newest.plan, days=tuple(sorted({groups.SUNDAY, at.rng.randrange(7)})))
    if plan != book.newest.plan:
        version = replace(book.newest, since=at.now, plan=plan)
        await at.edit(
            book, version, lambda series: replace(series, rule=replace(series.rule, at=plan.at, days=plan.days))
        )


async def cancel(at: Scene) -> None:
    """A series has no further dates, or is taken up again."""
    book = at.book()
    over = not book.newest.over
    await at.edit(book, replace(book.newest, since=at.now, over=over), lambda series: replace(series, over=over))


async def take_up(at: Scene) -> None:
    """Series that are over go on."""
    for book in at.live.books:
        if book.newest.over:
            version = replace(book.newest, since=at.now, over=False)
            await at.edit(book, version, lambda series: replace(series, over=False))


async def travel(at: Scene) -> None:
    """The group's clock is another one from now on."""
    zone = at.rng.choice([each for each in _ZONES if each != at.live.zone])
    community = replace(await at.unit.communities.hold(at.community.id), zone=zone)
    await at.unit.communities.save(community)
    await follow(scene(at.unit, at.now, community))
    at.live.zone = zone
    for book in at.live.books:
        # One that is over takes the new clock when it goes on; until then nobody sees a difference.
        if not book.zoned:
            book.versions.append(replace(book.newest, since=at.now, zone=zone))


async def wish(at: Scene) -> None:
    """Somebody chooses other reminders, or none."""
    person = at.rng.choice(at.live.people)
    leads = frozenset(lead for lead in LEADS if at.rng.random() < 0.4)
    await at.unit.leads.put(at.live.community, person, leads)
    at.live.known.wishes[person].append((at.now, leads))


async def tap(at: Scene) -> None:
    """Somebody says whether they come, or changes their mind."""
    book, person = at.book(), at.rng.choice(at.live.people)
    found = at.meeting(book)
    if found is None:
        return
    day, answer = found[0], at.rng.choice(_ANSWERS)
    who, seat = await at.unit.people.get(person), await at.unit.people.seat(at.live.community, person)
    ctx = replace(scene(at.unit, at.now, at.community), who=who, seat=seat)
    one = await find(ctx, subject(book.series, day), held=True)
    assert one, (book.title, day)
    await says(ctx, one, answer)
    book.said.setdefault(day, []).append(Said(at.now, person, answer.comes, answer is Answer.YES))


async def sign_up(at: Scene) -> None:
    """Somebody says yes to all that comes, as far as they said nothing before."""
    book, person = at.book(), at.rng.choice(at.live.people)
    for day, state in at.dates(book, _SEEN):
        known = book.said.setdefault(day, [])
        if state.on and all(each.person != person for each in known):
            await at.unit.rsvps.put(Rsvp(book.community, book.series, day, person, Answer.YES, at.now))
            known.append(Said(at.now, person, comes=True, yes=True))


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """Something that is done so `often` in a group in two years; some of it is mostly done when a date is `near`."""

    often: int
    do: Callable[[Scene], Awaitable[None]] = field(compare=False)
    near: bool = False


DEEDS = (
    Deed(12, skip, near=True),
    Deed(30, move, near=True),
    Deed(10, restore),
    Deed(3, pause),
    Deed(2, edit),
    Deed(1, cancel),
    Deed(6, take_up),
    Deed(1, travel),
    Deed(8, wish),
    Deed(30, tap, near=True),
    Deed(20, sign_up),
)
