"""Files on the fake platform: what was uploaded, what Telegram refuses of it, and where it is fetched."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aiohttp import web

from tests.wire.telegram.errors import ApiError, bad_request
from tests.wire.telegram.world import Json, World

LARGEST_UPLOAD = 50_000_000
LARGEST_DOWNLOAD = 20_000_000
LARGEST_PHOTO = 10_000_000
MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp", b"GIF8": "gif"}


@dataclass(frozen=True, slots=True)
class Upload:
    """One part of a multipart body that has a file's name."""

    name: str
    kind: str
    content: bytes


@dataclass(slots=True)
class Stored:
    """A file; `says` is the size that Telegram tells where it lies, `chunked` lets a download tell none."""

    id: str
    name: str
    kind: str
    content: bytes
    path: str
    says: int | None = None
    chunked: bool = False

    @property
    def size(self) -> int:
        """The size that Telegram tells."""
        return len(self.content) if self.says is None else self.says

    def as_document(self) -> Json:
        """The Bot API's Document."""
        return {
            "file_id": self.id,
            "file_unique_id": self.id,
            "file_name": self.name,
            "mime_type": self.kind,
            "file_size": self.size,
        }

    def as_photo(self) -> list[Json]:
        """The Bot API's array of PhotoSize; all sizes are one file here, the smaller ones by ids that lead nowhere."""
        width, height = _dimensions(self.content)
        small = {"file_id": f"{self.id}-s", "file_unique_id": f"{self.id}-s", "width": 90, "height": 90}
        sizes = {"width": max(width, 91), "height": max(height, 91)}
        return [small, {"file_id": self.id, "file_unique_id": self.id, **sizes, "file_size": self.size}]


@dataclass(slots=True)
class Files:
    """Every file by its id."""

    world: World
    stored: dict[str, Stored] = field(default_factory=dict)

    def add(
        self, content: bytes, name: str = "", kind: str = "application/octet-stream", folder: str = "documents"
    ) -> Stored:
        """Keep a file."""
        number = len(self.stored) + 1
        suffix = PurePosixPath(name).suffix
        stored = Stored(f"BQAC{number}", name, kind, content, f"{folder}/file_{number}{suffix}")
        self.stored[stored.id] = stored
        return stored

    def document(self, upload: Upload | Stored) -> Json:
        """What a message with an uploaded document shows, or with one that is known."""
        if isinstance(upload, Stored):
            return {"document": upload.as_document()}
        self._check(upload)
        return {"document": self.add(upload.content, upload.name, upload.kind).as_document()}

    def photo(self, upload: Upload | Stored) -> Json:
        """What a message with an uploaded picture shows; refuses what Telegram does not show as one."""
        if isinstance(upload, Stored):
            if not upload.path.startswith("photos/"):
                raise bad_request("can't use file of type Document as Photo")
            return {"photo": upload.as_photo()}
        self._check(upload)
        if len(upload.content) > LARGEST_PHOTO:
            raise bad_request("too big for a photo")
        if not any(upload.content.startswith(magic) for magic in MAGIC):
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = _dimensions(upload.content)
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return {"photo": self.add(upload.content, "", "image/jpeg", "photos").as_photo()}

    def uploaded(self, call: Json, reference: str) -> Upload | Stored:
        """The part of the body that `attach://name` means, or the file of that id."""
        if known := self.stored.get(reference):
            return known
        name = reference.removeprefix("attach://")
        found = call.get("_files", {}).get(name)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        assert isinstance(found, Upload)
        return found

    def get_file(self, call: Json) -> Json:
        """getFile."""
        stored = self.stored.get(call["file_id"])
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": stored.id,
            "file_unique_id": stored.id,
            "file_size": stored.size,
            "file_path": stored.path,
        }

    def at(self, path: str) -> Stored | None:
        """The file that is fetched from there."""
        return next((stored for stored in self.stored.values() if stored.path == path), None)

    @staticmethod
    def _check(upload: Upload) -> None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")


async def served(request: web.BaseRequest, stored: Stored) -> web.StreamResponse:
    """The download itself."""
    if not stored.chunked:
        return web.Response(body=stored.content, content_type="application/octet-stream")
    response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    await response.prepare(request)
    await response.write(stored.content)
    await response.write_eof()
    return response


def _dimensions(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; other pictures count as small and square."""
    if not content.startswith(b"\x89PNG") or len(content) < 24:
        return 100, 100
    width, height = struct.unpack(">II", content[16:24])
    return width, height
