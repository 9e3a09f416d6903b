"""Days without a daily quiz or a session: pauses that organisers set, public holidays, and Ramadan where wished."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from bot.domain.community import Pause, QuizRule

LONGEST = timedelta(days=120)
"""A pause of more than a term was probably meant otherwise."""

MOST_PAUSES = 20


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
    return _holidays(day.year).get(day, "")


@lru_cache(maxsize=100)
def _holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year."""
    # Only groups that rest on holidays pay for the tables.
    import holidays

    return dict(holidays.country_holidays("ID", years=year, language="id"))


def is_ramadan(day: date) -> bool:
    """Whether that day lies in the fasting month as Indonesia keeps it: in the 30 days before Eid al-Fitr.

    Source: the same table. The month has 29 days in some years; then the day before it counts as well.
    """
    return any(timedelta(0) < eid - day <= _RAMADAN for year in (day.year, day.year + 1) for eid in _eids(year))


_RAMADAN = timedelta(days=30)


@cache
def _eids(year: int) -> tuple[date, ...]:
    """The days of Eid al-Fitr in that year, rarely two."""
    import holidays

    names = holidays.country_holidays("ID", years=year, language="en_US")
    found = sorted(day for day, name in names.items() if name.startswith("Eid al-Fitr"))
    return tuple(day for day in found if day - timedelta(days=1) not in found)


def with_pause(rule: QuizRule, pause: Pause, today: date) -> tuple[Pause, ...]:
    """The pauses with this one, without those that are over; overlapping ones stand beside each other."""
    kept = [each for each in rule.pauses if each.last >= today and each != pause]
    return tuple(sorted((*kept, pause), key=lambda each: (each.first, each.last)))
