"""The parts of Telegram's updates that we read, as typed values; whatever else Telegram sends is ignored."""

from typing import Annotated, Any, Literal

import msgspec

ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: the "from" of an administrator who stays anonymous."""

CHANNEL_BOT = 136817688
"""Channel_Bot: the "user" of a vote that was given in the name of a channel."""

TELEGRAM = 777000
"""The "from" of a post that a linked channel forwarded by itself."""


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""


class Chat(msgspec.Struct, frozen=True):
    """A chat of any kind; `type` is one of private, group, supergroup, channel."""

    id: int
    type: str
    title: str = ""


class Chatmate(msgspec.Struct, frozen=True):
    """The Bot API's ChatMember, all six kinds in one; a right that is not named is not held."""

    status: str
    can_send_messages: bool = False
    can_delete_messages: bool = False
    can_pin_messages: bool = False
    can_restrict_members: bool = False
    can_manage_topics: bool = False
    can_invite_users: bool = False
    can_manage_tags: bool | None = None
    is_member: bool = False
    user: User | None = None


class MateChanged(msgspec.Struct, frozen=True):
    """The Bot API's ChatMemberUpdated, about the bot itself or about somebody else."""

    chat: Chat
    date: int
    new_chat_member: Chatmate
    from_: User = msgspec.field(name="from")
    old_chat_member: Chatmate = Chatmate("left")


class JoinRequest(msgspec.Struct, frozen=True):
    """The Bot API's ChatJoinRequest; `user_chat_id` is the private chat with whoever asks."""

    chat: Chat
    date: int
    user_chat_id: int
    from_: User = msgspec.field(name="from")


class Entity(msgspec.Struct, frozen=True):
    """The Bot API's MessageEntity: what a part of a text is; `offset` and `length` are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    user: User | None = None


class Document(msgspec.Struct, frozen=True):
    """A file; its name, kind and size are what the sender's app says."""

    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int = 0


class Photo(msgspec.Struct, frozen=True):
    """One of the sizes of a picture."""

    file_id: str
    width: int = 0
    height: int = 0
    file_size: int = 0


class Target(msgspec.Struct, frozen=True):
    """The message that another one replies to, also one that we may no longer see (`date` 0)."""

    message_id: int
    date: int = 0
    text: str = ""
    caption: str = ""
    document: Document | None = None
    video: Document | None = None
    audio: Document | None = None
    voice: Document | None = None
    photo: tuple[Photo, ...] = ()
    from_: User | None = msgspec.field(name="from", default=None)
    sender_chat: Chat | None = None
    forum_topic_created: dict[str, Any] | None = None


class Message(msgspec.Struct, frozen=True):
    """A message, also one that we may no longer see (`date` 0)."""

    chat: Chat
    message_id: int = 0
    ephemeral_message_id: int = 0
    date: int = 0
    from_: User | None = msgspec.field(name="from", default=None)
    sender_chat: Chat | None = None
    text: str = ""
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    caption_entities: tuple[Entity, ...] = ()
    document: Document | None = None
    video: Document | None = None
    audio: Document | None = None
    voice: Document | None = None
    video_note: Document | None = None
    photo: tuple[Photo, ...] = ()
    sticker: Any = None
    dice: Any = None
    poll: Any = None
    contact: Any = None
    location: Any = None
    story: Any = None
    new_chat_members: tuple[User, ...] = ()
    message_thread_id: int = 0
    is_topic_message: bool = False
    is_automatic_forward: bool = False
    forward_origin: dict[str, Any] | None = None
    via_bot: User | None = None
    reply_to_message: Target | None = None
    migrate_to_chat_id: int = 0
    migrate_from_chat_id: int = 0


class Press(msgspec.Struct, frozen=True):
    """The Bot API's CallbackQuery."""

    id: str
    from_: User = msgspec.field(name="from")
    message: Message | None = None
    data: str = ""


PollId = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
"""Telegram promises no more than that it is unique; so far it is a number."""


class PollAnswer(msgspec.Struct, frozen=True):
    """Somebody's whole choice in a poll; no options when it was taken back."""

    poll_id: PollId
    option_ids: tuple[int, ...]
    user: User | None = None
    voter_chat: Chat | None = None


class PollOption(msgspec.Struct, frozen=True):
    """One answer that a poll offers."""

    text: str


class Poll(msgspec.Struct, frozen=True):
    """The state of a poll: of ours whenever it changes, of anybody's when it was stopped."""

    id: PollId
    question: str
    options: tuple[PollOption, ...]
    is_closed: bool
    is_anonymous: bool


class Reaction(msgspec.Struct, frozen=True):
    """The Bot API's ReactionType; `emoji` is "" for a custom or a paid one."""

    type: str
    emoji: str = ""


class Reactions(msgspec.Struct, frozen=True):
    """The Bot API's MessageReactionUpdated: all of somebody's reactions to a message, before and now."""

    chat: Chat
    message_id: int
    date: int
    old_reaction: tuple[Reaction, ...]
    new_reaction: tuple[Reaction, ...]
    user: User | None = None
    actor_chat: Chat | None = None


class Update(msgspec.Struct, frozen=True):
    """One update; of its parts at most one is there."""

    update_id: int
    message: Message | None = None
    callback_query: Press | None = None
    my_chat_member: MateChanged | None = None
    chat_member: MateChanged | None = None
    chat_join_request: JoinRequest | None = None
    poll_answer: PollAnswer | None = None
    poll: Poll | None = None
    message_reaction: Reactions | None = None


Kind = Literal[
    "message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "poll_answer",
    "poll",
    "message_reaction",
]

ALLOWED_UPDATES: tuple[Kind, ...] = (
    "message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "poll_answer",
    "poll",
    "message_reaction",
)
"""What we ask Telegram for; edited messages are not among them, so an edited command is never run.

Reactions and other people's coming and going are told only where the bot is an administrator.
"""


def read_update(raw: Any) -> Update:
    """Read one decoded update; raises msgspec.ValidationError for a broken one."""
    return msgspec.convert(raw, Update)
