"""The web server: who may call it, what is behind the password, and that it starts and stops inside our loop."""

import asyncio
import signal
import socket
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.web import PortTaken, Web, build

PASSWORD = "correct hörse"


async def well() -> Mapping[str, Any]:
    return {"ok": True, "database": "ok"}


async def unwell() -> Mapping[str, Any]:
    return {"ok": False, "database": "unavailable"}


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("the page")


async def hook(request: Request) -> PlainTextResponse:
    return PlainTextResponse("the hook")


PAGE: ASGIApp = Route("/", page)
HOOK = Route("/hook", hook, methods=["POST"])


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[tuple[Web, aiohttp.ClientSession]]:
    web = Web(app, "127.0.0.1", 0)
    web.start()
    running = asyncio.create_task(web.run())
    try:
        async with aiohttp.ClientSession(web.address) as client:
            yield web, client
    finally:
        await web.stop()
        await running


async def status(client: aiohttp.ClientSession, path: str, **options: Any) -> int:
    async with client.get(path, **options) as answer:
        return answer.status


# Health


async def test_health_is_told_as_it_is() -> None:
    for health, code in ((well, 200), (unwell, 503)):
        async with serving(build(health, [], None)) as (_, client), client.get("/health") as answer:
            assert answer.status == code
            assert (await answer.json())["ok"] is (code == 200)


async def test_health_needs_no_password() -> None:
    async with serving(build(well, [], PAGE, password=PASSWORD)) as (_, client):
        assert await status(client, "/health") == 200


async def test_without_a_page_there_is_nothing_else() -> None:
    async with serving(build(well, [], None)) as (_, client):
        assert await status(client, "/") == 404


# Names


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080", "bareng.example", "BARENG.example:443"])
async def test_the_server_answers_to_its_names(host: str) -> None:
    async with serving(build(well, [HOOK], PAGE, hosts=["bareng.example"])) as (_, client):
        assert await status(client, "/", headers={"Host": host}) == 200


@pytest.mark.parametrize("host", ["evil.example", "bareng.example.evil", "0.0.0.0", "", "bareng.example@evil", "a b"])
async def test_the_server_answers_to_no_other_name(host: str) -> None:
    async with serving(build(well, [HOOK], PAGE, hosts=["bareng.example", "0.0.0.0"])) as (_, client):
        assert await status(client, "/", headers={"Host": host}) == 400
        assert await status(client, "/health", headers={"Host": host}) == 400


# The password


def basic(password: str, user: str = "ani") -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


async def test_the_page_is_behind_the_password_and_the_hook_is_not() -> None:
    async with serving(build(well, [HOOK], PAGE, password=PASSWORD)) as (_, client):
        async with client.get("/") as answer:
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"].startswith("Basic ")
            assert "the page" not in await answer.text()
        assert await status(client, "/", headers=basic(PASSWORD)) == 200
        async with client.post("/hook") as answer:
            assert await answer.text() == "the hook"


@pytest.mark.parametrize(
    "headers",
    [
        basic(PASSWORD[:-1]),
        basic(PASSWORD + "x"),
        basic(""),
        basic("ani", PASSWORD),
        {"Authorization": "Basic"},
        {"Authorization": "Basic ???"},
        {"Authorization": f"Basic {b64encode(PASSWORD.encode()).decode()}"},
        {"Authorization": f"Bearer {b64encode(f'a:{PASSWORD}'.encode()).decode()}"},
    ],
)
async def test_anything_but_the_password_does_not_open(headers: dict[str, str]) -> None:
    async with serving(build(well, [], PAGE, password=PASSWORD)) as (_, client):
        assert await status(client, "/", headers=headers) == 401


async def test_a_password_with_a_colon_opens() -> None:
    async with serving(build(well, [], PAGE, password="a:b:c:d:e:f:g")) as (_, client):
        assert await status(client, "/", headers=basic("a:b:c:d:e:f:g")) == 200


# The port


async def test_the_address_has_the_port_that_was_free() -> None:
    async with serving(build(well, [], None)) as (web, client):
        assert int(web.address.rstrip("/").rpartition(":")[2]) > 0
        assert await status(client, f"{web.address}health") == 200


async def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        web = Web(build(well, [], None), "127.0.0.1", other.getsockname()[1])
        with pytest.raises(PortTaken, match="in use"):
            web.start()


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "http://localhost:80/"), ("::1", "http://[::1]:80/"), ("a.b", "http://a.b:80/")]
)
def test_the_address_is_one_that_a_browser_takes(host: str, address: str) -> None:
    assert Web(build(well, [], None), host, 80).address == address


async def test_who_calls_before_the_server_runs_is_served_when_it_does() -> None:
    web = Web(build(well, [], None), "127.0.0.1", 0)
    web.start()
    async with aiohttp.ClientSession(web.address) as client:
        early = asyncio.create_task(status(client, "/health"))
        await asyncio.sleep(0.05)
        running = asyncio.create_task(web.run())
        assert await early == 200
    await web.stop()
    await running


# The end


async def test_the_server_leaves_signals_to_whoever_runs_it() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    async with serving(build(well, [], None)) as (_, client):
        assert await status(client, "/health") == 200
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


async def test_a_server_that_never_ran_stops() -> None:
    await Web(build(well, [], None), "127.0.0.1", 0).stop()


async def test_an_open_request_is_let_end_and_an_endless_one_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.web.GRACE", 1)

    async def endless() -> AsyncIterator[str]:
        while True:
            yield "x"
            await asyncio.sleep(0.05)

    async def slow(request: Request) -> PlainTextResponse:
        await asyncio.sleep(0.5)
        return PlainTextResponse("done")

    async def stream(request: Request) -> StreamingResponse:
        return StreamingResponse(endless())

    app = build(well, [Route("/slow", slow), Route("/stream", stream)], None)
    web = Web(app, "127.0.0.1", 0)
    web.start()
    running = asyncio.create_task(web.run())
    async with aiohttp.ClientSession(web.address) as client, client.get("/stream") as open_stream:
        assert open_stream.status == 200
        waiting = asyncio.create_task(status(client, "/slow"))
        await asyncio.sleep(0.2)
        async with asyncio.timeout(3):
            await web.stop()
            await running
        assert await waiting == 200
