"""What can happen in a chat: the closed union of events that adapters hand to the core."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.chat.file import File
from bot.chat.places import Ability, Account, Place, Ref, Role

EVERYBODY = 1000
"""Stands for the number of people whom a mention of everybody, or of a role, calls."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who caused an event.

    `account` is None for somebody who can never be a member (an anonymous administrator). `language` is the
    app's language code, "" if unknown. `role` is the standing that came with the event, None if the platform
    must be asked. `handle` is the name without @ by which others can mention them, "" if there is none.
    """

    account: Account | None
    name: str = ""
    language: str = ""
    role: Role | None = None
    handle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events share.

    `key` is unique on the platform and equal when the same event is delivered again. `at` is when we received it,
    `sent` when the platform says it was sent, where it says so. `private` says that only the sender and the bot
    are here. `abilities` are the bot's rights in the place where the event carries them.
    """

    key: str
    at: datetime
    place: Place
    sender: Sender
    sent: datetime | None = None
    private: bool = False
    abilities: frozenset[Ability] | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the message said that a command is about, as far as its platform shows it to us.

    `account` and `name` are its author's, None and "" for who can never be a member: a bot, a channel, an anonymous
    administrator. `text` is "" where there are no words, or where they are hidden from us. `at` is when it was written,
    None where that is not told.
    """

    text: str = ""
    account: Account | None = None
    name: str = ""
    file: File | None = None
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoked(Event):
    """A command: `line` is its words without the slash and without the bot's own name.

    `values` are named arguments where the platform delivers them (slash options, forms); then `line` is the
    command's path alone. `own` is the message that the command itself is, None where nobody else sees one. `reply` is
    the message that the command was a reply to, or that it was chosen for in a menu, `quoted` what that says; `file`
    came with either of them. A person who is mentioned stands in the words as `<@id>`, `mentioned` says who they are as
    far as the platform tells; whoever a person's menu was opened for is the first of them. `mentions` and `urls` are
    those of `Typed`, where others see the command.
    """

    line: str
    values: Mapping[str, str] | None = None
    own: Ref | None = None
    reply: Ref | None = None
    quoted: Quoted | None = None
    file: File | None = None
    mentioned: tuple[Sender, ...] = ()
    mentions: int = 0
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Event):
    """Free text, "" below a file without words or where the words are hidden from us; `own` is the message itself.

    `reply` is the message that it answers, if any, `quoted` what that says. `aside` says that it was not said to us but
    among people: it answers no question of ours.
    `mentions` counts the people who were called by it (a mention of everybody or of a role counts as `EVERYBODY`),
    `urls` are the addresses in it, also those behind other words.
    """

    text: str
    own: Ref | None = None
    reply: Ref | None = None
    quoted: Quoted | None = None
    aside: bool = False
    file: File | None = None
    mentions: int = 0
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button: `data` is the payload that came back, untrusted; `message` is where it stands, if known."""

    data: str
    message: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """The bot was added to a place or its rights there changed; `title` is the place's name."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """The bot can no longer speak in a place: removed, or (`silenced`) still there without the right."""

    silenced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Event):
    """A place goes on at `to`: a Telegram group became a supergroup."""

    to: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """A person made private messages possible (`can_write`) or ended that by blocking the bot."""

    can_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Event):
    """A vote on a native poll, in full: the options that hold now, none for a vote taken back.

    Platforms say which poll, not where it stands: `place` names the platform alone.
    """

    poll: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled(Event):
    """What a native poll of ours asks, which tells a poll whose number never reached us; `place` as for Voted."""

    poll: str
    question: str
    options: tuple[str, ...]


class Mark(StrEnum):
    """What a reaction says: a thumb, or thanks (folded hands or a red heart). Other ones are not told."""

    LIKE = "like"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(Event):
    """Somebody's mark was put at a message, or (`likes` false) taken away from it.

    `author` is who wrote that message, None where that is not known or can never be a member, and `written` when, None
    where that is not known.
    """

    message: Ref
    likes: bool
    mark: Mark = Mark.LIKE
    author: Account | None = None
    written: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Event):
    """A person came into the group: the sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knocked(Event):
    """A person asks to be let into the group: the sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(Event):
    """A message is gone; with None the whole thread that `place` names. Who did it is not told."""

    message: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """An event that we announced in the group's list is no more (see `Announce`). Who did it is not told."""

    event: str


Incoming = (
    Invoked
    | Typed
    | Pressed
    | Joined
    | Left
    | Moved
    | Opened
    | Voted
    | Polled
    | Reacted
    | Deleted
    | Entered
    | Knocked
    | Withdrawn
)
