"""A platform that keeps what arrives and when, and refuses nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.act import Act
from bot.chat.file import File
from bot.chat.message import Bullets, Heading, Message, Paragraph
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.chat.text import Run

HOME = "home-"
"""How the chats of private messages begin."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came: its heading, the first instant that it names, all its words, and whom it calls."""

    at: datetime
    place: Place
    message: str
    heading: str
    starts: datetime | None
    text: str
    calls: frozenset[str]
    edit: bool

    @property
    def whom(self) -> str:
        """The person or the group to whom it came."""
        return f"{self.place.platform}:{self.place.chat.removeprefix(HOME)}"


class Wire:
    """See `bot.ports.Platform`."""

    repeats_safely = False
    whispers = True
    has_polls = False
    has_events = False

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self.name = name
        self.came: list[Arrival] = []
        self._clock = clock

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        number = str(len(self.came))
        self._keep(place, number, message, edit=False)
        return Ref(place, number)

    async def edit(self, ref: Ref, message: Message) -> None:
        self._keep(ref.place, ref.message, message, edit=True)

    def _keep(self, place: Place, number: str, message: Message, *, edit: bool) -> None:
        runs = list(_runs(message))
        starts = next((run.moment for run in runs if run.moment), None)
        head = message.blocks[0]
        heading = "".join(run.text for run in head.line if isinstance(run, Run)) if isinstance(head, Heading) else ""
        calls = frozenset(f"{self.name}:{run.mention.id}" for run in runs if run.mention)
        text = "".join(run.text for run in runs)
        self.came.append(Arrival(self._clock(), place, number, heading, starts, text, calls, edit))

    async def delete(self, ref: Ref) -> None: ...

    async def fetch(self, file: File, most: int) -> bytes:
        return b""

    async def role(self, place: Place, account: Account) -> Role:
        return Role.MEMBER

    async def power(self, place: Place, account: Account | None) -> Power:
        return Power(Role.MEMBER, here=True)

    async def act(self, place: Place, act: Act, key: str) -> str:
        return ""

    async def private(self, account: Account) -> Place:
        return Place(self.name, HOME + account.id)

    def invite(self) -> str:
        return ""

    def link(self, ref: Ref) -> str:
        return ""


def _runs(message: Message) -> Iterator[Run]:
    for block in message.blocks:
        lines = block.items if isinstance(block, Bullets) else (block.line,) if hasattr(block, "line") else ()
        assert isinstance(block, Bullets | Heading | Paragraph), block
        for line in lines:
            yield from (run for run in line if isinstance(run, Run))
