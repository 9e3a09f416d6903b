"""Questions, their answers, votes and helpers; and the entries that come of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.faq import Faq
from bot.domain.question import Answer, Count, Question, Wish


class Questions(Protocol):
    """The questions of a community. Whose an anonymous one is comes out by `is_owner` and `owner` alone."""

    async def add(self, question: Question, owner: int) -> Question:
        """Store a new one; its `id` is given here. `owner` asked it, also where its author is not named."""

    async def save(self, question: Question) -> None:
        """Store a changed one, its topics too."""

    async def get(self, community: int, question: int) -> Question | None:
        """The question of that number."""

    async def hold(self, community: int, question: int) -> Question | None:
        """The same, held against being changed by another until this unit ends."""

    async def is_owner(self, community: int, question: int, person: int) -> bool:
        """Whether that person asked it: for rights."""

    async def owner(self, community: int, question: int) -> int:
        """Who asked it: only to tell that person something; 0 if there is no such question."""

    async def asked_since(self, community: int, person: int, since: datetime) -> int:
        """How many questions that person asked from then on."""

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Question]:
        """Those that fit, the newest first."""

    async def some(self, community: int, questions: Sequence[int]) -> Sequence[Question]:
        """Those of these numbers that exist, in the order of their numbers."""

    async def unanswered(self, community: int, most: int) -> Sequence[Question]:
        """Open ones without an answer, the oldest first."""

    async def repeats(self, community: int, question: int) -> Sequence[int]:
        """The numbers of those that repeat this one."""

    async def tags(self, community: int) -> Sequence[str]:
        """The topics of what was asked last, most used first."""

    async def mute(self, community: int, question: int, until: datetime) -> None:
        """Let whoever asked this one ask nothing anonymously until then; a longer time that was set before stands."""

    async def muted_until(self, community: int, person: int) -> datetime | None:
        """Until when that person may ask nothing anonymously."""

    async def add_answer(self, answer: Answer) -> Answer:
        """Store a new answer; its `number` is given here. Hold the question first."""

    async def save_answer(self, answer: Answer) -> None:
        """Store a changed one."""

    async def answer(self, community: int, question: int, number: int) -> Answer | None:
        """The answer of that number, a withdrawn one too."""

    async def answers(self, community: int, question: int) -> Sequence[Answer]:
        """Those that were not withdrawn, the oldest first."""

    async def counts(self, community: int, questions: Sequence[int]) -> Mapping[int, Count]:
        """How many answers each of these has, withdrawn ones not counted."""

    async def vote(self, community: int, question: int, answer: int, person: int, at: datetime) -> bool:
        """That person finds this answer (0: the question itself) useful; False if they said so before."""

    async def unvote(self, community: int, question: int, answer: int, person: int) -> bool:
        """Take it back; False if it was not said."""

    async def votes(self, community: int, question: int) -> Mapping[int, int]:
        """How many people find each answer (0: the question itself) useful; one without votes may be missing."""

    async def voted(self, community: int, question: int, person: int) -> frozenset[int]:
        """Which answers (0: the question itself) that person finds useful."""

    async def help_with(self, community: int, person: int, topic: str, at: datetime) -> None:
        """Let that person hear of questions about this topic, "" for all of them. Who was asked to help is asked
        again the later: a new helper counts as asked at that moment, an old one keeps theirs.
        """

    async def help_no_more(self, community: int, person: int, topic: str) -> None:
        """End that."""

    async def helps_with(self, community: int, person: int) -> Sequence[str]:
        """The topics of which that person wants to hear, in alphabetical order."""

    async def call_helpers(
        self, community: int, question: int, topics: Sequence[str], rested: datetime, most: int, at: datetime
    ) -> Sequence[int]:
        """Choose helpers for this question: of one of these topics or of all, last asked before `rested`, neither its
        owner nor asked about it before nor among those who answered it; those asked the longest ago first.

        From this unit on they count as asked at that moment.
        """


class Faqs(Protocol):
    """What a group answers again and again."""

    async def add(self, faq: Faq) -> Faq:
        """Store a new entry; its `id` is given here."""

    async def save(self, faq: Faq) -> None:
        """Store a changed one."""

    async def drop(self, community: int, faq: int) -> None:
        """Remove it; its number is not given again."""

    async def get(self, community: int, faq: int) -> Faq | None:
        """The entry of that number, held until this unit ends."""

    async def all(self, community: int) -> Sequence[Faq]:
        """All entries, by their main names."""
