"""Learning resources of a community."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from bot.domain.library import SHOWN, Mark, Marks, Resource, State, Wish
from storage import tables
from storage.rows import Rows, packed

_RESOURCE = msgspec.json.Decoder(Resource)
LATELY = 300
"""Resources by which topics are ordered: counting those of all would cost more with each that is shared."""

MOST_KEPT = 500
"""Bookmarks of one person that are shown, the newest."""

_HIDDEN = tuple(state for state in State if state not in SHOWN)
_AT = tables.resource.c
_TAG = tables.resource_tag.c
_MARK = tables.resource_mark.c


class Library(Rows):
    """See `bot.repository.Library`."""

    async def add(self, resource: Resource) -> Resource:
        """Store a new one."""
        await self._count_on(resource.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == resource.community)
        stored = replace(resource, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.resource).values({**key, **_values(stored)}))
        await self._tag(stored)
        return stored

    async def save(self, resource: Resource) -> None:
        """Store a changed one, its topics too."""
        where = _is(resource.community, resource.id)
        await self._link.execute(update(tables.resource).where(where).values(_values(resource)))
        tagged = and_(_TAG.community_id == resource.community, _TAG.resource_id == resource.id)
        await self._link.execute(delete(tables.resource_tag).where(tagged))
        await self._tag(resource)

    async def get(self, community: int, resource: int) -> Resource | None:
        """The resource of that number, in whatever state."""
        return await self._one(select(_AT.body).where(_is(community, resource)))

    async def hold(self, community: int, resource: int) -> Resource | None:
        """The same, held until this unit ends."""
        return await self._one(select(_AT.body).where(_is(community, resource)).with_for_update())

    async def of_print(self, community: int, print_: str) -> Resource | None:
        """The first one of that address that was not removed."""
        await self._count_on(community)
        # Ordered here: asked for the lowest number, SQLite would walk through all of them.
        found = await self._all(select(_AT.body).where(_AT.community_id == community, _AT.print == print_))
        return min((each for each in found if each.state is not State.REMOVED), key=_number, default=None)

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Resource]:
        """Those that everybody sees and that fit, the newest first."""
        statement = select(_AT.body).where(_shown(community))
        number: ColumnElement[int] = _AT.id
        if wish.tag:
            statement = statement.join(tables.resource_tag, _tagged()).where(_TAG.tag == wish.tag)
            number = _TAG.resource_id
        if wish.level:
            statement = statement.where((_TAG if wish.tag else _AT).level == wish.level)
        if wish.kilobytes:
            statement = statement.where(_AT.kilobytes.between(1, wish.kilobytes))
        return await self._all(statement.order_by(number.desc()).offset(start).limit(most))

    async def waiting(self, community: int, after: int, most: int) -> Sequence[Resource]:
        """Those that wait and those shown that somebody reported, the oldest first."""
        mine = and_(_AT.community_id == community, _AT.id > after)
        waits = await self._all(select(_AT.body).where(mine, _AT.state == State.WAITING).order_by(_AT.id).limit(most))
        reports = and_(_MARK.community_id == community, _MARK.kind == Mark.REPORT, _MARK.resource_id > after)
        # The reported ones come first: from the resources, SQLite would look whether each of them is reported.
        marked = select(_MARK.resource_id).where(reports).distinct().subquery()
        reported = select(_AT.body).join(marked, _AT.id == marked.c.resource_id).where(_shown(community))
        found = await self._all(reported.order_by(marked.c.resource_id).limit(most))
        return sorted((*waits, *found), key=_number)[:most]

    async def adaptations(self, community: int, resource: int) -> Sequence[Resource]:
        """Those shown that adapt this one, the oldest first."""
        found = await self._all(select(_AT.body).where(_AT.community_id == community, _AT.origin == resource))
        return sorted((each for each in found if each.is_shown), key=_number)

    async def bookmarked(self, community: int, person: int, start: int, most: int) -> Sequence[Resource]:
        """Those shown that this person keeps, what was kept last first."""
        kept = and_(_MARK.community_id == community, _MARK.person_id == person, _MARK.kind == Mark.BOOKMARK)
        order = (_MARK.at.desc(), _MARK.resource_id.desc())
        numbers = [row[0] for row in await self._link.execute(select(_MARK.resource_id).where(kept).order_by(*order))]
        statement = select(_AT.body).where(_AT.community_id == community, _AT.id.in_(numbers[:MOST_KEPT]))
        found = {each.id: each for each in await self._all(statement) if each.is_shown}
        return [found[number] for number in numbers if number in found][start : start + most]

    async def tags(self, community: int) -> Sequence[str]:
        """The topics of what was shared last, most used first."""
        newest = await self.page(community, Wish(), 0, LATELY)
        counts = Counter(tag for each in newest for tag in dict.fromkeys(each.tags))
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    async def mark(self, community: int, resource: int, person: int, kind: Mark, at: datetime, note: str = "") -> bool:
        """Keep what that person says; False if they said it before."""
        values = {
            "community_id": community,
            "resource_id": resource,
            "kind": kind,
            "person_id": person,
            "note": note,
            "at": at,
        }
        statement = self._link.insert(tables.resource_mark).values(values).on_conflict_do_nothing()
        return bool((await self._link.execute(statement)).rowcount)

    async def unmark(self, community: int, resource: int, kind: Mark, person: int = 0) -> bool:
        """Take it back, everybody's if no person is named."""
        where = and_(_of(community, resource), _MARK.kind == kind)
        if person:
            where = and_(where, _MARK.person_id == person)
        return bool((await self._link.execute(delete(tables.resource_mark).where(where))).rowcount)

    async def marks(self, community: int, resources: Sequence[int]) -> Mapping[int, Marks]:
        """How often each of these was marked."""
        statement = (
            select(_MARK.resource_id, _MARK.kind, func.count())
            .where(_MARK.community_id == community, _MARK.resource_id.in_(resources))
            .group_by(_MARK.resource_id, _MARK.kind)
        )
        found: dict[int, dict[str, int]] = {number: {} for number in resources}
        for number, kind, count in await self._link.execute(statement):
            found[number][f"{kind}s"] = count
        return {number: Marks(**counts) for number, counts in found.items()}

    async def marked(self, community: int, resource: int, person: int) -> frozenset[Mark]:
        """What that person says about it."""
        statement = select(_MARK.kind).where(_of(community, resource), _MARK.person_id == person)
        return frozenset(Mark(row.kind) for row in await self._link.execute(statement))

    async def notes(self, community: int, resource: int) -> Sequence[str]:
        """What those who reported it wrote, the oldest first."""
        statement = select(_MARK.note).where(_of(community, resource), _MARK.kind == Mark.REPORT)
        return [row.note for row in await self._link.execute(statement.order_by(_MARK.at, _MARK.person_id))]

    async def _tag(self, resource: Resource) -> None:
        key = {"community_id": resource.community, "resource_id": resource.id, "level": resource.level}
        if rows := [{**key, "tag": tag} for tag in dict.fromkeys(resource.tags)]:
            await self._link.execute(insert(tables.resource_tag), rows)

    async def _all(self, statement: Select[Any]) -> Sequence[Resource]:
        return [_RESOURCE.decode(row.body) for row in await self._link.execute(statement)]

    async def _one(self, statement: Select[Any]) -> Resource | None:
        return next(iter(await self._all(statement)), None)


def _number(resource: Resource) -> int:
    return resource.id


def _is(community: int, resource: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == resource)


def _of(community: int, resource: int) -> ColumnElement[bool]:
    return and_(_MARK.community_id == community, _MARK.resource_id == resource)


def _shown(community: int) -> ColumnElement[bool]:
    # Not `in`, for which SQLite would take the index of states, and then sort all that it found.
    return and_(_AT.community_id == community, _AT.state.not_in(_HIDDEN))


def _tagged() -> ColumnElement[bool]:
    return and_(_TAG.community_id == _AT.community_id, _TAG.resource_id == _AT.id)


def _values(resource: Resource) -> dict[str, Any]:
    return {
        "state": resource.state,
        "level": resource.level,
        "kilobytes": resource.kilobytes,
        "origin": resource.origin,
        "print": resource.print,
        "author": resource.author,
        "at": resource.created_at,
        "body": packed(resource),
    }
