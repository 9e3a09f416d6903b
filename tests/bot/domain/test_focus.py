"""A focus timer against somebody who looks at the clock every minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.places import Place
from bot.domain.focus import REST, ROUNDS, WORK, Focus, Focuser, Part, phase, worked

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

focuses = st.builds(
    lambda work, rest, rounds: Focus(1, 1, Place("telegram", "g"), 7, START, work, rest, rounds),
    st.integers(*WORK),
    st.integers(*REST),
    st.integers(*ROUNDS),
)


def walk(focus: Focus) -> list[tuple[Part, int]]:
    """What goes on in each minute, by counting them off one after the other."""
    minutes: list[tuple[Part, int]] = []
    for number in range(1, focus.rounds + 1):
        minutes += [(Part.WORK, number)] * focus.work
        if number < focus.rounds:
            minutes += [(Part.REST, number)] * focus.rest
    return minutes


@given(focuses)
def test_every_minute_is_work_or_a_break_and_then_it_is_over(focus: Focus) -> None:
    minutes = walk(focus)
    assert focus.ends_at == START + len(minutes) * MINUTE
    for number, expected in enumerate(minutes):
        now = phase(focus, START + number * MINUTE)
        assert (now.part, now.round) == expected
        changes = next((n for n in range(number, len(minutes)) if minutes[n] != expected), len(minutes))
        assert now.until == START + changes * MINUTE
    assert phase(focus, focus.ends_at).part is Part.OVER


@given(focuses, st.data())
def test_only_work_counts_from_joining_to_leaving(focus: Focus, data: st.DataObject) -> None:
    minutes = walk(focus)
    joined, left = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(minutes) + 30)])))
    member = Focuser(1, 1, 7, START + joined * MINUTE, seconds=120)
    done = sum(part is Part.WORK for part, _ in minutes[joined:left])
    assert worked(focus, member, START + left * MINUTE) == (2 + done) * MINUTE


def test_a_timer_that_was_stopped_is_over_and_counts_until_then() -> None:
    stopped = Focus(1, 1, Place("telegram", "g"), 7, START, ended_at=START + 10 * MINUTE, over=True)
    assert phase(stopped, START + 5 * MINUTE).part is Part.OVER
    assert worked(stopped, Focuser(1, 1, 7, START), START + 60 * MINUTE) == 10 * MINUTE


def test_whoever_left_keeps_what_was_worked() -> None:
    focus = Focus(1, 1, Place("telegram", "g"), 7, START)
    assert worked(focus, Focuser(1, 1, 7, None, seconds=90), START + 60 * MINUTE) == timedelta(seconds=90)
