"""Zones in a time in words: names, abbreviations, and hours ahead of UTC."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.when import Fault
from bot.domain.zone import SHORT, find, near
from bot.formats.when.part import Flaw, Zone

_ELSEWHERE = {
    "est": "America/New_York", "edt": "America/New_York", "cst": "America/Chicago", "cdt": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "bst": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "sgt": "Asia/Singapore", "myt": "Asia/Kuala_Lumpur",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
}  # fmt: skip
"""Abbreviations that mean several zones, or one without its summer time: refused, with the zone that is likeliest."""

_LONG = ("barat", "tengah", "timur")

ABBREVIATED = {
    **{name: ("ZONE", Zone(zone)) for name, zone in SHORT.items()},
    **{f"indonesia {name}": ("ZONE", Zone(zone)) for name, zone in zip(_LONG, SHORT.values(), strict=True)},
    **{name: ("FLAW", Flaw(Fault.ZONE, zone)) for name, zone in _ELSEWHERE.items()},
}

_WHOLE = {0: "Etc/UTC", 7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}
_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d{2})?")
_EAST, _WEST = 14, -12
"""Hours ahead of UTC of the zones that there are."""


def offset(text: str) -> Zone | Flaw:
    """The zone that `+7`, `-03:30`, `z` or "" lies ahead of UTC."""
    if found := _OFFSET.fullmatch(text.strip()):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return Zone("", minutes if found[1] == "+" else -minutes)
    return Zone("", 0)


def known(said: Zone, now: datetime, group: str) -> str | Flaw:
    """The IANA name of a zone that was said, or what is wrong with it.

    Hours ahead of UTC are the group's own zone where they agree, or else a zone without summer time.
    """
    if said.name:
        return find(said.name) or Flaw(Fault.ZONE, next(iter(near(said.name)), ""))
    if now.astimezone(ZoneInfo(group)).utcoffset() == timedelta(minutes=said.minutes):
        return group
    hours, rest = divmod(said.minutes, 60)
    if rest or not _WEST <= hours <= _EAST:
        return Flaw(Fault.ZONE)
    # The sign of these names is that of POSIX: Etc/GMT-7 lies seven hours ahead.
    return _WHOLE.get(hours) or f"Etc/GMT{-hours:+d}"
