"""Who leads is drawn fairly: over eight weeks nobody leads twice before everybody did once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.host import Host, State, Turn, queue

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def turn(person: int, day: date, state: State = State.TAKEN) -> Turn:
    return Turn(1, 1, day, person, state, NOW)


@given(st.integers(1, 12), st.integers(1, 3), st.data())
def test_over_eight_weeks_all_lead_equally_often(people: int, a_week: int, data: st.DataObject) -> None:
    hosts = [Host(1, person, MONDAY - timedelta(days=person % 5)) for person in range(1, people + 1)]
    turns: list[Turn] = []
    for number in range(8 * a_week):
        day = MONDAY + timedelta(days=number * 7 // a_week)
        shuffled = data.draw(st.permutations(hosts))
        turns.append(turn(queue(shuffled, turns, day, "", ())[0], day))
    counts = Counter(each.person for each in turns)
    assert max(counts.values()) - min(counts[host.person] for host in hosts) <= 1


def test_whoever_skipped_is_no_worse_off_and_stays_first() -> None:
    hosts = [Host(1, 1, MONDAY), Host(1, 2, MONDAY)]
    turns = [turn(1, MONDAY, State.SKIPPED), turn(2, MONDAY)]
    assert list(queue(hosts, turns, MONDAY + timedelta(days=7), "", ())) == [1, 2]
    assert list(queue(hosts, turns, MONDAY, "", {1})) == [2]


def test_among_equals_whoever_knows_the_topic_comes_first() -> None:
    hosts = [Host(1, 1, MONDAY), Host(1, 2, MONDAY, ("Aljabar",))]
    assert list(queue(hosts, [], MONDAY, "aljabar", ())) == [2, 1]
    assert list(queue(hosts, [turn(2, MONDAY)], MONDAY, "aljabar", ())) == [1, 2]


def test_joining_again_gives_no_turn_sooner() -> None:
    old = Host(1, 1, MONDAY - timedelta(days=90))
    new = Host(1, 2, MONDAY)
    assert list(queue([new, old], [], MONDAY, "", ())) == [1, 2]


def test_turns_of_long_ago_are_forgotten() -> None:
    hosts = [Host(1, 1, MONDAY), Host(1, 2, MONDAY)]
    long_ago = turn(1, MONDAY - timedelta(weeks=9))
    assert list(queue(hosts, [long_ago], MONDAY, "", ())) == [1, 2]
