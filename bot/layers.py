"""Reading settings: a TOML file, overruled by the environment, by secret files, and by command-line options."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from bot.config import Settings

DEFAULT_FILE = Path("config.toml")
"""The settings file that is read if it is there and no other is named."""

PREFIX = "BARENG_"
"""Every environment variable of ours begins so; `BARENG_TELEGRAM__TOKEN` is `token` of `[telegram]`."""

MOST_SECRET_BYTES = 64 * 1024
"""A secret file that is larger was named by mistake."""

_SUFFIX = "_FILE"
_OTHERS = ("BARENG_CONFIG", "BARENG_TEST_")

Layer = dict[str, Any]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands, at which key, what was expected there, and an example or a near name."""

    source: str
    key: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.key}: expected {self.expected}." + (f" {self.hint}" if self.hint else "")


class BadSettings(Exception):
    """The settings cannot be used; `problems` names every mistake that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read(file: Path | None = None, options: Layer | None = None) -> Settings:
    """The settings; raises BadSettings. `options` has the form of the file: `{"web": {"port": 9000}}`."""
    problems: list[Problem] = []
    layers = {
        str(file or DEFAULT_FILE): _toml(file, problems),
        "environment": _environment(problems),
        "secret file": _secret_files(problems),
        "command line": options or {},
    }
    problems += (problem for source, layer in layers.items() for problem in _unknown(source, layer))
    try:
        settings = Settings(**_merged(layers))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems += (_problem(details, layers) for details in errors if details["type"] != "extra_forbidden")
    if problems:
        raise BadSettings(tuple(problems))
    return settings


def fields() -> dict[Key, FieldInfo]:
    """Every key with its field, in the order of the settings file."""
    return {
        (section, name): field
        for section, table in Settings.model_fields.items()
        for name, field in type(table.default).model_fields.items()
    }


def variable(key: Key) -> str:
    """The environment variable that sets this key."""
    return PREFIX + "__".join(key).upper()


def _toml(file: Path | None, problems: list[Problem]) -> Layer:
    path = file or DEFAULT_FILE
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        if file:
            problems.append(Problem(str(path), "the file", "a settings file there", "Copy config.example.toml."))
    except UnicodeDecodeError:
        problems.append(Problem(str(path), "the file", "text in UTF-8"))
    except OSError as error:
        problems.append(Problem(str(path), "the file", f"a file that can be read ({error.strerror})"))
    except tomllib.TOMLDecodeError as error:
        hint = 'Example: mode = "polling"'
        problems.append(Problem(str(path), "the file", f"TOML, but it says: {error}", hint))
    return {}


def _environment(problems: list[Problem]) -> Layer:
    known = {variable(key) for key in fields()}
    names = [name for name in os.environ if name.upper().startswith(PREFIX) and not name.upper().startswith(_OTHERS)]
    for name in names:
        if name.upper().removesuffix(_SUFFIX) not in known:
            hint = _did_you_mean(name.upper(), [*known, *(each + _SUFFIX for each in known)])
            problems.append(Problem("environment", name, "a setting that exists", hint))
    values = EnvSettingsSource(Settings)()
    return {
        section: {name: value for name, value in table.items() if (section, name) in fields()}
        for section, table in values.items()
        if isinstance(table, dict)
    }


def _secret_files(problems: list[Problem]) -> Layer:
    layer: Layer = {}
    for section, name in fields():
        named = variable((section, name)) + _SUFFIX
        if path := os.environ.get(named):
            try:
                layer.setdefault(section, {})[name] = _secret(Path(path))
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or "not a short text in UTF-8"
                problems.append(Problem("environment", named, f"a file that can be read, but {path} is not ({why})"))
    return layer


def _secret(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(MOST_SECRET_BYTES + 1)
    if len(content) > MOST_SECRET_BYTES:
        raise ValueError("too large")
    return content.decode("utf-8-sig").strip()


def _unknown(source: str, layer: Layer) -> Iterator[Problem]:
    sections = list(Settings.model_fields)
    for section, table in layer.items():
        if section not in sections:
            homes = [f"[{home}] {name}" for home, name in fields() if name == section]
            hint = f"Did you mean {' or '.join(homes)}?" if homes else _did_you_mean(section, sections)
            yield Problem(source, section, f"one of the sections {', '.join(sections)}", hint)
        elif isinstance(table, dict):
            names = [name for home, name in fields() if home == section]
            for name in table.keys() - set(names):
                expected = f"one of the keys {', '.join(names)}"
                yield Problem(source, f"[{section}] {name}", expected, _did_you_mean(name, names))


def _did_you_mean(name: str, names: list[str]) -> str:
    close = get_close_matches(name, names, 1, 0.6)
    return f"Did you mean {close[0]}?" if close else ""


def _merged(layers: Mapping[str, Layer]) -> Layer:
    """Later layers win, key by key."""
    merged: Layer = {}
    for layer in layers.values():
        for section, table in layer.items():
            if section in Settings.model_fields:
                both = isinstance(table, dict) and isinstance(merged.get(section), dict)
                merged[section] = {**merged[section], **table} if both else table
    return merged


def _problem(details: ErrorDetails, layers: Mapping[str, Layer]) -> Problem:
    context = details.get("ctx", {})
    key = tuple(map(str, details["loc"][:2])) + ((context["key"],) if "key" in context else ())
    source = next((name for name, layer in reversed(list(layers.items())) if _holds(layer, key)), next(iter(layers)))
    shown = variable(key) if source == "environment" else f"[{key[0]}] {' '.join(key[1:])}".strip()
    return Problem(source, shown, _expected(details), _example(key))


def _expected(details: ErrorDetails) -> str:
    match details["type"]:
        case "string_pattern_mismatch":
            return "a value like the one in the example"
        case "model_type":
            return f"a table: a line [{details['loc'][0]}] with its keys below"
        case _:
            return details["msg"].removeprefix("Value error, ").removeprefix("Input should be ")


def _holds(layer: Layer, key: Key) -> bool:
    table = layer.get(key[0])
    return table is not None and (len(key) == 1 or not isinstance(table, dict) or key[1] in table)


def _example(key: Key) -> str:
    field = fields().get(key)
    if field is None:
        return ""
    example = field.examples[0] if field.examples else field.default
    return f"Example: {key[1]} = {_toml_value(example)}"


def _toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'
