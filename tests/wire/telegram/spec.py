"""Checks a call's parameters against the Bot API's published specification (bot-api.json, Bot API 10.1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec

Fields = dict[str, tuple[list[str], bool]]
Check = Callable[[Any, str], list[str]]
Decode = Callable[[str], Any]

# Bot API 10.2 and 10.3, which the specification at hand does not have yet.
EPHEMERAL_PARAMETERS: Fields = {
    "receiver_user_id": (["Integer"], True),
    "callback_query_id": (["String"], False),
    "replace_callback_query_message": (["Boolean"], False),
}
_WHICH: Fields = {
    "chat_id": (["Integer", "String"], True),
    "receiver_user_id": (["Integer"], True),
    "ephemeral_message_id": (["Integer"], True),
}
EPHEMERAL_METHODS: dict[str, Fields] = {
    "deleteEphemeralMessage": _WHICH,
    "editEphemeralMessageText": {
        **_WHICH,
        "text": (["String"], True),
        "parse_mode": (["String"], False),
        "entities": (["Array of MessageEntity"], False),
        "link_preview_options": (["LinkPreviewOptions"], False),
        "reply_markup": (["InlineKeyboardMarkup"], False),
    },
    "editEphemeralMessageReplyMarkup": {
        **_WHICH,
        "reply_markup": (["InlineKeyboardMarkup"], False),
    },
}


def _load() -> dict[str, Any]:
    return cast(
        "dict[str, Any]",
        json.loads(Path(__file__).with_name("bot-api.json").read_bytes()),
    )


class Spec:
    """The specification, compiled on first use of each method; `ephemeral` adds what Bot API 10.3 knows."""

    def __init__(self, *, ephemeral: bool = False) -> None:
        data = _load()
        self.methods: dict[str, dict[str, Any]] = data["methods"]
        self.types: dict[str, dict[str, Any]] = data["types"]
        if ephemeral:
            self._learn_ephemeral()
        self.canonical = {name.lower(): name for name in self.methods}
        self.decoders = cache(self._decoders)
        self.check_type = cache(self._check_type)

    def _learn_ephemeral(self) -> None:
        self.methods |= EPHEMERAL_METHODS
        self.types["EphemeralMessageParameters"] = dict(EPHEMERAL_PARAMETERS)
        for name, fields in self.methods.items():
            if name.startswith("send") and "reply_markup" in fields:
                fields["ephemeral_message_parameters"] = (
                    ["EphemeralMessageParameters"],
                    False,
                )
        reply = self.types["ReplyParameters"]
        reply["message_id"] = (["Integer"], False)
        reply["ephemeral_message_id"] = (["Integer"], False)
        self.types["BotCommand"]["is_ephemeral"] = (["Boolean"], False)

    def read(self, method: str, raw: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Decode the form's strings into values; the second part says what is wrong with them."""
        decoders, required = self.decoders(method)
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for name, text in raw.items():
            known = decoders.get(name)
            if known is None:
                wrong.append(f"{method}: unknown parameter {name!r}")
                continue
            decode, check = known
            try:
                value = decode(text) if isinstance(text, str) else text
            except ValueError:
                wrong.append(f"{method}: {name} is not readable: {text[:80]!r}")
                continue
            values[name] = value
            wrong += check(value, f"{method}: {name}")
        wrong += [f"{method}: required parameter {name!r} is missing" for name in required if name not in raw]
        return values, wrong

    def decode(self, method: str, raw: dict[str, Any]) -> dict[str, Any]:
        """Only decode; for a benchmark that trusts its client."""
        decoders, _ = self.decoders(method)
        return {name: decoders[name][0](text) if isinstance(text, str) else text for name, text in raw.items()}

    def _decoders(self, method: str) -> tuple[dict[str, tuple[Decode, Check]], list[str]]:
        fields = self.methods[method]
        decoders = {
            name: (_decoder(tuple(types)), self.check_type(tuple(types))) for name, (types, _) in fields.items()
        }
        return decoders, [name for name, (_, required) in fields.items() if required]

    def _check_type(self, types: tuple[str, ...]) -> Check:
        if len(types) > 1:
            return _one_of([self.check_type((name,)) for name in types])
        (name,) = types
        if name.startswith("Array of "):
            return _array(self.check_type((name.removeprefix("Array of "),)))
        if name in _PLAIN:
            return _plain(name, _PLAIN[name])
        fields = self.types[name]
        if "one_of" in fields:
            return _one_of([self.check_type((kind,)) for kind in fields["one_of"]])
        return self._object(name, fields)

    def _object(self, name: str, fields: dict[str, Any]) -> Check:
        def check(value: Any, where: str) -> list[str]:
            if not isinstance(value, dict):
                return [f"{where}: {name} must be an object, is {value!r:.60}"]
            wrong = [f"{where}: {name} has no field {key!r}" for key in value if key not in fields]
            for key, (types, required) in fields.items():
                if key in value:
                    wrong += self.check_type(tuple(types))(value[key], f"{where}.{key}")
                elif required:
                    wrong.append(f"{where}: {name} needs the field {key!r}")
            return wrong

        return check


_PLAIN: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
    "InputFile": (str,),
}


def _decoder(types: tuple[str, ...]) -> Decode:
    if types == ("String",) or "InputFile" in types:
        return lambda text: text
    if "String" in types:  # Integer or String: a chat id or an @name
        return lambda text: int(text) if text.lstrip("-").isdecimal() else text
    return msgspec.json.decode


def _plain(name: str, kinds: tuple[type, ...]) -> Check:
    def check(value: Any, where: str) -> list[str]:
        if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds):
            return []
        return [f"{where}: must be {name}, is {value!r:.60}"]

    return check


def _array(each: Check) -> Check:
    def check(value: Any, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where}: must be an array, is {value!r:.60}"]
        return [wrong for index, item in enumerate(value) for wrong in each(item, f"{where}[{index}]")]

    return check


def _one_of(checks: list[Check]) -> Check:
    def check(value: Any, where: str) -> list[str]:
        found = [each(value, where) for each in checks]
        return min(found, key=len)

    return check
