"""An event of ours with where its answer can go, and what all of Telegram's updates have in common."""

from dataclasses import dataclass

from adapters.telegram.wire import Message, User
from bot.chat.events import Incoming, Sender
from bot.chat.places import Account, Place

NAME = "telegram"
"""The platform's name in places and accounts."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer to an event can go.

    `press` is the callback query's id. `message` is the message that was pressed or written, 0 if there is none that
    everybody sees. `ephemeral` is its id where only the asker sees it. `user` is 0 for somebody without identity.
    """

    chat: int = 0
    thread: int = 0
    user: int = 0
    message: int = 0
    ephemeral: int = 0
    press: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """An event, and where its answer can go."""

    event: Incoming
    source: Source


def sender_of(user: User) -> Sender:
    """A person as the cause of an event."""
    return Sender(Account(NAME, str(user.id)), full_name(user), user.language_code, handle=user.username)


def full_name(user: User) -> str:
    """The whole name that somebody gave themselves."""
    return f"{user.first_name} {user.last_name}".strip()


def place_of(message: Message) -> Place:
    """A topic is a thread id and `is_topic_message`; reply chains carry a thread id too, and mean nothing."""
    is_topic = message.is_topic_message and message.message_thread_id and message.chat.type != "private"
    return Place(NAME, str(message.chat.id), str(message.message_thread_id) if is_topic else "")
