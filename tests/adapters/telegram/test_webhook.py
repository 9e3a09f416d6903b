"""The webhook lets in nobody but Telegram, nothing large, and says 200 only after the commit."""

import asyncio
import contextlib
import gzip
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from adapters.telegram.adapter import WEBHOOK_PATH, Hook, Telegram
from adapters.telegram.webhook import HEADER, webhook_route
from bot.chat.errors import Unavailable
from bot.chat.events import Incoming
from bot.said import Answerer
from tests.adapters.telegram.feature import TAPS
from tests.adapters.telegram.stage import Stage, staged

SECRET = "s3cret-" * 5
UPDATE = {"update_id": 1}


class Quiet(uvicorn.Server):
    """A server that leaves the signals to pytest."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        yield


@asynccontextmanager
async def served(telegram: Telegram, listening: socket.socket) -> AsyncIterator[str]:
    """The bot's web server with the route on it; gives the route's address."""
    route = telegram.route()
    assert route
    server = Quiet(uvicorn.Config(Starlette(routes=[route]), log_level="warning"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{WEBHOOK_PATH}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def hooked(folder: Path) -> AsyncIterator[tuple[Stage, str]]:
    listening = socket.create_server(("127.0.0.1", 0))
    hook = Hook(f"http://127.0.0.1:{listening.getsockname()[1]}/", SECRET)
    async with staged(folder, run=False, hook=hook) as stage, served(stage.telegram, listening) as address:
        await stage.telegram.start()
        stage.running = asyncio.create_task(stage.telegram.run())
        yield stage, address


async def post(address: str, body: bytes, **headers: str) -> int:
    good = {"Content-Type": "application/json", HEADER: SECRET}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers={**good, **headers}) as answer,
    ):
        return answer.status


async def test_updates_come_by_webhook_and_are_answered(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (stage, _):
        card = await stage.panel()
        presses = [stage.server.people.press(person, stage.group, card, "Tap") for person in (stage.ada, stage.ben)]
        await stage.until(lambda: all(press.answers for press in presses))
        await stage.settled()
        assert len(TAPS) == 2
        assert stage.server.truth.count("call", "getUpdates") == 0


async def test_an_update_that_the_store_cannot_take_is_delivered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hooked(tmp_path) as (stage, address):
        card = await stage.panel()
        handle, refusals = stage.app.handle, [1]

        async def full(event: Incoming, answer: Answerer) -> None:
            if refusals:
                refusals.pop()
                raise Unavailable("disk full")
            await handle(event, answer)

        monkeypatch.setattr(stage.app, "handle", full)
        monkeypatch.setattr("adapters.telegram.webhook.RETRY_AFTER", 0)
        press = stage.server.people.press(stage.ben, stage.group, card, "Tap")
        await stage.until(lambda: press.answers, 10)
        assert len(TAPS) == 1
        assert "503" in stage.server.webhook.last_error
        assert address.endswith(WEBHOOK_PATH)


async def test_the_same_delivery_twice_has_one_effect_and_both_are_acknowledged(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (stage, address):
        card = await stage.panel()
        await stage.press(stage.ben, "Tap", card)
        entry = stage.server.truth.find("delivered", "update:callback_query")[-1]
        press = next(iter(stage.server.world.presses.values()))
        message = stage.group.messages[card]
        query = {
            "id": press.id,
            "from": stage.ben.as_user(),
            "message": {key: value for key, value in message.items() if not key.startswith("_")},
            "chat_instance": "1",
            "data": press.data,
        }
        body = json.dumps({"update_id": entry.detail["update_id"], "callback_query": query}).encode()
        assert await post(address, body) == 200
        await stage.until(lambda: len(press.answers) == 2)
        assert len(TAPS) == 1


@pytest.mark.parametrize(
    ("name", "headers", "body", "status"),
    [
        ("no secret", {HEADER: ""}, json.dumps(UPDATE).encode(), 401),
        ("wrong secret", {HEADER: SECRET[:-1] + "x"}, json.dumps(UPDATE).encode(), 401),
        ("secret in capitals", {HEADER: SECRET.upper()}, json.dumps(UPDATE).encode(), 401),
        ("text/plain", {"Content-Type": "text/plain"}, json.dumps(UPDATE).encode(), 415),
        ("too large", {}, b'{"update_id": 1, "x": "' + b"a" * 2_000_000 + b'"}', 413),
        ("gzip", {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 5_000_000), 415),
        ("not JSON", {}, b"{", 400),
        ("not UTF-8", {}, b'{"update_id": "\xff"}', 400),
        ("broken but ours", {}, b'{"update_id": "1", "message": 3}', 200),
        ("deeply nested", {}, b"[" * 100_000, 400),
        ("empty update", {}, json.dumps(UPDATE).encode(), 200),
    ],
)
async def test_what_is_not_telegrams_is_refused_and_stores_nothing(
    tmp_path: Path, name: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    async with hooked(tmp_path) as (stage, address):
        assert await post(address, body, **headers) == status, name
        assert stage.telegram.reception.count.settled == int(name == "empty update")
        assert stage.telegram.reception.count.set_aside == int(name == "broken but ours")


async def test_only_posts_are_taken(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (_, address), aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 405


@pytest.mark.parametrize("secret", ["", "short", "x" * 31, "x" * 257, "ä" * 40, "with space" * 5])
def test_a_weak_secret_does_not_start(secret: str) -> None:
    async def take(_: object) -> bool:
        return True

    with pytest.raises(ValueError, match="32 to 256"):
        webhook_route("/x", secret, take)


async def test_the_secret_is_shown_nowhere() -> None:
    assert SECRET not in repr(Hook("https://bot.example", SECRET))
    assert SECRET not in WEBHOOK_PATH
