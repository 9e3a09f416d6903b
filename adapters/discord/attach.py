"""Files on their way to Discord: what it takes, how they are called, and the multipart body that carries them."""

import re
from collections.abc import Sequence
from mimetypes import guess_extension
from typing import Any

from discord.utils import _to_json

from adapters.discord.wire import FILES, Payload
from bot.chat.file import PICTURES, Document

MOST_FILES = 8
"""Discord takes 10; with 8 the fullest card still keeps within its 40 components."""

LARGEST = 10 * 2**20
"""Bytes of a file, and MOST_TOGETHER of all in one message."""

MOST_TOGETHER = 24 * 2**20

LONGEST_NAME = 100

POST = "message"
"""The key of a forum post's body under which its first message stands."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_GALLERY, _FILE = 12, 13

Parts = list[dict[str, Any]]
"""The fields of a multipart form, as aiohttp's FormData takes them."""


def sendable(files: Sequence[Document]) -> tuple[Document, ...]:
    """Those that Discord takes: not empty, not too large, not too many."""
    kept: list[Document] = []
    room = MOST_TOGETHER
    for file in files:
        if 0 < len(file.content) <= min(LARGEST, room) and len(kept) < MOST_FILES:
            kept.append(file)
            room -= len(file.content)
    return tuple(kept)


def names(files: Sequence[Document]) -> list[str]:
    """The files' names in letters that Discord does not change, each one once: cards refer to files by name."""
    found: list[str] = []
    for number, file in enumerate(files, 1):
        name = _UNSAFE.sub("_", file.name)[-LONGEST_NAME:].lstrip("._") or f"file{guess_extension(file.kind) or ''}"
        found.append(f"{number}-{name}" if name in found else name)
    return found


def components(files: Sequence[Document]) -> list[Payload]:
    """How a card shows its files: pictures together, each other file by itself."""
    called = [(f"attachment://{name}", file.kind in PICTURES) for name, file in zip(names(files), files, strict=True)]
    pictures = [{"media": {"url": url}} for url, is_picture in called if is_picture]
    gallery = [{"type": _GALLERY, "items": pictures}] if pictures else []
    return [*gallery, *({"type": _FILE, "file": {"url": url}} for url, is_picture in called if not is_picture)]


def unpack(body: Payload) -> tuple[Payload, tuple[Document, ...]]:
    """The body as Discord wants it, which names its files, and the files; a forum post has them in its `message`."""
    if POST in body:
        first, files = unpack(body[POST])
        return body | {POST: first}, files
    files = body.get(FILES) or ()
    rest = {key: value for key, value in body.items() if key != FILES}
    if not files:
        return rest, ()
    return rest | {"attachments": [{"id": str(at), "filename": name} for at, name in enumerate(names(files))]}, files


def multipart(payload: Payload, files: Sequence[Document]) -> Parts:
    """The form that carries the files along with the body; Discord finds their kinds by their names."""
    parts: Parts = [{"name": "payload_json", "value": _to_json(payload)}]
    for at, (name, file) in enumerate(zip(names(files), files, strict=True)):
        kind = "application/octet-stream"
        parts.append({"name": f"files[{at}]", "value": file.content, "filename": name, "content_type": kind})
    return parts
