"""The state of a small Telegram: people, chats, messages, topics, buttons pressed, polls and command menus."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ANONYMOUS_ADMIN = 1087968824  # GroupAnonymousBot
CHANNEL_BOT = 136817688  # Channel_Bot: "from" of people who write as a channel
TELEGRAM = 777000  # "from" of posts that a linked channel forwards by itself

ALL_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_react_to_messages", "can_edit_tag",
)  # fmt: skip
USUAL = frozenset(PERMISSIONS) - {"can_change_info", "can_pin_messages"}  # what a new group allows its members


@dataclass(slots=True)
class Person:
    """An account; `started` says whether the bot may write to it."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    reachable_until: float = 0.0  # who asked to join can be written to for a while, also without having started

    def as_user(self) -> Json:
        """The Bot API's User."""
        user: Json = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True)
class Membership:
    """What somebody is in a chat: creator, administrator, member, restricted, left or kicked."""

    status: str = "member"
    rights: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset(PERMISSIONS)  # these and the next two of a restricted member only
    is_member: bool = True
    until: float = 0.0  # when the restriction ends, 0 for never
    tag: str = ""

    @property
    def can_send(self) -> bool:
        """Whether a restricted member may write."""
        return "can_send_messages" in self.permissions

    @property
    def is_here(self) -> bool:
        """Whether somebody is in the chat."""
        if self.status == "restricted":
            return self.is_member
        return self.status in ("creator", "administrator", "member")


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the message id of the service message that opened it."""

    name: str
    creator: int = 0
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat, group, supergroup or channel with everything that was posted in it."""

    id: int
    kind: str
    title: str
    username: str | None = None
    forum: bool = False
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    private_views: dict[tuple[int, int], Json] = field(default_factory=dict)  # (receiver, ephemeral id) -> message
    pinned: list[int] = field(default_factory=list)
    permissions: frozenset[str] = USUAL
    knocks: dict[int, float] = field(default_factory=dict)  # who asks to be let in, and since when
    reactions: dict[int, list[Json]] = field(default_factory=dict)  # the bot's
    moods: dict[tuple[int, int], list[Json]] = field(default_factory=dict)  # (message, person) -> their reactions
    allowed_reactions: set[str] | None = None  # emoji; None for all
    last_message: int = 0
    last_ephemeral: int = 0
    migrated_to: int | None = None

    def as_chat(self) -> Json:
        """The Bot API's Chat."""
        chat: Json = {"id": self.id, "type": self.kind}
        chat["first_name" if self.kind == "private" else "title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.forum:
            chat["is_forum"] = True
        return chat

    def topic_of(self, message: int | None) -> int | None:
        """The topic in which a message stands."""
        shown = self.messages.get(message or 0, {})
        return shown.get("message_thread_id") if shown.get("is_topic_message") else None

    def status_of(self, person: int) -> Membership:
        """What the person is here; a stranger has left."""
        return self.members.get(person) or Membership("left")


@dataclass(slots=True)
class Press:
    """One press of a button and what the bot answered to it."""

    id: str
    person: int
    chat: int
    message: int
    data: str
    at: float
    answers: list[Json] = field(default_factory=list)
    answered_at: float | None = None  # when the first answer came


@dataclass(slots=True)
class Poll:
    """A poll; `shown` is the Bot API's Poll, the same value in every message that shows it, forwarded ones too."""

    shown: Json
    votes: dict[int, list[int]] = field(default_factory=dict)  # voter -> options


@dataclass(slots=True)
class World:
    """Everything that the fake server knows; `now` can be replaced to let time jump."""

    bot: Person
    now: Callable[[], float] = time.time
    privacy_mode: bool = True
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope as JSON, language) -> commands
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # ("name", language) -> the bot's name ...
    _last_person: int = 1000
    _last_group: int = 5000

    def add_person(self, first_name: str, **facts: Any) -> Person:
        """A new account; `facts` are fields of Person."""
        self._last_person += 1
        person = Person(facts.pop("id", self._last_person), first_name, **facts)
        self.people[person.id] = person
        return person

    def add_chat(
        self,
        title: str,
        kind: str = "supergroup",
        *,
        members: tuple[Person, ...] = (),
        admins: tuple[Person, ...] = (),
        owner: Person | None = None,
        bot: str | None = "member",
        bot_rights: tuple[str, ...] = (),
        **facts: Any,
    ) -> Chat:
        """A new group with people in it; `bot` is the bot's status there (None: it was never added)."""
        self._last_group += 1
        number = -self._last_group if kind == "group" else -1_000_000_000_000 - self._last_group
        chat = Chat(facts.pop("id", number), kind, title, **facts)
        chat.members |= {person.id: Membership() for person in members}
        chat.members |= {person.id: Membership("administrator", frozenset(ALL_RIGHTS)) for person in admins}
        if owner:
            chat.members[owner.id] = Membership("creator", frozenset(ALL_RIGHTS))
        if bot:
            rights = frozenset(bot_rights or (ALL_RIGHTS if bot == "administrator" else ()))
            chat.members[self.bot.id] = Membership(bot, rights)
        chat.last_message = int(chat.forum)  # message 1 of a forum opened the General topic
        self.chats[chat.id] = chat
        return chat

    def private_chat(self, person: Person) -> Chat:
        """The chat of the bot and this person."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.id, "private", person.first_name, person.username)
        return chat

    def post(
        self,
        chat: Chat,
        content: Json,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Store a message and return it as the Bot API shows it."""
        chat.last_message += 1
        message: Json = {
            "message_id": chat.last_message,
            "date": int(self.now()),
            "chat": chat.as_chat(),
            **content,
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is not None and (target := chat.messages.get(reply_to)):
            message["reply_to_message"] = {k: v for k, v in target.items() if k != "reply_to_message"}
        chat.messages[chat.last_message] = message
        return message

    def membership(self, chat: Chat, person: int) -> Membership:
        """What somebody is in the chat now: a restriction ends by itself."""
        found = chat.status_of(person)
        if found.status == "restricted" and 0 < found.until <= self.now():
            chat.members[person] = found = Membership("member" if found.is_member else "left", tag=found.tag)
        return found

    def may(self, chat: Chat, person: int, permission: str) -> bool:
        """Whether somebody's app lets them do that; a stranger may only write, as below a channel's post."""
        found = self.membership(chat, person)
        if chat.kind == "private" or found.status in ("creator", "administrator"):
            return True
        if found.status == "kicked" or (found.status == "restricted" and permission not in found.permissions):
            return False
        return permission in chat.permissions

    def bot_membership(self, chat: Chat) -> Membership:
        """What the bot is in the chat."""
        return chat.status_of(self.bot.id)

    def find_press(self, person: int) -> Press:
        """The newest press of this person; raises LookupError if there is none."""
        for press in reversed(self.presses.values()):
            if press.person == person:
                return press
        raise LookupError(f"{person} pressed nothing")
