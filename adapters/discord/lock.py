"""Letting only moderators write on Discord: a locked thread, or overwrites of a channel that can be taken back."""

import asyncio
from datetime import datetime

import msgspec
import structlog

from adapters.discord.guild import ANNOUNCEMENTS, FORUM, TEXT_CHANNEL, THREADS, Channel, Guild, Overwrite, Part
from adapters.discord.power import CHANNEL, GUILD, Powers, granted
from adapters.discord.rights import (
    ADMINISTRATOR,
    MODERATES,
    ORGANISES,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    number,
    permissions,
)
from adapters.discord.sender import Sender
from adapters.discord.wire import Member
from adapters.memory import Memory
from bot.chat.errors import Gone, PlatformError, Refused
from bot.chat.places import Place
from bot.ports import Clock

WRITING = SEND_MESSAGES | SEND_IN_THREADS
"""The bits that a lock takes away from everybody."""

MOST_CHANNELS = 50
"""Channels that are locked with a whole guild, from the top."""

MOST_STAFF = 10
"""Roles of moderators that go on writing."""

MOST_LOCKS = 100
"""Locks of which is remembered how things were, in case one must be begun again."""

CHANNELS = f"{GUILD}/channels"
OVERWRITE = f"{CHANNEL}/permissions/{{overwrite_id}}"

_LOCKABLE = frozenset({TEXT_CHANNEL, ANNOUNCEMENTS, FORUM})
_ROLE, _MEMBER = 0, 1

Before = dict[str, tuple[int, ...]]
"""Overwrites of a channel as they were: type, allowed and denied bits, or the type alone where there was none."""

log = structlog.get_logger()


class Locks:
    """Locks and unlocks threads, channels and guilds; what it does twice has no further effect."""

    def __init__(self, sender: Sender, powers: Powers, clock: Clock) -> None:
        self._sender = sender
        self._powers = powers
        self._clock = clock
        self._befores: Memory[str, dict[str, Before]] = Memory(MOST_LOCKS)

    async def lock(self, place: Place, key: str, reason: str, *, whole: bool) -> str:
        """Lock; returns how the channels were as JSON, "" for a thread and where nobody could write before.

        How things were is remembered by the act's `key` too, because an act that is begun again finds itself locked.
        """
        room = await self._room(place, whole=whole)
        if room and room.type in THREADS:
            await self._bolt(room, reason, locked=True)
            return ""
        guild, me = await asyncio.gather(
            self._powers.guild(place.chat), self._powers.member(place.chat, self._sender.me)
        )
        if me is None:
            raise Gone("put out")
        befores = self._befores.get(key) or {}
        self._befores.put(key, befores)
        if room:
            await self._close(guild, me, room, befores, reason)
        else:
            await self._close_all(guild, me, befores, reason)
        return msgspec.json.encode(befores).decode() if befores else ""

    async def unlock(self, place: Place, before: str, reason: str, *, whole: bool) -> None:
        """Unlock; what moderators changed in the meantime stays. Raises Refused where nothing tells what was locked."""
        room = await self._room(place, whole=whole)
        if room and room.type in THREADS:
            return await self._bolt(room, reason, locked=False)
        befores = _read(before)
        if room:
            await self._open(room, befores.get(room.id) or {place.chat: (_ROLE,)}, reason)
        elif not befores:
            raise Refused("nothing tells how the channels were")
        for channel in () if room else befores:
            try:
                await self._open(await self._powers.channel(channel), befores[channel], reason)
            except (Gone, Refused) as error:
                log.warning("channel_left_locked", channel=channel, error=repr(error))
        return None

    async def _room(self, place: Place, *, whole: bool) -> Channel | None:
        """The channel or thread that is meant, None for all."""
        return None if whole or not place.thread else await self._powers.channel(place.thread)

    async def _bolt(self, thread: Channel, reason: str, *, locked: bool) -> None:
        """An archived thread can be changed only while it is open."""
        meta = thread.thread_metadata
        if meta and meta.locked is locked:
            return
        archived = bool(meta and meta.archived)
        body = {"locked": locked} | ({"archived": False} if archived else {})
        await self._sender.ask_twice("PATCH", CHANNEL, body, reason=reason, channel_id=thread.id)
        if archived:
            await self._sender.ask_twice("PATCH", CHANNEL, {"archived": True}, reason=reason, channel_id=thread.id)

    async def _close_all(self, guild: Guild, me: Member, befores: dict[str, Before], reason: str) -> None:
        """Every channel that the bot may lock; raises Refused where it may lock none."""
        rooms = await self._sender.read(tuple[Channel, ...], CHANNELS, guild_id=guild.id)
        texts = sorted((room for room in rooms if room.type in _LOCKABLE), key=lambda room: room.position)
        refused: PlatformError | None = None
        for room in texts[:MOST_CHANNELS]:
            try:
                await self._close(guild, me, room, befores, reason)
            except (Gone, Refused) as error:
                log.info("channel_not_locked", channel=room.id, error=repr(error))
                refused = error
        if refused and not befores:
            raise refused

    async def _close(self, guild: Guild, me: Member, room: Channel, befores: dict[str, Before], reason: str) -> None:
        """First the bot may go on writing, then moderators may, and at last nobody else."""
        standing = {each.id: each for each in room.permission_overwrites}
        changed = closed(guild, me, room, self._sender.me, self._clock())
        if not changed:
            return
        # Before the first change and not after it, because its reply may be lost.
        known = befores.setdefault(room.id, {})
        for each in changed:
            known.setdefault(each.id, _told(each, standing.get(each.id)))
        for each in changed:
            try:
                await self._lay(room.id, each, reason)
            except (Gone, Refused) as error:
                if each.id in (self._sender.me, guild.id):
                    await self._give_up(room.id, befores, reason)
                    raise
                log.info("overwrite_not_changed", channel=room.id, error=repr(error))

    async def _give_up(self, channel: str, befores: dict[str, Before], reason: str) -> None:
        """Leave a channel as it was that cannot be locked."""
        before = befores.pop(channel)
        try:
            await self._open(await self._powers.channel(channel), before, reason)
        except (Gone, Refused) as error:
            log.info("channel_half_locked", channel=channel, error=repr(error))

    async def _open(self, room: Channel, before: Before, reason: str) -> None:
        """Give back what the lock changed, everybody's right first; an overwrite that is gone is left so."""
        standing = {each.id: each for each in room.permission_overwrites}
        for number_, (kind, *bits) in reversed(before.items()):
            current = standing.get(number_)
            if current is None:
                continue
            allow, deny = bits or (0, 0)
            after = _mixed(current, kind, allow, deny)
            if not bits and _is_empty(after):
                await self._sender.ask_twice(
                    "DELETE", OVERWRITE, reason=reason, channel_id=room.id, overwrite_id=number_
                )
            elif after != current:
                await self._lay(room.id, after, reason)

    async def _lay(self, channel: str, overwrite: Overwrite, reason: str) -> None:
        body = {"type": overwrite.type, "allow": number(overwrite.allow), "deny": number(overwrite.deny)}
        await self._sender.ask_twice(
            "PUT", OVERWRITE, body, reason=reason, channel_id=channel, overwrite_id=overwrite.id
        )


def closed(guild: Guild, me: Member, room: Channel, account: str, now: datetime) -> list[Overwrite]:
    """The overwrites that are to change so that only moderators write in a channel, everybody's last.

    None are where not everybody may write anyway. A role of moderators is allowed to write, another one that was is not
    any more; apps, and people whom the channel itself allows to write, keep that.
    """
    roles = {each.id: number(each.permissions) for each in guild.roles}
    if not permissions(guild.id, room, roles, (), "") & WRITING:
        return []
    own = granted(guild, room, me, account, now)
    # The bot can grant only what it has; an administrator needs no overwrite.
    wanted = [] if own & ADMINISTRATOR else [(account, _MEMBER, own & WRITING, 0)]
    staff = [each.id for each in guild.roles if each.id != guild.id and _moderates(each)][:MOST_STAFF]
    wanted += [(each, _ROLE, own & WRITING, 0) for each in staff]
    named = {each.id for each in guild.roles if not each.managed} - {guild.id, *staff}
    others = [each for each in room.permission_overwrites if each.id in named and number(each.allow) & WRITING]
    wanted += [(each.id, _ROLE, 0, number(each.deny) & WRITING) for each in others]
    wanted.append((guild.id, _ROLE, 0, WRITING))
    standing = {each.id: each for each in room.permission_overwrites}
    found = [_mixed(standing.get(each, Overwrite(each)), kind, allow, deny) for each, kind, allow, deny in wanted]
    return [each for each in found if each != standing.get(each.id) and (each.id in standing or not _is_empty(each))]


def _moderates(role: Part) -> bool:
    bits = number(role.permissions)
    return bool(bits & (MODERATES | ORGANISES)) and not bits & ADMINISTRATOR and not role.managed


def _mixed(overwrite: Overwrite, kind: int, allow: int, deny: int) -> Overwrite:
    """The overwrite with other bits of writing, and all else as it is."""
    allowed, denied = (number(bits) & ~WRITING for bits in (overwrite.allow, overwrite.deny))
    return Overwrite(overwrite.id, str(allowed | allow & WRITING), str(denied | deny & WRITING), kind)


def _is_empty(overwrite: Overwrite) -> bool:
    return not number(overwrite.allow) | number(overwrite.deny)


def _told(after: Overwrite, standing: Overwrite | None) -> tuple[int, ...]:
    return (standing.type, number(standing.allow), number(standing.deny)) if standing else (after.type,)


def _read(before: str) -> dict[str, Before]:
    try:
        return msgspec.json.decode(before, type=dict[str, Before]) if before else {}
    except msgspec.DecodeError as error:
        log.warning("before_not_read", error=str(error))
        return {}
