"""Who leads which date of a session: whoever led least in the last eight weeks comes first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SPAN = timedelta(weeks=8)
"""So far back, and ahead, turns are counted."""

DRAWN_AHEAD = timedelta(days=7)
"""So long before a date its host is drawn, to have time to prepare."""

PREPARED_AHEAD = timedelta(days=1)
"""So long before a date its host gets a draft of the agenda."""

MOST_TOPICS = 5


class State(StrEnum):
    """What somebody said to a turn: nothing yet, yes, no, to be swapped, or it was asked of them to take it over."""

    DRAWN = "drawn"
    TAKEN = "taken"
    SKIPPED = "skipped"
    OFFERED = "offered"
    ASKED = "asked"
    DECLINED = "declined"

    @property
    def leads(self) -> bool:
        """Whether the turn is that person's."""
        return self in (State.DRAWN, State.TAKEN, State.OFFERED)


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who leads sessions in turn since that day, and about what, if they said so."""

    community: int
    person: int
    since: date
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person has to do with the lead of one date."""

    community: int
    series: int
    day: date
    person: int
    state: State
    at: datetime


def queue(hosts: Iterable[Host], turns: Iterable[Turn], day: date, topic: str, away: Collection[int]) -> Sequence[int]:
    """The hosts in the order in which they are asked to lead that day, without those who are away.

    Fewest turns within `SPAN` of the day come first, then whoever knows the topic, then whose last turn is the
    longest ago. Nobody comes sooner by leaving and coming back: the day of joining counts like a turn.
    """
    had: dict[int, list[date]] = {}
    for turn in turns:
        if turn.state.leads and abs(turn.day - day) <= SPAN:
            had.setdefault(turn.person, []).append(turn.day)
    wanted = topic.casefold()

    def order(host: Host) -> tuple[int, bool, date, int]:
        days = had.get(host.person, [])
        knows = bool(wanted) and any(each.casefold() == wanted for each in host.topics)
        return len(days), not knows, max([host.since, *days]), host.person

    return [host.person for host in sorted(hosts, key=order) if host.person not in away]
