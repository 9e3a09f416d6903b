"""What a page may ask for in somebody's name, read strictly and done once."""

from datetime import datetime
from typing import Annotated

import msgspec

from adapters.playground.adapter import Playground
from adapters.playground.almanac import FARTHEST
from adapters.playground.cast import GROUPS, Actor
from adapters.playground.clock import Turning
from adapters.playground.shelf import LARGEST_FILE
from bot.chat.events import Mark
from bot.chat.file import Document
from bot.chat.places import Place

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{8,64}$")]
Short = Annotated[str, msgspec.Meta(max_length=200)]
MOST_WORDS = 64 * 1024
"""Bytes of an act."""

MOST_BODY = MOST_WORDS + (LARGEST_FILE + 2) // 3 * 4
"""Bytes of an act that brings a file, which is a third longer as text."""

Text = Annotated[str, msgspec.Meta(max_length=16_000)]


class Bad(Exception):
    """The request is none that the page would make."""


class TooLarge(Exception):
    """It has more words than any act of its kind needs."""


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    id: Id


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file; its content stands in the JSON as base64."""

    name: Short
    kind: Short
    content: Annotated[bytes, msgspec.Meta(min_length=1, max_length=LARGEST_FILE)]


class Say(_Act, frozen=True, tag="say"):
    """Words in a chat, with a file or without; `reply` is the entry that they reply to."""

    who: Short
    place: Short
    text: Text
    file: Sent | None = None
    reply: Short = ""


class Press(_Act, frozen=True, tag="press"):
    """A button of an entry, by the payload that it carries."""

    who: Short
    entry: Short
    data: Short


class React(_Act, frozen=True, tag="react"):
    """A mark at an entry, put there or taken away."""

    who: Short
    entry: Short
    on: bool
    mark: Mark = Mark.LIKE


class Withdraw(_Act, frozen=True, tag="delete"):
    """An entry of one's own, deleted."""

    who: Short
    entry: Short


class Submit(_Act, frozen=True, tag="submit"):
    """The values of a form."""

    who: Short
    place: Short
    path: Short
    values: dict[Short, Text]


class Enter(_Act, frozen=True, tag="enter"):
    """A way into a group for somebody who is out."""

    who: Short
    place: Short


class Knock(_Act, frozen=True, tag="knock"):
    """A request to be let in."""

    who: Short
    place: Short


class Newcomer(_Act, frozen=True, tag="newcomer"):
    """Somebody new to play."""


class Jump(_Act, frozen=True, tag="jump"):
    """The clock, turned to a moment; one that has passed changes nothing."""

    to: Annotated[datetime, msgspec.Meta(tz=True)]


_DECODER = msgspec.json.Decoder(Say | Press | React | Withdraw | Submit | Enter | Knock | Newcomer | Jump)


async def perform(playground: Playground, clock: Turning | None, body: bytes) -> None:
    """Do what the body says; raises Bad, TooLarge, LookupError for what is not there, Unavailable to try again."""
    try:
        act = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Bad("form") from error
    file = act.file if isinstance(act, Say) else None
    if len(body) > MOST_WORDS and file is None:
        raise TooLarge
    key = f"page:{act.id}"
    match act:
        case Say():
            actor, place = _actor(playground, act.who), _place(playground, act.who, act.place)
            sent = Document(file.name, file.content, file.kind) if file else None
            if act.text.strip() or sent:
                await playground.say(actor.account, place, act.text.strip(), key=key, reply=act.reply, file=sent)
        case Press():
            await playground.press_data(_actor(playground, act.who).account, act.entry, act.data, key=key)
        case React():
            who = _actor(playground, act.who).account
            await playground.react(who, act.entry, act.on, mark=act.mark, key=key)
        case Withdraw():
            await playground.withdraw(_actor(playground, act.who).account, act.entry, key=key)
        case Submit():
            actor, place = _actor(playground, act.who), _place(playground, act.who, act.place)
            await playground.run(actor.account, place, act.path, act.values, key=key)
        case Enter() | Knock():
            who, place = _actor(playground, act.who).account, _group(playground, act.place)
            await (playground.enter if isinstance(act, Enter) else playground.knock)(who, place, key=key)
        case Newcomer():
            playground.newcomer(key=key)
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


def _group(playground: Playground, chat: str) -> Place:
    place = Place(playground.name, chat)
    if place not in GROUPS:
        raise Bad("place")
    return place


def _place(playground: Playground, who: str, chat: str) -> Place:
    place = Place(playground.name, chat)
    if place not in GROUPS and place != _actor(playground, who).private:
        raise Bad("place")
    return place
