"""Who and where: events, communities, people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.chat.places import Account, Place, Role
from bot.domain.community import Community, Venue
from bot.domain.people import Member, Person


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who an event came from and which community it belongs to, as far as known."""

    venue: Venue | None
    community: Community | None
    person: Person | None
    member: Member | None


class Arrivals(Protocol):
    """The first step of every event."""

    async def first_time(self, platform: str, key: str, at: datetime) -> bool:
        """Remember the event's key; False if it was remembered before."""

    async def of(self, place: Place, account: Account | None) -> Arrival:
        """The place's community, the account's person and membership, in one query."""

    async def forget(self, before: datetime) -> int:
        """Drop keys older than that; returns how many."""


class Communities(Protocol):
    """Study groups and the places where they live."""

    async def add(self, community: Community) -> Community:
        """Store a new community; its `id` is given here."""

    async def get(self, community: int) -> Community | None:
        """The community of that number."""

    async def hold(self, community: int) -> Community:
        """The community as it stands now, held against changes by others until this unit ends."""

    async def save(self, community: Community) -> None:
        """Store changed settings; hold the community first, so that no other change is lost."""

    async def all(self) -> Sequence[Community]:
        """Every community (the operator's view)."""

    async def venues(self, community: int) -> Sequence[Venue]:
        """The places of a community, paused ones too."""

    async def put_venue(self, venue: Venue) -> None:
        """Add a place or store its changed state."""

    async def move_venue(self, old: Place, new: Place) -> bool:
        """Let everything that pointed to the old chat point to the new one; False if there was nothing left to move."""

    async def of_person(self, person: int) -> Sequence[Community]:
        """The communities that this person belongs to."""


class People(Protocol):
    """Persons, accounts, memberships."""

    async def add(self, account: Account, name: str, language: str) -> Person:
        """A new person with this first account."""

    async def save(self, person: Person) -> None:
        """Store changed settings of a person."""

    async def join(self, member: Member) -> Member:
        """Make somebody a member if they are not yet, and return the membership."""

    async def save_member(self, member: Member) -> None:
        """Store a changed membership."""

    async def seat(self, community: int, person: int) -> Member | None:
        """The membership of a person as it stands: what holds a quiz as well holds the quiz first."""

    async def member(self, community: int, person: int) -> Member | None:
        """The membership of a person, held until this unit ends, to be changed."""

    async def names(self, persons: Sequence[int]) -> Mapping[int, str]:
        """The names of these persons."""

    async def ranked(self, community: int, persons: Sequence[int]) -> Mapping[int, str]:
        """The names of those of them who wish to be ranked there."""

    async def of_account(self, account: Account) -> Person | None:
        """The person who has that account."""

    async def accounts(self, person: int) -> Sequence[Account]:
        """All accounts of a person."""

    async def is_main(self, account: Account) -> bool:
        """Whether its person is called after it, and not after another of theirs."""

    async def called(self, community: int, words: str, most: int) -> Sequence[Person]:
        """Members who are called so: by their handle, else by their whole name, else by a part of it."""

    async def open_private(self, account: Account, can_write: bool) -> None:
        """Remember whether the account may be written to."""

    async def can_write(self, account: Account) -> bool:
        """Whether the account opened private messages."""

    async def get(self, person: int) -> Person | None:
        """The person of that number."""

    async def reachable(self, person: int) -> Account | None:
        """An account of the person that opened private messages."""

    async def note_standing(self, member: Member, role: Role) -> None:
        """Remember the standing that the platform gave just now; it tells whom to write to and gives no right."""

    async def standing(self, community: int, least: Role) -> Sequence[int]:
        """Persons who have that standing or a higher one, granted by the community or last seen on the platform."""

    async def finishers(self, community: int, since: date) -> int:
        """How many finished a daily quiz on that day or later."""
