"""Days without a daily quiz: pauses that organisers set, and public holidays where a group wishes it."""

import re
from datetime import date, timedelta

from bot.domain.community import Pause, QuizRule

LONGEST = timedelta(days=120)
"""A pause of more than a term was probably meant otherwise."""

MOST_PAUSES = 20

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})\s*([a-z]{3,9})\.?(?:\s*(\d{4}))?")
_MONTHS = (
    ("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",),
    ("jul",), ("agu", "ags", "aug"), ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec"),
)  # fmt: skip
"""How the months begin in Indonesian and English."""


def resting(rule: QuizRule, day: date) -> Pause | None:
    """Why there is no daily quiz on that day, None if there is one."""
    for pause in rule.pauses:
        if pause.first <= day <= pause.last:
            return pause
    name = holiday(day) if rule.holidays else ""
    return Pause(day, day, name) if name else None


def holiday(day: date) -> str:
    """The Indonesian public holiday of that day in Indonesian, "" for none.

    Source: the table of the library `holidays`, which marks days that hang on the moon as estimates until they are
    announced.
    """
    # Only groups that rest on holidays pay for the tables.
    import holidays

    name: str = holidays.country_holidays("ID", years=day.year, language="id").get(day, "")
    return name


def with_pause(rule: QuizRule, pause: Pause, today: date) -> tuple[Pause, ...]:
    """The pauses with this one, without those that are over; overlapping ones stand beside each other."""
    kept = [each for each in rule.pauses if each.last >= today and each != pause]
    return tuple(sorted((*kept, pause), key=lambda each: (each.first, each.last)))


def read_day(words: str, today: date) -> date | None:
    """A calendar date as people write it: `2026-12-01`, `1/12`, `1.12.2026`, `1 Des`; None for anything else.

    Without a year it is the next such day from today on.
    """
    text = " ".join(words.casefold().split())
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _coming(int(found[1]), int(found[2]), found[3], today)
    if found := _NAMED.fullmatch(text):
        month = next((number for number, names in enumerate(_MONTHS, 1) if found[2].startswith(names)), 0)
        return _coming(int(found[1]), month, found[3], today)
    return None


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year), month, day)
    found = _date(today.year, month, day)
    return found if found is None or found >= today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
