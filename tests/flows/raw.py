"""Events as an adapter would hand them over, for what no person on the stage can do."""

from dataclasses import replace
from typing import Any

from adapters.playground.plain import plain
from bot.chat.events import Incoming, Invoked, Pressed, Sender
from bot.said import Said
from tests.world import Human, World


async def hears(world: World, event: Incoming) -> list[Said]:
    """Everything that the core says to this event."""
    heard: list[Said] = []

    async def answer(said: Said) -> None:
        heard.append(said)

    await world.app.handle(event, answer)
    await world.stage.settle()
    return heard


async def words(world: World, event: Incoming) -> str:
    """The same as words, "" for silence."""
    return "\n".join(plain(said.message) for said in await hears(world, event))


def invoked(world: World, person: Human, line: str, **sender: Any) -> Invoked:
    """A command; `sender` changes what is known of the person."""
    return Invoked(**_parts(world, person, sender), line=line)


def pressed(world: World, person: Human, data: str, **sender: Any) -> Pressed:
    """A press with any payload."""
    return Pressed(**_parts(world, person, sender), data=data)


def _parts(world: World, person: Human, changes: dict[str, Any]) -> dict[str, Any]:
    actor = world.stage.actor(person.account)
    sender = replace(Sender(actor.account, actor.name, actor.language), **changes)
    key, private = world.stage.transcript.new_id(), person.at == actor.private
    return {"key": key, "at": world.clock(), "place": person.at, "sender": sender, "private": private}
