"""Codes by which two accounts or two groups are linked: issued on one side, redeemed on the other, once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from random import Random

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L, which are taken for one another."""

LENGTH = 8
"""31^8 are 8.5 * 10^11 codes."""

CODE_LIFE = timedelta(minutes=10)

MOST_TRIES = 5
TRY_SPAN = timedelta(minutes=15)
"""So many codes may somebody try within that time; the span begins with the first of them. A right one counts as well:
whoever has two accounts could else go on guessing by using codes of their own.
"""


class Purpose(StrEnum):
    """What a code links."""

    ACCOUNT = "account"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is kept: only its digest, so that whoever reads the database cannot redeem it.

    `person` issued it, `community` is the group to which it leads, 0 for an account. `redeemer` is 0 until somebody
    used it; then it is good for nothing any more.
    """

    digest: str
    purpose: Purpose
    person: int
    community: int
    expires_at: datetime
    redeemer: int = 0


@dataclass(frozen=True, slots=True)
class Tries:
    """How many codes somebody tried in the span that began then, this one included."""

    count: int
    since: datetime

    @property
    def too_many(self) -> bool:
        """Whether this one must not even be looked at."""
        return self.count > MOST_TRIES

    @property
    def until(self) -> datetime:
        """When they may try anew."""
        return self.since + TRY_SPAN


def draw(rng: Random) -> str:
    """A fresh code; `rng` must be one that nobody can foresee."""
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code in two halves, which is easier to read and to copy by hand."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read(words: str) -> str | None:
    """The code that somebody typed, in whatever case and spacing; None for what can be none."""
    code = "".join(words.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(code: str) -> str:
    """What of a code is kept."""
    return sha256(f"link:{code}".encode()).hexdigest()


class Stage(StrEnum):
    """Where a joining is: to be agreed on, agreed, done and to be undone within `UNDO`, undone, or for good."""

    ASKED = "asked"
    JOINED = "joined"
    UNDONE = "undone"
    SETTLED = "settled"


AGREE = timedelta(days=1)
"""How long both sides may take to agree after a code was redeemed."""

UNDO = timedelta(days=7)
"""How long two groups that became one can be parted again, each as it was."""


@dataclass(frozen=True, slots=True)
class Joining:
    """The group `other` joins the group `community`; `id` is given by the store.

    `issuer` made the code in the group that is joined, `redeemer` used it in the name of the other one; both must
    agree. `at` is when it came to this state.
    """

    id: int
    community: int
    other: int
    issuer: int
    redeemer: int
    at: datetime
    issuer_agrees: bool = False
    redeemer_agrees: bool = False
    stage: Stage = Stage.ASKED

    @property
    def is_agreed(self) -> bool:
        """Whether both sides want it."""
        return self.issuer_agrees and self.redeemer_agrees

    def agreed_by(self, person: int) -> "Joining":
        """The same with that one's word."""
        return replace(
            self,
            issuer_agrees=self.issuer_agrees or person == self.issuer,
            redeemer_agrees=self.redeemer_agrees or person == self.redeemer,
        )

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be agreed on."""
        return self.stage is Stage.ASKED and now < self.at + AGREE

    def can_undo(self, now: datetime) -> bool:
        """Whether the groups can still be parted."""
        return self.stage is Stage.JOINED and now < self.at + UNDO


@dataclass(frozen=True, slots=True)
class Share:
    """What a group brings along, counted; `both` are its members who are in the other group as well."""

    members: int = 0
    both: int = 0
    points: int = 0
    questions: int = 0
    resources: int = 0
    items: int = 0
    warnings: int = 0
    streaks: int = 0
    roles: int = 0
