"""Messages read into events: commands, words to us, and what people say among themselves."""

import re
from datetime import UTC, datetime
from typing import TypedDict

from adapters.telegram.coming import entered
from adapters.telegram.person import is_no_person
from adapters.telegram.received import NAME, Received, Source, place_of, sender_of
from adapters.telegram.target import file, is_to_us, quoted, recording, reference, replied_to
from adapters.telegram.wire import Message, User
from adapters.telegram.words import Words, read_words
from bot.chat.events import Invoked, Moved, Opened, Quoted, Sender, Typed
from bot.chat.places import Place, Ref, Role

_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>(?:\s.*)?)\Z", re.DOTALL)


def said(message: Message, username: str, at: datetime) -> tuple[Received, ...]:
    """The events of a message, none where no person says anything; `username` is the bot's own, without @."""
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return (_migrated(message, at),)
    author = message.from_
    if author is None or message.chat.type == "channel":
        return ()
    if message.new_chat_members:
        return entered(message, at)
    if is_no_person(message, author):
        return ()
    words = read_words(message, username)
    command = _COMMAND.match(words.text)
    if command and _is_ours(command, message, username):
        return _invoked(message, author, command, words, at)
    if message.sender_chat:
        return ()  # an anonymous administrator only commands
    typed = _typed(message, author, words, username, at)
    return (Received(typed, _source(message, author)),) if typed else ()


def _is_ours(command: re.Match[str], message: Message, username: str) -> bool:
    """A forwarded command is somebody else's words; `/cmd@other` is another bot's business."""
    addressed = command["bot"]
    return message.forward_origin is None and (not addressed or addressed.casefold() == username.casefold())


def _invoked(
    message: Message, author: User, command: re.Match[str], words: Words, at: datetime
) -> tuple[Received, ...]:
    parts, source = _parts(message, author, at), _source(message, author)
    # A person answers a question with a file of their own; a command is also put below somebody's file.
    near = file(message, NAME) or (parts["quoted"].file if parts["quoted"] else None)
    called = tuple(sender_of(user) for user in words.called)
    line = command["name"] + command["rest"]
    event = Invoked(**parts, line=line, file=near, mentioned=called, mentions=words.mentions, urls=words.urls)
    heard = Received(event, source)
    if source.private and command["name"] == "start":
        return (heard, Received(_opened(message, author, at), source))  # in this order: the command makes us acquainted
    return (heard,)


def _typed(message: Message, author: User, words: Words, username: str, at: datetime) -> Typed | None:
    """Words to us; else what people say among themselves, with whatever they say it.

    What starts like a command is never an answer, and neither is what has no words and is no file: these are kept from
    where anything counts as one.
    """
    private, place = message.chat.type == "private", place_of(message)
    sent = file(message, NAME)
    is_answer = bool(words.text or sent) and not words.text.startswith("/")
    aside = not (private or words.ours or is_to_us(message, username))
    if aside:
        sent = sent or recording(message, NAME)
    if not (is_answer or (aside and (sent or (_shows_something(message, words) and not place.thread)))):
        return None
    return Typed(
        **_parts(message, author, at),
        text=words.text,
        aside=aside,
        file=sent,
        mentions=words.mentions,
        urls=words.urls,
    )


def _shows_something(message: Message, words: Words) -> bool:
    """Whether a person said something, and Telegram did not just tell what somebody did."""
    others = (message.sticker, message.dice, message.poll, message.contact, message.location, message.story)
    return bool(words.text) or any(other is not None for other in others)


def _source(message: Message, author: User) -> Source:
    return Source(
        message.chat.id,
        int(place_of(message).thread or 0),
        0 if message.sender_chat else author.id,
        message.message_id,
        message.ephemeral_message_id,
        private=message.chat.type == "private",
    )


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
    quoted: Quoted | None


def _parts(message: Message, author: User, at: datetime) -> _Parts:
    place, target = place_of(message), replied_to(message)
    return _Parts(
        key=_key(message, author),
        at=at,
        place=place,
        sender=_author(message, author),
        sent=datetime.fromtimestamp(message.date, UTC),
        private=message.chat.type == "private",
        own=Ref(place, str(message.message_id)) if message.message_id else None,
        reply=reference(target, place) if target else None,
        quoted=quoted(target, NAME) if target else None,
    )


def _opened(message: Message, author: User, at: datetime) -> Opened:
    return Opened(
        key=f"o{_key(message, author)}",
        at=at,
        place=place_of(message),
        sender=sender_of(author),
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


def _key(message: Message, author: User) -> str:
    if message.message_id:
        return f"m{message.chat.id}:{message.message_id}"
    return f"e{message.chat.id}:{author.id}:{message.ephemeral_message_id}:{message.date}"


def _author(message: Message, author: User) -> Sender:
    """An anonymous administrator has the rights and no identity."""
    return Sender(None, role=Role.ORGANISER) if message.sender_chat else sender_of(author)
