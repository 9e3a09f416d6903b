"""Lengths of time as people write them: 4m, 3h, 2d, `2 jam`, `seminggu`, `90 minutes`."""

import re
from datetime import timedelta

MOST_DIGITS = 5

_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "mins": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "minutes": timedelta(minutes=1),
    "menit": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "hours": timedelta(hours=1),
    "j": timedelta(hours=1),
    "jam": timedelta(hours=1),
    "d": timedelta(days=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
    "hari": timedelta(days=1),
    "w": timedelta(weeks=1),
    "week": timedelta(weeks=1),
    "weeks": timedelta(weeks=1),
    "minggu": timedelta(weeks=1),
    "pekan": timedelta(weeks=1),
    "bulan": timedelta(days=30),
    "month": timedelta(days=30),
    "months": timedelta(days=30),
}
_ONE = ("se", "an ", "a ", "satu ", "one ")
"""Words for one before a unit: `sejam`, `an hour`."""

LENGTH = r"\d{1,5}\s?[a-z]+|se(?:menit|jam|hari|minggu|pekan|bulan)"
"""The form of a length in one word, to tell it from what comes after it."""

_COUNTED = re.compile(rf"(\d{{1,{MOST_DIGITS}}})\s*([a-z]+)", re.ASCII)


def read_length(text: str) -> timedelta | None:
    """The length that was meant, None where it cannot be told; `m` is minutes, a bare number means nothing."""
    words = " ".join(text.casefold().split())
    if counted := _COUNTED.fullmatch(words):
        unit = _UNITS.get(counted[2])
        return unit * int(counted[1]) if unit and int(counted[1]) else None
    for one in _ONE:
        if words.startswith(one) and len(unit_word := words.removeprefix(one)) > 1 and unit_word in _UNITS:
            return _UNITS[unit_word]
    return None
