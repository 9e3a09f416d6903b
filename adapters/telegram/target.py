"""The message that another one replies to, and the files of both."""

from datetime import UTC, datetime

from adapters.telegram.person import is_somebody
from adapters.telegram.received import full_name
from adapters.telegram.wire import Document, Message, Target
from bot.chat.events import Quoted
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref


def replied_to(message: Message) -> Target | None:
    """The message that was replied to; in a topic, everything seems to reply to the message that opened it."""
    target = message.reply_to_message
    if target is None or target.forum_topic_created is not None:
        return None
    if message.is_topic_message and target.message_id == message.message_thread_id:
        return None
    return target


def is_to_us(message: Message, username: str) -> bool:
    """Whether it replies to a message of ours; `username` is the bot's own, without @."""
    target = replied_to(message)
    return bool(target and target.from_ and target.from_.username.casefold() == username.casefold())


def reference(target: Target, place: Place) -> Ref:
    """Where it stands: where the reply to it does."""
    return Ref(place, str(target.message_id))


def quoted(target: Target, platform: str) -> Quoted:
    """What it says; channels, anonymous administrators and bots are nobody."""
    words, attached, author = target.text or target.caption, file(target, platform), target.from_
    at = datetime.fromtimestamp(target.date, UTC) if target.date else None
    if author is None or not is_somebody(target):
        return Quoted(words, file=attached, at=at)
    return Quoted(words, Account(platform, str(author.id)), full_name(author), attached, at)


def file(message: Message | Target, platform: str) -> File | None:
    """What was sent as a file, or the picture in its largest size; a picture has neither name nor kind."""
    sent = message.document
    if isinstance(message, Target):
        sent = sent or message.video or message.audio or message.voice
    if sent:
        return _as_file(sent, platform)
    photo = max(message.photo, key=lambda size: size.width * size.height, default=None)
    return File(platform, photo.file_id, "", photo.file_size, "image/jpeg") if photo else None


def recording(message: Message, platform: str) -> File | None:
    """What was filmed or spoken; people do not answer the bot with it."""
    sent = message.video or message.audio or message.voice or message.video_note
    return _as_file(sent, platform) if sent else None


def _as_file(sent: Document, platform: str) -> File:
    return File(platform, sent.file_id, sent.file_name, sent.file_size, sent.mime_type)
