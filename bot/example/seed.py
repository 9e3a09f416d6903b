"""Fills an empty database with the example study group "Kelas Contoh"."""

from collections.abc import Iterable
from datetime import datetime
from random import Random

from bot.chat.places import Ability, Account, Place, Role
from bot.context import Context
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from bot.example.bank import bank
from bot.features import daily, digest, rota
from bot.ports import Store


async def seed(
    store: Store, now: datetime, places: Iterable[Place], people: Iterable[tuple[Account, str, Role]]
) -> bool:
    """Make the group with these places and people and its first quiz planned; False if there is any group already.

    `people` are accounts with a name and the standing that the group grants them.
    """
    async with store.begin() as unit:
        if await unit.communities.all():
            return False
        goal = "Belajar bareng sedikit setiap hari"
        community = await unit.communities.add(Community(0, "Kelas Contoh", now, goal=goal, ready=True))
        for place in places:
            await unit.communities.put_venue(Venue(community.id, place, community.name, abilities=frozenset(Ability)))
        for account, name, role in people:
            person = await unit.people.add(account, name, "")
            await unit.people.join(Member(community.id, person.id, role))
        for item in bank(community.id):
            await unit.items.add(item, now)
        scene = Context(unit, now, Random(), Place("", ""), found=community)  # noqa: S311
        await daily.plan(scene, community)
        await rota.plan(scene, community)
        await digest.plan(scene, community)
    return True
