"""Files on their way to Telegram: pictures as photos, everything else as documents, words as the caption."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b
from mimetypes import guess_extension
from typing import Any, TypeVar

from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message, MessageEntity
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.chat.clean import clean_text
from bot.chat.file import PICTURES, Document

LONGEST_NAME = 100
"""Characters of a file's name; longer ones lose their beginning."""

MOST_KNOWN = 500
"""Files whose ids are remembered."""

R = TypeVar("R")
Call = Callable[[bytes | str, bool], Awaitable[R]]
"""Shows a content, or a file by Telegram's id, as a photo or as a document."""

_NO_NAME = re.compile(r'[\x00-\x1f\x7f"/\\]+')
_NO_PICTURE = ("photo_", "image_process_failed", "wrong file", "wrong type")
"""What Telegram says of a picture that it cannot show: too wide, too many pixels, not what it claims to be."""


def is_sendable(file: Document) -> bool:
    """Whether Telegram takes it: not empty, at most 50 MB."""
    return 0 < len(file.content) <= FileSizeLimit.FILESIZE_UPLOAD


class Carrier:
    """Brings files to Telegram, each one's content once: from then on Telegram knows it by an id.

    So a card with a picture can be changed often. Everything here raises the library's errors.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: OrderedDict[bytes, str] = OrderedDict()

    async def post(
        self, chat: int, file: Document, caption: str, entities: Sequence[MessageEntity], options: dict[str, Any]
    ) -> int:
        """Send it and return its message id; what cannot be shown as a photo is sent as a document."""
        words: dict[str, Any] = {
            "caption": caption or None,
            "caption_entities": entities or None,
            "filename": name(file),
        }

        async def send(content: bytes | str, as_photo: bool) -> Message:
            if as_photo:
                return await self._bot.send_photo(chat, content, **words, **options)
            return await self._bot.send_document(chat, content, **words, **options)

        return (await self._shown(file, send)).message_id

    async def put(
        self, chat: int, message: int, file: Document, caption: str, entities: Sequence[MessageEntity], keyboard: Any
    ) -> Message | bool:
        """Let it stand in place of a text or of another file."""

        async def exchange(content: bytes | str, as_photo: bool) -> Message | bool:
            kind = InputMediaPhoto if as_photo else InputMediaDocument
            media = kind(content, caption or None, caption_entities=entities or None, filename=name(file))
            return await self._bot.edit_message_media(media, chat, message, reply_markup=keyboard)

        return await self._shown(file, exchange)

    async def _shown(self, file: Document, call: Call[R]) -> R:
        if _is_picture(file):
            try:
                return await self._brought(file, call, as_photo=True)
            except BadRequest as error:
                if not _says(error, _NO_PICTURE):
                    raise
        return await self._brought(file, call, as_photo=False)

    async def _brought(self, file: Document, call: Call[R], *, as_photo: bool) -> R:
        key = blake2b(f"{as_photo}{name(file)}\0".encode() + file.content, digest_size=16).digest()
        if known := self._known.get(key):
            try:
                return await call(known, as_photo)
            except BadRequest as error:
                if not _says(error, ("file",)):
                    raise
                del self._known[key]  # Telegram has forgotten it
        shown = await call(file.content, as_photo)
        if isinstance(shown, Message) and (attached := shown.photo[-1] if shown.photo else shown.document):
            self._known[key] = attached.file_id
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return shown


def name(file: Document) -> str:
    """The file's name, which neither ends a header nor names a folder; one that has none gets one by its kind."""
    cleaned = _NO_NAME.sub("_", clean_text(file.name))[-LONGEST_NAME:].strip(" .")
    return cleaned or f"file{guess_extension(file.kind) or ''}"


def _is_picture(file: Document) -> bool:
    """Whether it is shown as a photo; a GIF would lose its movement, which it keeps as a document."""
    return file.kind in PICTURES and file.kind != "image/gif" and len(file.content) <= FileSizeLimit.PHOTOSIZE_UPLOAD


def _says(error: BadRequest, words: Sequence[str]) -> bool:
    return any(word in error.message.lower() for word in words)
