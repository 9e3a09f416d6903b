"""Turns are fair: over a year, whoever comes, goes, skips or swaps."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.domain.community import MODERATOR
from bot.domain.rota import NEVER, WEEK, Turn, beginning, draw, monday, next_beginning, queue, those

FIRST = date(2026, 11, 23)
DUTIES = [1, 2, 3, 4, 5]


class Year:
    """A group that lives through the weeks of a year."""

    def __init__(self, people: int, duties: int = 5) -> None:
        self.duties = DUTIES[:duties]
        self.people = dict.fromkeys(range(1, people + 1), FIRST - WEEK)
        self.past: list[Turn] = []
        self.had: Counter[int] = Counter()
        self.weeks: list[dict[int, int]] = []

    @property
    def week(self) -> date:
        return FIRST + len(self.weeks) * WEEK

    def passes(self, away: frozenset[int] = frozenset(), swap: tuple[int, int] | None = None) -> dict[int, int]:
        """Draw a week without those who skip; with a swap, the one who is drawn gives the turn to the other."""
        drawn = dict(draw(self.duties, self.people, self.past, self.week, away))
        if swap:
            drawn = {duty: swap[1] if person == swap[0] else person for duty, person in drawn.items()}
        for duty, person in drawn.items():
            self.past.append(Turn(1, self.week, duty, person))
            self.had[person] += 1
        self.weeks.append(drawn)
        return drawn

    def spread(self, *people: int) -> int:
        counts = [self.had[person] for person in people or self.people]
        return max(counts) - min(counts)


@pytest.mark.parametrize("people", [1, 2, 5, 7, 10, 23, 60])
@pytest.mark.parametrize("duties", [1, 3, 5])
def test_over_a_year_everybody_has_as_many_turns(people: int, duties: int) -> None:
    year = Year(people, duties)
    for _ in range(52):
        drawn = year.passes()
        assert len(set(drawn.values())) == len(drawn), "nobody has two duties"
        assert set(drawn.values()) <= set(year.people)
    assert year.spread() <= 1
    for before, after in zip(year.weeks, year.weeks[1:], strict=False):
        assert not set(before.values()) & set(after.values()), "nobody has two weeks in a row"


def test_over_a_year_every_duty_is_done_as_often_and_everybody_sees_all() -> None:
    year = Year(6)
    for _ in range(52):
        year.passes()
    done = Counter(duty for week in year.weeks for duty in week)
    assert max(done.values()) - min(done.values()) <= 1
    seen = {
        person: {duty for duty, each in ((turn.duty, turn.person) for turn in year.past) if each == person}
        for person in year.people
    }
    assert all(len(duties) >= 4 for duties in seen.values())


def test_few_people_leave_undone_what_was_done_last() -> None:
    year = Year(2)
    first = set(year.passes())
    year.passes()
    assert not first & set(year.passes())


def test_who_skips_comes_first_next_week_and_loses_nothing() -> None:
    year = Year(12, 3)
    rng = Random(4)
    for _ in range(52):
        planned = [*draw(year.duties, year.people, year.past, year.week).values()]
        skips = frozenset(person for person in planned if rng.random() < 0.2)
        year.passes(skips)
        resting = {turn.person for turn in year.past if turn.week == year.week - WEEK}
        assert skips <= set(draw(year.duties, year.people, year.past, year.week).values()) | resting
    assert year.spread() <= 2


def test_who_gave_a_turn_away_is_first_again_and_who_took_it_has_had_theirs() -> None:
    year = Year(6, 1)
    (drawn,) = draw(year.duties, year.people, year.past, year.week).values()
    taker = queue(year.people, year.past, {drawn})[-1]
    year.passes(swap=(drawn, taker))
    assert [*year.passes().values()] == [drawn]
    for _ in range(3 * 6 - 2):
        year.passes()
    assert year.spread() == 0


def test_over_a_year_with_swaps_nobody_is_worse_off() -> None:
    year, rng = Year(9, 2), Random(11)
    for _ in range(52):
        (person, *_) = draw(year.duties, year.people, year.past, year.week).values()
        free = [each for each in queue(year.people, year.past) if each not in draw(
            year.duties, year.people, year.past, year.week).values()]  # fmt: skip
        year.passes(swap=(person, rng.choice(free[:2])) if rng.random() < 0.3 else None)
    assert year.spread() <= 2


def test_who_joins_comes_after_those_who_waited_and_is_then_like_everybody() -> None:
    year = Year(6, 2)
    for _ in range(20):
        year.passes()
    year.people[7] = year.week
    before = year.had.copy()
    waiting = queue(year.people, year.past)
    assert waiting.index(7) >= 5 - 1
    for _ in range(32):
        year.passes()
    gained = [year.had[person] - before[person] for person in year.people]
    assert max(gained) - min(gained) <= 1


def test_who_leaves_is_drawn_no_more_and_gains_nothing_by_coming_back() -> None:
    year = Year(5, 1)
    for _ in range(3):
        year.passes()
    gone = queue(year.people, year.past)[0]
    del year.people[gone]
    assert gone not in year.passes().values()
    year.people[gone] = year.week
    assert queue(year.people, year.past)[-1] == gone


def test_a_year_of_coming_and_going_is_fair_to_those_who_stay() -> None:
    year, rng = Year(8, 3), Random(2)
    for week in range(52):
        if week % 5 == 2:
            year.people[100 + week] = year.week
        if week % 7 == 3 and len(year.people) > 8:
            del year.people[max(year.people)]
        skips = frozenset(person for person in year.people if rng.random() < 0.1)
        year.passes(skips)
    assert year.spread(*range(1, 9)) <= 2


def test_turns_as_moderator_do_not_count_for_small_duties() -> None:
    past = [Turn(1, FIRST, MODERATOR, 1), Turn(1, FIRST - 3 * WEEK, 2, 1), Turn(1, FIRST - 2 * WEEK, 2, 2)]
    assert queue(dict.fromkeys((1, 2), NEVER), those(past, moderator=False)) == [1, 2]
    assert queue(dict.fromkeys((1, 2), NEVER), those(past, moderator=True)) == [2, 1]


def test_a_week_begins_on_monday_when_the_night_is_over() -> None:
    assert monday(date(2026, 11, 29)) == FIRST == monday(FIRST)
    assert beginning(FIRST, "Asia/Jayapura") == datetime(2026, 11, 22, 21, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"])
def test_every_week_of_a_year_begins_once(zone: str) -> None:
    at, weeks = datetime(2026, 11, 22, 12, tzinfo=UTC), []
    for _ in range(60):
        weeks.append(next_beginning(zone, at))
        at = beginning(weeks[-1], zone)
    assert weeks == [weeks[0] + number * WEEK for number in range(60)]
    assert next_beginning(zone, at - timedelta(seconds=1)) == weeks[-1]
