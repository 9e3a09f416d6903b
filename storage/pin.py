"""What moderators pinned, and where they let nobody write."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, select, update

from bot.chat.places import Place, Ref
from bot.domain.lock import Lock
from bot.domain.lock import State as LockState
from bot.domain.pin import Pin, State
from storage import tables
from storage.rows import Rows

_PIN = tables.pin.c
_LOCK = tables.lock.c


class Pins(Rows):
    """See `bot.repository.Pins`."""

    async def add(self, pin: Pin) -> Pin:
        """Store a new one."""
        await self._count_on(pin.community)
        last = select(func.coalesce(func.max(_PIN.id), 0)).where(_PIN.community_id == pin.community)
        stored = replace(pin, id=(await self._link.execute(last)).scalar_one() + 1)
        await self._link.execute(insert(tables.pin).values(_pin_values(stored)))
        return stored

    async def save(self, pin: Pin) -> None:
        """Store a changed one."""
        where = and_(_PIN.community_id == pin.community, _PIN.id == pin.id)
        await self._link.execute(update(tables.pin).where(where).values(_pin_values(pin)))

    async def hold(self, community: int, pin: int) -> Pin | None:
        """The one of that number, held."""
        where = and_(_PIN.community_id == community, _PIN.id == pin)
        return next(iter(await self._all(select(tables.pin).where(where).with_for_update())), None)

    async def of(self, community: int, message: Ref) -> Pin | None:
        """That of this message; a chat numbers messages across its threads."""
        where = and_(_kept(community), _in_chat(_PIN, message.place), _PIN.message == message.message)
        return next(iter(await self._all(select(tables.pin).where(where).with_for_update())), None)

    async def page(self, community: int, place: Place | None, most: int) -> Sequence[Pin]:
        """Those that are not gone, oldest first."""
        where = _kept(community)
        if place:
            where = and_(where, _in_chat(_PIN, place), _PIN.thread == place.thread)
        return await self._all(select(tables.pin).where(where).order_by(_PIN.id).limit(most))

    async def _all(self, statement: Select[Any]) -> list[Pin]:
        return [_to_pin(row) for row in await self._link.execute(statement)]


class Locks(Rows):
    """See `bot.repository.Locks`."""

    async def add(self, lock: Lock) -> Lock:
        """Store a new one."""
        await self._count_on(lock.community)
        last = select(func.coalesce(func.max(_LOCK.id), 0)).where(_LOCK.community_id == lock.community)
        stored = replace(lock, id=(await self._link.execute(last)).scalar_one() + 1)
        await self._link.execute(insert(tables.lock).values(_lock_values(stored)))
        return stored

    async def save(self, lock: Lock) -> None:
        """Store a changed one."""
        where = and_(_LOCK.community_id == lock.community, _LOCK.id == lock.id)
        await self._link.execute(update(tables.lock).where(where).values(_lock_values(lock)))

    async def hold(self, community: int, lock: int) -> Lock | None:
        """The one of that number, held."""
        where = and_(_LOCK.community_id == community, _LOCK.id == lock)
        return next(iter(await self._held(where)), None)

    async def at(self, community: int, place: Place, *, whole: bool) -> Lock | None:
        """That of this place, or of its group."""
        where = and_(_on(community), _in_chat(_LOCK, place), _LOCK.whole == whole)
        if not whole:
            where = and_(where, _LOCK.thread == place.thread)
        return next(iter(await self._held(where)), None)

    async def whole(self, community: int) -> Sequence[Lock]:
        """Those of whole groups that are not over."""
        return await self._held(and_(_on(community), _LOCK.whole.is_(True)))

    async def _held(self, where: ColumnElement[bool]) -> list[Lock]:
        statement = select(tables.lock).where(where).order_by(_LOCK.id).with_for_update()
        return [_to_lock(row) for row in await self._link.execute(statement)]


def _kept(community: int) -> ColumnElement[bool]:
    return and_(_PIN.community_id == community, _PIN.state.in_((State.ASKED, State.STANDS)))


def _on(community: int) -> ColumnElement[bool]:
    held = (LockState.ASKED, LockState.HOLDS, LockState.OPENING)
    return and_(_LOCK.community_id == community, _LOCK.state.in_(held))


def _in_chat(at: Any, place: Place) -> ColumnElement[bool]:
    return and_(at.platform == place.platform, at.chat == place.chat)


def _to_pin(row: Any) -> Pin:
    community, number, platform, chat, thread, message, by, since, label, until, loud, state = row
    at = Ref(Place(platform, chat, thread), message)
    return Pin(community, number, at, by, since, label, until, bool(loud), State(state))


def _pin_values(pin: Pin) -> dict[str, Any]:
    return {
        "community_id": pin.community,
        "id": pin.id,
        **_place(pin.at.place),
        "message": pin.at.message,
        "actor_id": pin.by,
        "since": pin.since,
        "label": pin.label,
        "until": pin.until,
        "loud": pin.loud,
        "state": pin.state,
    }


def _to_lock(row: Any) -> Lock:
    community, number, platform, chat, thread, by, since, whole, until, before, state = row
    place = Place(platform, chat, thread)
    return Lock(community, number, place, by, since, bool(whole), until, before, LockState(state))


def _lock_values(lock: Lock) -> dict[str, Any]:
    return {
        "community_id": lock.community,
        "id": lock.id,
        **_place(lock.place),
        "actor_id": lock.by,
        "since": lock.since,
        "whole": lock.whole,
        "until": lock.until,
        "before": lock.before,
        "state": lock.state,
    }


def _place(place: Place) -> dict[str, str]:
    return {"platform": place.platform, "chat": place.chat, "thread": place.thread}
