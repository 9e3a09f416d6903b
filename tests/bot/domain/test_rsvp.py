"""Who has a seat: whoever said first that they come, as long as they do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rsvp import Answer, Rsvp, Seats, replied, seats

DAY = date(2026, 12, 14)
NOON = datetime(2026, 12, 13, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

taps = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(Answer)), max_size=40)
capacities = st.integers(0, 4)


def said(person: int, answer: Answer, at: int = 0) -> Rsvp:
    return Rsvp(1, 7, DAY, person, answer, NOON + at * SECOND)


def heard(choices: list[tuple[int, Answer]]) -> Mapping[int, Rsvp]:
    """What is stored after these taps, in the order in which they came."""
    found: dict[int, Rsvp] = {}
    for at, (person, answer) in enumerate(choices):
        found[person] = replied(found.get(person), said(person, answer, at))
    return found


def people(rsvps: tuple[Rsvp, ...]) -> list[int]:
    return [each.person for each in rsvps]


def test_yes_and_late_take_seats_and_maybe_and_no_do_not() -> None:
    found = seats([said(each, answer, each) for each, answer in enumerate(Answer)], 0)
    assert people(found.coming) == [0, 1]
    assert people(found.maybe) == [2]
    assert people(found.no) == [3]
    assert not found.waiting
    assert seats([], 3) == Seats()


def test_whoever_said_so_first_has_a_seat_whatever_they_said() -> None:
    found = seats([said(1, Answer.YES, 3), said(2, Answer.LATE, 1), said(3, Answer.YES, 2)], 2)
    assert people(found.coming) == [2, 3]
    assert people(found.waiting) == [1]


def test_whoever_comes_later_keeps_the_seat_and_whoever_could_not_waits_anew() -> None:
    first = said(1, Answer.YES)
    assert replied(first, said(1, Answer.LATE, 9)) == replace(first, answer=Answer.LATE)
    for answer in (Answer.NO, Answer.MAYBE):
        gone = replied(first, said(1, answer, 5))
        assert gone == said(1, answer, 5)
        assert replied(gone, said(1, Answer.YES, 9)).since == NOON + 9 * SECOND


def test_a_guest_stays_a_guest_while_they_come() -> None:
    guest = replace(said(1, Answer.YES), guest=True)
    assert replied(guest, said(1, Answer.LATE, 9)).guest


@given(taps)
def test_the_number_of_those_who_come_is_that_of_persons_whose_last_choice_is_to_come(
    choices: list[tuple[int, Answer]],
) -> None:
    last = dict(choices)
    found = seats(heard(choices).values(), 0)
    for answer in Answer:
        stored = [each for part in (found.coming, found.maybe, found.no) for each in part if each.answer is answer]
        assert sorted(people(tuple(stored))) == sorted(person for person, each in last.items() if each is answer)


@given(taps, capacities)
def test_nobody_is_lost_or_counted_twice_and_nobody_waits_while_a_seat_is_free(
    choices: list[tuple[int, Answer]], capacity: int
) -> None:
    found = seats(heard(choices).values(), capacity)
    everybody = people((*found.coming, *found.waiting, *found.maybe, *found.no))
    assert sorted(everybody) == sorted(dict(choices))
    assert not capacity or len(found.coming) <= capacity
    assert not found.waiting or len(found.coming) == capacity


@given(taps, capacities, st.integers(1, 5))
def test_whoever_has_a_seat_loses_it_to_nobody(choices: list[tuple[int, Answer]], capacity: int, person: int) -> None:
    stored = heard(choices)
    before = seats(stored.values(), capacity)
    new = replied(stored.get(person), said(person, Answer.YES, len(choices)))
    after = seats({**stored, person: new}.values(), capacity)
    assert set(people(before.coming)) <= set(people(after.coming))


@given(taps, capacities, capacities)
def test_more_seats_take_in_the_first_who_wait_and_fewer_send_the_last_back(
    choices: list[tuple[int, Answer]], one: int, other: int
) -> None:
    stored = heard(choices).values()
    few, many = seats(stored, min(one, other) or 1), seats(stored, max(one, other) or 1)
    assert [*many.coming, *many.waiting] == [*few.coming, *few.waiting]
    assert len(few.coming) <= len(many.coming)
