"""Scheduled events of a guild: made, brought up to date and taken down, each of ours once."""

import structlog

from adapters.discord.errors import UnknownEvent
from adapters.discord.escape import escape
from adapters.discord.guild import Listed
from adapters.discord.power import GUILD
from adapters.discord.sender import Sender
from adapters.discord.wire import Payload
from bot.chat.act import Announce
from bot.chat.clean import clean_text
from bot.chat.errors import Ambiguous, Gone, Refused
from bot.chat.fit import shorten

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 1000
LONGEST_LOCATION = 100
"""Discord's limits for the parts of an event."""

GUILD_ONLY = 2
"""The one privacy level that events have."""

IN_VOICE, ELSEWHERE = 2, 3
"""Where an event takes place. The times and the place of one that is elsewhere are demanded."""

CANCELLED = 4
"""The status of an event that somebody called off."""

EVENTS = f"{GUILD}/scheduled-events"
EVENT = f"{EVENTS}/{{guild_scheduled_event_id}}"

log = structlog.get_logger()


class Events:
    """Makes events. The last line of a description is the event's key, by which one is found whose number is lost."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def announce(self, guild: str, act: Announce, reason: str) -> str:
        """See `bot.chat.act.Announce`; raises Gone only where its event is no more."""
        try:
            if act.instead:
                await self.withdraw(guild, act.instead, reason)
            return await self._put(guild, act, reason)
        except UnknownEvent:
            raise
        except Gone as error:
            raise Refused(f"no access: {error}") from error

    async def withdraw(self, guild: str, event: str, reason: str) -> None:
        """Take an event down; one that is gone already is fine."""
        try:
            await self._sender.ask_twice("DELETE", EVENT, reason=reason, guild_id=guild, guild_scheduled_event_id=event)
        except UnknownEvent:
            log.info("event_gone_before")

    async def _put(self, guild: str, act: Announce, reason: str) -> str:
        """In its voice channel; where that is not to be had, as one that is elsewhere."""
        if act.channel:
            try:
                return await self._write(guild, act, in_voice(act), reason)
            except UnknownEvent:
                raise
            except (Gone, Refused) as error:
                log.info("no_voice_channel", channel=act.channel, error=repr(error))
        return await self._write(guild, act, elsewhere(act), reason)

    async def _write(self, guild: str, act: Announce, body: Payload, reason: str) -> str:
        if act.event:
            return await self._change(guild, act.event, body, reason)
        if standing := await self._ours(guild, act.key):
            return await self._change(guild, standing[0], body, reason)
        made = await self._sender.ask("POST", EVENTS, body, reason=reason, guild_id=guild)
        if not isinstance(made, dict) or "id" not in made:
            raise Ambiguous("no event came back")
        # The library asks again by itself after an error of Discord's, though the event may have been made.
        for extra in await self._ours(guild, act.key):
            if extra != str(made["id"]):
                await self.withdraw(guild, extra, reason)
        return str(made["id"])

    async def _change(self, guild: str, event: str, body: Payload, reason: str) -> str:
        await self._sender.ask_twice(
            "PATCH", EVENT, body, reason=reason, guild_id=guild, guild_scheduled_event_id=event
        )
        return event

    async def _ours(self, guild: str, key: str) -> list[str]:
        """Our events of that key."""
        listed = await self._sender.read(tuple[Listed, ...], EVENTS, guild_id=guild)
        return [each.id for each in listed if each.creator_id == self._sender.me and _key(each) == key]


def in_voice(act: Announce) -> Payload:
    """The event as one in its voice channel."""
    return _common(act) | {"entity_type": IN_VOICE, "channel_id": act.channel, "entity_metadata": None}


def elsewhere(act: Announce) -> Payload:
    """The event as one at a place in words, or at an address."""
    location = {"location": shorten(_line(act.where) or "…", LONGEST_LOCATION)}
    return _common(act) | {"entity_type": ELSEWHERE, "channel_id": None, "entity_metadata": location}


def _common(act: Announce) -> Payload:
    about = shorten(escape(clean_text(act.about)).strip(), LONGEST_DESCRIPTION - len(act.key) - 1)
    return {
        "name": shorten(_line(act.title) or "…", LONGEST_NAME),
        "description": f"{about}\n{act.key}".strip(),
        "scheduled_start_time": act.start.isoformat(),
        "scheduled_end_time": act.end.isoformat(),
        "privacy_level": GUILD_ONLY,
    }


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _key(event: Listed) -> str:
    return (event.description or "").rpartition("\n")[2]
