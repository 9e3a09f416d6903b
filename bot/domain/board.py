"""What members need and offer: slips on the group's board, which of them fit together, and how long they hang."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from bot.domain.library import shorten
from bot.domain.words import terms, words

LONGEST_SLIP = 500
LONGEST_TITLE = 80
MOST_OPEN = 3
"""Needs that one person has open at a time, and as many offers."""

HANGS_FOR = timedelta(days=14)
ASK_BEFORE = timedelta(days=1)
"""So long before a slip's end its author is asked whether it hangs on."""

MOST_MET = 3
"""Slips of the other side of which a new one's author hears, and whose authors hear of it."""

SHARE = 4
"""Slips without a common topic fit where at least one in this many words of the shorter one stands in the other."""


class Side(StrEnum):
    """Which way it goes."""

    NEED = "need"
    OFFER = "offer"

    @property
    def other(self) -> "Side":
        """The side that it looks for."""
        return Side.OFFER if self is Side.NEED else Side.NEED


class Kind(StrEnum):
    """What it is about, "" where nobody said."""

    ANY = ""
    SPACE = "space"
    DEVICE = "device"
    MENTOR = "mentor"
    OTHER = "other"


class State(StrEnum):
    """Whether it hangs, was taken, was ended or ran out, or was removed by a moderator."""

    OPEN = "open"
    TAKEN = "taken"
    OVER = "over"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Slip:
    """A need or an offer. `id` counts within the community; 0 before it is stored.

    `author` is named to nobody but to whom both want to be introduced. `asked` says that the author was asked whether
    it hangs on after `ends_at`.
    """

    community: int
    id: int
    side: Side
    text: str
    author: int
    at: datetime
    ends_at: datetime
    tags: tuple[str, ...] = ()
    kind: Kind = Kind.ANY
    state: State = State.OPEN
    asked: bool = False

    @property
    def name(self) -> str:
        """How it is called: B4, for board."""
        return f"B{self.id}"

    @property
    def title(self) -> str:
        """Its first words in one line, at most `LONGEST_TITLE` characters."""
        return shorten(" ".join(self.text.replace("```", " ").split()), LONGEST_TITLE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people who may help each other: `host` wrote the slip; `guest` wrote the `other` one, or just answered (0).

    Each learns the other's name once both agreed to it.
    """

    community: int
    id: int
    slip: int
    other: int
    host: int
    guest: int
    host_agrees: bool = False
    guest_agrees: bool = False

    @property
    def is_agreed(self) -> bool:
        """Whether both want to be introduced."""
        return self.host_agrees and self.guest_agrees

    def agrees(self, person: int) -> bool:
        """Whether that one of the two wants it."""
        return self.host_agrees if person == self.host else self.guest_agrees

    def partner(self, person: int) -> int:
        """The other one of the two."""
        return self.guest if person == self.host else self.host


class Step(StrEnum):
    """What becomes of an open slip by itself."""

    ASK = "ask"
    END = "end"


def next_step(slip: Slip) -> tuple[Step, datetime]:
    """What happens next to an open slip, and when."""
    return (Step.END, slip.ends_at) if slip.asked else (Step.ASK, slip.ends_at - ASK_BEFORE)


_NAME = re.compile(r"b?(\d{1,8})", re.IGNORECASE | re.ASCII)


def read_name(text: str) -> int:
    """The number of the slip that "B4" names, 0 for anything else."""
    found = _NAME.fullmatch(text.strip())
    return int(found[1]) if found else 0


_COMMON = (
    "butuh membutuhkan dibutuhkan perlu memerlukan cari mencari dicari minta mohon tawar tawarkan menawarkan punya "
    "tersedia pinjam pinjamkan meminjam meminjamkan dipinjam dipinjamkan bantu membantu bantuan belajar bareng "
    "bersama siapa orang teman kelompok gratis bekas hari jam pukul pagi siang sore malam minggu bulan senin "
    "selasa rabu kamis jumat sabtu ahad besok lusa untuk buat dua tiga satu kali "
    "need needs looking search want offer offering have lend borrow help helping free used learn learning study "
    "studying group people somebody someone anyone day days week weeks month hour hours morning afternoon evening "
    "monday tuesday wednesday thursday friday saturday sunday tomorrow today one two three times can could"
)
"""What stands on most slips and says nothing of what is meant."""


def meets(slip: Slip, board: Iterable[Slip]) -> Sequence[Slip]:
    """Open slips of the other side, by other people, that fit this one; the best first, at most `MOST_MET`."""
    own = _stems(slip)
    weighed = ((_weight(slip, own, each), each) for each in board if _may_meet(slip, each))
    best = sorted(((weight, each) for weight, each in weighed if weight), key=lambda pair: (-pair[0], pair[1].id))
    return [each for _, each in best[:MOST_MET]]


def _may_meet(slip: Slip, other: Slip) -> bool:
    known = Kind.ANY not in (slip.kind, other.kind)
    return (
        other.side is slip.side.other
        and other.author != slip.author
        and State.OPEN is slip.state is other.state
        and not (known and slip.kind is not other.kind)
    )


def _weight(slip: Slip, own: frozenset[frozenset[str]], other: Slip) -> int:
    """How well both fit, 0 for not at all; a topic counts as much as two words."""
    theirs = _stems(other)
    common = sum(any(word & each for each in theirs) for word in own)
    topics = len(set(slip.tags) & set(other.tags))
    if not topics and common * SHARE < min(len(own), len(theirs)):
        return 0
    return 2 * topics + common


@cache
def _common() -> frozenset[str]:
    return frozenset(term for word in _COMMON.split() for term in terms(word))


def _stems(slip: Slip) -> frozenset[frozenset[str]]:
    """The words that say what is meant, each as its stems."""
    found = (frozenset(terms(word)) for word in words(slip.text) if len(word) > 2 and not word[0].isdigit())
    return frozenset(stems for stems in found if not stems & _common())
