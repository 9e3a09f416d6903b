"""Failures wait longer and longer, but never for ever."""

from datetime import timedelta

from bot.domain.jobs import backoff


def test_the_wait_doubles_up_to_five_minutes() -> None:
    assert [backoff(failures).seconds for failures in (0, 1, 2, 5, 6, 10**9)] == [5, 10, 20, 160, 300, 300]
    assert backoff(10**9) == timedelta(minutes=5)
