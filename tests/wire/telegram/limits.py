"""Telegram's send limits as documented: about 1 a second in a chat, 20 a minute in a group, 30 a second for the bot."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from tests.wire.telegram.world import World


@dataclass(slots=True)
class Window:
    """At most `most` calls within `span` seconds."""

    most: int
    span: float
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until the next call fits; 0.0 when it fits now."""
        while self.taken and self.taken[0] <= now - self.span:
            self.taken.popleft()
        if len(self.taken) < self.most:
            return 0.0
        return self.taken[0] + self.span - now


@dataclass(slots=True)
class Limits:
    """The stateful limits; off unless switched on, `factor` multiplies every allowance (1000 for a quick test)."""

    world: World
    on: bool = False
    factor: float = 1.0
    hammering: int = 0  # calls made inside a ban that the caller was told about
    refused: int = 0
    burst: int = 3  # messages that one chat takes at once before "1 a second" bites
    _windows: dict[str, Window] = field(default_factory=dict)
    _bans: dict[str, float] = field(default_factory=dict)

    def admit(self, chat: int, *, group: bool) -> float:
        """Seconds that a send must wait (a 429), 0.0 when it is let through and counted."""
        if not self.on:
            return 0.0
        now = self.world.now()
        for scope in ("bot", f"chat:{chat}"):
            if self._bans.get(scope, 0.0) > now:
                self.hammering += 1
                return self._bans[scope] - now
        windows = [
            self._window("bot", 30, 1.0),
            self._window(f"chat:{chat}", self.burst, float(self.burst)),
        ]
        if group:
            windows.append(self._window(f"group:{chat}", 20, 60.0))
        waits = [window.wait(now) for window in windows]
        if (longest := max(waits)) > 0:
            self.refused += 1
            scope = "bot" if waits[0] == longest else f"chat:{chat}"
            self._bans[scope] = now + math.ceil(longest)
            return longest
        for window in windows:
            window.taken.append(now)
        return 0.0

    def _window(self, name: str, most: int, span: float) -> Window:
        window = self._windows.get(name)
        if window is None:
            window = self._windows[name] = Window(most, span / self.factor)
        return window
