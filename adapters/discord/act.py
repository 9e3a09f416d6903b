"""What the bot does on Discord besides speaking: time-outs, bans, pins, deletions, locks, tags and events."""

from datetime import datetime, timedelta
from typing import assert_never

import msgspec
import structlog

from adapters.discord.errors import UnknownBan
from adapters.discord.event import Events
from adapters.discord.inbound import channel_of, is_private
from adapters.discord.lock import Locks
from adapters.discord.power import MEMBER, Powers
from adapters.discord.sender import Sender
from adapters.discord.tag import Tags
from adapters.discord.thread import MESSAGE, Threads
from adapters.discord.voice import Voices
from adapters.discord.wire import Payload
from adapters.memory import Memory
from bot.chat.act import (
    Act,
    Admit,
    Announce,
    Ban,
    Decline,
    Gather,
    Leader,
    Lock,
    Menu,
    Mute,
    Pin,
    Remove,
    Roll,
    Tag,
    Unban,
    Unlock,
    Unmute,
    Unpin,
    Whisper,
    Withdraw,
)
from bot.chat.errors import Gone, Refused
from bot.chat.places import Place, Ref, Role
from bot.ports import Clock

LONGEST_MUTE = timedelta(days=28) - timedelta(minutes=1)
"""Discord takes 28 days; the minute is for clocks that differ."""

LONGEST_REASON = 512
"""Characters of a reason in the audit log."""

MOST_LOUD = 1_000

TIME_OUT = "communication_disabled_until"

BANS = "/guilds/{guild_id}/bans/{user_id}"
PINS = "/channels/{channel_id}/messages/pins/{message_id}"

log = structlog.get_logger()


class Acts:
    """Carries out the core's acts. The audit log tells which act of ours it was, and nothing about anybody."""

    def __init__(self, sender: Sender, threads: Threads, powers: Powers, voices: Voices, clock: Clock) -> None:
        self._sender = sender
        self._voices = voices
        self._events = Events(sender)
        self._threads = threads
        self._clock = clock
        self._powers = powers
        self._locks = Locks(sender, powers, clock)
        self._tags = Tags(sender, powers)
        self._loud: Memory[str, bool] = Memory(MOST_LOUD)

    async def do(self, place: Place, act: Act, key: str) -> str:
        """See `bot.ports.Platform.act`."""
        if is_private(place):
            raise Refused("a private conversation")
        reason = f"{type(act).__name__} ({key})"[:LONGEST_REASON]
        match act:
            case Mute() | Unmute() | Ban() | Unban():
                await self._to_person(place, act, reason)
            case Pin() | Unpin() | Remove():
                await self._to_message(act, reason)
            case Lock():
                return await self._locks.lock(place, key, reason, whole=act.whole)
            case Unlock():
                await self._locks.unlock(place, act.before, reason, whole=act.whole)
            case Tag():
                await self._tags.put(place, act.account.id, act.words, reason)
            case Announce() | Withdraw():
                return await self._to_event(place, act, reason)
            case Gather():
                return msgspec.json.encode(self._voices.within(place.chat, act.channel)).decode()
            case Roll():
                return await self._roll(place)
            case Menu():
                pass  # what a server sees is chosen in its own settings
            case Admit() | Decline() | Whisper():
                raise Refused(f"Discord knows no {type(act).__name__}")
            case _:
                assert_never(act)
        return ""

    async def _roll(self, place: Place) -> str:
        """The owner: who else has which role is told to nobody without a privileged intent."""
        owner = (await self._powers.guild(place.chat)).owner_id
        member = await self._powers.member(place.chat, owner)
        user = member.user if member else None
        leaders = [Leader(owner, user.global_name or user.username, user.username, Role.ORGANISER)] if user else []
        return msgspec.json.encode(leaders).decode()

    def is_loud(self, message: str) -> bool:
        """Whether we pinned that message for everybody to notice."""
        return bool(self._loud.get(message))

    async def _to_person(self, place: Place, act: Mute | Unmute | Ban | Unban, reason: str) -> None:
        whom = {"guild_id": place.chat, "user_id": act.account.id}
        match act:
            case Mute():
                await self._ask("PATCH", MEMBER, {TIME_OUT: self._end(act.until)}, reason=reason, **whom)
            case Unmute():
                await self._ask("PATCH", MEMBER, {TIME_OUT: None}, reason=reason, **whom)
            case Ban():
                await self._ask("PUT", BANS, {"delete_message_seconds": 0}, reason=reason, **whom)
            case Unban():
                try:
                    await self._ask("DELETE", BANS, None, reason=reason, **whom)
                except UnknownBan:
                    log.info("not_banned")

    def _end(self, until: datetime | None) -> str | None:
        """The end of a time-out: at the latest what Discord takes, and None for one that is over already."""
        now = self._clock()
        end = min(until or now + LONGEST_MUTE, now + LONGEST_MUTE)
        return end.isoformat() if end > now else None

    async def _to_message(self, act: Pin | Unpin | Remove, reason: str) -> None:
        """Discord reports each pin in the channel; the report of one that is not loud is taken away when it comes.

        A message that is gone is neither pinned nor to be deleted.
        """
        ref = act.ref
        where = {"channel_id": await self._channel(ref), "message_id": ref.message}
        if isinstance(act, Pin):
            self._loud.put(ref.message, act.loud)
            return await self._ask("PUT", PINS, None, reason=reason, **where)
        try:
            path = PINS if isinstance(act, Unpin) else MESSAGE
            await self._ask("DELETE", path, None, reason=reason, **where)
        except Gone as error:
            log.info("gone_before", error=repr(error))
        return None

    async def _to_event(self, place: Place, act: Announce | Withdraw, reason: str) -> str:
        if isinstance(act, Announce):
            return await self._events.announce(place.chat, act, reason)
        await self._events.withdraw(place.chat, act.event, reason)
        return ""

    async def _channel(self, ref: Ref) -> str:
        return await self._threads.channel(ref) if ref.opened else channel_of(ref.place)

    async def _ask(self, method: str, path: str, body: Payload | None, *, reason: str, **ids: str) -> None:
        await self._sender.ask_twice(method, path, body, reason=reason, **ids)
