"""What people do with messages that stand: reply to a card, put a mark at it, delete it, or talk among themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.chat.events import Typed
from bot.chat.message import Outcome
from bot.chat.places import Ref, Role
from bot.context import Context
from bot.ports import Unit

Replied = Callable[[Context, int, str], Awaitable[Outcome]]
Liked = Callable[[Context, int, bool], Awaitable[None]]
Gone = Callable[[Context, int, Ref | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a plain reply to a card of ours does; its name is the kind of the job that posts the card."""

    name: str
    right: Role
    handler: Replied = field(compare=False)


@dataclass(frozen=True, slots=True)
class Liking:
    """What a thumb at a message that we know does; its name is the kind of that card."""

    name: str
    handler: Liked = field(compare=False)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What it means that a message that we know is gone, or the thread that was opened for it."""

    name: str
    handler: Gone = field(compare=False)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What it means that any message of a group is gone.

    `knows` only reads whether something is kept about that message of the group of that number: mostly nothing is, and
    then nothing is written either.
    """

    knows: Callable[[Unit, int, Ref], Awaitable[bool]] = field(compare=False)
    handler: Callable[[Context, Ref], Awaitable[None]] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Listening:
    """Hears what people say in a group, also among themselves.

    `begin` makes, once for each core, what is asked for every message: in memory and at once, it gives None where there
    is nothing of interest. Anything else goes with the event to `handler`, in a unit of work; if that has an outcome,
    nobody else hears of the message, and it is no answer to anything.

    One that `guards` hears also of what is said to the bot, before anything comes of it: of answers to its questions,
    and of commands (a known one is not `aside`) but for the paths that it `spares`.
    """

    begin: Callable[[], Callable[[Typed], Any]]
    handler: Callable[[Context, Typed, Any], Awaitable[Outcome]] = field(compare=False)
    guards: bool = False
    spares: frozenset[str] = frozenset()


def hearing(card: str, *, right: Role) -> Callable[[Replied], Hearing]:
    """Declare what a reply to such a card does; the handler takes the context, the card's subject and the words."""
    return lambda handler: Hearing(card, right, handler)


def liking(card: str) -> Callable[[Liked], Liking]:
    """Declare what a thumb at such a card does; the handler takes the subject, and whether the thumb now stands."""
    return lambda handler: Liking(card, handler)


def deletion(card: str) -> Callable[[Gone], Deletion]:
    """Declare what the end of such a card means; the handler takes the subject and the message, None for its thread."""
    return lambda handler: Deletion(card, handler)
