"""Points: an append-only double-entry ledger of contributions, and what each kind is worth to a group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.question import Answer

ALL_TIME = 0
"""Stands in place of a season for all of them together."""

POOL = 0
"""The group's own account, from which points come and to which they go back."""

_UNDO, _FIX, _JOIN, _UNION = "undo:", "fix:", "join:", "union:"

SUMS = tuple(f"{undone}{begins}" for undone in ("", _UNDO) for begins in (_FIX, _JOIN, _UNION))
"""How the causes of entries begin that only move or correct a sum: nobody contributed or gave anything by them."""


class Reason(StrEnum):
    """The kind of contribution that an entry rewards."""

    QUIZ = "quiz"
    ROUND = "round"
    ITEM = "item"
    RESOURCE = "resource"
    ANSWER = "answer"
    QUESTION = "question"
    SESSION = "session"
    THANKS = "thanks"
    FIRST = "first"


WORTH: Mapping[Reason, int] = {
    Reason.QUIZ: 1,
    Reason.ROUND: 1,
    Reason.ITEM: 2,
    Reason.RESOURCE: 3,
    Reason.ANSWER: 5,
    Reason.QUESTION: 2,
    Reason.SESSION: 5,
    Reason.THANKS: 1,
    Reason.FIRST: 3,
}
"""Points for each kind where a group has not decided otherwise. A quiz counts for finishing it, right or wrong; a live
round for taking part and once more for half of it right; an item once, when its answers have shown that it is good;
a resource once, when somebody else has verified it; an answer when somebody else accepted it; a question once, when
others found it useful; a session for leading it, if somebody else came; thanks when somebody else says them. The first
thing that a person ever does gives once more on top; being thanked is nothing of one's own doing, so it is not that.
"""

MOST_WORTH = 100
"""What a group may give for one contribution at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Points moved from `source` (the group's pool, or a person) to a person, never changed afterwards.

    `cause` is unique in the community: one cause, one entry. `subject` is the number of what was done
    (a quiz, an item), `month` is the season as `YYYYMM` in the group's zone. `by` caused it (who gave, accepted,
    judged), 0 for nobody in particular. `note` is a short reason in somebody's words, "" mostly.
    """

    community: int
    person: int
    cause: str
    reason: Reason
    amount: int
    subject: int
    month: int
    at: datetime
    source: int = POOL
    by: int = 0
    note: str = ""

    @property
    def times(self) -> int:
        """How many contributions it adds: 1, -1 where it takes one back, 0 where it only corrects a sum."""
        return 0 if self.cause.startswith(SUMS) else (self.amount > 0) - (self.amount < 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a leaderboard."""

    person: int
    name: str
    points: int


def season(at: datetime, zone: str) -> int:
    """The month of an instant in that zone, as `YYYYMM`."""
    return season_of(at.astimezone(ZoneInfo(zone)).date())


def season_of(day: date) -> int:
    """The month of a day, as `YYYYMM`."""
    return day.year * 100 + day.month


def season_before(month: int) -> int:
    """The season before that one."""
    return month - 1 if month % 100 > 1 else month - 100 + 11


def worth(community: Community, reason: Reason) -> int:
    """What a contribution of that kind is worth to that group; 0 where the group switched the kind off."""
    return community.points.worth.get(reason, WORTH[reason])


def award(
    community: Community,
    person: int,
    reason: Reason,
    cause: str,
    subject: int,
    at: datetime,
    *,
    by: int = 0,
    note: str = "",
) -> Entry:
    """The entry that gives what the kind is worth; with an amount of 0, which is not to be recorded, if it is off."""
    month = season(at, community.zone)
    amount = worth(community, reason)
    return Entry(community.id, person, cause, reason, amount, subject, month, at, by=by, note=note)


def reward(community: Community, person: int, reason: Reason, subject: int, at: datetime) -> Entry:
    """The entry that rewards this person for this subject, once."""
    return award(community, person, reason, f"{reason}:{subject}:{person}", subject, at)


def first_reward(community: Community, person: int, at: datetime) -> Entry:
    """The entry for the first contribution of this person ever."""
    return award(community, person, Reason.FIRST, f"{Reason.FIRST}:{person}", 0, at)


def item_cause(item: int) -> str:
    """What causes the reward of an item."""
    return f"{Reason.ITEM}:{item}"


def item_reward(community: Community, author: int, item: int, at: datetime) -> Entry:
    """The entry that rewards an item's author, once for each item."""
    return award(community, author, Reason.ITEM, item_cause(item), item, at)


def resource_reward(community: Community, author: int, resource: int, judge: int, at: datetime) -> Entry:
    """The entry that rewards whoever shared a resource, once however often it is verified."""
    return award(community, author, Reason.RESOURCE, f"{Reason.RESOURCE}:{resource}", resource, at, by=judge)


def answer_cause(answer: Answer) -> str:
    """What causes the reward of an answer that is accepted as it stands."""
    return f"{Reason.ANSWER}:{answer.subject}:{answer.turns}"


def answer_reward(community: Community, answer: Answer, by: int, at: datetime) -> Entry:
    """The entry for an answer that was just accepted by somebody, 0 where it must not be told by whom."""
    return award(community, answer.author, Reason.ANSWER, answer_cause(answer), answer.subject, at, by=by)


def question_reward(community: Community, author: int, question: int, at: datetime) -> Entry:
    """The entry that rewards whoever asked what others wondered too, once for each question."""
    return award(community, author, Reason.QUESTION, f"{Reason.QUESTION}:{question}", question, at)


def session_cause(subject: int, undone: int) -> str:
    """What causes the reward of leading that date, ended for the time after it was `undone` so often."""
    return f"{Reason.SESSION}:{subject}:{undone}"


def session_reward(community: Community, host: int, subject: int, undone: int, at: datetime) -> Entry:
    """The entry that rewards whoever led a date of a session, once for each date."""
    return award(community, host, Reason.SESSION, session_cause(subject, undone), subject, at)


def undo(entry: Entry, at: datetime, zone: str, *, by: int = 0, note: str = "") -> Entry:
    """The entry that takes exactly this one back, once. It counts in the season in which it is made."""
    return replace(
        entry, cause=undo_cause(entry.cause), amount=-entry.amount, month=season(at, zone), at=at, by=by, note=note
    )


def undo_cause(cause: str) -> str:
    """The cause of the entry that takes the one of that cause back."""
    return f"{_UNDO}{cause}"


def undone_cause(entry: Entry) -> str:
    """The cause of the entry that this one took back, "" for an entry that is no undo."""
    return entry.cause.removeprefix(_UNDO) if entry.cause.startswith(_UNDO) else ""


def fix(
    community: Community, person: int, reason: Reason, amount: int, number: int, at: datetime, *, by: int, note: str
) -> Entry:
    """The entry by which somebody corrects a person's points of a kind, with the reason; `number` is its own."""
    month = season(at, community.zone)
    return Entry(community.id, person, fix_cause(number), reason, amount, number, month, at, by=by, note=note)


def fix_cause(number: int) -> str:
    """The cause of the correction of that number."""
    return f"{_FIX}{number}"


def is_fix(entry: Entry) -> bool:
    """Whether somebody corrected points by it, or took such a correction back."""
    return entry.cause.replace(_UNDO, "").startswith(_FIX)


def join_cause(joining: int) -> str:
    """How the causes begin of the entries by which points go from one group to another that it joins."""
    return f"{_JOIN}{joining}"


def is_join(entry: Entry) -> bool:
    """Whether it only carries points from one group to another, or back. Its note is the name of that other group."""
    return entry.cause.replace(_UNDO, "").startswith(_JOIN)


def union_cause(union: int, reason: Reason, month: int, at: datetime, times: int) -> str:
    """What causes the entry by which a person's points, for so many contributions, go to whom the person becomes."""
    return f"{_UNION}{union}:{reason}:{month}:{int(at.timestamp())}:{times}"


def union_times(cause: str) -> int:
    """How many contributions went along by that cause; none by one that was made when they did not yet."""
    parts = cause.split(":")
    return int(parts[5]) if len(parts) == 6 else 0


def is_union(entry: Entry) -> bool:
    """Whether points came by it from a person's other account, or went back there."""
    return entry.cause.replace(_UNDO, "").startswith(_UNION)
