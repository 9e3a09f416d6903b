"""Who speaks and where: accounts, places, messages that stand in them, and standings."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on one platform; `id` is the platform's own identifier as text."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said.

    `chat` is what a community lives in: a Telegram group, a Discord server. `thread` is the part of it where
    this is said: a forum topic on Telegram ("" for none or the General topic), the channel or thread on Discord.
    In a private chat `chat` is the platform's id of it, told apart from groups (Discord: `dm-<channel>`), and
    `thread` is "".
    """

    platform: str
    chat: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """A message that stands in a place; `message` is the platform's own identifier as text.

    `poll` is that of the native poll which the message is, "" for any other message. `opened` is the thread that was
    opened for it, as a `Place.thread`, "" for none.
    """

    place: Place
    message: str
    poll: str = ""
    opened: str = ""


class Role(IntEnum):
    """A standing in a community, each including those below it."""

    GUEST = 0
    MEMBER = 1
    TRUSTED = 2
    MODERATOR = 3
    ORGANISER = 4


class Ability(StrEnum):
    """Something the bot may or may not do in a place, as granted there by its administrators."""

    SEND = "send"
    DELETE = "delete"
    PIN = "pin"
    RESTRICT = "restrict"
    THREADS = "threads"
