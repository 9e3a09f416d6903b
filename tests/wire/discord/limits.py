"""Rate limits: buckets with their headers, 429 with and without Via, and hammering inside a known ban."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha1

GLOBAL_PER_SECOND = 50
UNLIMITED = (100_000, 1.0)
DOCUMENTED = {
    "POST /channels/{channel_id}/messages": (5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": (5, 5.0),
}


class TooOften(Exception):
    """A limit below the ordinary buckets is used up; to be asked again after so many seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait:.0f} s")
        self.wait = wait


@dataclass(slots=True)
class Bucket:
    """So many calls in a window of so many seconds."""

    limit: int
    window: float
    used: int = 0
    until: float = 0.0


@dataclass(slots=True)
class Verdict:
    """The headers of a call, and how long it must wait (None: it may pass)."""

    headers: dict[str, str]
    wait: float | None = None
    is_global: bool = False


@dataclass(slots=True)
class Limits:
    """All buckets; only with `enforce` does one ever refuse."""

    clock: Callable[[], float]
    enforce: bool = False
    rules: dict[str, tuple[int, float]] = field(default_factory=lambda: dict(DOCUMENTED))
    hammering: int = 0
    refused: int = 0
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    _bans: dict[str, float] = field(default_factory=dict)  # by major parameter; "*": the whole bot
    _global: Bucket = field(default_factory=lambda: Bucket(GLOBAL_PER_SECOND, 1.0))

    def check(self, operation: str, major: str, *, counts_globally: bool) -> Verdict:
        """Count this call and say whether it may pass."""
        now = self.clock()
        banned = max(self._bans.get("*", 0.0), self._bans.get(major, 0.0))
        if banned > now:
            self.hammering += 1
            return Verdict({}, banned - now, "*" in self._bans)
        limit, window = self.rules.get(operation, UNLIMITED) if self.enforce else UNLIMITED
        bucket = self._buckets.setdefault((operation, major), Bucket(limit, window))
        free = self._take(bucket, now)
        if self.enforce and counts_globally and not self._take(self._global, now):
            self.refused += 1
            return Verdict(self._headers(operation, bucket, now), self._global.until - now, True)
        if self.enforce and not free:
            self.refused += 1
            return Verdict(self._headers(operation, bucket, now), bucket.until - now)
        return Verdict(self._headers(operation, bucket, now))

    def ban(self, major: str, seconds: float) -> None:
        """From now on every call there is hammering, for so long; "*" means everywhere."""
        self._bans[major] = self.clock() + seconds

    @staticmethod
    def _take(bucket: Bucket, now: float) -> bool:
        if now >= bucket.until:
            bucket.used, bucket.until = 0, now + bucket.window
        bucket.used += 1
        return bucket.used <= bucket.limit

    @staticmethod
    def _headers(operation: str, bucket: Bucket, now: float) -> dict[str, str]:
        left = max(0.0, bucket.until - now)
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(max(0, bucket.limit - bucket.used)),
            "X-RateLimit-Reset": f"{math.ceil((now + left) * 1000) / 1000:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": sha1(operation.encode(), usedforsecurity=False).hexdigest(),
        }
