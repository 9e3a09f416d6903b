"""Points: an append-only double-entry ledger of contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.question import Answer


class Reason(StrEnum):
    """The kind of contribution that an entry rewards."""

    QUIZ = "quiz"
    ROUND = "round"
    ITEM = "item"
    RESOURCE = "resource"
    ANSWER = "answer"
    QUESTION = "question"


WORTH: Mapping[Reason, int] = {
    Reason.QUIZ: 1,
    Reason.ROUND: 1,
    Reason.ITEM: 2,
    Reason.RESOURCE: 3,
    Reason.ANSWER: 5,
    Reason.QUESTION: 2,
}
"""Points for each kind. A quiz counts for finishing it, right or wrong; a live round for taking part and once more for
half of it right; an item once, when its answers have shown that it is good; a resource once, when
somebody else has verified it; an answer when somebody else accepted it; a question once, when others found it useful.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Points moved from the group's pool to a person, never changed afterwards.

    `cause` is unique in the community: one cause, one entry. `subject` is the number of what was done
    (a quiz, an item), `month` is the season as `YYYYMM` in the group's zone.
    """

    community: int
    person: int
    cause: str
    reason: Reason
    amount: int
    subject: int
    month: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a leaderboard."""

    person: int
    name: str
    points: int


def season(at: datetime, zone: str) -> int:
    """The month of an instant in that zone, as `YYYYMM`."""
    local = at.astimezone(ZoneInfo(zone))
    return local.year * 100 + local.month


def reward(community: int, person: int, reason: Reason, subject: int, at: datetime, zone: str) -> Entry:
    """The entry that rewards this person for this subject, once."""
    cause = f"{reason}:{subject}:{person}"
    return Entry(community, person, cause, reason, WORTH[reason], subject, season(at, zone), at)


def item_reward(community: int, author: int, item: int, at: datetime, zone: str) -> Entry:
    """The entry that rewards an item's author, once for each item."""
    worth = WORTH[Reason.ITEM]
    return Entry(community, author, f"{Reason.ITEM}:{item}", Reason.ITEM, worth, item, season(at, zone), at)


def resource_reward(community: int, author: int, resource: int, at: datetime, zone: str) -> Entry:
    """The entry that rewards whoever shared a resource, once however often it is verified."""
    cause, worth = f"{Reason.RESOURCE}:{resource}", WORTH[Reason.RESOURCE]
    return Entry(community, author, cause, Reason.RESOURCE, worth, resource, season(at, zone), at)


def answer_reward(answer: Answer, at: datetime, zone: str) -> Entry:
    """The entry for an answer that was just accepted, or (if it no longer is) the one that takes it back."""
    worth = WORTH[Reason.ANSWER] if answer.accepted else -WORTH[Reason.ANSWER]
    cause = f"{Reason.ANSWER}:{answer.subject}:{answer.turns}"
    return Entry(answer.community, answer.author, cause, Reason.ANSWER, worth, answer.subject, season(at, zone), at)


def question_reward(community: int, author: int, question: int, at: datetime, zone: str) -> Entry:
    """The entry that rewards whoever asked what others wondered too, once for each question."""
    cause, worth = f"{Reason.QUESTION}:{question}", WORTH[Reason.QUESTION]
    return Entry(community, author, cause, Reason.QUESTION, worth, question, season(at, zone), at)
