"""What the fake Discord knows: people, guilds, channels, messages, and the clock that its rules use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.wire.discord.clock import Clock
from tests.wire.discord.files import Attachment, Files

Value = Any
"""JSON of any shape."""

DISCORD_EPOCH = 1_420_070_400  # seconds; snowflakes count milliseconds from here

ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
READ_HISTORY = 1 << 16
MANAGE_GUILD = 1 << 5
ADMINISTRATOR = 1 << 3
USE_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
PIN_MESSAGES = 1 << 51
MEMBER = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY | USE_COMMANDS | SEND_IN_THREADS
BOT = MEMBER | ADD_REACTIONS | MANAGE_MESSAGES | PIN_MESSAGES | CREATE_PUBLIC_THREADS

TEXT, DM, VOICE, CATEGORY, NEWS, NEWS_THREAD, PUBLIC_THREAD, FORUM = 0, 1, 2, 4, 5, 10, 11, 15
THREADS = {NEWS_THREAD, PUBLIC_THREAD}
REQUIRE_TAG = 1 << 4
RENAMED, STARTER = 4, 21  # types of messages that report something about a thread
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
    """A server; `members` maps a person's id to the permission bits of that person."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    members: dict[int, int] = field(default_factory=dict)
    nicks: dict[int, str] = field(default_factory=dict)
    roles: dict[int, int] = field(default_factory=dict)  # permission bits to the id of the role that gives them
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

    @property
    def is_thread(self) -> bool:
        """Whether it is one, a forum's post included."""
        return self.type in THREADS


@dataclass(slots=True)
class Message:
    """A message as it stands now; `only_for` is the one person who sees an ephemeral one."""

    id: int
    channel_id: int
    author_id: int
    created: float
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    only_for: int | None = None
    nonce: str | None = None
    edited: float | None = None
    deleted: bool = False
    pinned: bool = False
    interaction_id: int | None = None
    reference: dict[str, Any] | None = None
    reactions: set[str] = field(default_factory=set)  # the bot's
    marks: set[tuple[int, str]] = field(default_factory=set)  # people's
    kind: int = 0
    edits: int = 0
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Every word a reader sees: content, embeds and text displays, in order."""
        parts = [self.content] if self.content else []
        for embed in self.embeds:
            parts += [embed.get("title", ""), embed.get("description", "")]
            parts += [f"{item['name']}\n{item['value']}" for item in embed.get("fields", [])]
            parts.append(embed.get("footer", {}).get("text", ""))
        parts += [part["content"] for part in walk(self.components) if part["type"] == 10]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Buttons and selects, in reading order."""
        return [part for part in walk(self.components) if part["type"] in {2, 3, 5, 6, 7, 8}]

    def button(self, words: str) -> dict[str, Any]:
        """The button whose label is or contains `words`, or whose custom_id is `words`; LookupError without one."""
        for exact in (True, False):
            for part in self.buttons:
                label = part.get("label") or part.get("placeholder") or ""
                if part.get("custom_id") == words or label == words or (not exact and words in label):
                    return part
        raise LookupError(f"no button {words!r} among {[part.get('label') for part in self.buttons]}")


def walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every component with everything inside it, in reading order."""
    found: list[dict[str, Any]] = []
    for part in components:
        found.append(part)
        found += walk(part.get("components") or [])
        found += walk([part[key] for key in ("accessory", "component") if part.get(key)])
    return found


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

    def join(self, guild: Guild, *people: Person, permissions: int = MEMBER) -> None:
        """Make people members with these permission bits."""
        if permissions != MEMBER:
            guild.roles.setdefault(permissions, self.new_id())
        for person in people:
            guild.members[person.id] = permissions

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
        if channel.guild_id is None:
            return True
        guild = self.guilds.get(channel.guild_id)
        parent = self.channels.get(channel.parent_id or 0)
        denied = channel.bot_denied | (parent.bot_denied if parent else 0)
        return guild is not None and guild.bot_permissions & ~denied & bits == bits

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
