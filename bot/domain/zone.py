"""Time zones by the names that people write."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

SHORT = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
"""The three Indonesian times by the names that everybody knows."""

LONGEST_NAME = 64


def find(name: str) -> str:
    """The IANA name of a zone in any spelling of its letters, "" for none.

    `Etc/GMT+7` and its like are none: their sign means the opposite of what people expect (POSIX).
    """
    wanted = name.strip().casefold()
    return SHORT.get(wanted) or _names().get(wanted, "")


def near(name: str) -> tuple[str, ...]:
    """Up to three names that look like that one, the likeliest first."""
    names = _names()
    return tuple(names[key] for key in get_close_matches(name.strip().casefold()[:LONGEST_NAME], list(names), 3, 0.6))


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
