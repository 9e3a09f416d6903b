"""Files on their way to Telegram: pictures as photos, everything else as documents, words as the caption."""

import re
from collections.abc import Sequence
from mimetypes import guess_extension
from typing import Any

from telegram import Bot, InputMedia, InputMediaDocument, InputMediaPhoto, MessageEntity
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.chat.clean import clean_text
from bot.chat.file import PICTURES, Document

LONGEST_NAME = 100
"""Characters of a file's name; longer ones lose their beginning."""

_NO_NAME = re.compile(r'[\x00-\x1f\x7f"/\\]+')
_NO_PICTURE = ("photo_", "image_process_failed", "wrong file", "wrong type")
"""What Telegram says of a picture that it cannot show: too wide, too many pixels, not what it claims to be."""


def is_sendable(file: Document) -> bool:
    """Whether Telegram takes it: not empty, at most 50 MB."""
    return 0 < len(file.content) <= FileSizeLimit.FILESIZE_UPLOAD


async def post(
    bot: Bot, chat: int, file: Document, caption: str, entities: Sequence[MessageEntity], options: dict[str, Any]
) -> int:
    """Send it and return its message id; what cannot be shown as a photo is sent as a document.

    Raises the library's errors.
    """
    words: dict[str, Any] = {"caption": caption or None, "caption_entities": entities or None, "filename": name(file)}
    if _is_picture(file):
        try:
            return (await bot.send_photo(chat, file.content, **words, **options)).message_id
        except BadRequest as error:
            if not _is_about_picture(error):
                raise
    return (await bot.send_document(chat, file.content, **words, **options)).message_id


def media(file: Document, caption: str, entities: Sequence[MessageEntity]) -> InputMedia:
    """It as what stands in place of a text or of another file."""
    kind = InputMediaPhoto if _is_picture(file) else InputMediaDocument
    return kind(file.content, caption or None, caption_entities=entities or None, filename=name(file))


def name(file: Document) -> str:
    """The file's name, which neither ends a header nor names a folder; one that has none gets one by its kind."""
    cleaned = _NO_NAME.sub("_", clean_text(file.name))[-LONGEST_NAME:].strip(" .")
    return cleaned or f"file{guess_extension(file.kind) or ''}"


def _is_picture(file: Document) -> bool:
    """Whether it is shown as a photo; a GIF would lose its movement, which it keeps as a document."""
    return file.kind in PICTURES and file.kind != "image/gif" and len(file.content) <= FileSizeLimit.PHOTOSIZE_UPLOAD


def _is_about_picture(error: BadRequest) -> bool:
    return any(words in error.message.lower() for words in _NO_PICTURE)
