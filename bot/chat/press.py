"""A button's meaning: packed, signed, at most 64 bytes, checked when built."""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 64
"""Telegram's callback_data and deep-link payloads both end here; Discord's custom_id allows 100."""

_VERSION = "1"
_TAG_LENGTH = 11
_ROOM = MOST_BYTES - _TAG_LENGTH - len(_VERSION)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[a-z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"0|-?[1-9a-z][0-9a-z]*", re.ASCII)

Argument = int | str


class Forged(Exception):
    """The payload was not signed by one of our keys."""


class Outdated(Exception):
    """The payload is of a form that this version no longer reads."""


@dataclass(frozen=True, slots=True)
class Press:
    """An action with its arguments, bound to a community (`scope`) and, if not 0, to one person (`owner`).

    Strings are lower-case words of `a-z0-9-`. Building one that would not fit raises ValueError.
    """

    action: str
    scope: int
    args: tuple[Argument, ...] = ()
    owner: int = 0

    def __post_init__(self) -> None:
        if len(_pack(self)) > _ROOM:
            raise ValueError(f"{self.action}: a button holds at most {_ROOM} bytes")


@dataclass(frozen=True, slots=True)
class Signed:
    """A press as it came back: its arguments are words until the action's signature types them."""

    action: str
    scope: int
    owner: int
    words: tuple[str, ...]


def sign(press: Press, keys: Sequence[bytes]) -> str:
    """The payload for a button, of the alphabet `A-Za-z0-9_-`; the first key signs."""
    body = _VERSION + _pack(press)
    return body + _tag(body, keys[0])


def verify(payload: str, keys: Sequence[bytes]) -> Signed:
    """Read a payload that any of `keys` signed; raises Forged or Outdated."""
    body, tag = payload[:-_TAG_LENGTH], payload[-_TAG_LENGTH:]
    if not body or len(payload.encode("utf-8", "replace")) > MOST_BYTES or not payload.isascii():
        raise Forged
    if not any(hmac.compare_digest(tag, _tag(body, key)) for key in keys):
        # An unsigned payload of another version may be an old button of ours; it is not trusted either way.
        raise Forged if body[0] == _VERSION else Outdated
    if body[0] != _VERSION:
        raise Outdated
    action, scope, owner, *words = body[1:].split("_")
    return Signed(action, number(scope), number(owner), tuple(words))


def number(word: str) -> int:
    """An integer from its one spelling in base 36; raises Forged for any other spelling."""
    if not _NUMBER.fullmatch(word):
        raise Forged
    return int(word, 36)


def _pack(press: Press) -> str:
    return "_".join(_word(part) for part in (press.action, press.scope, press.owner, *press.args))


def _word(part: Argument) -> str:
    if isinstance(part, int):
        return _base36(part)
    if not _WORD.fullmatch(part):
        raise ValueError(f"a button cannot hold {part!r}")
    return part


def _base36(value: int) -> str:
    if value < 0:
        return "-" + _base36(-value)
    digits = ""
    while value >= 36:
        value, rest = divmod(value, 36)
        digits = _DIGITS[rest] + digits
    return _DIGITS[value] + digits


def _tag(body: str, key: bytes) -> str:
    return urlsafe_b64encode(hmac.digest(key, body.encode(), "sha256")[:8]).decode().rstrip("=")
