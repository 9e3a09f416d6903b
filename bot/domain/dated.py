"""How a date of a session is numbered for jobs and buttons, and named by people."""

import re
from datetime import date

SPAN = 100_000_000
LEADS_OF_DAY = 10
"""A date is told of by its series times `SPAN` plus its day (an ordinal) times this, plus which reminder it is."""


def subject(series: int, day: date, lead: int = 0) -> int:
    """The number under which jobs and buttons know a date, and one of its reminders (1 to 9)."""
    return series * SPAN + day.toordinal() * LEADS_OF_DAY + lead


def read_subject(number: int) -> tuple[int, date, int]:
    """The series, the day and the reminder of such a number; raises ValueError for a number that is none."""
    series, rest = divmod(number, SPAN)
    ordinal, lead = divmod(rest, LEADS_OF_DAY)
    return series, date.fromordinal(ordinal), lead


def subjects(series: int) -> range:
    """The numbers of all dates of a series."""
    return range(series * SPAN, (series + 1) * SPAN)


_NAME = re.compile(r"s?(\d{1,8})(?:[.-](\d{4}-\d\d-\d\d))?", re.IGNORECASE | re.ASCII)


def read_name(text: str) -> tuple[int, date | None]:
    """The series and the day that "S7" or "S7.2026-12-14" name, on buttons "s7-2026-12-14"; 0 for anything else."""
    found = _NAME.fullmatch(text.strip())
    if found is None:
        return 0, None
    try:
        return int(found[1]), date.fromisoformat(found[2]) if found[2] else None
    except ValueError:
        return 0, None
