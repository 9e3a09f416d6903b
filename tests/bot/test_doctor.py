"""What the doctor says: a mark in words, the finding, and what to do."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.doctor import Finding, Mark, clock, privacy

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_finding_reads_as_a_mark_a_sentence_and_a_fix() -> None:
    assert str(Finding(Mark.OK, "All is well.")) == "ok    All is well."
    assert str(Finding(Mark.FAIL, "It is broken.", "Mend it.")) == "fail  It is broken.\n      -> Mend it."


@pytest.mark.parametrize(
    ("skew", "mark", "words"),
    [
        (timedelta(), Mark.OK, "within 30 seconds"),
        (timedelta(seconds=-30), Mark.OK, "within 30 seconds"),
        (timedelta(seconds=31), Mark.FAIL, "31 seconds ahead of"),
        (timedelta(hours=-2), Mark.FAIL, "7200 seconds behind"),
    ],
)
def test_a_clock_that_is_wrong_is_told_with_its_direction(skew: timedelta, mark: Mark, words: str) -> None:
    finding = clock({"Date": format_datetime(NOW, usegmt=True)}, NOW + skew, "Telegram")
    assert finding.mark is mark
    assert words in finding.what


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Nov"])
def test_a_platform_that_does_not_tell_its_time_is_a_warning(date: str) -> None:
    assert clock({"Date": date}, NOW, "Discord").mark is Mark.WARN


def test_a_file_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert privacy(file) == []
    file.touch(0o600)
    assert privacy(file) == []
    file.chmod(0o640)
    (finding,) = privacy(file)
    assert finding.mark is Mark.WARN
    assert finding.fix == f"chmod 600 {file}"
