"""Messages that moderators keep at the top: with a label, for some time, and few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Ref

MOST_PINS = 5
"""Pins of ours in one place: what is pinned beside more than these is read by nobody."""

LONGEST_LABEL = 60
LONGEST_PIN = timedelta(days=366)


class State(StrEnum):
    """Where a pin is: the platform was asked for it, it stands, or it is gone."""

    ASKED = "asked"
    STANDS = "stands"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned message; `id` is given by the store. `until` is when it is taken down by itself, None for never.

    `label` says what it is, "" for nothing. `by` is who pinned it. A `loud` one was told to everybody.
    """

    community: int
    id: int
    at: Ref
    by: int
    since: datetime
    label: str = ""
    until: datetime | None = None
    loud: bool = False
    state: State = State.ASKED


def excess(pins: Sequence[Pin]) -> Sequence[Pin]:
    """Of a place's pins, oldest first, those that are too many."""
    return pins[: max(0, len(pins) - MOST_PINS)]
