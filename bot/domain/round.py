"""Live rounds: a quiz asked item by item, against the clock, everywhere in the community at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import assert_never

SECONDS = (15, 30, 60)
"""How long an item may be thought about."""

MOST_TEAMS = 4

LOBBY = timedelta(minutes=30)
"""A round that nobody starts ends after this time."""

SHOWN = timedelta(seconds=10)
"""How long an item's result stands before the next item comes."""

ON_THE_WAY = timedelta(seconds=1)
"""What was received in time may take this long to be settled; only then is the result made."""

AWAY = timedelta(seconds=30)
"""A phase that ended this long ago ended while nobody could be heard: the round waits until somebody goes on."""

FORGOTTEN = timedelta(days=1)
"""A round that waits this long for somebody to go on ends with the result so far: it would keep the next one out."""

MOST_QUIET = 2
"""After so many items in a row that nobody answered, the round stops by itself."""

EVERYBODY = 30
"""Up to so many players an item is over as soon as all have answered who were in when it was asked."""

_MILLISECOND = timedelta(milliseconds=1)


class Phase(StrEnum):
    """What a round is doing: gathering players, asking an item, showing its result, waiting, or over."""

    LOBBY = "lobby"
    ASKING = "asking"
    SHOWING = "showing"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Round:
    """The state of a live round, beside the quiz that holds its items and answers.

    `quiz` is that quiz's number, `host` the person who began it, `position` the current item's place. `seconds` are
    given for each item. `ends_at` is when the phase ends, None after the end; `rest` the milliseconds that were
    left when it was paused, 0 where the item was over. `teams` is 0 for everybody for themselves. `polls` asks
    with native polls where a platform has them. `quiet` counts items in a row that nobody answered.
    """

    community: int
    quiz: int
    host: int
    phase: Phase = Phase.LOBBY
    position: int = 0
    seconds: int = 30
    ends_at: datetime | None = None
    rest: int = 0
    teams: int = 0
    polls: bool = False
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in a round; `team` counts from 1, 0 where there are no teams."""

    community: int
    quiz: int
    person: int
    team: int
    at: datetime


class Verdict(Enum):
    """What becomes of an answer: it counts, or it came too early, too late, in a pause, or after the end."""

    COUNTS = auto()
    EARLY = auto()
    LATE = auto()
    PAUSED = auto()
    OVER = auto()


def accept(live: Round, position: int, at: datetime, *, vote: bool = False) -> Verdict:
    """What becomes of an answer to that item which was received at that moment.

    A `vote` on a native poll counts in a pause too: the clock stands, and it could not be given again.
    """
    match live.phase:
        case Phase.LOBBY:
            return Verdict.EARLY
        case Phase.ENDED:
            return Verdict.OVER
        case _ if position != live.position:
            return Verdict.LATE
        case Phase.ASKING:
            return Verdict.COUNTS if live.ends_at and at < live.ends_at else Verdict.LATE
        case Phase.PAUSED if live.rest:
            return Verdict.COUNTS if vote else Verdict.PAUSED
        case Phase.PAUSED | Phase.SHOWING:
            return Verdict.LATE
        case _:
            assert_never(live.phase)


def takes_votes(live: Round, position: int) -> bool:
    """Whether that item's native poll is to stand open."""
    if position != live.position:
        return False
    return live.phase is Phase.ASKING or (live.phase is Phase.PAUSED and live.rest > 0)


def due(live: Round) -> datetime | None:
    """When time brings the next phase, None after the end."""
    if live.ends_at is None:
        return None
    return live.ends_at + ON_THE_WAY if live.phase is Phase.ASKING else live.ends_at


def turn(live: Round, now: datetime, at: datetime, size: int, answers: int, *, everybody: bool) -> Round:
    """The round as time has made it by `now`, the very same if nothing changed.

    A phase that begins is seen from `at` on. `answers` are those to the current item, `everybody` says that nobody
    else is awaited.
    """
    ended = due(live)
    if live.phase is Phase.ASKING and everybody:
        return forward(live, at, size, answers)
    if ended is None or now < ended:
        return live
    if live.phase in (Phase.LOBBY, Phase.PAUSED):
        return stop(live)
    if now - ended > AWAY:
        return pause(live, now)
    return forward(live, at, size, answers)


def forward(live: Round, at: datetime, size: int, answers: int) -> Round:
    """The next phase, seen from `at` on: the item is asked, its result shown, the next one asked, or all is over."""
    match live.phase:
        case Phase.LOBBY:
            return _ask(live, 0, at)
        case Phase.ASKING:
            return _show(live, at, answers)
        case Phase.SHOWING:
            return _ask(live, live.position + 1, at) if live.position + 1 < size else stop(live)
        case Phase.PAUSED if live.rest:
            return replace(live, phase=Phase.ASKING, ends_at=at + live.rest * _MILLISECOND, rest=0)
        case Phase.PAUSED:
            return forward(replace(live, phase=Phase.SHOWING), at, size, answers)
        case Phase.ENDED:
            return live
        case _:
            assert_never(live.phase)


def pause(live: Round, now: datetime) -> Round:
    """Stop the clock. What was left for the item is kept; all of it, if time ran out while nobody could be heard."""
    if live.ends_at is None or live.phase not in (Phase.ASKING, Phase.SHOWING):
        return live
    rest = 0
    if live.phase is Phase.ASKING:
        whole = live.seconds * 1000
        rest = whole if now - live.ends_at > AWAY else min(whole, max(1, (live.ends_at - now) // _MILLISECOND))
    return replace(live, phase=Phase.PAUSED, ends_at=now + FORGOTTEN, rest=rest)


def stop(live: Round) -> Round:
    """The end, whatever was going on."""
    return replace(live, phase=Phase.ENDED, ends_at=None, rest=0)


def smallest(sizes: Mapping[int, int], teams: int) -> int:
    """The team for the next player: the smallest, the first of equals; 0 where there are no teams."""
    return min(range(1, teams + 1), key=lambda team: (sizes.get(team, 0), team), default=0)


def _ask(live: Round, position: int, at: datetime) -> Round:
    ends_at = at + timedelta(seconds=live.seconds)
    return replace(live, phase=Phase.ASKING, position=position, ends_at=ends_at, rest=0)


def _show(live: Round, at: datetime, answers: int) -> Round:
    shown = replace(live, phase=Phase.SHOWING, ends_at=at + SHOWN, quiet=0 if answers else live.quiet + 1)
    return stop(shown) if shown.quiet >= MOST_QUIET else shown
