"""A corrected key: what it changes in a quiz, for whom, and that going back ends where it began."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import is_right
from bot.domain.items import Item, ItemText, Kind, Number
from bot.domain.quiz import Answer, Quiz, State
from bot.domain.quiz import Kind as QuizKind
from bot.domain.rekey import is_copy, recount, with_key
from bot.domain.score import round_points

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
TEXTS = {"id": ItemText("?", ("a", "b", "c")), "en": ItemText("?", ("x", "y", "z"))}
ONE = Item(1, 1, TEXTS, (0,))
ORDER = Item(1, 2, TEXTS, kind=Kind.ORDER)


def quiz(*items: Item, kind: QuizKind = QuizKind.ROUND, state: State = State.CLOSED) -> Quiz:
    return Quiz(1, 7, None, NOW, NOW + timedelta(hours=1), items, state, kind=kind)


def answers(made: Quiz, *people: str) -> dict[int, list[Answer]]:
    """Everybody's answers, one digit for each item, "-" for none."""
    return {
        person: [Answer(at, digit, is_right(made.items[at], digit)) for at, digit in enumerate(given) if digit != "-"]
        for person, given in enumerate(people, 1)
    }


def test_every_kind_takes_the_key_and_nothing_else() -> None:
    late = replace(ONE, right=(2,), source="edited since")
    assert with_key(ONE, late) == replace(ONE, right=(2,))
    number = replace(ONE, kind=Kind.NUMBER, right=(), number=Number(Decimal(3)))
    near = replace(number, number=Number(Decimal(3), Decimal("0.5"), "m"))
    assert with_key(number, near) == near
    text = Item(1, 3, {"id": ItemText("?", answers=("a",)), "en": ItemText("?", answers=("b",))}, kind=Kind.TEXT)
    new = replace(text, texts={language: replace(words, answers=("c",)) for language, words in text.texts.items()})
    assert with_key(text, new) == new


def test_a_copy_of_an_order_keeps_its_options_where_answers_expect_them() -> None:
    bank = replace(ORDER, texts={"id": ItemText("?", ("c", "a", "b")), "en": ItemText("?", ("z", "x", "y"))})
    copy = with_key(ORDER, bank)
    assert copy == replace(ORDER, right=(2, 0, 1))
    assert is_right(copy, "201")
    assert not is_right(copy, "012")
    assert with_key(copy, ORDER) == ORDER


def test_another_version_is_another_question() -> None:
    assert is_copy(ONE, replace(ONE, right=(1,)))
    assert not is_copy(ONE, replace(ONE, version=2))
    assert not is_copy(ONE, ORDER)
    made = quiz(ONE)
    done = recount(made, replace(ONE, right=(1,), version=2), answers(made, "0", "1"))
    assert (done.quiz, done.changes, done.points) == (made, (), {})


@pytest.mark.parametrize(("kind", "state"), [(QuizKind.DAILY, State.CLOSED), (QuizKind.ROUND, State.OPEN)])
def test_only_a_round_that_is_over_changes_points(kind: QuizKind, state: State) -> None:
    made = quiz(ONE, kind=kind, state=state)
    done = recount(made, replace(ONE, right=(1,)), answers(made, "0", "1", "2", "-"))
    assert [(change.person, change.right) for change in done.changes] == [(1, False), (2, True)]
    assert done.points == {}


def test_points_change_only_where_half_of_the_round_is_won_or_lost() -> None:
    others = [replace(ONE, id=number) for number in range(2, 5)]
    made = quiz(ONE, *others)
    given_ = answers(made, "0000", "1000", "1011", "0011", "-001", "1---")
    done = recount(made, replace(ONE, right=(1,)), given_)
    assert done.points == {3: 1, 4: -1}
    assert [change.person for change in done.changes] == [1, 2, 3, 4, 6]


@given(st.integers(0, 10**6), st.integers(1, 6), st.lists(st.integers(0, 2), max_size=8))
def test_the_gains_of_all_corrections_lead_to_what_a_fresh_count_gives(seed: int, size: int, keys: list[int]) -> None:
    rng = Random(seed)
    made = quiz(*(replace(ONE, id=number, right=(rng.randrange(3),)) for number in range(size)))
    given_ = answers(made, *("".join(rng.choice("012-") for _ in range(size)) for _ in range(5)))
    points = {person: _half(made, given_, person) for person in given_}
    for key in (*keys, made.items[0].right[0]):
        done = recount(made, replace(made.items[0], right=(key,)), given_)
        made = done.quiz
        given_ = {
            person: [
                replace(one, right=change.right) if change else one
                for one in each
                for change in [
                    next((c for c in done.changes if (c.person, c.position) == (person, one.position)), None)
                ]
            ]
            for person, each in given_.items()
        }
        for person in given_:
            points[person] += done.points.get(person, 0)
            assert points[person] == _half(made, given_, person)
            assert all(one.right == is_right(made.items[one.position], one.response) for one in given_[person])


def _half(made: Quiz, given_: dict[int, list[Answer]], person: int) -> int:
    right = sum(one.right for one in given_[person])
    return int(round_points(len(given_[person]), right, len(made.items))[1])
