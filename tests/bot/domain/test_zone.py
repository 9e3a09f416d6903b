"""Zones by the names that people write."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zone import LONGEST_NAME, find, near


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        (" Wit ", "Asia/Jayapura"),
        ("Asia/Jakarta", "Asia/Jakarta"),
        ("america/new_york", "America/New_York"),
        ("Europe/Kiev", "Europe/Kiev"),
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("Etc/GMT+7", ""),
        ("EST", ""),
        ("localtime", ""),
        ("/etc/localtime", ""),
        ("../Asia/Jakarta", ""),
        ("Asia/Jakarta\0", ""),
        ("", ""),
        ("a" * 300, ""),
    ],
)
def test_a_zone_is_found_in_any_spelling_or_not_at_all(name: str, zone: str) -> None:
    assert find(name) == zone


def test_every_zone_that_is_found_can_be_used() -> None:
    found = {find(name) for name in available_timezones()} - {""}
    assert len(found) > 400
    assert all(ZoneInfo(zone).key == zone for zone in found)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("America/NewYork", "America/New_York"),
        ("Asia/Jakrta", "Asia/Jakarta"),
        ("asia/kualalumpur", "Asia/Kuala_Lumpur"),
    ],
)
def test_a_slip_is_named_by_what_was_meant(name: str, zone: str) -> None:
    assert near(name)[0] == zone


@given(st.text(max_size=LONGEST_NAME * 5))
def test_any_words_have_few_near_names_and_each_is_a_zone(name: str) -> None:
    assert len(near(name)) <= 3
    assert all(find(zone) == zone for zone in near(name))
