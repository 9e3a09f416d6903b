"""A dialog that asks for several arguments at once, made from a command's own parameters."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.places import Account, Place
from bot.command import Command
from bot.param import Kind, Param
from bot.speech import Speech

MOST_FIELDS, MOST_PASTED = 5, 4000
"""A Discord modal holds five fields, and 4,000 characters in one; in place of a file its words may be pasted."""


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as an input; `choices` are (value, label). `most` characters of text, 0 where it is no text."""

    name: str
    label: str
    kind: Kind
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Dialog:
    """A form open before somebody; `path` is the command that runs when it is sent."""

    id: str
    account: Account
    place: Place
    path: str
    title: str
    fields: tuple[Field, ...]


def fields(command: Command, names: Sequence[str], speech: Speech) -> tuple[Field, ...]:
    """The inputs for these parameters, in the reader's words; none where buttons can ask all there is to ask.

    A choice that depends on other answers cannot stand beside them: it is asked for afterwards.
    """
    wanted = [param for param in command.params if param.name in names and not _depends(param)]
    if all(param.kind is Kind.CHOICE for param in wanted):
        return ()
    return tuple(_field(param, speech) for param in wanted[:MOST_FIELDS])


def person_param(command: Command) -> str | None:
    """What the command takes the person for whose menu it was chosen, None for one that stands in no such menu."""
    return next((p.name for p in command.params if command.on_person and p.kind is Kind.PERSON), None)


def _depends(param: Param) -> bool:
    return param.kind is Kind.CHOICE and not param.arg.choices


def _field(param: Param, speech: Speech) -> Field:
    choices = tuple((choice.value, speech.words(choice.label)) for choice in param.arg.choices)
    most = {Kind.TEXT: param.arg.most, Kind.FILE: MOST_PASTED}.get(param.kind, 0)
    return Field(param.name, speech.words(param.arg.help), param.kind, param.required, choices, most)
