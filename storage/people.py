"""Persons, accounts, memberships."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, or_, select, update

from bot.chat.places import Account, Role
from bot.domain.people import Member, Person
from bot.domain.streak import Streak
from storage import tables
from storage.link import Prepared
from storage.rows import Rows

_MEMBER = tables.member.c
_ITS = and_(_MEMBER.community_id == bindparam("its_community_id"), _MEMBER.person_id == bindparam("its_person_id"))
_CHANGED = [column.name for column in _MEMBER if not column.primary_key and column.name not in ("notices", "stood")]
"""`notices` is counted by `storage.notice` alone, `stood` noted by `note_standing`: a membership read before must not
take either back."""

_SEAT = Prepared(lambda _: select(tables.member).where(_ITS))
_HOLD = Prepared(lambda _: select(tables.member).where(_ITS).with_for_update())
_SAVE = Prepared(
    lambda _: (
        update(tables.member)
        .where(_ITS)
        .values({name: bindparam(f"its_{name}") for name in _CHANGED})
        .returning(_MEMBER.role)
    )
)


class People(Rows):
    """See `bot.repository.People`."""

    async def add(self, account: Account, name: str, language: str) -> Person:
        """A new person with this first account; the one who has it, if another came first."""
        values = {"name": name, "language": language, "home": 0}
        statement = insert(tables.person).values(values).returning(tables.person)
        person = to_person((await self._link.execute(statement)).one())
        claim = self._link.insert(tables.account).values(
            platform=account.platform, id=account.id, person_id=person.id, can_write=False
        )
        if (await self._link.execute(claim.on_conflict_do_nothing())).rowcount:
            return person
        await self._link.execute(delete(tables.person).where(tables.person.c.id == person.id))
        owner = select(tables.account.c.person_id).where(_has(account))
        return to_person((await self._link.execute(_one((await self._link.execute(owner)).scalar_one()))).one())

    async def save(self, person: Person) -> None:
        """Store changed settings of a person."""
        values = {"name": person.name, "language": person.language, "home": person.home}
        where = tables.person.c.id == person.id
        await self._link.execute(update(tables.person).where(where).values(values))

    async def join(self, member: Member) -> Member:
        """Make somebody a member if they are not yet."""
        statement = self._link.insert(tables.member).values(_values(member)).on_conflict_do_nothing()
        await self._link.execute(statement)
        return await self.member(member.community, member.person) or member

    async def save_member(self, member: Member) -> None:
        """Store a changed membership, all but its `notices` and where it `stood`."""
        await self._link.fetch(_SAVE, {f"its_{name}": value for name, value in _values(member).items()})

    async def seat(self, community: int, person: int) -> Member | None:
        """The membership of a person as it stands."""
        return await self._membership(_SEAT, community, person)

    async def member(self, community: int, person: int) -> Member | None:
        """The membership of a person, held against being changed by another until this unit ends."""
        return await self._membership(_HOLD, community, person)

    async def names(self, persons: Sequence[int]) -> Mapping[int, str]:
        """The names of these persons."""
        at = tables.person.c
        rows = await self._link.execute(select(at.id, at.name).where(at.id.in_(persons)))
        return {row.id: row.name for row in rows}

    async def ranked(self, community: int, persons: Sequence[int]) -> Mapping[int, str]:
        """The names of those of them who wish to be ranked there."""
        at = tables.person.c
        who = and_(_MEMBER.community_id == community, _MEMBER.person_id.in_(persons), _MEMBER.ranked)
        rows = await self._link.execute(
            select(at.id, at.name).join(tables.member, at.id == _MEMBER.person_id).where(who)
        )
        return {row.id: row.name for row in rows}

    async def open_private(self, account: Account, can_write: bool) -> None:
        """Remember whether the account may be written to."""
        statement = update(tables.account).where(_has(account)).values(can_write=can_write)
        await self._link.execute(statement)

    async def can_write(self, account: Account) -> bool:
        """Whether the account opened private messages."""
        statement = select(tables.account.c.can_write).where(_has(account))
        return bool((await self._link.execute(statement)).scalar())

    async def get(self, person: int) -> Person | None:
        """The person of that number."""
        row = (await self._link.execute(_one(person))).one_or_none()
        return to_person(row) if row else None

    async def reachable(self, person: int) -> Account | None:
        """An account of the person that opened private messages."""
        at = tables.account.c
        statement = select(at.platform, at.id).where(at.person_id == person, at.can_write)
        row = (await self._link.execute(statement.order_by(at.platform, at.id).limit(1))).one_or_none()
        return Account(row.platform, row.id) if row else None

    async def note_standing(self, member: Member, role: Role) -> None:
        """Remember the standing that the platform gave just now."""
        where = and_(_MEMBER.community_id == member.community, _MEMBER.person_id == member.person)
        await self._link.execute(update(tables.member).where(where).values(stood=int(role)))

    async def standing(self, community: int, least: Role) -> Sequence[int]:
        """Persons who have that standing or a higher one, granted by the community or last seen on the platform."""
        high = or_(_MEMBER.role >= int(least), _MEMBER.stood >= int(least))
        where = and_(_MEMBER.community_id == community, high)
        statement = select(_MEMBER.person_id).where(where).order_by(_MEMBER.person_id)
        return [row.person_id for row in await self._link.execute(statement)]

    async def _membership(self, prepared: Prepared, community: int, person: int) -> Member | None:
        rows = await self._link.fetch(prepared, {"its_community_id": community, "its_person_id": person})
        return to_member(rows[0]) if rows else None


def _one(person: int) -> Select[Any]:
    return select(tables.person).where(tables.person.c.id == person)


def to_person(row: Any) -> Person:
    """A row of the table as a value."""
    return Person(*row)


def to_member(row: Any) -> Member:
    """A row of the table as a value."""
    community, person, role, ranked, tipped, length, best, freezes, last, hour, stood, notices, since = row
    day = None if last is None else date.fromordinal(last)
    streak = Streak(length, best, freezes, day)
    return Member(community, person, Role(role), bool(ranked), bool(tipped), streak, hour, Role(stood), notices, since)


def _values(member: Member) -> dict[str, Any]:
    streak = member.streak
    return {
        "community_id": member.community,
        "person_id": member.person,
        "role": int(member.role),
        "ranked": member.ranked,
        "tipped": member.tipped,
        "streak": streak.length,
        "best_streak": streak.best,
        "freezes": streak.freezes,
        "last_day": streak.last and streak.last.toordinal(),
        "practice_hour": member.practice_hour,
        "stood": int(member.stood),
        "notices": member.notices,
        "since": member.since,
    }


def _has(account: Account) -> Any:
    return and_(tables.account.c.platform == account.platform, tables.account.c.id == account.id)
