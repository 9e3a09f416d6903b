"""The rules of a live round: what counts, what time brings, and that it only ever goes forward."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.round import (
    AWAY,
    FORGOTTEN,
    LOBBY,
    MOST_QUIET,
    ON_THE_WAY,
    SHOWN,
    Phase,
    Round,
    Verdict,
    accept,
    due,
    forward,
    pause,
    smallest,
    stop,
    takes_votes,
    turn,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SIZE = 3
MOMENT = timedelta(milliseconds=1)


def lobby() -> Round:
    return Round(1, 1, 7, ends_at=NOW + LOBBY)


def asking(position: int = 0) -> Round:
    return replace(lobby(), phase=Phase.ASKING, position=position, ends_at=NOW + timedelta(seconds=30))


def turned(live: Round, now: datetime, answers: int = 1, *, everybody: bool = False) -> Round:
    return turn(live, now, now, SIZE, answers, everybody=everybody)


def test_a_round_is_started_asked_shown_and_ended_item_by_item() -> None:
    live, seen = lobby(), []
    while live.phase is not Phase.ENDED:
        live = forward(live, NOW, SIZE, 1)
        seen.append((live.phase, live.position))
    each = [(phase, position) for position in range(SIZE) for phase in (Phase.ASKING, Phase.SHOWING)]
    assert seen == [*each, (Phase.ENDED, SIZE - 1)]
    assert forward(live, NOW, SIZE, 1) == live


def test_an_answer_counts_until_the_very_end_and_not_in_it() -> None:
    live = asking()
    assert live.ends_at
    assert accept(live, 0, live.ends_at - MOMENT) is Verdict.COUNTS
    assert accept(live, 0, live.ends_at) is Verdict.LATE
    assert accept(live, 1, NOW) is Verdict.LATE


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [
        (Phase.LOBBY, Verdict.EARLY),
        (Phase.SHOWING, Verdict.LATE),
        (Phase.PAUSED, Verdict.LATE),
        (Phase.ENDED, Verdict.OVER),
    ],
)
def test_outside_of_the_asking_nothing_counts(phase: Phase, verdict: Verdict) -> None:
    for vote in (False, True):
        assert accept(replace(asking(), phase=phase), 0, NOW, vote=vote) is verdict


def test_a_pause_keeps_what_was_left_and_going_on_gives_it_back() -> None:
    paused = pause(asking(), NOW + timedelta(seconds=10))
    assert (paused.phase, paused.rest) == (Phase.PAUSED, 20_000)
    assert accept(paused, 0, NOW) is Verdict.PAUSED
    assert accept(paused, 0, NOW, vote=True) is Verdict.COUNTS, "it could not be given again"
    later = NOW + timedelta(hours=5)
    again = forward(paused, later, SIZE, 0)
    assert (again.phase, again.position, again.ends_at) == (Phase.ASKING, 0, later + timedelta(seconds=20))


def test_after_a_pause_at_a_result_the_next_item_is_asked() -> None:
    shown = forward(asking(), NOW, SIZE, 1)
    paused = pause(shown, NOW + timedelta(seconds=2))
    assert not takes_votes(paused, 0)
    assert accept(paused, 0, NOW, vote=True) is Verdict.LATE
    assert forward(paused, NOW, SIZE, 1).position == 1
    assert forward(pause(forward(asking(SIZE - 1), NOW, SIZE, 1), NOW), NOW, SIZE, 1).phase is Phase.ENDED


def test_a_pause_that_everybody_forgot_ends_the_round() -> None:
    for live in (asking(), forward(asking(), NOW, SIZE, 1)):
        paused = pause(live, NOW)
        assert due(paused) == NOW + FORGOTTEN
        assert turned(paused, NOW + FORGOTTEN - MOMENT) == paused
        assert turned(paused, NOW + FORGOTTEN + 100 * AWAY).phase is Phase.ENDED


def test_a_pause_gives_no_more_time_than_there_was() -> None:
    before = replace(asking(), ends_at=NOW + timedelta(seconds=33))  # the card may be edited a little later
    assert pause(before, NOW).rest == 30_000
    in_the_last_second = pause(asking(), NOW + timedelta(seconds=30, milliseconds=500))
    assert in_the_last_second.rest == 1


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.PAUSED, Phase.ENDED])
def test_only_what_runs_can_be_paused(phase: Phase) -> None:
    live = replace(asking(), phase=phase)
    assert pause(live, NOW) == live


def test_time_turns_nothing_before_answers_on_their_way_have_come() -> None:
    live = asking()
    assert live.ends_at
    assert due(live) == live.ends_at + ON_THE_WAY
    assert turned(live, live.ends_at + ON_THE_WAY - MOMENT) == live
    shown = turned(live, live.ends_at + ON_THE_WAY)
    assert shown.phase is Phase.SHOWING
    assert shown.ends_at == live.ends_at + ON_THE_WAY + SHOWN


def test_when_all_have_answered_nobody_waits_for_the_clock() -> None:
    assert turned(asking(), NOW, everybody=True).phase is Phase.SHOWING
    shown = turned(asking(), NOW, everybody=True)
    assert turned(shown, NOW, everybody=True) == shown, "but the result stands as long as ever"


def test_two_items_in_a_row_without_answers_stop_the_round() -> None:
    live = forward(asking(), NOW, SIZE, 0)
    assert (live.phase, live.quiet) == (Phase.SHOWING, 1)
    answered = forward(forward(live, NOW, SIZE, 0), NOW, SIZE, 1)
    assert answered.quiet == 0
    ended = forward(forward(live, NOW, SIZE, 0), NOW, SIZE, 0)
    assert (ended.phase, ended.quiet) == (Phase.ENDED, MOST_QUIET)


def test_a_lobby_that_nobody_starts_ends() -> None:
    assert turned(lobby(), NOW + LOBBY - MOMENT) == lobby()
    assert turned(lobby(), NOW + LOBBY).phase is Phase.ENDED
    assert turned(lobby(), NOW + LOBBY + 100 * AWAY).phase is Phase.ENDED


def test_time_that_ran_out_while_we_were_away_is_given_back() -> None:
    live = asking()
    assert live.ends_at
    paused = turned(live, live.ends_at + ON_THE_WAY + AWAY + MOMENT)
    assert (paused.phase, paused.rest) == (Phase.PAUSED, 30_000)
    shown = forward(asking(), NOW, SIZE, 1)
    assert shown.ends_at
    waiting = turned(shown, shown.ends_at + AWAY + MOMENT)
    assert (waiting.phase, waiting.rest) == (Phase.PAUSED, 0)


def test_a_new_player_joins_the_smallest_team() -> None:
    assert smallest({}, 0) == 0
    assert smallest({}, 3) == 1
    assert smallest({1: 2, 2: 1}, 2) == 2
    assert smallest({1: 2, 2: 1}, 3) == 3


ORDER = {Phase.ASKING: 0, Phase.PAUSED: 0, Phase.SHOWING: 1}


class Play(RuleBasedStateMachine):
    """Anything that people and time may do, with the answers kept as the store keeps them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.live = lobby()
        self.answers: dict[tuple[int, int], datetime] = {}
        self.announced: dict[int, frozenset[int]] = {}
        self.reached = (-1, 0)

    def counted(self) -> int:
        return sum(position == self.live.position for _, position in self.answers)

    def becomes(self, new: Round) -> None:
        old, self.live = self.live, new
        if takes_votes(old, old.position) and new.phase in (Phase.SHOWING, Phase.ENDED):
            people = frozenset(person for person, position in self.answers if position == old.position)
            assert old.position not in self.announced, "a result is announced once"
            self.announced[old.position] = people

    @rule(seconds=st.one_of(st.integers(0, 12), st.integers(0, 4000)))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(everybody=st.booleans())
    def clock_turns(self, everybody: bool) -> None:
        self.becomes(turn(self.live, self.now, self.now, SIZE, self.counted(), everybody=everybody))

    @rule()
    def next_is_pressed(self) -> None:
        self.becomes(forward(self.live, self.now, SIZE, self.counted()))

    @rule()
    def pause_is_pressed(self) -> None:
        self.becomes(pause(self.live, self.now))

    @precondition(lambda self: self.live.phase is not Phase.LOBBY)
    @rule(often=st.integers(0, 9))
    def stop_is_pressed(self, often: int) -> None:
        if not often:
            self.becomes(stop(self.live))

    @rule(person=st.integers(1, 4), position=st.integers(0, SIZE - 1), late=st.integers(0, 900))
    def somebody_answers(self, person: int, position: int, late: int) -> None:
        """It was received a little before it is settled."""
        received = self.now - timedelta(milliseconds=late)
        if accept(self.live, position, received) is Verdict.COUNTS:
            assert self.live.ends_at
            assert received < self.live.ends_at
            self.answers.setdefault((person, position), received)

    @invariant()
    def no_answer_came_after_the_result(self) -> None:
        for position, people in self.announced.items():
            assert {person for person, at in self.answers if at == position} == people

    @invariant()
    def it_only_goes_forward(self) -> None:
        if self.live.phase is Phase.LOBBY:
            assert self.reached == (-1, 0)
            return
        stage = 2 if self.live.phase is Phase.ENDED else ORDER[self.live.phase]
        if self.live.phase is Phase.PAUSED and not self.live.rest:
            stage = 1
        assert (self.live.position, stage) >= self.reached or self.reached[0] == -1
        self.reached = (self.live.position, stage)

    @invariant()
    def what_is_timed_will_be_turned(self) -> None:
        assert (due(self.live) is None) is (self.live.phase is Phase.ENDED), "no round lasts for ever"


TestPlay = Play.TestCase
