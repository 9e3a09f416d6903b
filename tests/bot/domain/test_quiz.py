"""When a quiz opens and closes on the group's clock, and what it asks."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import DailyRule
from bot.domain.quiz import (
    REST,
    USEFUL_FOR,
    Candidate,
    Quiz,
    State,
    Tally,
    choose,
    closing,
    instant,
    local_date,
    next_opening,
    opening,
    useful_until,
    weakness,
)

ZONES = (
    "Asia/Jakarta",
    "Asia/Kathmandu",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Africa/Casablanca",
    "Pacific/Chatham",
)
HOURS = (time(0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(3), time(7), time(23, 59))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

zones = pytest.mark.parametrize("zone", ZONES)


def local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M%z")


@pytest.mark.parametrize(
    ("day", "at", "zone", "opens"),
    [
        (date(2026, 11, 23), time(7), "Asia/Jakarta", "2026-11-23 07:00+0700"),
        (date(2026, 3, 8), time(2, 30), "America/New_York", "2026-03-08 03:00-0400"),
        (date(2026, 3, 29), time(1, 30), "Europe/London", "2026-03-29 02:00+0100"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-04 02:30+1100"),
        (date(2026, 9, 6), time(0), "America/Santiago", "2026-09-06 01:00-0300"),
        (date(2011, 12, 30), time(12), "Pacific/Apia", "2011-12-31 00:00+1400"),
        (date(2026, 11, 1), time(1, 30), "America/New_York", "2026-11-01 01:30-0400"),
        (date(2026, 10, 25), time(1), "Europe/London", "2026-10-25 01:00+0100"),
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", "2026-04-05 01:45+1100"),
        (date(2026, 4, 4), time(23, 30), "America/Santiago", "2026-04-04 23:30-0300"),
    ],
)
def test_a_gap_gives_its_first_valid_minute_and_a_double_hour_the_first_one(
    day: date, at: time, zone: str, opens: str
) -> None:
    assert local(opening(DailyRule(at=at), day, zone), zone) == opens


@given(day=st.dates(date(2000, 1, 1), date(2037, 12, 31)), at=st.times(), zone=st.sampled_from(ZONES))
def test_an_instant_shows_the_wall_time_or_the_end_of_a_gap(day: date, at: time, zone: str) -> None:
    shown = instant(day, at, zone).astimezone(ZoneInfo(zone))
    wanted = datetime.combine(day, at, ZoneInfo(zone))
    if shown.replace(tzinfo=None) != wanted.replace(tzinfo=None):
        moment_before = shown.astimezone(UTC) - timedelta(minutes=1)
        assert moment_before.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wanted.replace(tzinfo=None)
        assert moment_before.astimezone(ZoneInfo(zone)).utcoffset() != shown.utcoffset()


@zones
@pytest.mark.parametrize("at", HOURS)
def test_in_a_year_every_day_has_one_opening_on_the_group_s_clock(zone: str, at: time) -> None:
    rule = DailyRule(at=at)
    first = instant(date(2026, 1, 1), time(0), zone) - timedelta(seconds=1)
    days, after = [], first
    for _ in range(365):
        day, after = next_opening(rule, zone, after)
        days.append(day)
        assert local_date(after, zone) == day
        assert after.astimezone(ZoneInfo(zone)).time() >= at
    assert days[0].year == days[-1].year == 2026
    assert all(late - early == timedelta(days=1) for early, late in pairwise(days))


@zones
@given(seconds=st.integers(0, 5 * 365 * 24 * 3600))
def test_the_next_opening_is_the_first_that_lies_ahead(zone: str, seconds: int) -> None:
    after = NOW + timedelta(seconds=seconds)
    rule = DailyRule(at=time(2, 30))
    day, opens = next_opening(rule, zone, after)
    assert opens > after
    assert opening(rule, day - timedelta(days=1), zone) <= after


def test_a_quiz_that_opens_this_very_moment_is_not_ahead() -> None:
    rule, day = DailyRule(at=time(7)), date(2026, 11, 22)
    opens = opening(rule, day, "Asia/Jakarta")
    assert next_opening(rule, "Asia/Jakarta", opens)[0] == date(2026, 11, 23)
    assert next_opening(rule, "Asia/Jakarta", opens - timedelta(microseconds=1)) == (day, opens)


@pytest.mark.parametrize(
    ("at", "close", "closes"),
    [
        (time(7), time(20), "2026-11-22 20:00+0700"),
        (time(20), time(7), "2026-11-23 07:00+0700"),
        (time(7), time(7), "2026-11-23 07:00+0700"),
        (time(23, 59), time(0), "2026-11-23 00:00+0700"),
    ],
)
def test_a_quiz_closes_at_its_hour_or_on_the_next_day(at: time, close: time, closes: str) -> None:
    assert local(closing(DailyRule(at=at, close=close), date(2026, 11, 22), "Asia/Jakarta"), "Asia/Jakarta") == closes


def test_a_day_with_a_gap_or_a_double_hour_keeps_the_hours_on_the_wall() -> None:
    rule, zone = DailyRule(at=time(1), close=time(20)), "America/New_York"
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    assert closing(rule, spring, zone) - opening(rule, spring, zone) == timedelta(hours=18)
    assert closing(rule, autumn, zone) - opening(rule, autumn, zone) == timedelta(hours=20)


@pytest.mark.parametrize(
    ("at", "close", "useful"),
    [
        (time(7), time(20), "2026-11-22 13:00+0700"),
        (time(7), time(9), "2026-11-22 09:00+0700"),
        (time(22), time(20), "2026-11-23 00:00+0700"),
    ],
    ids=["six hours", "close", "midnight"],
)
def test_a_missed_quiz_is_useful_for_a_while(at: time, close: time, useful: str) -> None:
    rule = DailyRule(at=at, close=close)
    assert local(useful_until(rule, date(2026, 11, 22), "Asia/Jakarta"), "Asia/Jakarta") == useful


@given(
    day=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    at=st.sampled_from(HOURS),
    close=st.sampled_from(HOURS),
    zone=st.sampled_from(ZONES),
)
def test_a_missed_quiz_is_never_useful_after_its_close(day: date, at: time, close: time, zone: str) -> None:
    rule = DailyRule(at=at, close=close)
    assert opening(rule, day, zone) <= closing(rule, day, zone)
    assert useful_until(rule, day, zone) <= closing(rule, day, zone)
    assert useful_until(rule, day, zone) <= opening(rule, day, zone) + USEFUL_FOR


def test_answers_count_until_the_close_and_not_at_it() -> None:
    quiz = Quiz(1, 1, date(2026, 11, 22), NOW, NOW + timedelta(hours=1), ())
    closed = Quiz(1, 1, date(2026, 11, 22), NOW, NOW + timedelta(hours=1), (), State.CLOSED)
    assert quiz.takes_answers(NOW + timedelta(minutes=59, seconds=59))
    assert not quiz.takes_answers(NOW + timedelta(hours=1))
    assert not closed.takes_answers(NOW)


def test_a_tally_counts_what_was_chosen() -> None:
    tally = Tally({0: {"1": 2, "13": 1}}, {0: 2}, people=3, finished=1)
    assert [tally.count(0, option) for option in range(4)] == [0, 3, 0, 1]
    assert (tally.answers(0), tally.answers(1), tally.count(9, 9)) == (3, 0, 0)


BANKS = st.dictionaries(
    st.integers(1, 99), st.none() | st.integers(0, 60 * 24).map(lambda hours: NOW - timedelta(hours=hours)), max_size=20
)


def group(last: datetime | None) -> int:
    if last is None:
        return 0
    return 1 if NOW - last >= REST else 2


def candidates(bank: Mapping[int, datetime | None]) -> list[Candidate]:
    return [Candidate(item, last) for item, last in bank.items()]


@given(bank=BANKS, size=st.integers(1, 5), seed=st.integers())
def test_nothing_is_asked_twice_in_a_fortnight_while_anything_else_is_left(
    bank: Mapping[int, datetime | None], size: int, seed: int
) -> None:
    picked = choose(candidates(bank), size, NOW, Random(seed))
    assert len(picked) == len(set(picked)) == min(size, len(bank))
    assert set(picked) <= set(bank)
    tired = [item for item in picked if group(bank[item]) == 2]
    if tired:
        assert all(item in picked for item in bank if group(bank[item]) < 2)
        assert max(bank[item] or NOW for item in tired) <= min(
            (last for item, last in bank.items() if item not in picked and last), default=NOW
        )


def test_the_same_chance_gives_the_same_quiz() -> None:
    bank = candidates(dict.fromkeys(range(30)))
    assert choose(bank, 5, NOW, Random(7)) == choose(list(reversed(bank)), 5, NOW, Random(7))
    assert choose(bank, 5, NOW, Random(7)) != choose(bank, 5, NOW, Random(8))


def drawn(bank: list[Candidate], rounds: int = 4000) -> Counter[int]:
    chance = Random(3)
    return Counter(item for _ in range(rounds) for item in choose(bank, 1, NOW, chance))


def test_an_unseen_item_is_three_times_as_likely_as_a_rested_one() -> None:
    long_ago = NOW - REST - timedelta(days=1)
    counts = drawn([Candidate(1, None), Candidate(2, long_ago)])
    assert 2.6 < counts[1] / counts[2] < 3.5


def test_an_item_of_a_weak_topic_is_up_to_four_times_as_likely() -> None:
    counts = drawn([Candidate(1, None, weakness=1.0), Candidate(2, None, weakness=0.0)])
    assert 3.4 < counts[1] / counts[2] < 4.7


def test_a_group_is_weak_where_it_answers_wrongly() -> None:
    topics = {1: ("sel",), 2: ("sel", "gen"), 3: ("listrik",), 4: (), 5: ("baru",)}
    results = {1: (1, 9), 2: (0, 9), 3: (18, 18), 4: (2, 2)}
    found = weakness(topics, results)
    assert found[1] == 1 - 2 / 20
    assert found[2] == 1 - 1 / 11, "the weakest of its topics"
    assert found[3] == 1 - 19 / 20
    assert found[4] == 1 - 3 / 4, "without a topic it stands for itself"
    assert found[5] == 0.5, "nobody knows yet"
