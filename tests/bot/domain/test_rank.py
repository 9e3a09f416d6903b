"""Places may be shared, and the size of a team gives no advantage."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rank import MOST_PLACES, Rank, ranks, shares


def test_equals_share_a_place_and_the_next_one_is_skipped() -> None:
    assert ranks({1: 3, 2: 5, 3: 5, 4: 1, 5: 0}) == (Rank(1, (2, 3), 5), Rank(3, (1,), 3))


def test_only_the_first_three_places_are_named_however_many_share_them() -> None:
    found = ranks({person: 9 - person // 2 for person in range(10)})
    assert [rank.place for rank in found] == [1, 3]
    assert ranks(dict.fromkeys(range(40), 2)) == (Rank(1, tuple(range(40)), 2),)


def test_nobody_is_named_for_nothing_right() -> None:
    assert ranks({1: 0, 2: 0}) == ()


@given(st.dictionaries(st.integers(1, 50), st.integers(0, 6)))
def test_a_place_is_one_more_than_the_number_of_better_people(right: dict[int, int]) -> None:
    for rank in ranks(right):
        assert rank.place == 1 + sum(count > rank.right for count in right.values()) <= MOST_PLACES
        assert set(rank.people) == {person for person, count in right.items() if count == rank.right}


def test_a_team_s_share_is_by_member_and_the_best_comes_first() -> None:
    teams = {1: 1, 2: 1, 3: 1, 4: 2}
    assert shares(teams, {1: 2, 2: 2, 4: 2}, 2) == {2: 1.0, 1: 4 / 6}
    assert list(shares(teams, {1: 2, 2: 2, 4: 2}, 2)) == [2, 1]


def test_teams_have_nothing_right_before_the_first_item() -> None:
    assert shares({1: 1, 2: 2}, {}, 0) == {1: 0.0, 2: 0.0}
