"""Scheduled events and voice channels: REST operations on events, and what people do with both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.handlers import Handlers
from tests.wire.discord.happening import scheduled, voice
from tests.wire.discord.messages import Later
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.scheduled import ACTIVE, CANCELLED, ELSEWHERE, IN_VOICE, NEXT, WAITING, Scheduled
from tests.wire.discord.state import (
    CONNECT,
    CREATE_EVENTS,
    MANAGE_EVENTS,
    VIEW_CHANNEL,
    VOICE,
    Channel,
    Guild,
    Person,
    Refused,
    State,
)
from tests.wire.truth import TruthLog

Answer = tuple[int, Any]
Json = dict[str, Any]
MOST_OPEN = 100
FURTHEST = 5 * 366 * 86_400.0
PAST = "Invalid Form Body: scheduled_start_time: Cannot schedule event in the past."


class Events:
    """What a bot does with scheduled events, and what people do with them and in voice channels."""

    def __init__(self, handlers: Handlers, gateway: Gateway, truth: TruthLog, later: Later) -> None:
        self.handlers, self.gateway, self.truth, self.later = handlers, gateway, truth, later
        self.state: State = handlers.state

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        events = "/guilds/{guild_id}/scheduled-events"
        event = f"{events}/{{guild_scheduled_event_id}}"
        return {
            f"GET {events}": self.list_events,
            f"POST {events}": self.make,
            f"GET {event}": lambda call: (200, self._shape(self._event(call))),
            f"PATCH {event}": self.change,
            f"DELETE {event}": self.remove,
        }

    def of(self, guild: Guild) -> list[Scheduled]:
        """What the guild's list shows, in the order of the times."""
        for each in self.state.scheduled.values():
            each.turn(self.state.clock.now())
        found = [each for each in self.state.scheduled.values() if each.guild_id == guild.id and each.is_open]
        return sorted(found, key=lambda each: (each.start, each.id))

    # ── the bot ──

    def list_events(self, call: Call) -> Answer:
        """The list."""
        return 200, [self._shape(each) for each in self.of(self.handlers.guild(call))]

    def make(self, call: Call) -> Answer:
        """A new event."""
        guild = self.handlers.guild(call)
        self._require(guild, CREATE_EVENTS)
        if len(self.of(guild)) >= MOST_OPEN:
            raise Refused(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
        start = _seconds(call.body["scheduled_start_time"])
        event = Scheduled(self.state.new_id(), guild.id, self.state.bot.id, "", start, call.body["entity_type"])
        self._fill(guild, event, call.body)
        if not self.state.clock.now() < event.start < self.state.clock.now() + FURTHEST:
            raise Refused(400, 50035, PAST)
        self.state.scheduled[event.id] = event
        return self._told(call, event, "CREATE")

    def change(self, call: Call) -> Answer:
        """Another name, time, place or status."""
        guild, event = self.handlers.guild(call), self._event(call)
        self._require_own(guild, event)
        if not event.is_open:
            raise Refused(400, 180000, "Cannot update a finished event")
        status = call.body.get("status") or event.status
        if status not in NEXT[event.status] | {event.status}:
            raise Refused(400, 50035, "Invalid Form Body: status")
        start = _seconds(call.body.get("scheduled_start_time")) or event.start
        if start != event.start and (event.status == ACTIVE or start <= self.state.clock.now()):
            raise Refused(400, 50035, PAST)
        self._fill(guild, event, call.body)
        event.status, event.start = status, start
        return self._told(call, event, "UPDATE")

    def remove(self, call: Call) -> Answer:
        """An event that is no more."""
        guild, event = self.handlers.guild(call), self._event(call)
        self._require_own(guild, event)
        del self.state.scheduled[event.id]
        self._told(call, event, "DELETE")
        return 204, None

    # ── people ──

    async def take_down(self, event: Scheduled) -> None:
        """Somebody deletes an event."""
        del self.state.scheduled[event.id]
        shape = self._shape(event)
        await self.gateway.emit("GUILD_SCHEDULED_EVENT_DELETE", shape, event.guild_id)

    async def cancel(self, event: Scheduled) -> None:
        """Somebody calls an event off that has not begun."""
        assert event.status == WAITING
        event.status = CANCELLED
        await self._emit_update(event)

    async def rename(self, event: Scheduled, name: str) -> None:
        """Somebody edits an event."""
        event.name = name
        await self._emit_update(event)

    async def sit(self, person: Person, channel: Channel | None, guild: Guild) -> None:
        """Somebody goes into a voice channel of the guild, or with None out of the one that they are in."""
        if channel and not (channel.type == VOICE and self.state.may(person, channel, VIEW_CHANNEL | CONNECT)):
            raise PermissionError(f"{person.name} may not go there")
        voices = self.state.voices.setdefault(guild.id, {})
        voices.pop(person.id, None)
        if channel:
            voices[person.id] = channel.id
        await self.say_where(person, guild)

    async def say_where(self, person: Person, guild: Guild) -> None:
        """Somebody mutes or unmutes themselves: Discord says again where they are."""
        shape: Json = voice(person.id, self.state.voices.get(guild.id, {}).get(person.id))
        shape |= {"guild_id": str(guild.id), "member": shapes.member(self.state, guild, person)}
        await self.gateway.emit("VOICE_STATE_UPDATE", shape, guild.id)

    def _shape(self, event: Scheduled) -> Json:
        return scheduled(event, shapes.user(self.state.people[event.creator]))

    async def _emit_update(self, event: Scheduled) -> None:
        shape = self._shape(event)
        await self.gateway.emit("GUILD_SCHEDULED_EVENT_UPDATE", shape, event.guild_id)

    def _fill(self, guild: Guild, event: Scheduled, body: Json) -> None:
        """What the documentation says of the fields, which depend on where the event takes place."""
        event_kind = body.get("entity_type") or event.kind
        name = str(body.get("name", event.name)).strip()
        end = _seconds(body["scheduled_end_time"]) if "scheduled_end_time" in body else event.end
        location = (body.get("entity_metadata") or {}).get("location", event.location)
        channel_id = body.get("channel_id", event.channel_id)
        start = _seconds(body.get("scheduled_start_time")) or event.start
        if not name or (end is not None and end <= start):
            raise Refused(400, 50035, "Invalid Form Body: name, scheduled_end_time")
        if event_kind == ELSEWHERE and (channel_id or end is None or not (location or "").strip()):
            raise Refused(400, 50035, "Invalid Form Body: channel_id, entity_metadata, scheduled_end_time")
        if event_kind == IN_VOICE:
            self._require_room(guild, int(channel_id or 0))
        event.name, event.end, event.kind = name, end, event_kind
        event.description = body.get("description", event.description)
        event.location = location if event_kind == ELSEWHERE else None
        event.channel_id = int(channel_id) if channel_id else None

    def _require_room(self, guild: Guild, channel_id: int) -> None:
        channel = self.state.channel(channel_id)
        if channel.guild_id != guild.id or channel.type != VOICE:
            raise Refused(400, 50035, "Invalid Form Body: channel_id")
        if not self.state.bot_may(channel, VIEW_CHANNEL | CONNECT):
            raise Refused(403, 50013, "Missing Permissions")

    def _event(self, call: Call) -> Scheduled:
        event = self.state.scheduled.get(call.id("guild_scheduled_event_id"))
        if event is None or event.guild_id != self.handlers.guild(call).id:
            raise Refused(404, 10070, "Unknown Guild Scheduled Event")
        event.turn(self.state.clock.now())
        return event

    def _require(self, guild: Guild, bits: int) -> None:
        if self.state.bits(guild, self.state.bot) & bits != bits:
            raise Refused(403, 50013, "Missing Permissions")

    def _require_own(self, guild: Guild, event: Scheduled) -> None:
        self._require(guild, CREATE_EVENTS if event.creator == self.state.bot.id else MANAGE_EVENTS)

    def _told(self, call: Call, event: Scheduled, change: str) -> Answer:
        shape = self._shape(event)
        self.truth.record(
            "effect", call.operation, call.place, f"call:{call.number}", event=str(event.id), reason=call.reason
        )
        self.later(f"GUILD_SCHEDULED_EVENT_{change}", shape, event.guild_id)
        return 200, shape


def _seconds(text: str | None) -> float:
    """An ISO 8601 instant as seconds, 0 for none."""
    return datetime.fromisoformat(text).timestamp() if text else 0.0
