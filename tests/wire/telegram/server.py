"""The HTTP face of the fake: reads a call, checks it, breaks it on request, performs it and answers like Telegram."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from tests.wire.faults import Fault, Kind, Rule
from tests.wire.telegram import control
from tests.wire.telegram.breaking import JSON, broken, failed, refusal
from tests.wire.telegram.errors import ApiError, bad_request, too_many
from tests.wire.telegram.files import Upload, served
from tests.wire.telegram.methods import table
from tests.wire.telegram.site import TOKEN, Site
from tests.wire.telegram.spec import EPHEMERAL_METHODS
from tests.wire.telegram.updates import webhook_conflict
from tests.wire.telegram.world import Json

LARGEST_BODY = 64 * 2**20
_LIMITED = ("send", "edit", "copy", "forward", "stopPoll", "createForumTopic")


@dataclass(slots=True)
class Call:
    """One request on its way through the server."""

    method: str
    values: Json
    place: str | None
    number: int
    rule: Rule | None
    files: dict[str, Upload]

    @property
    def fault(self) -> Fault | None:
        """What shall go wrong with it."""
        return self.rule.fault if self.rule else None


class FakeTelegram(Site):
    """`async with FakeTelegram() as server:` then point the library at `server.base_url`.

    `ephemeral` makes it a server of Bot API 10.3; the other switches are Site's.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "bareng_bot",
        ephemeral: bool = False,
        seed: int = 0,
        port: int = 0,
    ) -> None:
        super().__init__(token, username=username, ephemeral=ephemeral, seed=seed)
        self.port = port
        self._methods = table(self)
        self._runner: web.ServerRunner | None = None

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `base_url`."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """For python-telegram-bot's `base_file_url`."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def __aenter__(self) -> Self:
        server = web.Server(self._handle, access_log=None, request_factory=_request)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(
            self._runner,
            "127.0.0.1",
            self.port,
            reuse_address=True,
        )
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.updates.stop()
        await self.webhook.stop()
        if self._runner:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/control/"):
            return await control.handle(self, request)
        if path.startswith("/file/bot"):
            return await self._download(request, *path[9:].partition("/")[::2])
        if not path.startswith("/bot"):
            return web.Response(status=404, text="Not Found")
        token, _, name = path[4:].partition("/")
        if token != self.token:
            return failed(ApiError(401, "Unauthorized"))
        method = self.spec.canonical.get(name.lower())
        if method is None:
            if name not in EPHEMERAL_METHODS:  # asking for those is how a bot finds out what the server knows
                self.truth.violate(f"unknown method {name!r}")
            return failed(ApiError(404, "Not Found: method not found"))
        try:
            call = self._read(method, *await _form(request))
        except ApiError as error:
            return failed(error)
        return await self._answer(request, call)

    async def _download(self, request: web.BaseRequest, token: str, path: str) -> web.StreamResponse:
        stored = self.files.at(path)
        if token != self.token or stored is None:
            return failed(ApiError(404, "Not Found"))
        self.truth.record("call", "download", None, path=path)
        rule = self.faults.pick("download", None, path) if self.faults else None
        if rule is None:
            return await served(request, stored)
        if refused := refusal(rule.fault):
            return failed(refused)
        return await broken(request, web.Response(body=stored.content), rule.fault)

    def _read(self, method: str, raw: dict[str, Any], files: dict[str, Upload]) -> Call:
        values, wrong = self.spec.read(method, raw) if self.validate else (self.spec.decode(method, raw), [])
        for sentence in wrong:
            self.truth.violate(sentence)
        missing = [sentence for sentence in wrong if "required parameter" in sentence or "not readable" in sentence]
        if missing:
            raise bad_request(missing[0].partition(": ")[2])
        chat = values.get("chat_id")
        place = None if chat is None else str(chat)
        self.calls += 1
        self.truth.record("call", method, place, number=self.calls, parameters=values)
        rule = self.faults.pick(method, place, str(values)) if self.faults else None
        if rule:
            self.truth.record(
                "fault",
                method,
                place,
                f"call:{self.calls}",
                rule=rule.number,
                kind=rule.fault.kind.value,
            )
        return Call(method, values, place, self.calls, rule, files)

    async def _answer(self, request: web.BaseRequest, call: Call) -> web.StreamResponse:
        fault = call.fault
        if call.method != "getUpdates" and self.latency:
            await asyncio.sleep(self.latency)
        if fault is None or fault.kind is Kind.DELAY:
            if fault:
                await asyncio.sleep(fault.seconds)
            return await self._performed(call)
        if refused := refusal(fault):
            return failed(refused, html=fault.html)
        answer = failed(ApiError(500, "Internal Server Error"))
        if fault.effect or fault.kind is Kind.SLOW_BYTES:
            answer = await self._performed(call)
        return await broken(request, answer, fault)

    async def _performed(self, call: Call) -> web.Response:
        try:
            result = await self._perform(call)
        except ApiError as error:
            self.truth.record(
                "answer",
                call.method,
                call.place,
                f"call:{call.number}",
                status=error.status,
                text=error.description,
            )
            return failed(error)
        if not call.method.startswith("get"):
            number = result.get("message_id") if isinstance(result, dict) else None
            self.truth.record(
                "effect",
                call.method,
                call.place,
                f"call:{call.number}",
                message_id=number,
                **_told(call.values),
            )
        return web.Response(body=msgspec.json.encode({"ok": True, "result": result}), headers=JSON)

    async def _perform(self, call: Call) -> Any:
        if call.method == "getUpdates":
            return await self._get_updates(call.values)
        handler = self._methods.get(call.method)
        if handler is None:
            self.truth.violate(f"{call.method} is not modelled by this fake")
            raise ApiError(501, "Not Implemented by the fake")
        if call.method.startswith(_LIMITED) and isinstance(chat := call.values.get("chat_id"), int):
            wait = self.limits.admit(chat, group=chat < 0)
            if wait:
                self.truth.record("limited", call.method, call.place, f"call:{call.number}", wait=wait)
                raise too_many(wait)
        return handler({**call.values, "_files": call.files} if call.files else call.values)

    async def _get_updates(self, values: Json) -> list[Json]:
        if self.webhook.url:
            raise webhook_conflict()
        return await self.updates.get(
            values.get("offset", 0),
            values.get("limit", 100),
            values.get("timeout", 0),
            values.get("allowed_updates"),
        )


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """A request whose body may be as large as files are."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)


async def _form(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters from the address and from any of the three kinds of body that the Bot API takes, and the files."""
    if request.content_type != "multipart/form-data":
        return {**request.query, **await _body(request)}, {}
    fields: dict[str, Any] = dict(await request.post())
    files = {
        name: Upload(field.filename, field.content_type, field.file.read())
        for name, field in fields.items()
        if isinstance(field, web.FileField)
    }
    words = {name: field for name, field in fields.items() if name not in files}
    text = "".join(words.values())
    # A file stands for the parameter of its name, or another parameter names it.
    own = {name: f"attach://{name}" for name in files if f"attach://{name}" not in text}
    return {**request.query, **words, **own}, files


async def _body(request: web.BaseRequest) -> dict[str, Any]:
    kind = request.content_type
    body = await request.read()
    if kind == "application/json":
        decoded = msgspec.json.decode(body)
        return decoded if isinstance(decoded, dict) else {}
    try:
        return dict(
            parse_qsl(
                body.decode(),
                keep_blank_values=True,
                strict_parsing=bool(body),
                errors="strict",
            )
        )
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _told(values: Json) -> Json:
    return {key: values[key] for key in ("text", "callback_query_id", "message_thread_id") if key in values}
