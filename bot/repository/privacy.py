"""A person's data as a whole: given out, erased; and two persons who become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.privacy import Kind

Belongings = Mapping[Kind, Mapping[str, Sequence[Mapping[str, Any]]]]
"""What is somebody's: rows by kind and by table. A row has `group` (its name), instants as text in ISO 8601, and for
persons "you" or None: nobody else is in it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A thing from which somebody's words or name are gone: a question, a resource, a suggestion, a slip."""

    community: int
    thing: str
    subject: int


class Privacy(Protocol):
    """What belongs to a person, over all communities."""

    async def belongings(self, person: int) -> Belongings:
        """Everything that is stored of the person and no word of anybody else."""

    async def take(self, person: int, now: datetime) -> datetime | None:
        """Note that the person takes their data along; gives the moment from which they may again if it is too soon."""

    async def leave(self, person: int, due_at: datetime) -> None:
        """Note that the person wants to be erased then."""

    async def stay(self, person: int) -> bool:
        """Take that wish back; False if there is none any more."""

    async def leaving(self, person: int) -> datetime | None:
        """When the person will be erased, None for not at all."""

    async def overdue(self, before: datetime) -> Sequence[int]:
        """Who should have been erased before that."""

    async def erase(self, person: int) -> Sequence[Trace]:
        """Let nothing lead to the person any more; returns what must be shown and found anew."""

    async def finish(self) -> bool:
        """Erase anew who was erased, for what came in at the same moment; whether the file must be swept now."""

    async def forget(self, community: int) -> None:
        """Delete everything of a community, the community itself too."""
