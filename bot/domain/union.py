"""Two accounts of one human: the persons behind them become one, if both agree, and can be two again for a week."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

AGREE_WITHIN = timedelta(minutes=30)
UNDO_WITHIN = timedelta(days=7)


class State(StrEnum):
    """Where it is: to be agreed on, done, done for good, or undone."""

    ASKED = "asked"
    DONE = "done"
    SETTLED = "settled"
    UNDONE = "undone"


JOINED = (State.DONE, State.SETTLED)


@dataclass(frozen=True, slots=True)
class Union:
    """`other` becomes `person`, who made the code; `id` is given by the store. `at` is when it came to this state."""

    id: int
    person: int
    other: int
    at: datetime
    person_agrees: bool = False
    other_agrees: bool = False
    state: State = State.ASKED

    @property
    def is_agreed(self) -> bool:
        """Whether both want it."""
        return self.person_agrees and self.other_agrees

    def agreed_by(self, person: int) -> "Union":
        """The same with that one's word."""
        return replace(
            self,
            person_agrees=self.person_agrees or person == self.person,
            other_agrees=self.other_agrees or person == self.other,
        )

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be agreed on."""
        return self.state is State.ASKED and now < self.at + AGREE_WITHIN

    def can_undo(self, now: datetime) -> bool:
        """Whether they can be two again."""
        return self.state is State.DONE and now < self.at + UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class Share:
    """What a person brings along in one group: points, the weight of warnings that hold, the streak."""

    community: int
    group: str
    points: int
    warnings: int
    streak: int
