"""From words or named values to a handler's typed arguments, or to the question that is still open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.text import Listing, Name, T, code
from bot.command import Command
from bot.param import Choice, Kind, Param
from bot.speech import LANGUAGES, Speech

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)
_WORD = re.compile(r"\S+")
PERSON = re.compile(r"(?:#|person-)([0-9]{1,15})", re.ASCII)
"""A person by our own number, as a button names them."""

CALLED = re.compile(r"@\S+|<@!?[\w-]+>|#[0-9]{1,15}", re.ASCII)
"""A word that can mean nothing but a person."""


@dataclass(frozen=True, slots=True)
class Bound:
    """All arguments are there, typed."""

    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """`param` must be asked for; `bound` is what is known so far, `choices` what it may be."""

    param: Param
    choices: tuple[Choice, ...]
    bound: Mapping[str, Any]


class Wrong(Refusal):
    """The value for `param` is no good; `choices` are what it may be."""

    def __init__(self, text: T, param: Param, choices: tuple[Choice, ...]) -> None:
        super().__init__(text)
        self.param = param
        self.choices = choices


def split(command: Command, text: str, *, about: bool = False) -> dict[str, str]:
    """Cut typed text into one raw string per parameter; raises Refusal for words too many.

    A parameter takes one word, or as much as it says, and the last text takes the rest as it stands. Before a parameter
    of several lines a text takes the line. An optional number, choice or form that the next word is not stays empty.
    What is `about` somebody's message names that person by it, unless it begins with a mention.
    """
    given: dict[str, str] = {}
    rest = text.strip()
    for index, param in enumerate(command.params):
        if not rest:
            break
        if about and param.kind is Kind.PERSON and not CALLED.match(rest):
            continue
        taken, rest = _take(param, command.params[index + 1 :], rest)
        if taken:
            given[param.name] = taken
    if rest:
        raise Refusal(T("That was more than I understood. Example: {example}", example=code(command.example)))
    return given


def bind(
    command: Command, given: Mapping[str, str], skipped: Sequence[str] = (), content: object = None
) -> Bound | Missing:
    """Type the raw values in the order of the signature; raises Wrong for a value that is no good.

    `skipped` names optional parameters that the person was asked for and left out; a form leaves its empty fields in
    `given`, and they are not asked for again either. `content` is the value of the file that came along. A choice
    that the arguments before it leave nothing to choose for is left out.
    """
    arguments: dict[str, Any] = {}
    for param in command.params:
        raw = "" if param.name in skipped else given.get(param.name, "")
        choices = param.arg.offer(arguments) if param.arg.offer else param.arg.choices
        if param.kind is Kind.FILE and content is not None:
            arguments[param.name] = content
        elif param.arg.offer and not choices:
            arguments[param.name] = param.default
        elif raw.strip():
            arguments[param.name] = _checked(param, raw, choices, command)
        elif param.required or (param.arg.later and given and param.name not in (*given, *skipped)):
            return Missing(param, choices, arguments)
        else:
            arguments[param.name] = param.default
    return Bound(arguments)


def _checked(param: Param, raw: str, choices: tuple[Choice, ...], command: Command) -> Any:
    try:
        value = convert(param, raw, choices, command)
        if param.arg.check:
            param.arg.check(value)
    except Refusal as refusal:
        raise Wrong(refusal.text, param, choices) from None
    return value


def convert(param: Param, raw: str, choices: Sequence[Choice], command: Command) -> Any:
    """One raw string as the value that the parameter takes; raises Refusal."""
    match param.kind:
        case Kind.INTEGER:
            return _integer(param, raw.strip(), command)
        case Kind.CHOICE:
            return _choice(param, raw, choices)
        case Kind.LINES:
            return _lines(param, raw)
        case Kind.TEXT:
            return _text(param, raw)
        case Kind.FILE:
            return param.arg.read and param.arg.read(Document("", raw.encode(), "text/plain"))
        case Kind.PERSON:
            return _person(raw)


def _take(param: Param, later: Sequence[Param], rest: str) -> tuple[str, str]:
    if param.kind in (Kind.LINES, Kind.FILE):
        return rest, ""
    if param.arg.takes:
        size = param.arg.takes(rest)
        return rest[:size].strip(), rest[size:].strip()
    if later and later[0].kind is Kind.LINES:
        line, _, below = rest.partition("\n")
        return line.strip(), below.strip("\n")
    if not later and (param.kind in (Kind.TEXT, Kind.PERSON) or _chosen(rest, param.arg.choices)):
        return rest, ""
    match = _WORD.match(rest)
    word = match.group() if match else ""
    if not param.required and not _fits(param, word):
        return "", rest
    return word, rest[len(word) :].strip()


def _fits(param: Param, word: str) -> bool:
    if param.kind is Kind.INTEGER:
        return bool(_NUMBER.fullmatch(word))
    if param.kind is Kind.CHOICE:
        return _chosen(word, param.arg.choices) is not None
    if param.arg.form:
        return re.fullmatch(param.arg.form, word, re.IGNORECASE | re.ASCII) is not None
    return not _NUMBER.fullmatch(word)


def _integer(param: Param, raw: str, command: Command) -> int:
    least, most = param.arg.least, param.arg.most
    # Only plain ASCII digits: other digits, exponents and huge numbers are refused alike everywhere.
    if not _NUMBER.fullmatch(raw) or not least <= int(raw) <= most:
        raise Refusal(
            T(
                "I need a whole number from {least} to {most}. Example: {example}",
                least=least,
                most=most,
                example=code(command.example),
            )
        )
    return int(raw)


def _choice(param: Param, raw: str, choices: Sequence[Choice]) -> str:
    found = _chosen(raw, choices)
    if found is None:
        raise Refusal(
            T(
                "Please choose one of these: {choices}.",
                choices=Listing(tuple(choice.label for choice in choices), either=True),
            )
        )
    return found.value


def _chosen(raw: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that was spelled out, or the only one whose label has these words in it."""
    wanted = " ".join(raw.casefold().split())
    if exact := next((choice for choice in choices if wanted in _spellings(choice)), None):
        return exact
    near = [choice for choice in choices if any(f" {wanted} " in f" {words} " for words in _spellings(choice))]
    return near[0] if wanted and len(near) == 1 else None


def _spellings(choice: Choice) -> set[str]:
    label = choice.label
    words = {label} if isinstance(label, str) else {Speech(language).words(label) for language in LANGUAGES}
    return {" ".join(word.casefold().split()) for word in (choice.value, *words)}


def _person(raw: str) -> int:
    """The number that `bot.whom` put in the place of a name."""
    if not (named := PERSON.fullmatch(raw)):
        raise Refusal(T("I know nobody here called {name}. Reply to a message of theirs instead.", name=Name(raw)))
    return int(named[1])


def _lines(param: Param, raw: str) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in raw.splitlines() if line.strip())
    least, most = param.arg.least, param.arg.most
    if not least <= len(lines) <= most:
        raise Refusal(T("Send {least} to {most} lines, one each.", least=least, most=most))
    return lines


def _text(param: Param, raw: str) -> str:
    text = raw.strip()
    if len(text) > param.arg.most:
        raise Refusal(
            T("That is too long: {length} characters, at most {most}.", length=len(text), most=param.arg.most)
        )
    return text
