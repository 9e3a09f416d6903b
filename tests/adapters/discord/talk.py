"""A bot whose cards have threads, and what the core is handed of what happens around them."""

from typing import Any

import pytest

from bot.chat.places import Place, Ref
from bot.domain.jobs import Job
from tests.adapters.discord.stage import Stage
from tests.adapters.discord.topic import topic
from tests.wire.discord.state import Channel, Message


async def begin(stage: Stage, subject: int = 1, where: Channel | None = None) -> tuple[Message, Channel]:
    """A card and its thread, as the outbox posts them."""
    place = Place("discord", str(stage.guild.id), str((where or stage.channel).id))
    async with stage.store.begin() as unit:
        community = (await unit.arrivals.of(stage.place, None)).community
        assert community is not None
        await unit.jobs.put(Job(community.id, f"topic:{subject}", topic.name, subject, stage.app.clock(), place))
    await stage.app.outbox.settle()
    async with stage.store.read() as unit:
        (ref,) = await unit.cards.standing(community.id, f"topic:{subject}")
    return stage.state.messages[int(ref.message)], stage.state.channels[int(ref.opened)]


GET = "GET /channels/{channel_id}/messages/{message_id}"


def here(stage: Stage, message: Message) -> Ref:
    return Ref(Place("discord", str(stage.guild.id), str(message.channel_id)), str(message.id))


def watch(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every event that the core is handed from now on."""
    seen: list[Any] = []
    handle = stage.app.handle

    async def note(event: Any, answer: Any) -> None:
        seen.append(event)
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", note)
    return seen


async def quiet(stage: Stage) -> None:
    """Wait until everything that was sent up to now has been heard: a command comes after it."""
    await stage.slash(stage.ben, "me")
    await stage.discord.reception.drain()


async def heard_since(stage: Stage, before: int, events: int) -> None:
    """Wait until so many more events were settled."""
    await stage.until(lambda: stage.discord.reception.settled == before + events)
