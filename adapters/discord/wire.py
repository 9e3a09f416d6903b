"""The parts of Discord's events that we read, as typed values; whatever else Discord sends is ignored."""

from typing import Any

import msgspec

ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
READ_HISTORY = 1 << 16
CREATE_PUBLIC_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
PIN_MESSAGES = 1 << 51

EPHEMERAL = 1 << 6
SILENT = 1 << 12
COMPONENTS_V2 = 1 << 15

TEXT_CHANNEL = 0
"""The one channel type where the bot introduces itself: not announcements, voice or forums."""

FORUM = 15
"""The type of a channel that holds nothing but posts, which are threads."""

THREADS = frozenset({10, 11, 12})
"""Types of threads: of an announcement, public, private."""

REQUIRE_TAG = 1 << 4
"""The flag of a forum whose posts need a tag."""

WORDS = frozenset({0, 19})
"""Types of messages that are somebody's own words, a reply being 19; all others are Discord's reports."""

THUMB = "\N{THUMBS UP SIGN}"
"""The mark of a receipt, and of what somebody finds useful."""

COMMAND, PRESS, COMPLETION, MODAL = 2, 3, 4, 5
"""Types of interactions."""

ON_MESSAGE = 3
"""The type of a command in a message's own menu."""

ATTACHMENT = 11
"""The type of an option that is a file; its value is the file's number."""

FILES = "files"
"""The key of a body under which its files stand until they are sent beside it."""


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: str
    username: str = ""
    global_name: str | None = None
    bot: bool = False


class Member(msgspec.Struct, frozen=True):
    """A member of a guild; `permissions` come with interactions, as text."""

    user: User | None = None
    nick: str | None = None
    roles: tuple[str, ...] = ()
    permissions: str = "0"


class Option(msgspec.Struct, frozen=True):
    """An option of a command as a person filled it in, or a subcommand (type 1) or group (type 2) with its own."""

    name: str
    type: int
    value: str | int | float | bool | None = None
    options: tuple["Option", ...] = ()
    focused: bool = False


class Input(msgspec.Struct, frozen=True):
    """A field of a submitted modal; `component` is what a label (type 18) holds."""

    custom_id: str = ""
    value: str | bool | None = None
    values: tuple[str, ...] = ()
    component: "Input | None" = None
    components: tuple["Input", ...] = ()


class Attachment(msgspec.Struct, frozen=True):
    """A file; the kind is what its sender's app says."""

    id: str
    url: str
    filename: str = ""
    size: int = 0
    content_type: str | None = None


class Quote(msgspec.Struct, frozen=True):
    """The message that a menu command was chosen for, or that another one replies to."""

    id: str
    author: User
    content: str = ""
    webhook_id: str = ""
    member: Member | None = None
    attachments: tuple[Attachment, ...] = ()


class Resolved(msgspec.Struct, frozen=True):
    """What options and menu commands refer to, by number."""

    attachments: dict[str, Attachment] = {}
    messages: dict[str, Quote] = {}


class Data(msgspec.Struct, frozen=True):
    """What an interaction is about; which fields are set depends on its type."""

    name: str = ""
    type: int = 0
    custom_id: str = ""
    options: tuple[Option, ...] = ()
    components: tuple[Input, ...] = ()
    target_id: str = ""
    resolved: Resolved | None = None

    @property
    def target(self) -> Quote | None:
        """The message that a menu command was chosen for."""
        return self.resolved.messages.get(self.target_id) if self.resolved else None


class Standing(msgspec.Struct, frozen=True):
    """The message that an interaction hangs on."""

    id: str
    flags: int = 0


class Interaction(msgspec.Struct, frozen=True):
    """INTERACTION_CREATE."""

    id: str
    application_id: str
    type: int
    token: str
    data: Data = msgspec.field(default_factory=Data)
    guild_id: str = ""
    channel_id: str = ""
    member: Member | None = None
    user: User | None = None
    message: Standing | None = None
    locale: str = ""
    app_permissions: str = "0"


class Reference(msgspec.Struct, frozen=True):
    """What a message replies to."""

    message_id: str = ""


class Message(msgspec.Struct, frozen=True):
    """MESSAGE_CREATE."""

    id: str
    channel_id: str
    author: User
    content: str = ""
    guild_id: str = ""
    webhook_id: str = ""
    member: Member | None = None
    mentions: tuple[User, ...] = ()
    message_reference: Reference | None = None
    referenced_message: Quote | None = None
    attachments: tuple[Attachment, ...] = ()
    type: int = 0


class Emoji(msgspec.Struct, frozen=True):
    """An emoji; only a guild's own ones have an id."""

    id: str | None = None
    name: str | None = None


class Reaction(msgspec.Struct, frozen=True):
    """MESSAGE_REACTION_ADD, and without `member` MESSAGE_REACTION_REMOVE."""

    user_id: str
    channel_id: str
    message_id: str
    emoji: Emoji
    guild_id: str = ""
    member: Member | None = None


class Erased(msgspec.Struct, frozen=True):
    """MESSAGE_DELETE, or with `ids` MESSAGE_DELETE_BULK."""

    channel_id: str
    id: str = ""
    ids: tuple[str, ...] = ()
    guild_id: str = ""


class Ended(msgspec.Struct, frozen=True):
    """THREAD_DELETE and CHANNEL_DELETE; `parent_id` is the channel of a thread."""

    id: str
    guild_id: str = ""
    parent_id: str | None = None


class Tag(msgspec.Struct, frozen=True):
    """A tag that a forum offers; `moderated` ones only moderators may put on and take off."""

    id: str
    name: str = ""
    moderated: bool = False


class Metadata(msgspec.Struct, frozen=True):
    """What only threads have."""

    archived: bool = False


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
    """What a channel allows or denies a role or a member."""

    id: str
    allow: str = "0"
    deny: str = "0"


class Channel(msgspec.Struct, frozen=True):
    """A channel of a guild."""

    id: str
    type: int
    position: int = 0
    permission_overwrites: tuple[Overwrite, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """A role of a guild."""

    id: str
    permissions: str = "0"


class Guild(msgspec.Struct, frozen=True):
    """GUILD_CREATE; without `unavailable` the bot was added just now."""

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


class Lost(msgspec.Struct, frozen=True):
    """GUILD_DELETE; `unavailable` is an outage, not a farewell."""

    id: str
    unavailable: bool = False


Payload = dict[str, Any]
"""A request body on its way to Discord."""
