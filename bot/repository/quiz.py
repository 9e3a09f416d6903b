"""The bank of items, and everything in which items are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.amendment import Amendment
from bot.domain.attempt import Attempt
from bot.domain.items import Item
from bot.domain.items import State as ItemState
from bot.domain.quiz import Answer, Quiz, Tally
from bot.domain.recall import Memory
from bot.domain.round import Player, Round


@dataclass(frozen=True, slots=True)
class Past:
    """An item as it was before `act` ("edit", "rekey", "approve", "retire", "restore") by that person."""

    number: int
    item: Item
    person: int
    act: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that a community keeps; `id` is the hash of its content."""

    community: int
    id: str
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on a native poll, in full: `options` are digits, "" for a vote that was taken back."""

    platform: str
    poll: str
    account: str
    name: str
    options: str
    at: datetime


class Items(Protocol):
    """A community's bank of quiz items. Where a `tag` is taken, "" means any."""

    async def add(self, item: Item, at: datetime) -> Item:
        """Store a new item; its `id` (counted per community) is given here."""

    async def add_all(self, items: Sequence[Item], at: datetime) -> Sequence[Item]:
        """Store new items of one community, in this order; the same as one by one, but quick."""

    async def some(self, community: int, items: Sequence[int]) -> Sequence[Item]:
        """These items, in this order, without those that do not exist."""

    async def page(self, community: int, tag: str, start: int, most: int) -> Sequence[Item]:
        """Active items, newest first, from the `start`-th."""

    async def count(self, community: int, tag: str) -> int:
        """How many active items there are."""

    async def list(
        self, community: int, state: ItemState, tag: str = "", author: int = 0, start: int = 0, most: int = 10_000
    ) -> Sequence[Item]:
        """Items in that state, the oldest first; `author` 0 means anybody."""

    async def save(self, item: Item) -> None:
        """Store a changed item, its tags too."""

    async def remember(self, past: Item, person: int, act: str, at: datetime) -> None:
        """Keep what an item was before that person did something to it."""

    async def history(self, community: int, item: int) -> Sequence[Past]:
        """What an item was, the newest first."""

    async def flag(self, community: int, item: int, version: int) -> bool:
        """Note that this version's key was reported as suspicious; False if it was before."""

    async def asked_at(self, community: int, tag: str) -> Mapping[int, datetime | None]:
        """The numbers of all active items with when each was last in a daily quiz."""

    async def topics(self, community: int) -> Mapping[int, Sequence[str]]:
        """The tags of every active item."""

    async def asked(self, community: int, items: Sequence[int], at: datetime) -> None:
        """Remember that these items are asked now."""

    async def tags(self, community: int) -> Sequence[str]:
        """The tags of active items, most used first."""


class Quizzes(Protocol):
    """Quizzes and their answers."""

    async def add(self, quiz: Quiz) -> Quiz | None:
        """Store a new quiz with its copies of the items; None if that day has one already."""

    async def get(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, held against being closed by another until this unit ends."""

    async def seize(self, community: int, quiz: int) -> Quiz | None:
        """The quiz of that number, once every answer on its way is in; later ones wait until this unit ends."""

    async def latest(self, community: int) -> Quiz | None:
        """The daily quiz that opened last."""

    async def newest(self, community: int, most: int) -> Sequence[Quiz]:
        """The quizzes of any kind that opened last, the newest first, none of them held."""

    async def holding(self, community: int, item: int) -> Sequence[Quiz]:
        """The quizzes that asked this item, the newest first."""

    async def amend(self, quiz: Quiz) -> None:
        """Store the quiz with a corrected key in its copies of the items."""

    async def before(self, quiz: Quiz) -> Quiz | None:
        """The quiz of the day before that one on which there was any."""

    async def close(self, quiz: Quiz, streak: int) -> None:
        """End a quiz with the group's streak: from this commit on, no answer counts."""

    async def days_between(self, community: int, after: int, before: int) -> int:
        """How many quizzes were posted on days strictly between these two (ordinals)."""

    async def answer(self, quiz: Quiz, person: int, answer: Answer, at: datetime) -> Mapping[int, str]:
        """Store an answer unless that person answered that item already.

        Returns all stored responses of the person by position, so the caller sees which answer stands.
        """

    async def retract(self, quiz: Quiz, person: int, position: int) -> None:
        """Take an answer back (a vote on a native poll)."""

    async def answers(self, community: int, quiz: int, person: int) -> Mapping[int, str]:
        """A person's stored responses by position."""

    async def all_answers(self, community: int, quiz: int) -> Mapping[int, Sequence[Answer]]:
        """Everybody's answers by person."""

    async def judge(self, quiz: Quiz, person: int, position: int, right: bool) -> None:
        """Store that an answer is judged otherwise than before."""

    async def answered(self, community: int, quiz: int, position: int) -> int:
        """How many answered that item."""

    async def results(self, community: int, since: datetime) -> Mapping[int, tuple[int, int]]:
        """By item, how many answers since then were right, and how many there were."""

    async def attempts(self, community: int, items: Sequence[int]) -> Sequence[Attempt]:
        """First attempts at these items (none given: at all), without those practised before they were asked."""

    async def tally(self, community: int, quiz: int) -> Tally:
        """The distribution of all answers."""


class Practices(Protocol):
    """Private practice rounds."""

    async def start(self, community: int, person: int, items: Sequence[int]) -> int:
        """Begin a round over these items, replacing the person's last one; returns its number."""

    async def get(self, community: int, person: int) -> tuple[int, tuple[int, ...], Mapping[int, str]] | None:
        """The person's round: its number, its items, and the responses by position."""

    async def answer(self, community: int, person: int, position: int, response: str) -> Mapping[int, str]:
        """Store the first response for that position; returns the responses by position."""


class Rounds(Protocol):
    """Live rounds: quizzes that are asked item by item."""

    async def add(self, round_: Round) -> None:
        """Store the state of a new round, whose quiz exists."""

    async def get(self, community: int, quiz: int) -> Round | None:
        """The round of that quiz, held against being turned by another until this unit ends."""

    async def seize(self, community: int, quiz: int) -> Round | None:
        """The same, once every answer on its way is in; later ones wait until this unit ends."""

    async def save(self, round_: Round) -> None:
        """Store the changed state of a round."""

    async def current(self, community: int) -> Round | None:
        """The round that has not ended, if there is one."""

    async def join(self, player: Player) -> Player:
        """Let somebody take part, once; returns what stands."""

    async def players(self, community: int, quiz: int) -> Sequence[Player]:
        """Who takes part, in the order in which they came."""

    async def sizes(self, community: int, quiz: int) -> Mapping[int, int]:
        """How many take part, by team; all in team 0 where there are none."""

    async def awaited(self, community: int, quiz: int, position: int, before: datetime, most: int) -> tuple[int, int]:
        """How many took part before that moment, and how many of these answered that item; `most` are looked at."""

    async def polling(self) -> Sequence[Round]:
        """The rounds of all communities that run with native polls: whose a poll is cannot be told by its place."""


class Recalls(Protocol):
    """What members remember of items."""

    async def get(self, community: int, person: int, item: int) -> Memory | None:
        """A member's memory of an item, held until this unit ends."""

    async def put(self, memory: Memory) -> None:
        """Store a memory."""

    async def due(self, community: int, person: int, now: datetime, most: int) -> Sequence[int]:
        """Items that are due, longest overdue first; only active ones."""

    async def count_due(self, community: int, person: int, now: datetime) -> int:
        """How many are due."""

    async def next_due(self, community: int, person: int) -> datetime | None:
        """When the next one is due."""

    async def known(self, community: int, person: int) -> Sequence[int]:
        """All items that the member has met in practice or missed."""


class Drafts(Protocol):
    """What somebody wrote and has not yet decided about: items that were read, words of a question, an amendment."""

    async def put(self, person: int, items: Sequence[Item], until: datetime) -> int:
        """Keep them for that person; returns the draft's number."""

    async def get(self, draft: int, person: int, now: datetime) -> Sequence[Item] | None:
        """The person's draft, None if it is gone or another's."""

    async def put_text(self, person: int, text: str, until: datetime) -> int:
        """Keep somebody's words alike; returns the draft's number."""

    async def get_text(self, draft: int, person: int, now: datetime) -> str | None:
        """These words, None if they are gone or another's; held, so that pressing twice uses them once."""

    async def put_amendment(self, person: int, amendment: Amendment, until: datetime) -> int:
        """Keep what somebody is about to change; returns the draft's number."""

    async def get_amendment(self, draft: int, person: int, now: datetime) -> Amendment | None:
        """The same, None if it is gone or another's; held alike."""

    async def save_amendment(self, draft: int, amendment: Amendment) -> None:
        """Keep it as it is by now; get it first."""

    async def drop(self, draft: int) -> None:
        """Forget it."""

    async def clear(self, before: datetime) -> int:
        """Forget what expired before that; returns how many."""


class Files(Protocol):
    """Pictures of items."""

    async def put(self, file: Stored) -> None:
        """Keep a file; the same content twice is one."""

    async def get(self, community: int, file: str) -> Stored | None:
        """The file of that hash."""


class Votes(Protocol):
    """Votes on native polls that we do not know yet."""

    async def put(self, vote: Vote) -> None:
        """Keep it; a later one of the same account replaces it."""

    async def wait(self, platform: str, poll: str) -> bool:
        """Whether votes on that poll are kept."""

    async def take(self, platform: str, poll: str) -> Sequence[Vote]:
        """The votes on that poll, which are then no longer kept."""

    async def clear(self, before: datetime) -> int:
        """Forget older ones; returns how many."""
