"""What a handler may know and use: the moment, the people, the unit of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol

from bot.asking import Asking, Powers
from bot.chat.errors import Refusal
from bot.chat.events import Quoted
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.chat.text import T
from bot.domain.community import Community, Venue
from bot.domain.jobs import Job
from bot.domain.people import Member, Person
from bot.ports import Platform, Unit
from bot.repository import Notice
from bot.undelivered import summon


class Named(Protocol):
    """A declared job, as far as posting needs it."""

    @property
    def name(self) -> str:
        """The job's kind."""

    @property
    def insists(self) -> bool:
        """Whether the person is called in the group if it cannot be sent in private."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """What is known of a platform without asking it: the address that adds the bot to a group there, "" if there is
    none, whether it has native polls, whether an answer in a group always reaches the asker alone, the address of a
    message there, "" if it has none, and whether groups have a list of events and voice channels.
    """

    invite: str = ""
    has_polls: bool = False
    whispers: bool = False
    link: Callable[[Ref], str] = field(default=lambda _: "", compare=False)
    has_events: bool = False


def abroad(platforms: Mapping[str, Platform]) -> Mapping[str, Abroad]:
    """The same of every platform that is connected."""
    return {
        name: Abroad(platform.invite(), platform.has_polls, platform.whispers, platform.link, platform.has_events)
        for name, platform in platforms.items()
    }


@dataclass(frozen=True, slots=True)
class Context:
    """The scene of one event or one due job.

    `now` is the event's receipt, or the present for a job. `role` is the standing at this moment. `reply` is the
    message that the command is about, `quoted` what it says, both also after the command's questions were answered.
    `own` is the message that the person wrote just now, None where nobody else sees one.
    `abroad` tells of the connected platforms by their names. `language` is the one in which the asker is answered.
    `powers` are what platforms said of people so far, see `power`.
    """

    unit: Unit
    now: datetime
    rng: Random
    place: Place
    private: bool = False
    account: Account | None = None
    role: Role = Role.GUEST
    venue: Venue | None = None
    found: Community | None = None
    who: Person | None = None
    seat: Member | None = None
    reply: Ref | None = None
    quoted: Quoted | None = None
    own: Ref | None = None
    language: str = "en"
    abroad: Mapping[str, Abroad] = field(default_factory=dict)
    powers: Powers = field(default_factory=dict)

    @property
    def community(self) -> Community:
        """The community; refuses kindly where there is none."""
        if self.found is None:
            raise Refusal(T("Use this in your study group, or join one with me first. More: /help."))
        return self.found

    @property
    def person(self) -> Person:
        """The person who acts; refuses for an anonymous administrator."""
        if self.who is None:
            raise Refusal(T("I can't see who you are. Turn off anonymous mode for a moment and try again."))
        return self.who

    @property
    def member(self) -> Member:
        """The membership of the person who acts."""
        if self.seat is None:
            raise Refusal(T("Use this in your study group, or join one with me first. More: /help."))
        return self.seat

    def power(self, place: Place, account: Account | None) -> Power:
        """What somebody, or with None the bot, is and may do there at this moment.

        Where that is not known yet the handler is left and begun anew when the platform has said it, so nothing outside
        the unit may have been changed before. Refuses where the platform cannot say.
        """
        known = self.powers.get((place, account))
        if known is None:
            raise Asking(place, account)
        return known

    async def held(self) -> Community:
        """The community as it stands now, to be changed: nobody else changes it until this unit ends."""
        return await self.unit.communities.hold(self.community.id)

    async def post(self, kind: Named, subject: int = 0) -> None:
        """Have this card sent, or edited where it stands, in every place of the community after the commit."""
        for venue in await self.unit.communities.venues(self.community.id):
            if not venue.paused:
                await self.post_in(venue.place, kind, subject)

    async def renew(self, kind: Named, subject: int = 0) -> None:
        """The same for the places where this card stands already; no other place hears of it."""
        venues = await self.unit.communities.venues(self.community.id)
        paused = {(venue.place.platform, venue.place.chat) for venue in venues if venue.paused}
        for ref in await self.unit.cards.standing(self.community.id, f"{kind.name}:{subject}"):
            if (ref.place.platform, ref.place.chat) not in paused:
                await self.post_in(ref.place, kind, subject)

    def link(self, ref: Ref) -> str:
        """The address of a message, "" where its platform is away or gives none."""
        there = self.abroad.get(ref.place.platform)
        return there.link(ref) if there else ""

    async def post_in(self, place: Place, kind: Named, subject: int = 0) -> None:
        """The same for one place."""
        await self._ask(_key(kind, subject, place), place, kind, subject)

    async def post_anew(self, place: Place, kind: Named, subject: int = 0) -> None:
        """Have this card posted below all that was said; the one that stands there is left to itself."""
        await self.unit.cards.drop(self.community.id, f"{kind.name}:{subject}", place)
        # Another key, because platforms take a second send with the same one for a repetition.
        await self._ask(f"{_key(kind, subject, place)}:{self.rng.getrandbits(32):x}", place, kind, subject)

    async def tell(self, person: int, kind: Named, subject: int, at: datetime | None = None) -> bool:
        """Have this composed for one person and sent privately, at that moment if one is given.

        Somebody who cannot be written to, or must not be first (a group of minors), finds it from that moment on below
        the next private answer; False says so. However often the same kind and subject are asked for before they are
        told, they are told once; after that it is said anew.
        """
        key = f"{kind.name}:{subject}:p{person}"
        account = await self.unit.people.reachable(person)
        if account is None and not await self.unit.people.accounts(person):
            return False  # whoever was erased is nobody to be told anything
        if account is None or await self._is_minor(person):
            if at and at > self.now:
                # Asked for once more when it is due: by then they may be one who can be written to.
                later = Job(self.community.id, f"{key}:later", kind.name, subject, at, person=person)
                await self.unit.jobs.put(later)
                return False
            notice = Notice(self.community.id, person, key, kind.name, subject, self.now)
            await self.unit.notices.put(notice)
            if kind.insists and not self.community.minors:
                await summon(self.unit, self.community.id, person, self.now)
            return False
        place = Place(account.platform, account.id)
        job = Job(self.community.id, key, kind.name, subject, at or self.now, place, person=person)
        await self.unit.jobs.put(job)
        return True

    async def _is_minor(self, person: int) -> bool:
        """Whether that is nobody to write to first: in a group of minors only who moderates it is."""
        if not self.community.minors:
            return False
        seat = await self.unit.people.seat(self.community.id, person)
        return seat is None or max(seat.role, seat.stood) < Role.MODERATOR

    async def _ask(self, key: str, place: Place, kind: Named, subject: int) -> None:
        await self.unit.jobs.put(Job(self.community.id, key, kind.name, subject, self.now, place))


def _key(kind: Named, subject: int, place: Place) -> str:
    return f"{kind.name}:{subject}:{place.platform}:{place.chat}:{place.thread}"
