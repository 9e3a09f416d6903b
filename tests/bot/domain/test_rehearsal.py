"""Trying out other rules: what the same deeds would have given, without touching an entry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Community, PointRule
from bot.domain.points import Entry, Reason, fix, join_cause, reward, season, undo, worth
from bot.domain.rehearsal import CAPS, Rehearsal, exceeds, leaders, rehearse, with_value

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
GROUP = Community(1, "Kelas", NOON)
ANI, BUDI, CITRA, DEWI = 1, 2, 3, 4


def thanks(giver: int, person: int, number: int, at: datetime = NOON) -> Entry:
    cause = f"thanks:{number}:{giver}"
    return Entry(1, person, cause, Reason.THANKS, 1, number, season(at, GROUP.zone), at, by=giver)


def answer(person: int, number: int, amount: int = 5) -> Entry:
    return replace(reward(GROUP, person, Reason.ANSWER, number, NOON), amount=amount)


def trial(entries: list[Entry], word: str, value: int) -> Rehearsal:
    changed = with_value(GROUP, word, value)
    return rehearse(entries, changed, Reason.THANKS if word in CAPS else Reason(word))


def test_another_value_changes_the_sums_of_that_kind_alone() -> None:
    entries = [answer(ANI, 1), answer(ANI, 2), answer(BUDI, 3), reward(GROUP, CITRA, Reason.QUIZ, 9, NOON)]
    found = trial(entries, "answer", 3)
    assert found.before == {ANI: 10, BUDI: 5, CITRA: 1}
    assert found.after == {ANI: 6, BUDI: 3, CITRA: 1}
    assert found.affected == [ANI, BUDI]
    assert found.lost == ()


def test_what_was_taken_back_would_have_been_taken_back_too() -> None:
    entries = [answer(ANI, 1), undo(answer(ANI, 1), NOON, GROUP.zone), answer(BUDI, 2)]
    assert trial(entries, "answer", 20).after == {ANI: 0, BUDI: 20}
    assert trial(entries[1:], "answer", 20).after == {ANI: -20, BUDI: 20}, "given before the days that are looked at"


def test_what_somebody_corrected_by_hand_stays() -> None:
    entries = [answer(ANI, 1), fix(GROUP, ANI, Reason.ANSWER, 4, 1, NOON, by=BUDI, note="")]
    assert trial(entries, "answer", 0).after == {ANI: 4}


def test_what_came_along_with_a_group_stays() -> None:
    carried = replace(answer(ANI, 1, 40), cause=f"{join_cause(3)}:1:answer:202611:8", note="Kelas lain")
    again = undo(carried, NOON, GROUP.zone)
    found = trial([carried, again, answer(BUDI, 3)], "answer", 3)
    assert (found.before, found.after) == ({ANI: 0, BUDI: 5}, {ANI: 0, BUDI: 3})
    assert trial([carried], "answer", 3).lost == ()
    assert trial([carried], "answer", 3).after == {ANI: 40}


def test_the_leaders_may_be_others() -> None:
    quizzes = [reward(GROUP, BUDI, Reason.QUIZ, number, NOON) for number in range(4)]
    found = trial([answer(ANI, 1), *quizzes], "answer", 3)
    assert leaders(found.before) == [ANI, BUDI]
    assert leaders(found.after) == [BUDI, ANI]
    assert leaders({ANI: 2, BUDI: 2, CITRA: 0, DEWI: -1}) == [ANI, BUDI]


def test_a_lower_limit_says_which_thanks_would_not_have_counted() -> None:
    said = [thanks(ANI, person, number) for number, person in enumerate((BUDI, CITRA, DEWI))]
    found = trial(said, "giver", 2)
    assert found.lost == (said[2],)
    assert found.after == {BUDI: 1, CITRA: 1, DEWI: 0}
    assert trial(said, "giver", 3).lost == ()
    assert len(trial(said, "giver", 0).lost) == 3


def test_limits_are_of_a_day_on_the_group_s_clock() -> None:
    before, after = datetime(2026, 11, 24, 16, 59, tzinfo=UTC), datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert trial([thanks(ANI, BUDI, 1, before), thanks(ANI, CITRA, 2, after)], "giver", 1).lost == ()
    assert len(trial([thanks(ANI, BUDI, 1, before), thanks(ANI, CITRA, 2, before)], "giver", 1).lost) == 1


def test_the_same_pair_and_the_same_receiver_have_limits_of_their_own() -> None:
    again = [thanks(ANI, BUDI, 1), thanks(ANI, BUDI, 2), thanks(CITRA, BUDI, 3)]
    assert trial(again, "pair", 1).lost == (again[1],)
    assert trial(again, "pair", 2).lost == ()
    wide = with_value(with_value(GROUP, "pair", 9), "receiver", 2)
    assert rehearse(again, wide, Reason.THANKS).lost == (again[2],)


def test_a_higher_worth_reaches_the_receiver_s_limit_sooner() -> None:
    said = [thanks(giver, BUDI, giver) for giver in (3, 4, 5)]
    assert trial(said, "thanks", 4).after == {BUDI: 8}
    assert trial(said, "thanks", 3).after == {BUDI: 9}


def test_taking_thanks_back_that_would_not_have_counted_changes_nothing() -> None:
    first, second = thanks(ANI, BUDI, 1), thanks(ANI, BUDI, 2)
    found = trial([first, second, undo(second, NOON + timedelta(hours=1), GROUP.zone)], "pair", 1)
    assert (found.before, found.after) == ({BUDI: 1}, {BUDI: 1})


@pytest.mark.parametrize("word", CAPS)
def test_a_limit_changes_nothing_but_itself(word: str) -> None:
    changed = with_value(GROUP, word, 99)
    assert {name for name in CAPS if getattr(changed.points, name) == 99} == {word}
    assert all(worth(changed, reason) == worth(GROUP, reason) for reason in Reason)


def test_values_add_up_over_several_changes() -> None:
    changed = with_value(with_value(GROUP, "answer", 3), "quiz", 0)
    assert changed.points.worth == {"answer": 3, "quiz": 0}
    assert GROUP.points == PointRule(), "what was stays"


@given(seed=st.integers(0, 10**6))
def test_under_the_rules_that_held_every_sum_is_as_it_is(seed: int) -> None:
    rng, kept = Random(seed), list[Entry]()
    for number in range(60):
        at = NOON + timedelta(minutes=30 * number)
        entry = thanks(rng.randint(1, 4), rng.randint(5, 8), number, at)
        day = [each for each in kept if (each.at + timedelta(hours=7)).date() == (at + timedelta(hours=7)).date()]
        given_ = [each for each in day if each.by == entry.by]
        received = sum(each.amount for each in day if each.person == entry.person)
        if not exceeds(GROUP.points, entry.person, given_, received, 1):
            kept.append(entry)
    found = rehearse(kept, GROUP, Reason.THANKS)
    assert found.before == found.after
    assert found.lost == ()
    for word in CAPS:
        lower = rehearse(kept, with_value(GROUP, word, 1), Reason.THANKS)
        assert all(lower.after[person] <= found.after[person] for person in found.after)
