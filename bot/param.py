"""What a handler's annotations say of its parameters, read once into frozen records."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from bot.chat.file import Document
from bot.chat.text import T
from bot.context import Context


class Kind(StrEnum):
    """What a parameter takes: text, several lines of text, a whole number, one of some choices, a file, or a person.

    What is pasted in place of a file is read like the file. A person is the number of one of the group's members.
    """

    TEXT = "text"
    LINES = "lines"
    INTEGER = "integer"
    CHOICE = "choice"
    FILE = "file"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered value with the words that show it."""

    value: str
    label: T | str


Offer = Callable[[Mapping[str, Any]], tuple[Choice, ...]]
Completion = Callable[[Context, str], Awaitable[tuple[Choice, ...]]]
Reading = Callable[[Document], object]


@dataclass(frozen=True, slots=True)
class Arg:
    """What an annotation says of a parameter.

    `help` is at most 100 characters in each language (Discord). `ask` is the question put when it is missing.
    `least` and `most` bound a number, a text's characters, or how many lines there are. `offer` computes
    choices from the arguments bound so far; `complete` finds suggestions while somebody types.
    An optional word that is not of this `form` (a regular expression of ours) is taken for what comes after it.
    `quoted` takes the words of the message that the command is about where none are given.
    `suggests` puts what `complete` finds below the question as buttons, though other words are taken too.
    `later` asks for an optional parameter too, with a button to skip it. `check` raises Refusal for a value that is
    no good, as soon as it is given. `person` takes somebody who was mentioned, named, or wrote the message that the
    command is about. `judge` is a check for which it must be known who says it and when. `takes` counts the characters
    at the beginning of a text that are the value, 0 for none. `read` makes the parameter a file of at most `most` bytes
    and turns its content into the value, in a thread and outside of any unit; it may raise Refusal.
    """

    help: T
    ask: T | None = None
    least: int = 1
    most: int = 1000
    choices: tuple[Choice, ...] = ()
    offer: Offer | None = None
    complete: Completion | None = None
    form: str = ""
    quoted: bool = False
    later: bool = False
    check: Callable[[Any], object] | None = None
    read: Reading | None = None
    person: bool = False
    suggests: bool = False
    judge: Callable[[Context, Any], object] | None = None
    takes: Callable[[str], int] | None = None


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a command; `default` is meaningful where it is not `required`."""

    name: str
    kind: Kind
    arg: Arg
    required: bool
    default: Any = None


def annotated(handler: Callable[..., object]) -> list[tuple[str, Any, Any]]:
    """Name, annotation and default of every parameter after the context."""
    hints = get_type_hints(handler, include_extras=True)
    names = list(inspect.signature(handler).parameters.values())[1:]
    return [(param.name, hints[param.name], param.default) for param in names]


def parameter(name: str, hint: Any, default: Any) -> Param:
    """The record of one parameter; raises TypeError where its annotation says too little."""
    if get_origin(hint) is not Annotated:
        raise TypeError(f"parameter {name} needs Annotated[..., Arg(...)]")
    kind, arg = get_args(hint)
    if not isinstance(arg, Arg):
        raise TypeError(f"parameter {name} needs an Arg")
    required = default is inspect.Parameter.empty
    return Param(name, _kind(kind, arg), arg, required, None if required else default)


def _kind(hint: Any, arg: Arg) -> Kind:
    members = set(get_args(hint)) - {type(None)} or {hint}
    if arg.read:
        return Kind.FILE
    if arg.person:
        return Kind.PERSON
    if arg.choices or arg.offer or get_origin(hint) is Literal:
        return Kind.CHOICE
    if get_origin(hint) is tuple:
        return Kind.LINES
    return Kind.INTEGER if members == {int} else Kind.TEXT
