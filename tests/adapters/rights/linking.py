"""A second group beside the court's, so that everybody can try to link the two step by step, and to part them again."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bot.chat.places import Account, Place, Role
from bot.chat.press import Press
from bot.domain.community import Community, Venue
from bot.domain.link import CODE_LIFE, Code, Joining, Purpose, Stage, digest, draw
from bot.domain.people import Member
from bot.features.link import code, place
from bot.ports import Store, Unit

ANSWERS = {"link look": place.look, "link agree": place.agree, "link refuse": place.refuse}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the other group meets, of which the `partner` is the organiser; `community` is the court's own group."""

    store: Store
    community: int
    at: Place
    partner: Account

    async def press(self, act: str, person: int, now: datetime) -> Press:
        """The button by which that person does that; all that must be there before is there."""
        async with self.store.begin() as unit:
            other, partner = await self._fresh(unit, now)
            match act:
                case "issue":
                    return code.issue(self.community)
                case "choose":
                    used = await unit.joinings.add(Joining(0, other, 0, partner, person, now))
                    return place.choose(self.community, used.id)
                case "link look" | "link agree" | "link refuse":
                    offered = await self.offered(unit, other, person, partner, now)
                    return ANSWERS[act](self.community, offered.id)
                case _:
                    offered = await self.offered(unit, other, person, partner, now)
                    joined = replace(offered, issuer_agrees=True, stage=Stage.JOINED)
                    await unit.joinings.join(joined, now)
                    await unit.joinings.save(joined)
                    return place.part(self.community, joined.id)

    async def offered(self, unit: Unit, other: int, person: int, partner: int, now: datetime) -> Joining:
        """What that person has to agree on in the name of the court's group; the partner did so already."""
        return await unit.joinings.add(Joining(0, self.community, other, person, partner, now, redeemer_agrees=True))

    async def last_word(self, person: int, now: datetime) -> Press:
        """The button by which the partner agrees, after that person did so in the name of the court's group."""
        async with self.store.begin() as unit:
            other, partner = await self._fresh(unit, now)
            agreed = Joining(0, self.community, other, person, partner, now, issuer_agrees=True)
            return place.agree(other, (await unit.joinings.add(agreed)).id)

    async def code(self, now: datetime) -> str:
        """A code that leads to the other group."""
        async with self.store.begin() as unit:
            other, partner = await self._fresh(unit, now)
            drawn = draw(Random(other))
            await unit.links.issue(Code(digest(drawn), Purpose.PLACE, partner, other, now + CODE_LIFE))
        return drawn

    async def part(self, now: datetime) -> None:
        """Let the court's group be by itself again."""
        async with self.store.begin() as unit:
            for joining in await unit.joinings.of(self.community):
                await unit.joinings.part(joining, now)
                await unit.joinings.save(replace(joining, stage=Stage.UNDONE))

    async def _fresh(self, unit: Unit, now: datetime) -> tuple[int, int]:
        """A new group there, so that no record of an earlier try comes along; and its organiser."""
        group = await unit.communities.add(Community(0, "Kimia", now))
        await unit.communities.put_venue(Venue(group.id, self.at, group.name))
        person = await unit.people.of_account(self.partner) or await unit.people.add(self.partner, "Partner", "en")
        await unit.people.join(Member(group.id, person.id, Role.ORGANISER, tipped=True))
        await unit.people.open_private(self.partner, True)
        return group.id, person.id
