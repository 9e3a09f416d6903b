"""The truth log: what really happened on a fake platform, each effect with its cause, for an independent checker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `what` happened by `method` in `place`, because of `cause`.

    `what` is one of: call (a request arrived), effect (it changed something), answer (a status went out),
    fault (a rule fired), event (something happened on the platform), delivered, acknowledged,
    hammering (a request inside a known ban).
    """

    number: int
    at: float  # seconds of the monotonic clock
    what: str
    method: str
    place: str | None
    cause: str  # "call:17", "event:4", "rule:2"
    detail: dict[str, Any] = field(default_factory=dict)


class TruthLog:
    """Append-only; secrets given at the start never enter it."""

    def __init__(
        self,
        secrets: tuple[str, ...] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.entries: list[Entry] = []
        self.violations: list[str] = []
        self.keep = True  # a benchmark switches the log off
        self._secrets = secrets
        self._clock = clock

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def record(
        self,
        what: str,
        method: str,
        place: str | None = None,
        cause: str = "",
        **detail: Any,
    ) -> int:
        """Add a line and return its number (0 while the log is off)."""
        if not self.keep:
            return 0
        number = len(self.entries) + 1
        self.entries.append(
            Entry(
                number,
                self._clock(),
                what,
                method,
                place,
                cause,
                self._without_secrets(detail),
            )
        )
        return number

    def violate(self, sentence: str) -> None:
        """Note that the client broke the platform's contract; a test that ends with one fails."""
        self.violations.append(self._without_secrets(sentence))

    def find(
        self,
        what: str | None = None,
        method: str | None = None,
        place: str | None = None,
    ) -> list[Entry]:
        """The lines where every given part is the same."""
        return [
            entry
            for entry in self.entries
            if (what is None or entry.what == what)
            and (method is None or entry.method == method)
            and (place is None or entry.place == place)
        ]

    def count(
        self,
        what: str | None = None,
        method: str | None = None,
        place: str | None = None,
    ) -> int:
        """How many lines `find` gives."""
        return len(self.find(what, method, place))

    def assert_clean(self) -> None:
        """Raise AssertionError with every broken rule of the platform's contract."""
        if self.violations:
            raise AssertionError("the client broke the platform's contract:\n" + "\n".join(self.violations))

    def as_json(self, since: int = 0) -> list[dict[str, Any]]:
        """The lines after number `since`, for the control API."""
        return [asdict(entry) for entry in self.entries[since:]]

    def _without_secrets(self, value: Any) -> Any:
        if not self._secrets:
            return value
        match value:
            case str():
                for secret in self._secrets:
                    value = value.replace(secret, "<secret>")
                return value
            case dict():
                return {key: self._without_secrets(item) for key, item in value.items()}
            case list() | tuple():
                return [self._without_secrets(item) for item in value]
            case _:
                return value
