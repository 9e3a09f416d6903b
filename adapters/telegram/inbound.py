"""Telegram's updates read into the core's events; who can never be a member is told apart here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from telegram.constants import PollLimit, ReactionEmoji

from adapters.telegram.person import is_no_person, somebody
from adapters.telegram.rights import abilities
from adapters.telegram.target import file, is_to_another, quoted, reference, replied_to
from adapters.telegram.wire import (
    BotMoved,
    Chat,
    Message,
    Poll,
    PollAnswer,
    Press,
    Reactions,
    Update,
    User,
)
from bot.chat.events import (
    Incoming,
    Invoked,
    Joined,
    Left,
    Moved,
    Opened,
    Polled,
    Pressed,
    Reacted,
    Sender,
    Typed,
    Voted,
)
from bot.chat.places import Ability, Account, Place, Ref, Role

NAME = "telegram"
"""The platform's name in places and accounts."""

_NOWHERE = Place(NAME, "")
"""Where a poll stands is not told with it."""

_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>(?:\s.*)?)\Z", re.DOTALL)


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


def read(update: Update, username: str, at: datetime) -> tuple[Received, ...]:
    """The events of an update, none for what is not meant for us; `username` is the bot's own, without @."""
    if update.callback_query:
        return _pressed(update.callback_query, at)
    if update.my_chat_member:
        return _bot_moved(update.my_chat_member, update.update_id, at)
    if update.message:
        return _said(update.message, username, at)
    if update.poll_answer:
        return _voted(update.poll_answer, update.update_id, at)
    if update.poll:
        return _polled(update.poll, update.update_id, at)
    if update.message_reaction:
        return _reacted(update.message_reaction, update.update_id, at)
    return ()


def _pressed(press: Press, at: datetime) -> tuple[Received, ...]:
    message = press.message
    if message is None or not press.data:
        return ()
    place = _place(message)
    stands = message.message_id if message.date else 0
    source = Source(
        message.chat.id,
        int(place.thread or 0),
        press.from_.id,
        stands,
        message.ephemeral_message_id,
        press.id,
        message.chat.type == "private",
    )
    event = Pressed(
        key=f"c{press.id}",
        at=at,
        place=place,
        sender=_sender(press.from_),
        private=source.private,
        data=press.data,
        message=Ref(place, str(message.message_id)) if message.message_id else None,
    )
    return (Received(event, source),)


def _said(message: Message, username: str, at: datetime) -> tuple[Received, ...]:
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return (_migrated(message, at),)
    author, text, sent = message.from_, message.text or message.caption, file(message, NAME)
    if author is None or not (text or sent) or message.chat.type == "channel" or is_no_person(message, author):
        return ()
    command = _COMMAND.match(text)
    if text.startswith("/") and (command is None or not _is_ours(command, message, username)):
        return ()
    place = _place(message)
    aside = command is None and is_to_another(message, username)
    if aside and not place.thread:
        return ()
    source = Source(
        message.chat.id,
        int(place.thread or 0),
        0 if message.sender_chat else author.id,
        message.message_id,
        message.ephemeral_message_id,
        private=message.chat.type == "private",
    )
    parts = _parts(message, author, at)
    event: Incoming = Typed(**parts, text=text, aside=aside, file=sent)
    if command:
        # A person answers a question with a file of their own; a command is also put below somebody's file.
        target = replied_to(message)
        about = quoted(target, NAME) if target else None
        near = sent or (about.file if about else None)
        event = Invoked(**parts, line=command["name"] + command["rest"], quoted=about, file=near)
    said = Received(event, source)
    if source.private and command and command["name"] == "start":
        return (said, Received(_opened(message, author, at), source))  # in this order: the command makes us acquainted
    return (said,)


def _is_ours(command: re.Match[str], message: Message, username: str) -> bool:
    """A forwarded command is somebody else's words; `/cmd@other` is another bot's business."""
    addressed = command["bot"]
    return message.forward_origin is None and (not addressed or addressed.casefold() == username.casefold())


class _Parts(TypedDict):
    """What a command and free text have in common."""

    key: str
    at: datetime
    place: Place
    sender: Sender
    sent: datetime
    private: bool
    own: Ref | None
    reply: Ref | None


def _parts(message: Message, author: User, at: datetime) -> _Parts:
    place, target = _place(message), replied_to(message)
    return _Parts(
        key=_key(message, author),
        at=at,
        place=place,
        sender=_author(message, author),
        sent=datetime.fromtimestamp(message.date, UTC),
        private=message.chat.type == "private",
        own=Ref(place, str(message.message_id)) if message.message_id else None,
        reply=reference(target, place) if target else None,
    )


def _opened(message: Message, author: User, at: datetime) -> Opened:
    return Opened(
        key=f"o{_key(message, author)}",
        at=at,
        place=_place(message),
        sender=_sender(author),
        private=True,
        can_write=True,
    )


def _migrated(message: Message, at: datetime) -> Received:
    """Both service messages say the same; which comes first does not matter."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    key = f"m{message.chat.id}:{message.message_id}"
    moved = Moved(key=key, at=at, place=Place(NAME, str(old)), sender=Sender(None), to=Place(NAME, str(new)))
    return Received(moved, Source(new))


def _bot_moved(moved: BotMoved, number: int, at: datetime) -> tuple[Received, ...]:
    key = f"u{number}:{moved.date}"
    place = Place(NAME, str(moved.chat.id))
    source = Source(moved.chat.id, user=moved.from_.id, private=moved.chat.type == "private")
    sender = _sender(moved.from_) if not moved.from_.is_bot else Sender(None)
    if moved.chat.type == "channel":
        return ()
    can = abilities(moved.new_chat_member)
    event: Incoming
    if moved.chat.type == "private":
        event = Opened(key=key, at=at, place=place, sender=sender, private=True, can_write=Ability.SEND in can)
    elif can:
        event = Joined(key=key, at=at, place=place, sender=sender, title=moved.chat.title, abilities=can)
    else:
        silenced = moved.new_chat_member.status == "restricted"
        event = Left(key=key, at=at, place=place, sender=sender, silenced=silenced)
    return (Received(event, source),)


def _voted(answer: PollAnswer, number: int, at: datetime) -> tuple[Received, ...]:
    """A vote in the name of a chat is nobody's; one for an option that no poll has says nothing."""
    voter = somebody(answer.user, answer.voter_chat)
    if voter is None:
        return ()
    if not all(0 <= option < PollLimit.MAX_OPTION_NUMBER for option in answer.option_ids):
        return ()
    key = f"v{answer.poll_id}:{voter.id}:{number}"
    options = tuple(sorted(set(answer.option_ids)))
    voted = Voted(key=key, at=at, place=_NOWHERE, sender=_sender(voter), poll=answer.poll_id, options=options)
    return (Received(voted, Source(user=voter.id)),)


def _polled(poll: Poll, number: int, at: datetime) -> tuple[Received, ...]:
    """Ours are open and not anonymous; those of other people are told of only when they are stopped."""
    if poll.is_closed or poll.is_anonymous:
        return ()
    texts = tuple(option.text for option in poll.options)
    key = f"p{poll.id}:{number}"
    polled = Polled(
        key=key, at=at, place=_NOWHERE, sender=Sender(None), poll=poll.id, question=poll.question, options=texts
    )
    return (Received(polled, Source()),)


def _reacted(change: Reactions, number: int, at: datetime) -> tuple[Received, ...]:
    """The thumb alone counts, and only a person's; in which topic the message stands is not told."""
    person, chat = somebody(change.user, change.actor_chat), change.chat
    if person is None or chat.type == "channel":
        return ()
    was, likes = (
        any(reaction.emoji == ReactionEmoji.THUMBS_UP for reaction in reactions)
        for reactions in (change.old_reaction, change.new_reaction)
    )
    if was == likes:
        return ()
    place = Place(NAME, str(chat.id))
    event = Reacted(
        key=f"r{chat.id}:{change.message_id}:{person.id}:{number}",
        at=at,
        place=place,
        sender=_sender(person),
        sent=datetime.fromtimestamp(change.date, UTC),
        private=chat.type == "private",
        message=Ref(place, str(change.message_id)),
        likes=likes,
    )
    return (Received(event, Source(chat.id, user=person.id, private=event.private)),)


def _key(message: Message, author: User) -> str:
    if message.message_id:
        return f"m{message.chat.id}:{message.message_id}"
    return f"e{message.chat.id}:{author.id}:{message.ephemeral_message_id}:{message.date}"


def _author(message: Message, author: User) -> Sender:
    """An anonymous administrator has the rights and no identity."""
    return Sender(None, role=Role.ORGANISER) if message.sender_chat else _sender(author)


def _sender(user: User) -> Sender:
    name = f"{user.first_name} {user.last_name}".strip()
    return Sender(Account(NAME, str(user.id)), name, user.language_code)


def _place(message: Message) -> Place:
    """A topic is a thread id and `is_topic_message`; reply chains carry a thread id too, and mean nothing."""
    return Place(NAME, str(message.chat.id), _topic(message.chat, message.message_thread_id, message.is_topic_message))


def _topic(chat: Chat, thread: int, is_topic: bool) -> str:
    return str(thread) if is_topic and thread and chat.type != "private" else ""
