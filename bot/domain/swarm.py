"""Accounts that came together and do nothing but collect the daily quiz's points: for organisers to look at."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from bot.domain.people import Member
from bot.domain.points import Entry, Reason

LEAST = 5
"""So many make a swarm: fewer who join on one day and only play are a group of friends."""

TOGETHER = timedelta(days=1)

_IDLE = frozenset({Reason.QUIZ, Reason.FIRST})


def only_quiz(entries: Iterable[Entry]) -> set[int]:
    """Persons all of whose entries are for finished daily quizzes."""
    reasons: dict[int, set[Reason]] = defaultdict(set)
    for entry in entries:
        reasons[entry.person].add(entry.reason)
    return {person for person, kinds in reasons.items() if kinds <= _IDLE}


def swarm(members: Iterable[Member]) -> tuple[int, ...]:
    """The largest number of these people who joined within one day, if there are enough to be remarkable."""
    dated = sorted(((each.since, each.person) for each in members if each.since), key=lambda pair: pair)
    best: list[int] = []
    for start, (since, _) in enumerate(dated):
        together = [person for at, person in dated[start:] if at - since <= TOGETHER]
        best = max(best, together, key=len)
    return tuple(best) if len(best) >= LEAST else ()
