"""The hours that words can mean, and how long it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from bot.domain.when import LONGEST, SHORTEST, Doubt, Fault
from bot.formats.when.part import Away, Clock, Ending, Midnight, Part, Weekdays
from bot.formats.when.said import Said

_DAY, _HOUR, _NOON = 1440, 60, 12
_MORNING = 6
_USUAL = 60
"""Minutes that a session lasts if nothing is said."""

_GUESSED = 360
"""No session of more than six hours is assumed: not past midnight, and not where the hour of its end is guessed."""

_TO_THE_HOUR = frozenset({5, 10, 20, 25})
"""Words before "to" that may be minutes: ten to eight."""


@dataclass(frozen=True, slots=True)
class Hour:
    """When it begins, so many days after the day that was said, and for how many minutes; `doubt` if it is a guess."""

    at: time
    shift: int
    minutes: int
    doubt: Doubt | None = None


def hours(said: Said) -> tuple[Hour, ...] | Fault:
    """Every hour that was possibly meant."""
    if said.clock is None:
        return Fault.NO_TIME
    end = said.ending.clock if isinstance(said.ending, Ending) else None
    begins = _begins(said, said.clock, end)
    if isinstance(begins, Fault):
        return begins
    minutes = lasting(said)
    if isinstance(minutes, Fault):
        return minutes
    lengths = _lengths(said.clock, begins, end) if end else tuple((begin, minutes) for begin in begins)
    if isinstance(lengths, Fault):
        return lengths
    fitting = [(begin, length) for begin, length in lengths if SHORTEST <= length <= LONGEST]
    return tuple(_hour(begin, length, _doubt(begins)) for begin, length in fitting) or Fault.LENGTH


def lasting(said: Said) -> int | Fault:
    """The minutes that it is said to last, or the usual ones."""
    minutes = _USUAL if said.length is None else said.length.count
    return minutes if SHORTEST <= minutes <= LONGEST and not (said.length and said.ending) else Fault.LENGTH


def _hour(begin: int, minutes: int, doubt: Doubt | None) -> Hour:
    shift, minute = divmod(begin, _DAY)
    return Hour(time(*divmod(minute, _HOUR)), shift, minutes, doubt)


def _doubt(begins: tuple[int, ...]) -> Doubt | None:
    if len(begins) == 1:
        return None
    return Doubt.MIDNIGHT if begins[-1] - begins[0] == _DAY else Doubt.HOUR


def _begins(said: Said, clock: Clock | Midnight, end: Clock | Midnight | None) -> tuple[int, ...] | Fault:
    """The minutes at which it may begin; from 1440 on of the day after the one that is said."""
    away = said.date.part if isinstance(said.date, Away) else None
    night = Part.NIGHT if isinstance(said.days, Weekdays) and said.days.eve else None
    found = _minutes(clock, tuple(part for part in (said.part, away, night) if part))
    if isinstance(found, Fault) or end is None:
        return found
    ends = _minutes(end, ())
    if isinstance(ends, Fault) or _doubt(ends) is Doubt.HOUR:
        return ends if isinstance(ends, Fault) else found
    # 7 to 9 pm, 11 to 1 pm: where only the end is sure, it begins at the last such hour before.
    return (min(found, key=lambda begin: (ends[0] - begin) % _DAY or _DAY),) if _doubt(found) is Doubt.HOUR else found


def _lengths(
    clock: Clock | Midnight, begins: tuple[int, ...], end: Clock | Midnight
) -> tuple[tuple[int, int], ...] | Fault:
    """Each beginning with the minutes to the end."""
    if _is_to_the_hour(clock, end):
        return Fault.NOTHING
    ends = _minutes(end, ())
    if isinstance(ends, Fault):
        return ends
    if isinstance(clock, Clock) and clock.hour > _NOON and isinstance(end, Clock) and end.part is None:
        ends = (end.hour * _HOUR + end.minute,)
    guessed = _doubt(ends) is Doubt.HOUR
    return tuple((begin, min(_length(begin, each, guessed) for each in ends)) for begin in begins)


def _length(begin: int, end: int, guessed: bool) -> int:
    """The minutes from one to the other; too many to be allowed where it would be unlikely."""
    length = (end - begin) % _DAY or _DAY
    if length == _DAY and (begin, end) != (0, _DAY):
        return LONGEST + 1
    likely = length <= _GUESSED or not (guessed or end < begin % _DAY)
    return length if likely else LONGEST + 1


def _is_to_the_hour(clock: Clock | Midnight, end: Clock | Midnight) -> bool:
    """Whether "ten to eight" may be an hour instead of a range."""
    return (
        isinstance(clock, Clock)
        and isinstance(end, Clock)
        and clock.spelled
        and clock.hour in _TO_THE_HOUR
        and (clock.part is None and end.spelled)
    )


def _minutes(clock: Clock | Midnight, parts: tuple[Part, ...]) -> tuple[int, ...] | Fault:
    """The minutes of the day that a clock can mean within those parts of the day; from 1440 on the day after."""
    if isinstance(clock, Midnight):
        return 0, _DAY
    parts = (*parts, *((clock.part,) if clock.part else ()))
    if _is_impossible(clock, parts):
        return Fault.NO_SUCH_TIME
    found = tuple(sorted(_within(clock, parts))) if parts else _told(clock)
    return tuple(hour * _HOUR + clock.minute for hour in found) or Fault.CONTRADICTION


def _is_impossible(clock: Clock, parts: tuple[Part, ...]) -> bool:
    if clock.minute >= _HOUR or not 0 <= clock.hour * _HOUR + clock.minute <= _DAY:
        return True
    return bool({Part.AM, Part.PM} & {*parts}) and not 1 <= clock.hour <= _NOON


def _told(clock: Clock) -> tuple[int, ...]:
    """The hours without a part of the day; from 13 on and with two digits there is only one."""
    if clock.exact or clock.hour > _NOON or clock.hour == 0:
        return (clock.hour,)
    return (clock.hour, clock.hour + _NOON)


def _within(clock: Clock, parts: tuple[Part, ...]) -> Iterator[int]:
    """The hours of a part of the day that stand there on a dial; those after midnight may be of the next day."""
    for hour in range(24):
        if clock.hour in (hour, hour % _NOON or _NOON) and all(hour in part.value for part in parts):
            yield hour
            if (hour < _MORNING and Part.NIGHT in parts) or (hour == 0 and Part.AM in parts):
                yield hour + 24
