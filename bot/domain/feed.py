"""Addresses of calendars: whoever knows one may read it, so nobody can guess it and its owner can make it void."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from random import Random

_LETTERS = "abcdefghijkmnopqrstuvwxyz23456789"
LENGTH = 32
"""Letters of a secret: about 160 bits."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The calendar of a whole group (then `person` is 0), or of one person (then `community` is 0)."""

    digest: str
    community: int
    person: int
    made_at: datetime


def draw(rng: Random) -> str:
    """A new secret; `rng` must be one that nobody can foresee."""
    return "".join(rng.choice(_LETTERS) for _ in range(LENGTH))


def digest(secret: str) -> str:
    """What is stored of a secret: a database that gets into wrong hands opens no calendar."""
    return hashlib.sha256(secret.encode()).hexdigest()
