"""A group that lives through a simulation, and how it is made in the store."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.chat.places import Account, Place, Role
from bot.context import Context
from bot.domain.agenda import Series
from bot.domain.amendment import Amendment
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from bot.features.session.save import carry_out
from bot.ports import Unit
from tests.simulation.calendar import Plan
from tests.simulation.groups import BEGIN, GROUPS, JAKARTA, JAYAPURA, MAKASSAR, to_rule
from tests.simulation.history import Book, Version
from tests.simulation.oracle import Group

PLATFORMS = ("wire", "cord")
PEOPLE = 3
"""In each group; the first leads one of its series, the last of every seventh group cannot be written to."""

USUAL = frozenset({2})
FEW = 2
"""Seats of a series that has not one for everybody."""

_MAKING = BEGIN - timedelta(days=1)


@dataclass(slots=True)
class Live:
    """A group as it is: its number in the store, its clock, its people, and what the oracle is told of it."""

    community: int
    zone: str
    people: list[int]
    known: Group
    books: list[Book] = field(default_factory=list)


def scene(unit: Unit, now: datetime, community: Community) -> Context:
    """What a command knows that somebody gives there."""
    return Context(unit, now, Random(1), Place("", ""), found=community)


async def settle_in(unit: Unit, number: int) -> Live:
    """Make the group of that number with its places, its people and its series."""
    zone, plans = GROUPS[number]
    made = await unit.communities.add(Community(0, f"Group {number}", _MAKING, "en", zone=zone, ready=True))
    places = [Place(platform, f"g{number}") for platform in PLATFORMS[: 2 if number % 3 == 1 else 1]]
    for place in places:
        await unit.communities.put_venue(Venue(made.id, place, made.name))
    accounts = [Account(places[each % len(places)].platform, f"g{number}p{each}") for each in range(PEOPLE)]
    people = [await _join(unit, made.id, account) for account in accounts]
    names = {each: f"{account.platform}:{account.id}" for each, account in zip(people, accounts, strict=True)}
    can_write = people[:-1] if number % 7 == 0 else people
    for each, account in zip(people, accounts, strict=True):
        await unit.people.open_private(account, each in can_write)
    wishes = {each: [(_MAKING, USUAL)] for each in people}
    books: list[Book] = []
    known = Group(tuple(f"{each.platform}:{each.chat}" for each in places), names, frozenset(can_write), wishes, books)
    live = Live(made.id, zone, people, known, books)
    for plan in plans:
        await _plan(unit, made, live, number, plan)
    return live


async def _join(unit: Unit, community: int, account: Account) -> int:
    person = await unit.people.add(account, account.id, "en")
    await unit.people.join(Member(community, person.id, Role.MEMBER))
    return person.id


async def _plan(unit: Unit, community: Community, live: Live, number: int, plan: Plan) -> None:
    """The first of a group's series may have a host and few seats, the second its own clock."""
    second = len(live.books)
    title = f"G{number}{'AB'[second]}"
    host = live.people[0] if not second and number % 3 == 0 else 0
    capacity = FEW if not second and number % 5 == 1 else 0
    zoned, rests = bool(second and number % 5 == 2), live.zone in (JAKARTA, MAKASSAR, JAYAPURA)
    rule = to_rule(plan, live.zone)
    series = Series(
        community.id, 0, rule, title, live.people[0], BEGIN, host=host, capacity=capacity, zoned=zoned, holidays=rests
    )
    (kept,) = await carry_out(scene(unit, BEGIN, community), Amendment((series,)))
    version = Version(BEGIN, plan, live.zone, holidays=rests)
    live.books.append(Book(community.id, kept.now.id, title, host, capacity, zoned, [version]))
