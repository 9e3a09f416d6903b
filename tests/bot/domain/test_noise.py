"""How much is said in public that nobody asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Community, Preset
from bot.domain.noise import BUDGETS, Noise, weigh

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""22.00 in Jakarta."""


def group(preset: Preset = Preset.BALANCED) -> Community:
    return Community(1, "Kelas", NOON, preset=preset)


def local(at: datetime | None) -> datetime:
    assert at
    return at.astimezone(ZoneInfo("Asia/Jakarta"))


def test_within_the_budget_a_post_goes_out() -> None:
    verdict = weigh(group(), Noise.UNASKED, 5, 1, NOON)
    assert (verdict.at, verdict.silent) == (NOON, False)


def test_beyond_the_budget_it_waits_for_the_next_morning() -> None:
    later = local(weigh(group(), Noise.UNASKED, 6, 0, NOON).at)
    assert (later.day, later.hour, later.minute) == (24, 6, 0)


def test_at_night_it_waits_for_the_morning() -> None:
    later = local(weigh(group(), Noise.UNASKED, 0, 0, NIGHT).at)
    assert (later.day, later.hour, later.minute) == (24, 6, 0)


def test_what_the_group_planned_goes_out_at_its_hour() -> None:
    assert weigh(group(), Noise.PLANNED, 99, 0, NIGHT).at == NIGHT


def test_only_so_many_sound() -> None:
    assert weigh(group(), Noise.PLANNED, 0, 2, NOON).silent
    assert not weigh(group(), Noise.PLANNED, 0, 1, NOON).silent


def test_a_calm_group_hears_nothing_unasked() -> None:
    assert weigh(group(Preset.CALM), Noise.UNASKED, 0, 0, NOON).at is None


@pytest.mark.parametrize("hour", range(0, 48, 3))
def test_whatever_waits_goes_out_some_morning(hour: int) -> None:
    now = NOON + timedelta(hours=hour)
    at = weigh(group(), Noise.UNASKED, BUDGETS[Preset.BALANCED].posts, 0, now).at
    assert at is not None
    assert at > now
    assert local(at).hour == 6
