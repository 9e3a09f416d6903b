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
    BAN = "ban"
    LOCK = "lock"
    ADMIT = "admit"
    TAG = "tag"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Power:
    """What somebody is and may do in a place at one moment, as the platform says.

    `height` compares people: who stands higher may not be acted on by who stands lower or as high (Discord: the
    position of the highest role; Telegram: 2 for the owner, 1 for administrators, else 0). `owner`s are never acted on.
    `here` is false for somebody who left, was put out, or never came. For the bot itself `bot` is true.
    """

    role: Role = Role.GUEST
    abilities: frozenset[Ability] = frozenset()
    height: int = 0
    owner: bool = False
    bot: bool = False
    here: bool = False
