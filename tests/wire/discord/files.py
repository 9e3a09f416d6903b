"""Files on the fake Discord: what comes by multipart, what stands below messages, and the server that hands it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.wire.faults import Fault, Faults, Kind
from tests.wire.truth import TruthLog

Json = dict[str, Any]
LARGEST = 10 * 2**20
LARGEST_REQUEST = 25 * 2**20
ROUTE = "/attachments/{channel}/{id}/{name}"
_NAME = re.compile(rb'name="([^"]*)"(?:; filename="([^"]*)")?')
_FIELD = re.compile(r"files\[(\d)\]")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body."""

    name: str
    content: bytes


@dataclass(slots=True)
class Attachment:
    """A file with its address; `says` is the size told where that is a lie, `chunked` a download without a length."""

    id: int
    name: str
    content: bytes
    kind: str
    url: str
    says: int | None = None
    chunked: bool = False

    def shape(self) -> Json:
        """Discord's JSON."""
        size = len(self.content) if self.says is None else self.says
        shape: Json = {"id": str(self.id), "filename": self.name, "size": size, "url": self.url, "proxy_url": self.url}
        return shape | ({"content_type": self.kind} if self.kind else {})


@dataclass(slots=True)
class Files:
    """Every attachment; `host` is where the fake listens."""

    new_id: Callable[[], int]
    host: str = ""
    stored: dict[int, Attachment] = field(default_factory=dict)

    def add(
        self, content: bytes, name: str, kind: str = "text/csv", *, says: int | None = None, chunked: bool = False
    ) -> Attachment:
        """Keep a file, as if somebody had sent it."""
        number = self.new_id()
        url = f"http://{self.host}/attachments/1/{number}/{name}?ex=1"
        self.stored[number] = Attachment(number, name, content, kind, url, says, chunked)
        return self.stored[number]

    def attach(self, body: Json, uploads: dict[int, Upload], standing: list[Attachment]) -> list[Attachment]:
        """What stands below the message after this body; `standing` stands there before."""
        if body.get("attachments") is None:
            return standing
        kept = {str(attachment.id): attachment for attachment in standing}
        found = [kept.get(item["id"]) or self._made(item, uploads) for item in body["attachments"]]
        return [attachment for attachment in found if attachment]

    def _made(self, item: Json, uploads: dict[int, Upload]) -> Attachment | None:
        upload = uploads.get(int(item["id"]))
        if upload is None:
            return None
        kind = "image/png" if upload.name.endswith(".png") else "text/csv"
        return self.add(upload.content, upload.name, kind)


def read_form(kind: str, body: bytes) -> tuple[str, dict[int, Upload]]:
    """The JSON of a body and its files by number; a body that is no form is all JSON."""
    if not kind.startswith("multipart/form-data"):
        return body.decode(), {}
    boundary = kind.partition("boundary=")[2].strip('"').encode()
    text, files = "", {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        match = _NAME.search(head)
        assert match is not None, head
        name = match[1].decode()
        if name == "payload_json":
            text = content.decode()
        elif number := _FIELD.fullmatch(name):
            files[int(number[1])] = Upload((match[2] or b"").decode(), content)
    return text, files


def file_problems(message: Json, uploads: dict[int, Upload]) -> list[str]:
    """What is wrong with the files of a message, and with how it refers to them."""
    named = {int(item["id"]): item.get("filename") for item in message.get("attachments") or []}
    problems = [f"files[{at}]: no attachment of that id" for at in uploads if at not in named]
    for at, upload in uploads.items():
        if not re.fullmatch(r"[A-Za-z0-9._-]+", upload.name) or named.get(at) != upload.name:
            problems.append(f"files[{at}]: Discord would change the name {upload.name!r}")
        if not upload.content:
            problems.append(f"files[{at}]: empty")
    shown = set(_references(message.get("components") or []))
    names = {upload.name for upload in uploads.values()}
    problems += [f"components: no file {name!r}" for name in shown - names]
    if (message.get("flags") or 0) & 1 << 15:
        problems += [f"files: {name!r} is shown nowhere" for name in names - shown]
    if len({upload.name for upload in uploads.values()}) < len(uploads):
        problems.append("files: two of one name")
    return problems


def is_too_large(uploads: dict[int, Upload]) -> bool:
    """Whether Discord takes none of it."""
    sizes = [len(upload.content) for upload in uploads.values()]
    return sum(sizes) > LARGEST_REQUEST or max(sizes, default=0) > LARGEST


def resolve(components: list[Json], attached: list[Attachment]) -> list[Json]:
    """The stored components of a message with the addresses of the files that they refer to."""
    known = {f"attachment://{attachment.name}": attachment for attachment in attached}
    return [_resolved(part, known) for part in components]


def _resolved(part: Json, known: dict[str, Attachment]) -> Json:
    part = dict(part)
    if part["type"] == 12:
        items = [_media(item["media"], known) for item in part["items"]]
        part["items"] = [{"media": media, "description": None, "spoiler": False} for media in items]
    if part["type"] == 13:
        found = known.get(part["file"]["url"])
        size = len(found.content) if found else None
        part |= {"name": found.name if found else None, "size": size, "spoiler": False}
        part["file"] = _media(part["file"], known)
    if "components" in part:
        part["components"] = [_resolved(inner, known) for inner in part["components"]]
    return part


def _media(media: Json, known: dict[str, Attachment]) -> Json:
    found = known.get(media["url"])
    url = found.url if found else media["url"]
    return {"id": str(found.id if found else 0), "url": url, "proxy_url": url}


def _references(components: list[Json]) -> list[str]:
    found: list[str] = []
    for part in components:
        media = [item["media"] for item in part.get("items") or []] + ([part["file"]] if part.get("file") else [])
        found += [item["url"].removeprefix("attachment://") for item in media]
        found += _references(part.get("components") or [])
    return found


class Shelf:
    """The server that hands files out, in the same process."""

    def __init__(self, files: Files, faults: Faults, truth: TruthLog) -> None:
        self.files, self.faults, self.truth = files, faults, truth

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One download."""
        name = request.match_info["name"]
        attachment = self.files.stored.get(int(request.match_info["id"]))
        self.truth.record("call", "download", None, name=name)
        if "Authorization" in request.headers:
            self.truth.violate("download: the token is nothing that a file server must see")
        if attachment is None or attachment.name != name:
            return web.Response(status=404)
        rule = self.faults.pick("download", None, name) if self.faults else None
        return await (self._broken(request, attachment, rule.fault) if rule else self._whole(request, attachment))

    async def _whole(self, request: web.Request, attachment: Attachment) -> web.StreamResponse:
        if not attachment.chunked:
            return web.Response(body=attachment.content)
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(attachment.content)
        await response.write_eof()
        return response

    async def _broken(self, request: web.Request, attachment: Attachment, fault: Fault) -> web.StreamResponse:
        match fault.kind:
            case Kind.REFUSED | Kind.SERVER_ERROR:
                elsewhere = {"Location": attachment.url.replace(attachment.name, "elsewhere.csv")}
                return web.Response(status=fault.status or 500, headers=elsewhere if fault.status == 302 else {})
            case Kind.TRUNCATED:
                return web.Response(body=attachment.content[: len(attachment.content) // 2])
            case Kind.RESET_MID_RESPONSE:
                response = web.StreamResponse(headers={"Content-Length": str(len(attachment.content))})
                await response.prepare(request)
                await response.write(attachment.content[: len(attachment.content) // 2])
            case _:
                raise ValueError(f"{fault.kind} is not about downloads")
        if request.transport is not None:
            request.transport.abort()
        return response
