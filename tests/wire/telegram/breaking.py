"""Answers of the fake: refusals, and everything that can go wrong on the way back."""

from __future__ import annotations

import asyncio

import msgspec
from aiohttp import web

from tests.wire.faults import Fault, Kind
from tests.wire.telegram.errors import ApiError, too_many
from tests.wire.telegram.world import Json

JSON = {"Content-Type": "application/json"}


def failed(error: ApiError, *, html: bool = False) -> web.Response:
    if html:
        return web.Response(
            status=error.status,
            text="<html><h1>error</h1></html>",
            content_type="text/html",
        )
    body: Json = {
        "ok": False,
        "error_code": error.status,
        "description": error.description,
    }
    if error.parameters:
        body["parameters"] = error.parameters
    return web.Response(status=error.status, body=msgspec.json.encode(body), headers=JSON)


def refusal(fault: Fault) -> ApiError | None:
    match fault.kind:
        case Kind.RATE_LIMIT:
            return too_many(fault.retry_after)
        case Kind.UNAUTHORISED:
            return ApiError(401, "Unauthorized")
        case Kind.REFUSED:
            return ApiError(
                fault.status or 400,
                fault.text or "Bad Request: refused by a rule",
                **fault.parameters,
            )
        case _:
            return None


async def broken(request: web.BaseRequest, answer: web.Response, fault: Fault) -> web.StreamResponse:
    body = answer.body if isinstance(answer.body, bytes) else b""
    match fault.kind:
        case Kind.SERVER_ERROR:
            return failed(
                ApiError(fault.status or 500, fault.text or "Internal Server Error"),
                html=fault.html,
            )
        case Kind.TRUNCATED:
            return web.Response(body=body[: len(body) // 2], headers=JSON)
        case Kind.EMPTY:
            return web.Response(body=b"", headers=JSON)
        case Kind.HTML:
            return web.Response(text="<html>please log in</html>", content_type="text/html")
        case Kind.BLACKHOLE:
            await asyncio.sleep(3600)
        case Kind.RESET_MID_RESPONSE | Kind.SLOW_BYTES:
            return await _drip(request, body, fault)
    if request.transport:
        request.transport.abort()
    return answer


async def _drip(request: web.BaseRequest, body: bytes, fault: Fault) -> web.StreamResponse:
    response = web.StreamResponse(headers={**JSON, "Content-Length": str(len(body))})
    await response.prepare(request)
    parts = [body[at : at + 16] for at in range(0, len(body), 16)]
    if fault.kind is Kind.RESET_MID_RESPONSE:
        await response.write(body[: len(body) // 2])
        if request.transport:
            request.transport.close()
        return response
    for part in parts:
        await asyncio.sleep(fault.seconds / len(parts))
        await response.write(part)
    return response
