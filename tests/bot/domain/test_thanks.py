"""Which thanks count within a day, which are thanks back, and which pairs stand out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.community import Community, PointRule
from bot.domain.points import Entry, Reason, fix, undo
from bot.domain.thanks import Circle, Denial, cause, circles, is_returned, limit

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ANI, BUDI, CITRA, DEWI = 1, 2, 3, 4
RULE = PointRule()
GROUP = Community(1, "Kelas", NOON)


def thanks(by: int, to: int, number: int = 0, after: float = 0) -> Entry:
    """Thanks of that number, so many hours after noon."""
    at = NOON + timedelta(hours=after)
    return Entry(1, to, f"thanks:{by}:1:{number}", Reason.THANKS, 1, 0, 202611, at, by=by)


def fixed(by: int, to: int, number: int) -> Entry:
    return fix(GROUP, to, Reason.THANKS, 1, number, NOON, by=by, note="Lupa")


def back(entry: Entry) -> Entry:
    return undo(entry, entry.at, "Asia/Jakarta", by=entry.by)


def test_one_a_day_for_the_same_person() -> None:
    assert limit(RULE, BUDI, [], 0, 1) is None
    assert limit(RULE, BUDI, [thanks(ANI, BUDI)], 1, 1) is Denial.PAIR
    assert limit(RULE, BUDI, [thanks(ANI, CITRA)], 0, 1) is None
    assert limit(PointRule(pair=2), BUDI, [thanks(ANI, BUDI)], 1, 1) is None


def test_what_was_taken_back_leaves_room_for_the_pair_but_counts_among_the_giver_s() -> None:
    given = [thanks(ANI, BUDI), back(thanks(ANI, BUDI))]
    assert limit(RULE, BUDI, given, 0, 1) is None
    many = [each for number in range(5) for each in (thanks(ANI, BUDI, number), back(thanks(ANI, BUDI, number)))]
    assert limit(RULE, BUDI, many, 0, 1) is Denial.GIVER


def test_five_a_day_from_one_person_and_ten_points_for_one() -> None:
    assert limit(RULE, BUDI, [thanks(ANI, 10 + number, number) for number in range(4)], 0, 1) is None
    assert limit(RULE, BUDI, [thanks(ANI, 10 + number, number) for number in range(5)], 0, 1) is Denial.GIVER
    assert limit(RULE, BUDI, [], 9, 1) is None
    assert limit(RULE, BUDI, [], 10, 1) is Denial.RECEIVER
    assert limit(RULE, BUDI, [], 9, 2) is Denial.RECEIVER


def test_thanks_back_are_told_from_others() -> None:
    assert is_returned([thanks(BUDI, ANI)], ANI)
    assert not is_returned([thanks(BUDI, CITRA)], ANI)
    assert not is_returned([thanks(BUDI, ANI), back(thanks(BUDI, ANI))], ANI)
    assert not is_returned([], ANI)


def test_each_of_a_day_has_a_cause_of_its_own() -> None:
    given = [thanks(ANI, BUDI), back(thanks(ANI, BUDI))]
    assert cause(ANI, 1, []) == "thanks:1:1:0"
    assert cause(ANI, 1, given) == "thanks:1:1:1"
    assert cause(ANI, 2, given) == "thanks:1:2:0"
    assert cause(ANI, 1, [fixed(ANI, BUDI, 3)]) == "thanks:1:1:0"


def test_what_corrects_a_sum_is_no_thanks() -> None:
    fixes = [fixed(ANI, BUDI, number) for number in range(9)]
    carried = [replace(each, cause=f"join:1:{each.cause}") for each in fixes]
    assert limit(RULE, BUDI, [*fixes, *carried], 0, 1) is None
    assert not is_returned(fixes, BUDI)
    assert circles([*fixes, *carried, *map(back, fixes)]) == []


def test_a_pair_stands_out_with_five_of_hardly_any_others() -> None:
    five = [thanks(ANI, BUDI, number) for number in range(3)] + [thanks(BUDI, ANI, number) for number in range(2)]
    assert circles(five) == [Circle((ANI, BUDI), 5, 5)]
    assert circles(five[:4]) == []
    assert circles([*five, thanks(ANI, CITRA, 9)]) == [Circle((ANI, BUDI), 5, 6)], "five of six"
    assert circles([*five, thanks(ANI, CITRA, 9), thanks(CITRA, BUDI, 9)]) == [], "five of seven"
    assert circles([*five, back(five[0])]) == []
    assert circles([*five, thanks(0, BUDI, 9)]) == [Circle((ANI, BUDI), 5, 5)], "of nobody in particular"


def test_the_closest_pair_comes_first() -> None:
    some = [thanks(ANI, BUDI, number) for number in range(5)] + [thanks(CITRA, DEWI, number) for number in range(6)]
    assert [each.people for each in circles(some)] == [(CITRA, DEWI), (ANI, BUDI)]
