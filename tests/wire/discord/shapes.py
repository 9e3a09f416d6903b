"""Discord's JSON for the things in State; every field that the specification demands is there."""

from __future__ import annotations

from typing import Any

from tests.wire.discord.happening import scheduled, voice
from tests.wire.discord.rights import Overwrite, Role
from tests.wire.discord.state import (
    DM,
    REQUIRE_TAG,
    VOICE,
    Channel,
    Guild,
    Message,
    Person,
    State,
    instant,
)

Json = dict[str, Any]


def user(person: Person) -> Json:
    """A user."""
    shape: Json = {
        "id": str(person.id),
        "username": person.name,
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": person.display or person.name,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }
    if person.bot:
        shape |= {"bot": True, "global_name": None}
    return shape


def member(state: State, guild: Guild, person: Person, *, permissions: int | None = None) -> Json:
    """A member; with `permissions` as interactions carry it."""
    shape: Json = {
        "user": user(person),
        "nick": guild.nicks.get(person.id),
        "avatar": None,
        "banner": None,
        "roles": [str(role) for role in sorted(state.roles_of(guild, person))],
        "joined_at": instant(state.clock.now() - 86_400),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "communication_disabled_until": instant(guild.muted[person.id]) if state.is_muted(guild, person) else None,
        "flags": 0,
    }
    if permissions is not None:
        shape["permissions"] = str(permissions)
    return shape


def channel(state: State, item: Channel) -> Json:
    """A guild channel, thread or direct channel."""
    base: Json = {"id": str(item.id), "type": item.type, "flags": 0, "last_message_id": None}
    if item.type == DM:
        assert item.recipient_id is not None
        return base | {"recipients": [user(state.people[item.recipient_id])]}
    base |= {"guild_id": str(item.guild_id), "name": item.name, "parent_id": _text(item.parent_id)}
    if item.is_thread:
        return base | {
            "owner_id": str(item.owner_id),
            "applied_tags": [str(tag) for tag in item.applied],
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": item.archived,
                "locked": item.locked,
                "auto_archive_duration": item.quiet,
                "archive_timestamp": instant(state.clock.now()),
                "create_timestamp": instant(state.clock.now()),
            },
        }
    if item.require_tag:
        base["flags"] = REQUIRE_TAG
    if item.tags:
        base["available_tags"] = [
            {"id": str(tag.id), "name": tag.name, "moderated": tag.moderated, "emoji_id": None, "emoji_name": None}
            for tag in item.tags
        ]
    if item.type == VOICE:
        base |= {"bitrate": 64_000, "user_limit": 0}
    laid = dict(item.overwrites)
    if item.bot_denied:
        laid[state.bot.id] = Overwrite(1, 0, item.bot_denied)
    return base | {
        "position": item.position,
        "permission_overwrites": [
            {"id": str(who), "type": each.kind, "allow": str(each.allow), "deny": str(each.deny)}
            for who, each in laid.items()
        ],
        "nsfw": False,
        "topic": None,
        "rate_limit_per_user": 0,
    }


def role(item: Role, *, managed: bool = False) -> Json:
    """A role."""
    return {
        "id": str(item.id),
        "name": item.name,
        "permissions": str(item.permissions),
        "position": item.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": item.hoist,
        "managed": managed,
        "mentionable": item.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def roles(guild: Guild) -> list[Json]:
    """@everyone, the bot's own role (its id is the guild's plus one), and all others."""
    return [
        role(Role(guild.id, "@everyone", guild.everyone, 0)),
        role(Role(guild.id + 1, "bareng", guild.bot_permissions, guild.bot_position), managed=True),
        *map(role, guild.roles.values()),
    ]


def guild_create(state: State, item: Guild) -> Json:
    """The GUILD_CREATE event."""
    me = member(state, item, state.bot)
    channels = [c for c in state.channels.values() if c.guild_id == item.id and not c.gone]
    return {
        "id": str(item.id),
        "name": item.name,
        "owner_id": str(item.owner_id),
        "icon": None,
        "features": [],
        "roles": roles(item),
        "emojis": [],
        "stickers": [],
        "preferred_locale": item.locale,
        "premium_tier": 0,
        "system_channel_id": _text(item.system_channel_id),
        "system_channel_flags": 0,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "afk_timeout": 300,
        "afk_channel_id": None,
        "joined_at": instant(state.clock.now()),
        "large": False,
        "unavailable": False,
        "member_count": len(item.members) + 1,
        "voice_states": [
            voice(who, channel_id)  # without its guild and its member, as Discord sends it
            for who, channel_id in state.voices.get(item.id, {}).items()
        ],
        "members": [me],
        "channels": [channel(state, c) for c in channels if not c.is_thread],
        "threads": [channel(state, c) for c in channels if c.is_thread and not c.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [
            scheduled(each, user(state.people[each.creator]))
            for each in state.scheduled.values()
            if each.guild_id == item.id and each.is_open
        ],
        "soundboard_sounds": [],
    } | item.extra


def guild(item: Guild) -> Json:
    """A guild as it is shown when asked for."""
    empty = ("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id")
    ids = ("afk_channel_id", "widget_channel_id", "rules_channel_id", "safety_alerts_channel_id")
    more = ("public_updates_channel_id", "vanity_url_code", "max_presences", "incidents_data")
    numbers = ("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level")
    counts = ("explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level")
    return {
        **dict.fromkeys((*empty, *ids, *more)),
        **dict.fromkeys((*numbers, *counts), 0),
        **dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False),
        **dict.fromkeys(("max_members", "max_stage_video_channel_users", "max_video_channel_users"), 50),
        "id": str(item.id),
        "name": item.name,
        "owner_id": str(item.owner_id),
        "features": [],
        "region": "deprecated",
        "afk_timeout": 300,
        "system_channel_id": _text(item.system_channel_id),
        "roles": roles(item),
        "preferred_locale": item.locale,
        "emojis": [],
        "stickers": [],
    }


def message(state: State, item: Message) -> Json:
    """A message."""
    shape: Json = {
        "id": str(item.id),
        "type": item.kind or (19 if item.reference else 0),
        "channel_id": str(item.channel_id),
        "author": user(state.people[item.author_id]),
        "content": item.content,
        "embeds": item.embeds,
        "attachments": [attachment.shape() for attachment in item.attachments],
        "components": item.components,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": item.pinned,
        "tts": False,
        "flags": item.flags,
        "timestamp": instant(item.created),
        "edited_timestamp": instant(item.edited) if item.edited else None,
    }
    if item.nonce is not None:
        shape["nonce"] = item.nonce
    if item.reference is not None:
        shape["message_reference"] = item.reference
    if item.interaction_id is not None:
        shape |= {"webhook_id": str(state.application_id), "application_id": str(state.application_id)}
    return shape


def erased(item: Message, place: Channel) -> Json:
    """MESSAGE_DELETE."""
    shape = {"id": str(item.id), "channel_id": str(place.id)}
    return shape if place.guild_id is None else shape | {"guild_id": str(place.guild_id)}


def reaction(state: State, item: Message, person: Person, emoji: str, *, came: bool) -> Json:
    """MESSAGE_REACTION_ADD or MESSAGE_REACTION_REMOVE; only the first says who that is."""
    shape: Json = {
        "user_id": str(person.id),
        "channel_id": str(item.channel_id),
        "message_id": str(item.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }
    guild_id = state.channels[item.channel_id].guild_id
    if guild_id is None:
        return shape
    shape["guild_id"] = str(guild_id)
    return (
        shape
        | ({"member": member(state, state.guilds[guild_id], person)} if came else {})
        | ({"message_author_id": str(item.author_id)} if came else {})
    )


def application(state: State) -> Json:
    """Our own application, as `/applications/@me` shows it."""
    return {
        "id": str(state.application_id),
        "name": state.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": state.application_flags,
        "flags_new": str(state.application_flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(state.owner),
        "approximate_guild_count": len(state.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "eligible_oauth2_scopes": [],
        "bot": user(state.bot),
    }


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
