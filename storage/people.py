"""Persons, accounts, memberships."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, delete, exists, func, insert, or_, select, update

from bot.chat.places import Account, Role
from bot.domain.people import Member, Person
from bot.domain.streak import Streak
from storage import tables
from storage.link import Prepared
from storage.rows import Rows

MOST_HANDLE = 64
"""Characters of a handle that are kept; Telegram's have at most 32, as have Discord's."""

PARTLY = 2
"""The rank of a name of which the words are a part; an exact one leaves those out."""

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
        values = {"name": name, "language": language, "home": 0, "handle": ""}
        statement = insert(tables.person).values(values).returning(tables.person)
        person = to_person((await self._link.execute(statement)).one())
        claim = self._link.insert(tables.account).values(
            platform=account.platform, id=account.id, person_id=person.id, can_write=False, main=True
        )
        if (await self._link.execute(claim.on_conflict_do_nothing())).rowcount:
            return person
        await self._link.execute(delete(tables.person).where(tables.person.c.id == person.id))
        owner = select(tables.account.c.person_id).where(_has(account))
        return to_person((await self._link.execute(_one((await self._link.execute(owner)).scalar_one()))).one())

    async def save(self, person: Person) -> None:
        """Store changed settings of a person."""
        values = {
            "name": person.name,
            "language": person.language,
            "home": person.home,
            "handle": person.handle[:MOST_HANDLE].casefold(),
        }
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
        who = and_(_MEMBER.community_id == community, _MEMBER.person_id.in_(persons), _MEMBER.ranked, is_ranking())
        rows = await self._link.execute(
            select(at.id, at.name).join(tables.member, at.id == _MEMBER.person_id).where(who)
        )
        return {row.id: row.name for row in rows}

    async def of_account(self, account: Account) -> Person | None:
        """The person who has that account."""
        statement = select(tables.person).join(tables.account, tables.account.c.person_id == tables.person.c.id)
        row = (await self._link.execute(statement.where(_has(account)))).one_or_none()
        return to_person(row) if row else None

    async def accounts(self, person: int) -> Sequence[Account]:
        """All accounts of a person."""
        at = tables.account.c
        statement = select(at.platform, at.id).where(at.person_id == person).order_by(at.platform, at.id)
        return [Account(row.platform, row.id) for row in await self._link.execute(statement)]

    async def is_main(self, account: Account) -> bool:
        """Whether its person is called after it."""
        return bool((await self._link.execute(select(tables.account.c.main).where(_has(account)))).scalar())

    async def called(self, community: int, words: str, most: int) -> Sequence[Person]:
        """Members who are called so: by their handle alone, else by their whole name, else by a part of it."""
        at = tables.person.c
        plain = words.casefold()
        named = func.lower(at.name)
        part = named.contains(plain, autoescape=True)
        order = case((at.handle == plain, 0), (named == plain, 1), else_=2)
        seat = and_(_MEMBER.person_id == at.id, _MEMBER.community_id == community)
        statement = select(tables.person, order).join(tables.member, seat).where(or_(at.handle == plain, part))
        rows = (await self._link.execute(statement.order_by(order, at.name, at.id).limit(most))).all()
        best = rows[0][-1] if rows else 2
        return [to_person(row[:-1]) for row in rows if best == PARTLY or row[-1] == best]

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

    async def finishers(self, community: int, since: date) -> int:
        """How many finished a daily quiz on that day or later."""
        where = and_(_MEMBER.community_id == community, _MEMBER.last_day >= since.toordinal())
        found: int = (await self._link.execute(select(func.count()).where(where))).scalar_one()
        return found

    async def _membership(self, prepared: Prepared, community: int, person: int) -> Member | None:
        rows = await self._link.fetch(prepared, {"its_community_id": community, "its_person_id": person})
        return to_member(rows[0]) if rows else None


def is_ranking() -> ColumnElement[bool]:
    """Whether the membership's group ranks anybody: one of minors does not."""
    group = tables.community.c
    return exists().where(group.id == _MEMBER.community_id, ~group.minors)


def _one(person: int) -> Select[Any]:
    return select(tables.person).where(tables.person.c.id == person)


def to_person(row: Any) -> Person:
    """A row of the table as a value."""
    return Person(*row)


def to_member(row: Any) -> Member:
    """A row of the table as a value."""
    community, person, role, ranked, tipped, length, best, freezes, last, hour, stood, notices, since, nudged = row
    day = None if last is None else date.fromordinal(last)
    streak = Streak(length, best, freezes, day)
    known = (bool(ranked), bool(tipped), streak, hour, Role(stood), notices, since, bool(nudged))
    return Member(community, person, Role(role), *known)


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
        "nudged": member.nudged,
    }


def _has(account: Account) -> Any:
    return and_(tables.account.c.platform == account.platform, tables.account.c.id == account.id)
