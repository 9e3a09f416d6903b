"""What a page may ask for in somebody's name, read strictly and done once."""

from datetime import datetime
from typing import Annotated

import msgspec

from adapters.playground.adapter import Playground
from adapters.playground.almanac import FARTHEST
from adapters.playground.cast import GROUPS, Actor
from adapters.playground.clock import Turning
from bot.chat.places import Place

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{8,64}$")]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=16_000)]


class Bad(Exception):
    """The request is none that the page would make."""


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    id: Id


class Say(_Act, frozen=True, tag="say"):
    """Words in a chat."""

    who: Short
    place: Short
    text: Text


class Press(_Act, frozen=True, tag="press"):
    """A button of an entry, by the payload that it carries."""

    who: Short
    entry: Short
    data: Short


class Submit(_Act, frozen=True, tag="submit"):
    """The values of a form."""

    who: Short
    place: Short
    path: Short
    values: dict[Short, Text]


class Jump(_Act, frozen=True, tag="jump"):
    """The clock, turned to a moment; one that has passed changes nothing."""

    to: Annotated[datetime, msgspec.Meta(tz=True)]


_DECODER = msgspec.json.Decoder(Say | Press | Submit | Jump)


async def perform(playground: Playground, clock: Turning | None, body: bytes) -> None:
    """Do what the body says; raises Bad, LookupError for what is not there, Unavailable to try again."""
    try:
        act = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Bad("form") from error
    key = f"page:{act.id}"
    match act:
        case Say():
            actor, place = _actor(playground, act.who), _place(playground, act.who, act.place)
            if act.text.strip():
                await playground.say(actor.account, place, act.text.strip(), key=key)
        case Press():
            await playground.press_data(_actor(playground, act.who).account, act.entry, act.data, key=key)
        case Submit():
            actor, place = _actor(playground, act.who), _place(playground, act.who, act.place)
            await playground.run(actor.account, place, act.path, act.values, key=key)
        case Jump():
            if clock is None or not await jump(playground, clock, act.to):
                raise Bad("too far")


async def jump(playground: Playground, clock: Turning, to: datetime) -> bool:
    """Turn the clock; False if that is too far. What happened on the way is shown when all of it has."""
    if to - clock() > FARTHEST:
        return False
    await clock.jump(to, playground.app.store, playground.app.outbox)
    playground.transcript.touch()
    return True


def _actor(playground: Playground, who: str) -> Actor:
    found = {actor.id: actor for actor in playground.cast.values()}.get(who)
    if found is None:
        raise Bad("who")
    return found


def _place(playground: Playground, who: str, chat: str) -> Place:
    place = Place(playground.name, chat)
    if place not in GROUPS and place != _actor(playground, who).private:
        raise Bad("place")
    return place
