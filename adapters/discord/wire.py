"""The parts of Discord's events that we read, as typed values; whatever else Discord sends is ignored."""

from datetime import datetime
from typing import Any

import msgspec

NAME = "discord"
"""The platform's name in places and accounts."""

EPHEMERAL = 1 << 6
SILENT = 1 << 12
COMPONENTS_V2 = 1 << 15

WORDS = frozenset({0, 19})
"""Types of messages that are somebody's own words, a reply being 19; all others are Discord's reports."""

PINNED = 6
"""The type of the report that somebody pinned a message."""

THUMB = "\N{THUMBS UP SIGN}"
"""The mark of a receipt, and of what somebody finds useful."""

THANKS = frozenset({"\N{PERSON WITH FOLDED HANDS}", "\N{HEAVY BLACK HEART}"})
"""The marks that say thanks, without skin tone and variation selector."""

COMMAND, PRESS, COMPLETION, MODAL = 2, 3, 4, 5
"""Types of interactions."""

ON_PERSON, ON_MESSAGE = 2, 3
"""The types of commands in a person's and in a message's own menu."""

PERSON, ATTACHMENT = 6, 11
"""The types of options that are a person or a file; the value is their number."""

USER_SELECT = 5
"""The type of a field in which somebody chooses people."""

FILES = "files"
"""The key of a body under which its files stand until they are sent beside it."""


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: str
    username: str = ""
    global_name: str | None = None
    bot: bool = False


class Member(msgspec.Struct, frozen=True):
    """A member of a guild; `permissions` come with interactions, as text. Until that instant they may only read."""

    user: User | None = None
    nick: str | None = None
    roles: tuple[str, ...] = ()
    permissions: str = "0"
    communication_disabled_until: datetime | None = None


class Voice(msgspec.Struct, frozen=True):
    """VOICE_STATE_UPDATE: in which voice channel somebody is now; in GUILD_CREATE without the guild and the member."""

    user_id: str
    channel_id: str | None = None
    guild_id: str = ""
    member: Member | None = None


class Mentioned(User, frozen=True):
    """An account that a message calls; somebody of the guild comes as its member too."""

    member: Member | None = None


class Option(msgspec.Struct, frozen=True):
    """An option of a command as a person filled it in, or a subcommand (type 1) or group (type 2) with its own."""

    name: str
    type: int
    value: str | int | float | bool | None = None
    options: tuple["Option", ...] = ()
    focused: bool = False


class Input(msgspec.Struct, frozen=True):
    """A field of a submitted modal; `component` is what a label (type 18) holds."""

    type: int = 0
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
    users: dict[str, User] = {}
    members: dict[str, Member] = {}


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
    """What a message replies to, or (type 1) passes on from elsewhere."""

    message_id: str = ""
    type: int = 0


class Message(msgspec.Struct, frozen=True):
    """MESSAGE_CREATE."""

    id: str
    channel_id: str
    author: User
    content: str = ""
    guild_id: str = ""
    webhook_id: str = ""
    member: Member | None = None
    mentions: tuple[Mentioned, ...] = ()
    mention_roles: tuple[str, ...] = ()
    mention_everyone: bool = False
    message_reference: Reference | None = None
    referenced_message: Quote | None = None
    attachments: tuple[Attachment, ...] = ()
    type: int = 0

    @property
    def answers(self) -> str:
        """The message of the same channel that it is a reply to, "" if it is none."""
        reference = self.message_reference
        return reference.message_id if reference and reference.type == 0 else ""


class Emoji(msgspec.Struct, frozen=True):
    """An emoji; only a guild's own ones have an id."""

    id: str | None = None
    name: str | None = None


class Reaction(msgspec.Struct, frozen=True):
    """MESSAGE_REACTION_ADD, and MESSAGE_REACTION_REMOVE, which has neither `member` nor the message's author."""

    user_id: str
    channel_id: str
    message_id: str
    emoji: Emoji
    guild_id: str = ""
    member: Member | None = None
    message_author_id: str = ""


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


Payload = dict[str, Any]
"""A request body on its way to Discord."""
