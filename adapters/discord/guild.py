"""A guild with its channels, roles and threads, as Discord shows them; whatever else Discord sends is ignored."""

import msgspec

from adapters.discord.wire import Member, User, Voice

TEXT_CHANNEL = 0
"""The one channel type where the bot introduces itself: not announcements, voice or forums."""

ANNOUNCEMENTS = 5

FORUM = 15
"""The type of a channel that holds nothing but posts, which are threads."""

THREADS = frozenset({10, 11, 12})
"""Types of threads: of an announcement, public, private."""

REQUIRE_TAG = 1 << 4
"""The flag of a forum whose posts need a tag."""


class Tag(msgspec.Struct, frozen=True):
    """A tag that a forum offers; `moderated` ones only moderators may put on and take off."""

    id: str
    name: str = ""
    moderated: bool = False


class Metadata(msgspec.Struct, frozen=True):
    """What only threads have."""

    archived: bool = False
    locked: bool = False


class Room(msgspec.Struct, frozen=True):
    """A channel or thread, as Discord shows it when asked; forums offer tags, posts bear them."""

    id: str
    type: int
    name: str = ""
    parent_id: str | None = None
    owner_id: str = ""
    flags: int = 0
    available_tags: tuple[Tag, ...] = ()
    applied_tags: tuple[str, ...] = ()
    thread_metadata: Metadata | None = None

    @property
    def archived(self) -> bool:
        """Whether it is an archived thread."""
        return self.thread_metadata is not None and self.thread_metadata.archived


class Overwrite(msgspec.Struct, frozen=True):
    """What a channel allows or denies a role (type 0) or a member (type 1)."""

    id: str
    allow: str = "0"
    deny: str = "0"
    type: int = 0


class Channel(msgspec.Struct, frozen=True):
    """A channel of a guild, or one of its threads, which has its channel's overwrites."""

    id: str
    type: int
    position: int = 0
    permission_overwrites: tuple[Overwrite, ...] = ()
    parent_id: str | None = None
    thread_metadata: Metadata | None = None


class Part(msgspec.Struct, frozen=True):
    """A role of a guild; a `managed` one belongs to an app."""

    id: str
    permissions: str = "0"
    name: str = ""
    position: int = 0
    managed: bool = False


class Guild(msgspec.Struct, frozen=True):
    """GUILD_CREATE, where without `unavailable` the bot was added just now; and a guild as it is shown when asked."""

    id: str
    name: str = ""
    owner_id: str = ""
    joined_at: str = ""
    preferred_locale: str = ""
    system_channel_id: str | None = None
    unavailable: bool | None = None
    channels: tuple[Channel, ...] = ()
    roles: tuple[Part, ...] = ()
    members: tuple[Member, ...] = ()
    voice_states: tuple[Voice, ...] = ()


class Listed(msgspec.Struct, frozen=True):
    """A scheduled event in a guild's list, also in GUILD_SCHEDULED_EVENT_UPDATE and GUILD_SCHEDULED_EVENT_DELETE."""

    id: str
    guild_id: str
    creator_id: str | None = None
    description: str | None = None
    status: int = 0


class Entry(msgspec.Struct, frozen=True):
    """GUILD_MEMBER_ADD."""

    guild_id: str
    user: User
    nick: str | None = None
    joined_at: str = ""


class Lost(msgspec.Struct, frozen=True):
    """GUILD_DELETE; `unavailable` is an outage, not a farewell."""

    id: str
    unavailable: bool = False
