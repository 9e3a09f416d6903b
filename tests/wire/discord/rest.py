"""The REST face: every call is matched, logged, faulted, limited, validated and only then carried out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.wire.discord.files import Upload, file_problems, is_too_large, read_form
from tests.wire.discord.limits import Limits, TooOften
from tests.wire.discord.schema import OPERATIONS, request_problem, response_problem
from tests.wire.discord.state import Refused, Value
from tests.wire.faults import Fault, Faults, Kind
from tests.wire.truth import TruthLog

Handler = Callable[["Call"], tuple[int, Any]]
PREFIX = "/api/v10"
LONGEST_REASON = 512
CREATES_MESSAGE = {
    "POST /channels/{channel_id}/messages",
    "POST /webhooks/{webhook_id}/{webhook_token}",
}
EDITS_MESSAGE = {
    "PATCH /channels/{channel_id}/messages/{message_id}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
}
OPENS_POST = "POST /channels/{channel_id}/threads"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
BEFORE, WITHOUT_READING = {Kind.RESET_BEFORE_READ}, {Kind.RESET_BEFORE_READ}
INSTEAD = {Kind.RATE_LIMIT, Kind.REFUSED, Kind.UNAUTHORISED}


@dataclass(slots=True)
class Call:
    """One request, as far as the handlers need it."""

    operation: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    number: int = 0
    files: dict[int, Upload] = field(default_factory=dict)
    reason: str = ""  # for the audit log

    def id(self, name: str) -> int:
        """A snowflake of the path."""
        return int(self.params[name])

    @property
    def place(self) -> str | None:
        """The channel (or guild, or interaction) that the call is about."""
        for name in ("channel_id", "guild_id", "interaction_id"):
            if name in self.params:
                return self.params[name]
        return None


@dataclass(slots=True)
class Rest:
    """The pipeline around the handlers."""

    truth: TruthLog
    faults: Faults
    limits: Limits
    token: str
    handlers: dict[str, Handler]
    validate: bool = True
    invalid: int = 0  # responses of 401, 403 and 429; 10,000 in ten minutes ban an address
    own_mistakes: list[str] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0

    def routes(self) -> list[web.RouteDef]:
        """One route for each operation of the reduced specification; literal paths first."""
        names = sorted(OPERATIONS, key=lambda name: name.count("{"))
        return [web.route(*self._path(name), self._handle) for name in names]

    @staticmethod
    def _path(operation: str) -> tuple[str, str]:
        method, path = operation.split(" ", 1)
        return method, PREFIX + path

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        resource = request.match_info.route.resource
        assert resource is not None
        operation = f"{request.method} {resource.canonical.removeprefix(PREFIX)}"
        params = {key: unquote(value) for key, value in request.match_info.items()}
        reason = unquote(request.headers.get("X-Audit-Log-Reason", ""))
        call = Call(operation, params, dict(request.query), None, reason=reason)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self._faulty(request, call) if self.faults else await self._plain(request, call, None)
        finally:
            self.in_flight -= 1

    async def _faulty(self, request: web.Request, call: Call) -> web.StreamResponse:
        raw = (await request.read()).decode("utf-8", "replace")
        rule = self.faults.pick(call.operation, call.place, raw)
        if rule is None:
            return await self._plain(request, call, None)
        self.truth.record("fault", call.operation, call.place, f"rule:{rule.number}", kind=rule.fault.kind)
        return await self._plain(request, call, rule.fault)

    async def _plain(self, request: web.Request, call: Call, fault: Fault | None) -> web.StreamResponse:
        if fault is not None and fault.kind is Kind.RESET_BEFORE_READ:
            return self._reset(request)
        text, call.files = read_form(request.headers.get("Content-Type", ""), await request.read())
        call.number = self.truth.record("call", call.operation, call.place, "", body=text[:2000])
        if fault is not None:
            return await self._with_fault(request, call, text, fault)
        status, body, headers = self._carry_out(request, call, text)
        return self._respond(call, status, body, headers)

    def _carry_out(self, request: web.Request, call: Call, text: str) -> tuple[int, Any, dict[str, str]]:
        interaction = call.operation.split(" ")[1].startswith(("/interactions", "/webhooks"))
        verdict = self.limits.check(call.operation, self._major(call), counts_globally=not interaction)
        if verdict.wait is not None:
            if not verdict.headers:
                self.truth.record("hammering", call.operation, call.place, f"call:{call.number}")
            return self._too_many(verdict.wait, is_global=verdict.is_global, headers=verdict.headers)
        try:
            if not interaction and request.headers.get("Authorization") != f"Bot {self.token}":
                raise Refused(401, 0, "401: Unauthorized")
            call.body = self._parsed(call, text)
            self._check(call)
            status, body = self.handlers[call.operation](call)
        except Refused as refusal:
            return refusal.status, refusal.body, verdict.headers
        except TooOften as often:
            return self._too_many(often.wait, is_global=False, headers=verdict.headers)
        if self.validate and (problem := response_problem(call.operation, status, body)):
            self.own_mistakes.append(f"{call.operation}: {problem}")
        return status, body, verdict.headers

    def _parsed(self, call: Call, text: str) -> Value:
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError as error:
            raise Refused(400, 50109, "The request body contains invalid JSON.") from error

    def _check(self, call: Call) -> None:
        """The specification, and our own house rule: no message without `allowed_mentions`."""
        if self.validate and call.body is not None and (problem := request_problem(call.operation, call.body)):
            raise Refused(400, 50035, f"Invalid Form Body: {problem}")
        if len(call.reason) > LONGEST_REASON:
            self.truth.violate(f"{call.operation}: a reason of {len(call.reason)} characters")
        if is_too_large(call.files):
            raise Refused(413, 40005, "Request entity too large")
        for message in self._messages(call):
            for problem in file_problems(message, call.files):
                self.truth.violate(f"{call.operation}: {problem}")
            if "allowed_mentions" not in message:
                self.truth.violate(f"{call.operation}: allowed_mentions is missing")

    @staticmethod
    def _messages(call: Call) -> list[dict[str, Any]]:
        if call.operation in CREATES_MESSAGE:
            return [call.body]
        if call.operation == OPENS_POST:
            return [call.body["message"]] if "message" in call.body else []
        if call.operation in EDITS_MESSAGE:
            return [call.body] if set(call.body) & {"content", "embeds", "components"} else []
        if call.operation == CALLBACK and call.body["type"] in {4, 7}:
            return [call.body.get("data") or {}]
        return []

    async def _with_fault(self, request: web.Request, call: Call, text: str, fault: Fault) -> web.StreamResponse:
        if fault.kind in INSTEAD:
            return self._instead(call, fault)
        if fault.kind is Kind.DELAY:
            await asyncio.sleep(fault.seconds)
        works = fault.effect or fault.kind in {Kind.DELAY, Kind.SLOW_BYTES}
        status, body, headers = self._carry_out(request, call, text) if works else (200, {}, {})
        match fault.kind:
            case Kind.DELAY:
                return self._respond(call, status, body, headers)
            case Kind.SERVER_ERROR:
                return self._respond(
                    call, fault.status or 500, {"message": "Internal Server Error", "code": 0}, headers
                )
            case Kind.RESET_AFTER_READ:
                return self._reset(request)
            case Kind.RESET_MID_RESPONSE:
                return await self._cut(request, json.dumps(body))
            case Kind.TRUNCATED:
                half = json.dumps(body)
                return self._raw(200, half[: len(half) // 2], "application/json", headers)
            case Kind.EMPTY:
                return self._raw(200, "", "application/json", headers)
            case Kind.HTML:
                return self._raw(200, "<html><body>proxy</body></html>", "text/html", headers)
            case Kind.SLOW_BYTES:
                return await self._drip(request, status, json.dumps(body), fault.seconds)
            case Kind.BLACKHOLE:
                await asyncio.sleep(3600)
                return self._reset(request)
            case _:
                raise ValueError(f"{fault.kind} is about the delivery of events")

    def _instead(self, call: Call, fault: Fault) -> web.Response:
        if fault.kind is Kind.UNAUTHORISED:
            return self._respond(call, 401, {"message": "401: Unauthorized", "code": 0}, {})
        if fault.kind is Kind.REFUSED:
            body = {"message": fault.text or "refused", "code": fault.code}
            return self._respond(call, fault.status or 400, body, {})
        if fault.html or not fault.via:
            self.limits.ban("*", fault.retry_after or 60.0)
            self._count(call, 429)
            return self._raw(429, "<html><body>error 1015</body></html>", "text/html", {})
        wait = fault.retry_after or 1.0
        self.limits.ban("*" if fault.scope == "global" else self._major(call), wait)
        status, body, headers = self._too_many(wait, is_global=fault.scope == "global", scope=fault.scope)
        return self._respond(call, status, body, headers)

    def _too_many(
        self, wait: float, *, is_global: bool, headers: dict[str, str] | None = None, scope: str = "user"
    ) -> tuple[int, Any, dict[str, str]]:
        body = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": is_global}
        told = {
            "Via": "1.1 google",
            "Retry-After": f"{wait:.0f}",
            "X-RateLimit-Scope": "global" if is_global else scope,
        }
        return 429, body, {**(headers or {}), **told}

    def _respond(self, call: Call, status: int, body: Value, headers: dict[str, str]) -> web.Response:
        self._count(call, status)
        if status == 204:
            return web.Response(status=204, headers=headers)
        return self._raw(status, json.dumps(body), "application/json", headers)

    def _count(self, call: Call, status: int) -> None:
        self.invalid += status in {401, 403, 429}
        self.truth.record("answer", call.operation, call.place, f"call:{call.number}", status=status)

    @staticmethod
    def _raw(status: int, text: str, kind: str, headers: dict[str, str]) -> web.Response:
        # The header is set by hand: discord.py wants exactly "application/json", without a charset.
        return web.Response(status=status, body=text.encode(), headers={**headers, "Content-Type": kind})

    @staticmethod
    def _reset(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _cut(self, request: web.Request, text: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(text))})
        await response.prepare(request)
        await response.write(text[: len(text) // 2].encode())
        self._reset(request)
        return response

    @staticmethod
    async def _drip(request: web.Request, status: int, text: str, seconds: float) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for piece in re.findall(r".{1,50}", text, re.DOTALL):
            await response.write(piece.encode())
            await asyncio.sleep(seconds * 50 / max(len(text), 1))
        await response.write_eof()
        return response

    @staticmethod
    def _major(call: Call) -> str:
        return call.params.get("webhook_token") or call.params.get("interaction_token") or call.place or ""
