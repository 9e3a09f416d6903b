"""What the fake Discord knows: people, guilds, channels, messages, and the clock that its rules use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.wire.discord.clock import Clock
from tests.wire.discord.files import Files
from tests.wire.discord.message import Message, walk
from tests.wire.discord.rights import (
    ADMINISTRATOR,
    EVERYTHING,
    READ_HISTORY,
    VIEW_CHANNEL,
    WHILE_MUTED,
    Overwrite,
    Role,
    overwritten,
)
from tests.wire.discord.scheduled import Scheduled

__all__ = ["ADMINISTRATOR", "READ_HISTORY", "VIEW_CHANNEL", "Message", "walk"]

Value = Any
"""JSON of any shape."""

DISCORD_EPOCH = 1_420_070_400  # seconds; snowflakes count milliseconds from here

BAN_MEMBERS = 1 << 2
ADD_REACTIONS = 1 << 6
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
MENTION_EVERYONE = 1 << 17
MANAGE_GUILD = 1 << 5
MANAGE_ROLES = 1 << 28
CONNECT = 1 << 20
USE_COMMANDS = 1 << 31
MANAGE_EVENTS = 1 << 33
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
CREATE_EVENTS = 1 << 44
PIN_MESSAGES = 1 << 51
MEMBER = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY | USE_COMMANDS | SEND_IN_THREADS | CONNECT
BOT = MEMBER | ADD_REACTIONS | MANAGE_MESSAGES | PIN_MESSAGES | CREATE_PUBLIC_THREADS | CREATE_EVENTS

TEXT, DM, VOICE, CATEGORY, NEWS, NEWS_THREAD, PUBLIC_THREAD, FORUM = 0, 1, 2, 4, 5, 10, 11, 15
THREADS = {NEWS_THREAD, PUBLIC_THREAD}
REQUIRE_TAG = 1 << 4
RENAMED, PINNED, STARTER = 4, 6, 21  # types of messages that report something
EPHEMERAL, LOADING, COMPONENTS_V2 = 64, 128, 1 << 15


class Refused(Exception):
    """Discord's answer to a call that it does not carry out."""

    def __init__(self, status: int, code: int, message: str, errors: Value = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message}
        if errors:
            self.body["errors"] = errors


@dataclass(slots=True)
class Person:
    """A Discord user (or our bot)."""

    id: int
    name: str
    locale: str = "en-US"
    display: str | None = None
    bot: bool = False


@dataclass(slots=True)
class Guild:
    """A server; `members` maps a person's id to the permission bits of that person, `worn` to that of their roles.

    `muted` says until when (in seconds) somebody is in a time-out; `bot_position` is that of the bot's own role.
    """

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    members: dict[int, int] = field(default_factory=dict)
    nicks: dict[int, str] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    worn: dict[int, set[int]] = field(default_factory=dict)
    muted: dict[int, float] = field(default_factory=dict)
    banned: set[int] = field(default_factory=set)
    everyone: int = MEMBER
    bot_position: int = 1
    system_channel_id: int | None = None
    bot_permissions: int = BOT
    extra: dict[str, Any] = field(default_factory=dict)  # laid over GUILD_CREATE (synthetic big guilds)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a forum; `moderated` ones need MANAGE_THREADS."""

    id: int
    name: str
    moderated: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, thread or direct conversation; `bot_denied` are bits that the bot lacks here and in its threads.

    `owner_id` opened a thread. `tags` are those that a forum offers, `applied` those of a post.
    """

    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    recipient_id: int | None = None
    bot_denied: int = 0
    archived: bool = False
    locked: bool = False
    gone: bool = False
    owner_id: int | None = None
    tags: list[Tag] = field(default_factory=list)
    applied: list[int] = field(default_factory=list)
    require_tag: bool = False
    quiet: int = 1440  # minutes until it is archived by itself
    renames: list[float] = field(default_factory=list)  # when its name was to be changed
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    position: int = 0

    @property
    def is_thread(self) -> bool:
        """Whether it is one, a forum's post included."""
        return self.type in THREADS


class State:
    """Everything that a restart of the client does not touch."""

    def __init__(self, bot_name: str = "bareng") -> None:
        self.clock = Clock()
        self._last_id = 0
        self.people: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.files = Files(self.new_id)
        self.messages: dict[int, Message] = {}
        self.scheduled: dict[int, Scheduled] = {}
        self.voices: dict[int, dict[int, int]] = {}  # by guild and person: the voice channel
        self.commands: dict[int | None, list[dict[str, Any]]] = {}  # by guild id; None: global
        self.bot = self.add_person(bot_name, bot=True)
        self.owner = self.add_person("operator")
        self.application_id = self.bot.id
        self.application_flags = 0

    def new_id(self) -> int:
        """A snowflake of this moment, greater than all before."""
        moment = int((self.clock.now() - DISCORD_EPOCH) * 1000) << 22
        self._last_id = max(moment, self._last_id + 16)  # room for ids made by hand, such as the bot's role
        return self._last_id

    def add_person(self, name: str, *, locale: str = "en-US", display: str | None = None, bot: bool = False) -> Person:
        """A new user."""
        person = Person(self.new_id(), name, locale, display, bot)
        self.people[person.id] = person
        return person

    def add_guild(self, name: str, owner: Person | None = None, *, locale: str = "en-US") -> Guild:
        """A guild without channels that nobody told the bot about yet."""
        owner = owner or self.owner
        guild = Guild(self.new_id(), name, owner.id, locale)
        self.guilds[guild.id] = guild
        self.join(guild, owner, permissions=MEMBER | ADMINISTRATOR | MANAGE_GUILD | MANAGE_MESSAGES | MODERATE_MEMBERS)
        return guild

    def join(self, guild: Guild, *people: Person, permissions: int = MEMBER, position: int = 2) -> None:
        """Make people members with these permission bits, which a role in that position gives them; also a change."""
        given = [role for role in guild.roles.values() if (role.permissions, role.position) == (permissions, position)]
        if permissions != MEMBER and not given:
            given = [Role(self.new_id(), f"role {permissions:x}", permissions, position)]
            guild.roles[given[0].id] = given[0]
        for person in people:
            guild.members[person.id] = permissions
            guild.worn[person.id] = {given[0].id} if permissions != MEMBER else set()

    def add_channel(
        self,
        guild: Guild,
        name: str,
        *,
        kind: int = TEXT,
        parent: Channel | None = None,
        bot_denied: int = 0,
        system: bool = False,
        tags: Sequence[str] = (),
        moderated: Sequence[str] = (),
        require_tag: bool = False,
        owner: Person | None = None,
    ) -> Channel:
        """A channel (or thread, with a parent and perhaps somebody who opened it) of the guild."""
        channel = Channel(
            self.new_id(), kind, name, guild.id, parent_id=parent.id if parent else None, bot_denied=bot_denied
        )
        channel.tags = [Tag(self.new_id(), tag, tag in moderated) for tag in (*tags, *moderated)]
        channel.require_tag = require_tag
        channel.owner_id = owner.id if owner else guild.owner_id
        self.channels[channel.id] = channel
        if system:
            guild.system_channel_id = channel.id
        return channel

    def direct_channel(self, person: Person) -> Channel:
        """The one direct conversation of the bot with the person."""
        for channel in self.channels.values():
            if channel.recipient_id == person.id:
                return channel
        channel = Channel(self.new_id(), DM, recipient_id=person.id)
        self.channels[channel.id] = channel
        return channel

    def channel(self, channel_id: int) -> Channel:
        """The channel, or Discord's 404."""
        channel = self.channels.get(channel_id)
        if channel is None or channel.gone:
            raise Refused(404, 10003, "Unknown Channel")
        return channel

    def message(self, message_id: int, channel_id: int | None = None) -> Message:
        """The message as the bot may see it by its id, or Discord's 404."""
        message = self.messages.get(message_id)
        if message is None or message.deleted or (channel_id is not None and message.channel_id != channel_id):
            raise Refused(404, 10008, "Unknown Message")
        return message

    def bot_may(self, channel: Channel, bits: int) -> bool:
        """Whether the bot has all these bits in the channel."""
        return self.may(self.bot, channel, bits)

    def may(self, person: Person, channel: Channel, bits: int) -> bool:
        """Whether that person has all these bits in the channel."""
        if channel.guild_id is None:
            return True
        guild = self.guilds.get(channel.guild_id)
        return guild is not None and self.bits(guild, person, channel) & bits == bits

    def bits(self, guild: Guild, person: Person, channel: Channel | None = None) -> int:
        """The permission bits of a person, or of the bot, in a channel or in the whole guild."""
        is_bot, roles = person is self.bot, self.roles_of(guild, person)
        has = guild.bot_permissions if is_bot else guild.everyone | guild.members.get(person.id, 0)
        for number in roles & guild.roles.keys():
            has |= guild.roles[number].permissions
        if has & ADMINISTRATOR or guild.owner_id == person.id:
            return EVERYTHING
        parent = self.channels.get(channel.parent_id or 0) if channel else None
        if channel:
            room = parent if parent and channel.is_thread else channel
            has = overwritten(has, room.overwrites, guild.id, roles, person.id)
            has &= ~(channel.bot_denied | (parent.bot_denied if parent else 0)) if is_bot else has
        return has & WHILE_MUTED if self.is_muted(guild, person) else has

    def roles_of(self, guild: Guild, person: Person) -> set[int]:
        """The roles that somebody wears; the bot has its own, whose id is the guild's plus one."""
        return guild.worn.get(person.id, set()) | ({guild.id + 1} if person is self.bot else set())

    def height(self, guild: Guild, person: Person) -> int:
        """The position of somebody's highest role."""
        own = [guild.roles[number].position for number in guild.worn.get(person.id, ())]
        return max([guild.bot_position if person is self.bot else 0, *own])

    def is_muted(self, guild: Guild, person: Person) -> bool:
        """Whether a person is in a time-out."""
        return guild.muted.get(person.id, 0.0) > self.clock.now()

    def messages_in(self, channel: Channel, person: Person | None = None) -> list[Message]:
        """What stands in the channel for everybody, and with a person also what only that person sees."""
        return [
            message
            for message in self.messages.values()
            if message.channel_id == channel.id
            and not message.deleted
            and (message.only_for is None or (person is not None and message.only_for == person.id))
        ]


def instant(seconds: float) -> str:
    """ISO 8601 with an offset, as Discord writes times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
