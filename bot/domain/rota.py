"""Who takes which duty in which week: whoever had one the longest ago comes first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.community import MODERATOR
from bot.domain.quiet import MORNING
from bot.domain.quiz import instant, local_date

WEEK = timedelta(days=7)

USEFUL_FOR = timedelta(days=4)
"""A week that could not be drawn on its Monday is still drawn until Friday morning."""

NEVER = date.min

MEMORY = 52 * WEEK
"""How far back turns are remembered when the next ones are drawn."""

MANY = 1000
"""A turn is told of by its week times this plus its duty."""


class State(StrEnum):
    """What the person who has a turn said to it; one that is offered is theirs until somebody takes it."""

    TOLD = "told"
    TAKEN = "taken"
    OFFERED = "offered"


class Reply(StrEnum):
    """What somebody said who was asked to take a turn over, or who gave it back."""

    ASKED = "asked"
    DECLINED = "declined"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Turn:
    """A duty in the week that begins on that Monday; `person` is 0 while nobody has it."""

    community: int
    week: date
    duty: int
    person: int
    state: State = State.TOLD

    @property
    def subject(self) -> int:
        """The number under which jobs and buttons know it."""
        return self.week.toordinal() * MANY + self.duty

    @property
    def is_moderator(self) -> bool:
        """Whether it is that of the moderator of the week."""
        return self.duty == MODERATOR


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def beginning(week: date, zone: str) -> datetime:
    """When a week is drawn: on its Monday, when the quiet hours of the group end."""
    return instant(week, MORNING, zone)


def next_beginning(zone: str, after: datetime) -> date:
    """The Monday of the first week that begins later than that moment."""
    week = monday(local_date(after, zone))
    return week if beginning(week, zone) > after else week + WEEK


def queue(people: Mapping[int, date], past: Iterable[Turn], away: Collection[int] = ()) -> Sequence[int]:
    """The people in the order of their turns, without those who are away.

    Where two had their last turn in the same week, the turns before that decide. `people` says since when each takes
    part. That counts like a turn: nobody comes sooner by leaving and coming back.
    """
    had = {person: [since] for person, since in people.items() if person not in away}
    for turn in past:
        if turn.person in had:
            had[turn.person].append(turn.week)
    return sorted(had, key=lambda person: (sorted(had[person], reverse=True), person))


def draw(
    duties: Sequence[int], people: Mapping[int, date], past: Sequence[Turn], week: date, away: Collection[int] = ()
) -> Mapping[int, int]:
    """The person of each small duty of that week: nobody has two, nor one in two weeks running.

    At most half of the people are drawn, so that the weeks are alike. Where that leaves duties undone, those come first
    that were done the longest ago; each person gets the one that this person had the longest ago.
    """
    resting = {turn.person for turn in past if turn.week == week - WEEK}
    waiting = queue(people, past, {*away, *resting})
    done = {duty: sorted((turn.week for turn in past if turn.duty == duty), reverse=True) for duty in duties}
    left = sorted(duties, key=done.__getitem__)[: min(len(waiting), (len(people) + 1) // 2)]
    drawn: dict[int, int] = {}
    for person in waiting[: len(left)]:
        own = {turn.duty: turn.week for turn in sorted(past, key=_week) if turn.person == person}
        duty = min(left, key=lambda each: own.get(each, NEVER))
        left.remove(duty)
        drawn[duty] = person
    return drawn


def those(past: Iterable[Turn], *, moderator: bool) -> Sequence[Turn]:
    """Only the turns as moderator of the week, or only those with small duties: one does not count for the other."""
    return [turn for turn in past if turn.is_moderator is moderator]


def _week(turn: Turn) -> date:
    return turn.week
