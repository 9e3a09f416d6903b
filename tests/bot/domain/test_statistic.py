"""Item statistics against an oracle of their own, and how often the doubted key is the wrong one."""

from collections.abc import Sequence
from math import exp, isclose
from random import Random
from statistics import correlation, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attempt import Attempt
from bot.domain.items import Item, ItemText, Kind
from bot.domain.statistic import LEAST, Doubt, Few, Statistic, measure

ITEM = Item(1, 1, {"en": ItemText("?", ("a", "b", "c", "d"))}, right=(0,))

attempts = st.lists(
    st.builds(
        Attempt,
        item=st.integers(1, 4),
        version=st.just(1),
        person=st.integers(1, 30),
        response=st.sampled_from("0123"),
        right=st.booleans(),
    ),
    max_size=150,
    unique_by=lambda one: (one.item, one.person),
)


def of(found: Statistic | Few) -> Statistic:
    """The numbers, where there are some."""
    assert isinstance(found, Statistic)
    return found


def tries(*people: tuple[str, str], item: Item = ITEM) -> list[Attempt]:
    """One person for each: the response here, and how they did elsewhere ("11100": three of five right)."""
    made = []
    for person, (response, elsewhere) in enumerate(people, 1):
        right = response == "".join(map(str, item.right))
        made.append(Attempt(item.id, item.version, person, response, right))
        made += [Attempt(100 + place, 1, person, "0", mark == "1") for place, mark in enumerate(elsewhere)]
    return made


def statistic(*people: tuple[str, str], item: Item = ITEM) -> Statistic:
    """The numbers of the one item."""
    return of(measure((item,), tries(*people, item=item))[item.id])


@given(attempts)
def test_the_numbers_are_those_of_an_independent_count(given_: list[Attempt]) -> None:
    items = [Item(1, number, ITEM.texts, (0,)) for number in range(1, 5)]
    found = measure(items, given_)
    for item in items:
        here = {one.person: one for one in given_ if one.item == item.id}
        one = found[item.id]
        assert one.n == len(here)
        if len(here) < LEAST:
            assert one == Few(item.id, len(here))
            continue
        assert isinstance(one, Statistic)
        assert isclose(one.facility, fmean(each.right for each in here.values()))
        assert one.chosen == tuple(sum(each.response == letter for each in here.values()) for letter in "0123")
        others = {who: [o.right for o in given_ if o.person == who and o.item != item.id] for who in here}
        pairs = [(here[who].right, fmean(rest)) for who, rest in others.items() if rest]
        if len(pairs) < LEAST or len({x for x, _ in pairs}) == 1 or len({y for _, y in pairs}) == 1:
            assert one.discrimination is None
        else:
            expected = correlation([float(x) for x, _ in pairs], [y for _, y in pairs])
            assert one.discrimination is not None
            assert isclose(one.discrimination, expected, abs_tol=1e-9)


def test_nothing_is_said_below_ten() -> None:
    assert measure((ITEM,), tries(*[("0", "1")] * 9))[1] == Few(1, 9)
    assert measure((ITEM,), []) == {1: Few(1, 0)}
    assert isinstance(measure((ITEM,), tries(*[("0", "1")] * 10))[1], Statistic)


def test_only_attempts_at_the_current_version_tell_of_an_item() -> None:
    old = [Attempt(1, 1, person, "3", False) for person in range(1, 15)]
    item = Item(1, 1, ITEM.texts, (0,), version=2)
    assert measure((item,), old)[1] == Few(1, 0)
    new = [Attempt(1, 2, person, "0", True) for person in range(21, 31)]
    found = of(measure((item,), old + new)[1])
    assert (found.n, found.facility, found.chosen) == (10, 1.0, (10, 0, 0, 0))


def test_whoever_answered_nothing_else_does_not_count_for_discrimination() -> None:
    found = statistic(*[("0", "111")] * 5, *[("1", "000")] * 4, *[("1", "")] * 9)
    assert found.n == 18
    assert found.discrimination is None
    found = statistic(*[("0", "111")] * 5, *[("1", "000")] * 5, *[("1", "")] * 9)
    assert found.discrimination == pytest.approx(1.0)


def test_an_option_that_hardly_anybody_takes_is_dead() -> None:
    found = statistic(*[("0", "11")] * 12, *[("1", "00")] * 10, ("2", "11"), *[("0", "10")] * 2)
    assert found.chosen == (14, 10, 1, 0)
    assert found.dead == (2, 3), "one of 25 is under five in a hundred, and it was a strong one"
    found = statistic(*[("0", "11")] * 12, *[("1", "00")] * 10, ("2", "00"), *[("0", "10")] * 2)
    assert found.dead == (3,), "an option that misleads a weak one does its work"
    found = statistic(*[("0", "11")] * 9, ("1", "00"), ("2", "01"))
    assert found.dead == (3,)


def test_a_right_option_is_never_dead() -> None:
    found = statistic(*[("1", "11")] * 12, *[("2", "00")] * 12)
    assert found.dead == (3,)
    assert found.facility == 0


def test_each_of_several_options_counts_by_itself() -> None:
    item = Item(1, 1, ITEM.texts, (0, 2), kind=Kind.SEVERAL)
    found = statistic(*[("02", "11")] * 8, *[("012", "01")] * 4, *[("1", "00")] * 4, item=item)
    assert found.chosen == (12, 8, 12, 0)
    assert found.facility == 0.5
    assert found.dead == (3,)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER, Kind.ORDER])
def test_other_kinds_have_no_options_to_count(kind: Kind) -> None:
    made = [Attempt(1, 1, person, "012", person % 2 == 0) for person in range(12)]
    found = of(measure((Item(1, 1, ITEM.texts, kind=kind),), made)[1])
    assert (found.chosen, found.dead, found.facility) == ((), (), 0.5)


def test_a_key_is_doubted_where_the_stronger_half_prefers_another_answer() -> None:
    found = statistic(*[("2", "1111")] * 7, *[("0", "1000")] * 3, *[("1", "0000")] * 4)
    assert found.doubt == Doubt("2", rival=7, key=0, half=7)
    assert found.needs_a_look
    assert not found.is_good


def test_words_written_alike_doubt_a_key_together() -> None:
    item = Item(1, 1, {"en": ItemText("?", answers=("xilem",))}, kind=Kind.TEXT)
    made = tries(*[("Floem ", "1111")] * 3, *[("floem", "1110")] * 4, *[("x", "0000")] * 7, item=item)
    found = of(measure((item,), made)[1])
    assert found.doubt
    assert (found.doubt.response, found.doubt.rival) == ("floem", 7)


def test_a_popular_mistake_of_weaker_people_does_not_doubt_the_key() -> None:
    found = statistic(*[("0", "1111")] * 8, *[("2", "1000")] * 9, *[("2", "0000")] * 9)
    assert found.doubt is None
    assert found.discrimination is not None
    assert found.discrimination > 0.9


def test_a_hard_item_that_only_the_very_best_know_keeps_its_key() -> None:
    found = statistic(*[("0", "1111")] * 2, *[("2", "1110")] * 8, *[("2", "0000")] * 10)
    assert found.doubt is None, "most of the stronger half are wrong, but fewer of them than of the others"


def test_an_item_proves_good_by_telling_people_apart() -> None:
    good = statistic(*[("0", "111")] * 6, *[("1", "000")] * 6)
    assert good.is_good
    assert not statistic(*[("0", "111")] * 12).is_good, "everybody knows it"
    assert not statistic(*[("0", "000")] * 6, *[("1", "111")] * 6).is_good, "weaker people know it better"
    assert not statistic(*[("0", "111")] * 2, *[("1", "000")] * 12).is_good, "too hard"


def school(rng: Random, people: int, others: int, *, is_wrong: bool) -> Statistic:
    """An item of four options in a simulated group, with a right key or a wrong one."""

    def knows(ability: float, difficulty: float) -> bool:
        return rng.random() < 1 / (1 + exp(-rng.uniform(0.5, 1.8) * (ability - difficulty)))

    difficulty, pull = rng.gauss(0, 1), [rng.random() ** 2 + 0.05 for _ in range(3)]
    key = rng.randrange(1, 4) if is_wrong else 0
    made: list[Attempt] = []
    for person in range(people):
        ability = rng.gauss(0, 1)
        sure = knows(ability, difficulty) or rng.random() < 0.25
        response = 0 if sure else rng.choices((1, 2, 3), pull)[0]
        made.append(Attempt(1, 1, person, str(response), response == key))
        marks = [knows(ability, rng.gauss(0, 1)) or rng.random() < 0.25 for _ in range(others)]
        made += [Attempt(2 + other, 1, person, "0", mark) for other, mark in enumerate(marks)]
    return of(measure((Item(1, 1, ITEM.texts, (key,)),), made)[1])


def share_doubted(people: int, others: int, times: int, *, is_wrong: bool) -> float:
    rng = Random(people * 100 + others)
    found: Sequence[Statistic] = [school(rng, people, others, is_wrong=is_wrong) for _ in range(times)]
    return fmean(one.doubt is not None for one in found)


@pytest.mark.parametrize(("people", "power"), [(10, 0.2), (20, 0.5), (40, 0.65)])
def test_a_wrong_key_is_found_and_a_right_one_hardly_ever_doubted(people: int, power: float) -> None:
    assert share_doubted(people, 15, 200, is_wrong=False) <= 0.015
    assert share_doubted(people, 15, 100, is_wrong=True) >= power
