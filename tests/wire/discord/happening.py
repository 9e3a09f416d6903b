"""Discord's JSON for what goes on in a guild: scheduled events, and who is in which voice channel."""

from __future__ import annotations

from typing import Any

from tests.wire.discord.scheduled import Scheduled
from tests.wire.discord.state import instant

Json = dict[str, Any]


def voice(person: int, channel: int | None) -> Json:
    """Where somebody is heard; VOICE_STATE_UPDATE says `guild_id` and `member` too."""
    flags = ("deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress")
    return {
        **dict.fromkeys(flags, False),
        "user_id": str(person),
        "channel_id": str(channel) if channel else None,
        "session_id": f"{person:x}",
        "request_to_speak_timestamp": None,
    }


def scheduled(item: Scheduled, creator: Json) -> Json:
    """An event in a guild's list."""
    return {
        "id": str(item.id),
        "guild_id": str(item.guild_id),
        "channel_id": str(item.channel_id) if item.channel_id else None,
        "creator_id": str(item.creator),
        "creator": creator,
        "name": item.name,
        "description": item.description,
        "scheduled_start_time": instant(item.start),
        "scheduled_end_time": instant(item.end) if item.end else None,
        "privacy_level": 2,
        "status": item.status,
        "entity_type": item.kind,
        "entity_id": None,
        "entity_metadata": {"location": item.location} if item.location else None,
        "image": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
    }
