"""What the doctor finds: each thing that was tried, whether it works, and what to do if it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

SKEW = timedelta(seconds=30)
"""How far our clock may be from a platform's; sessions and quizzes would come visibly late or early beyond it."""


class Mark(StrEnum):
    """How serious it is, in words, because colours and signs are not seen by everybody."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `fix` is what to do."""

    mark: Mark
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.mark:<4}  {self.what}" + (f"\n      -> {self.fix}" if self.fix else "")


def clock(headers: Mapping[str, str], now: datetime, whose: str) -> Finding:
    """Compare our clock with the `Date` of an answer."""
    try:
        skew = now - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return Finding(Mark.WARN, f"Clock: {whose} did not tell its time.")
    seconds = round(skew.total_seconds())
    if abs(skew) <= SKEW:
        return Finding(Mark.OK, f"Clock: within {SKEW.seconds} seconds of {whose}'s.")
    side = "ahead of" if seconds > 0 else "behind"
    fix = "Switch on time synchronisation (timedatectl set-ntp true)."
    return Finding(Mark.FAIL, f"Clock: {abs(seconds)} seconds {side} {whose}'s.", fix)


def privacy(file: Path) -> list[Finding]:
    """Whether others on this machine can read a file that may hold secrets or people's data."""
    if not file.exists() or not file.stat().st_mode & 0o077:
        return []
    return [Finding(Mark.WARN, f"{file} can be read by other users of this machine.", f"chmod 600 {file}")]
