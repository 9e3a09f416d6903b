"""A file that takes long to make: made once the unit is over, while others are answered."""

import asyncio
from collections.abc import AsyncIterator
from random import Random
from threading import Event

import pytest

from bot.app import App
from bot.chat.events import Invoked
from bot.chat.file import Document
from bot.chat.message import Outcome, Reply, say
from bot.command import Feature
from bot.context import Context
from bot.said import Said
from tests.bot.road import ANI, GROUP, KEYS, Road, count, line, more, words

BEGUN, RELEASED = Event(), Event()


def slow() -> Document:
    BEGUN.set()
    assert RELEASED.wait(10)
    return Document("slow.png", b"drawn", "image/png")


def broken() -> Document:
    raise LookupError("broken on purpose")


@line("draw")
async def draw(ctx: Context) -> Outcome:
    return Reply(say(f"now {await count(ctx)}"), attach=slow)


@line("fail")
async def fail(ctx: Context) -> Outcome:
    return Reply(say(f"now {await count(ctx)}"), attach=broken)


class Drawing(Road):
    """The road with two commands that give a file along."""

    def fresh(self) -> App:
        app = App((Feature(commands=(more, draw, fail)),), self.store, KEYS, lambda: self.now, Random(5))
        app.platforms["wire"] = self.wire
        return app

    async def answers(self, text: str, key: str) -> list[Said]:
        """What is answered."""
        found: list[Said] = []

        async def answer(said: Said) -> None:
            found.append(said)

        await self.app.handle(Invoked(line=text, **self.parts(ANI, GROUP, key)), answer)
        await self.app.drain()
        return found


@pytest.fixture
async def drawing(road: Road) -> AsyncIterator[Drawing]:
    BEGUN.clear()
    RELEASED.clear()
    made = Drawing(road.store)
    yield made
    await made.app.drain()
    await made.app.outbox.drain()


async def test_the_file_is_made_after_the_unit_and_others_are_answered_meanwhile(drawing: Drawing) -> None:
    waiting = asyncio.create_task(drawing.answers("draw", "d1"))
    assert await asyncio.to_thread(BEGUN.wait, 10)
    assert await drawing.counted() == 1, "its effect is committed"
    (quick,) = await asyncio.wait_for(drawing.answers("more", "d2"), 5)
    assert words(quick.message) == "now 2"
    assert not waiting.done()
    RELEASED.set()
    (said,) = await waiting
    assert words(said.message) == "now 1"
    assert said.message.files == (Document("slow.png", b"drawn", "image/png"),)


async def test_a_file_that_cannot_be_made_leaves_the_words(drawing: Drawing) -> None:
    (said,) = await drawing.answers("fail", "d3")
    assert words(said.message) == "now 1"
    assert said.message.files == ()
