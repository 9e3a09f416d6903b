"""Modals made from a command's own parameters, and what people sent with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.discord.wire import USER_SELECT, Input, Payload
from bot.chat.fit import shorten
from bot.chat.text import T
from bot.command import Command
from bot.param import Kind, Param
from bot.speech import Speech

MOST_FIELDS = 5
LONGEST_TITLE = 45
LONGEST_LABEL = 45
LONGEST_DESCRIPTION = 100
LONGEST_VALUE = 4000
MOST_OPTIONS = 25
"""Limits of Discord's modals."""

ONE_LINE = 100
"""A text of at most so many characters gets a field of one line."""

FILL_IN = T("Fill in")

_SEND, _OPEN = "form", "open"
_ID = re.compile(r"(form|open):(!?[a-z0-9 _-]{1,64}):([a-z0-9_,]*)(?::([a-z0-9_]+=[^,:=]+(?:,[a-z0-9_]+=[^,:=]+)*))?")
_LONGEST_ID = 100
_LABEL, _SELECT, _INPUT, _ROW, _BUTTON = 18, 3, 4, 1, 2
_SHORT, _LONG = 1, 2
_MAIN = 1


@dataclass(frozen=True, slots=True)
class Opening:
    """What a modal's or its button's custom_id says: the command's path, the parameters to ask for, choices made."""

    path: str
    params: tuple[str, ...]
    chosen: Mapping[str, str]


def fields(command: Command, names: Sequence[str]) -> tuple[Param, ...]:
    """The parameters that one modal can ask for: no choices that depend on other answers."""
    wanted = [param for param in command.params if param.name in names and not _depends(param)]
    return tuple(wanted[:MOST_FIELDS])


def worth_opening(params: Sequence[Param]) -> bool:
    """Whether a modal is better than buttons: something has to be written."""
    return any(param.kind is not Kind.CHOICE for param in params)


def modal(command: Command, params: Sequence[Param], chosen: Mapping[str, str], speech: Speech) -> Payload:
    """The modal that asks for these parameters, in the reader's words; it brings back what was chosen before."""
    return {
        "custom_id": _custom_id(_SEND, command, params, chosen),
        "title": shorten(speech.words(f"/{command.slash}" if command.slash else command.title), LONGEST_TITLE),
        "components": [_field(param, speech) for param in params],
    }


def opener(command: Command, params: Sequence[Param], chosen: Mapping[str, str], speech: Speech) -> Payload:
    """A row with a button that opens the modal, for when it cannot be opened at once."""
    button = {
        "type": _BUTTON,
        "style": _MAIN,
        "label": speech.words(FILL_IN),
        "custom_id": _custom_id(_OPEN, command, params, chosen),
    }
    return {"type": _ROW, "components": [button]}


def opening(custom_id: str) -> Opening | None:
    """What the button of `opener` opens; None for any other button."""
    return _read(custom_id, _OPEN)


def sending(custom_id: str) -> Opening | None:
    """Which command a modal was for; None for one that we do not know."""
    return _read(custom_id, _SEND)


def values(inputs: Sequence[Input]) -> Mapping[str, str]:
    """What was filled in, by parameter."""
    return {field.custom_id: _value(field) for field in _flat(inputs) if field.custom_id}


def _custom_id(kind: str, command: Command, params: Sequence[Param], chosen: Mapping[str, str]) -> str:
    named = f"{kind}:{command.path}:{','.join(param.name for param in params)}"
    whole = f"{named}:{','.join(f'{name}={value}' for name, value in chosen.items())}"
    return whole if len(whole) <= _LONGEST_ID and _ID.fullmatch(whole) else named[:_LONGEST_ID]


def _read(custom_id: str, kind: str) -> Opening | None:
    match = _ID.fullmatch(custom_id)
    if match is None or match[1] != kind:
        return None
    made = dict(pair.split("=") for pair in (match[4] or "").split(",") if pair)
    return Opening(match[2], tuple(name for name in match[3].split(",") if name), made)


def _field(param: Param, speech: Speech) -> Payload:
    words = speech.words(param.arg.help)
    label: Payload = {"type": _LABEL, "label": shorten(words, LONGEST_LABEL), "component": _component(param, speech)}
    if len(words) > LONGEST_LABEL:
        label["description"] = shorten(words, LONGEST_DESCRIPTION)
    return label


def _component(param: Param, speech: Speech) -> Payload:
    base: Payload = {"custom_id": param.name, "required": param.required}
    if param.kind is Kind.CHOICE:
        options = [
            {"label": shorten(speech.words(choice.label), 100), "value": choice.value[:100]}
            for choice in param.arg.choices[:MOST_OPTIONS]
        ]
        return base | {"type": _SELECT, "options": options, "min_values": int(param.required), "max_values": 1}
    if param.kind is Kind.PERSON:
        return base | {"type": USER_SELECT, "min_values": int(param.required), "max_values": 1}
    most = _most(param)
    return base | {"type": _INPUT, "style": _SHORT if most <= ONE_LINE else _LONG, "max_length": most}


def _most(param: Param) -> int:
    """The characters that a field takes; a bound of the parameter is checked again when it is bound."""
    match param.kind:
        case Kind.INTEGER:
            return 10
        case Kind.LINES | Kind.FILE:
            return LONGEST_VALUE
        case _:
            return min(param.arg.most, LONGEST_VALUE)


def _depends(param: Param) -> bool:
    return param.kind is Kind.CHOICE and not 0 < len(param.arg.choices) <= MOST_OPTIONS


def _flat(inputs: Sequence[Input]) -> Iterator[Input]:
    for field in inputs:
        yield field
        yield from _flat((*field.components, *([field.component] if field.component else [])))


def _value(field: Input) -> str:
    if field.values:
        return f"<@{field.values[0]}>" if field.type == USER_SELECT else field.values[0]
    return field.value if isinstance(field.value, str) else ""
