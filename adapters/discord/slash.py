"""The slash and menu commands as Discord's JSON: a pure function of the command records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from adapters.discord.rights import MANAGE_GUILD, MANAGE_MESSAGES
from adapters.discord.wire import ATTACHMENT, ON_MESSAGE, ON_PERSON, PERSON, Payload
from bot.chat.fit import shorten
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Command
from bot.param import Choice, Kind, Param
from bot.speech import Speech

LONGEST_DESCRIPTION = 100
LONGEST_VALUE = 100
MOST_CHOICES = 25
LONGEST_STRING = 6000
"""Limits of Discord's application commands."""

LONG_TEXT = 300
"""A command that wants more characters than this, or several lines, opens its modal when it is run without them."""

_SUBCOMMAND, _STRING, _INTEGER = 1, 3, 4
_GUILD, _PRIVATE = 0, 1
_ENGLISH, _INDONESIAN = Speech("en"), Speech("id")
_NEEDED = {Role.MODERATOR: MANAGE_MESSAGES, Role.ORGANISER: MANAGE_GUILD}

_KEPT = {
    "name",
    "description",
    "description_localizations",
    "name_localizations",
    "default_member_permissions",
    "contexts",
    "integration_types",
    "type",
    "options",
    "choices",
    "value",
    "required",
    "autocomplete",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
}


def tree(commands: Iterable[Command], groups: Mapping[str, T]) -> list[Payload]:
    """The body of a bulk overwrite; raises ValueError where a command shares its name with a group."""
    by_name: dict[str, list[Command]] = {}
    commands = tuple(commands)
    for command in commands:
        by_name.setdefault(registered(command).partition(" ")[0], []).append(command)
    tops = [_top(name, members, groups) for name, members in by_name.items()]
    menus = [_in_menu(kind, command, title) for kind, title, command in _menus(commands)]
    return [*tops, *menus]


def registered(command: Command) -> str:
    """The words under which Discord knows the command."""
    return command.slash or command.path


def menu(commands: Iterable[Command]) -> Mapping[tuple[int, str], Command]:
    """The command behind each entry of a person's or a message's menu, by the menu's type and the entry's name."""
    return {(kind, _ENGLISH.words(title)): command for kind, title, command in _menus(commands)}


def plain(payload: object) -> object:
    """What a registered command and one of ours have in common, to see whether they differ."""
    if isinstance(payload, list):
        return [plain(item) for item in payload]
    if not isinstance(payload, dict):
        return payload
    kept = {key: _same(key, value) for key, value in payload.items() if key in _KEPT}
    return {key: value for key, value in kept.items() if value not in (None, [], {}, False, "")}


def by_modal(command: Command) -> bool:
    """Whether the command asks for its arguments by a modal instead of demanding them as options.

    What a file holds can be pasted there, so a file is never demanded.
    """
    return any(
        param.kind in (Kind.LINES, Kind.FILE) or param.arg.most > LONG_TEXT
        for param in command.params
        if _is_words(param)
    )


def _top(name: str, members: Sequence[Command], groups: Mapping[str, T]) -> Payload:
    bare = [command for command in members if registered(command) == name]
    if bare and len(members) > 1:
        raise ValueError(f"/{name} cannot be a command and a group on Discord")
    summary = bare[0].summary if bare else groups[name]
    options = _options(bare[0]) if bare else [_subcommand(command) for command in members]
    right = min(command.right for command in members)
    return {**_described(name, summary), "type": 1, "options": options, **_where(right)}


def _menus(commands: Iterable[Command]) -> Iterator[tuple[int, T, Command]]:
    for command in commands:
        if command.on_person:
            yield ON_PERSON, command.on_person, command
        if command.on_message:
            yield ON_MESSAGE, command.on_message, command


def _in_menu(kind: int, command: Command, title: T) -> Payload:
    english, local = _ENGLISH.words(title), _INDONESIAN.words(title)
    shown: Payload = {"name": english} | ({"name_localizations": {"id": local}} if local != english else {})
    return shown | {"type": kind, **_where(command.right)}


def _where(right: Role) -> Payload:
    """Who sees it, and where: in servers and in private."""
    bits = _NEEDED.get(right)
    return {"default_member_permissions": bits, "contexts": [_GUILD, _PRIVATE], "integration_types": [0]}


def _subcommand(command: Command) -> Payload:
    name = registered(command).partition(" ")[2]
    return {**_described(name, command.summary), "type": _SUBCOMMAND, "options": _options(command)}


def _options(command: Command) -> list[Payload]:
    """Several lines do not fit an option, and choices that depend on other arguments are asked for afterwards."""
    shown = [param for param in command.params if param.kind is not Kind.LINES and not param.arg.offer]
    optional = by_modal(command) or len(shown) < len(command.params)
    options = [_option(param, required=param.required and not optional) for param in shown]
    return sorted(options, key=lambda option: not option["required"])


def _option(param: Param, *, required: bool) -> Payload:
    option = {**_described(param.name, param.arg.help), "type": _STRING, "required": required}
    match param.kind:
        case Kind.INTEGER:
            option |= {"type": _INTEGER, "min_value": param.arg.least, "max_value": param.arg.most}
        case Kind.TEXT | Kind.LINES:
            option["max_length"] = min(param.arg.most, LONGEST_STRING)
        case Kind.FILE:
            option["type"] = ATTACHMENT
        case Kind.PERSON:
            return option | {"type": PERSON}
        case Kind.CHOICE:
            pass
    if param.arg.complete or len(param.arg.choices) > MOST_CHOICES:
        option["autocomplete"] = True
    elif param.arg.choices:
        option["choices"] = [_choice(choice) for choice in param.arg.choices]
    return option


def _choice(choice: Choice) -> Payload:
    words = shorten(_ENGLISH.words(choice.label), LONGEST_DESCRIPTION)
    local = shorten(_INDONESIAN.words(choice.label), LONGEST_DESCRIPTION)
    shown: Payload = {"name": words, "value": choice.value[:LONGEST_VALUE]}
    return shown | ({"name_localizations": {"id": local}} if local != words else {})


def _described(name: str, words: T) -> Payload:
    english = shorten(_ENGLISH.words(words), LONGEST_DESCRIPTION)
    local = shorten(_INDONESIAN.words(words), LONGEST_DESCRIPTION)
    shown: Payload = {"name": name, "description": english}
    return shown | ({"description_localizations": {"id": local}} if local != english else {})


def _is_words(param: Param) -> bool:
    return param.kind in (Kind.TEXT, Kind.LINES, Kind.FILE)


def _same(key: str, value: object) -> object:
    if key == "default_member_permissions" and value is not None:
        return str(value)
    return value if key.endswith("_localizations") else plain(value)
