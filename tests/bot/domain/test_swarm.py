"""Accounts that came together and only collect the daily quiz's points."""

from datetime import UTC, datetime, timedelta

from bot.domain.people import Member
from bot.domain.points import Entry, Reason
from bot.domain.swarm import LEAST, only_quiz, swarm

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def entry(person: int, reason: Reason) -> Entry:
    return Entry(1, person, f"{reason}:{person}", reason, 1, 1, 202611, NOW)


def came(person: int, hours: float) -> Member:
    return Member(1, person, since=NOW + timedelta(hours=hours))


def test_whoever_did_anything_else_is_no_part_of_it() -> None:
    found = only_quiz([entry(1, Reason.QUIZ), entry(1, Reason.FIRST), entry(2, Reason.QUIZ), entry(2, Reason.ANSWER)])
    assert found == {1}


def test_those_who_came_within_a_day_are_one_swarm() -> None:
    together = [came(person, person / 10) for person in range(1, LEAST + 1)]
    strays = [came(90, -60), came(91, 60), Member(1, 92)]
    assert set(swarm([*strays, *together])) == set(range(1, LEAST + 1))


def test_a_few_friends_are_none() -> None:
    assert swarm([came(person, 0) for person in range(LEAST - 1)]) == ()
    assert swarm([came(person, person * 30) for person in range(20)]) == ()
