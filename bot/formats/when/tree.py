"""The elements of a time in words, found by the grammar in `time.lark`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Transformer, v_args
from lark.exceptions import UnexpectedToken

from bot.domain.when import Fault
from bot.formats.when.part import (
    Amount,
    Begin,
    Calendar,
    Clock,
    Count,
    Day,
    Element,
    Ending,
    Every,
    Except,
    Flaw,
    Later,
    Midnight,
    MonthDay,
    Nth,
    OpenEnd,
    Part,
    Period,
    Span,
    Stretch,
    Token,
    Unit,
    Until,
    Weekdays,
    Weekend,
    Which,
)

_HOUR, _NOON = 60, 12


def element(tokens: Sequence[Token], start: int) -> tuple[Element, int] | None:
    """The longest element that begins with that token, and the token behind it."""
    state = _parser().parse_interactive()
    ends = []
    for index in range(start, len(tokens)):
        try:
            state.feed_token(tokens[index])
        except UnexpectedToken:
            break
        if "$END" in state.choices():
            ends.append(index + 1)
    found = ((_parsed(tokens[start:end]), end) for end in reversed(ends))
    return next(((each, end) for each, end in found if each is not None), None)


def _parsed(tokens: Sequence[Token]) -> Any:
    """The element that these tokens make as a whole, None if they make none."""
    state = _parser().parse_interactive()
    try:
        for token in tokens:
            state.feed_token(token)
        return state.feed_eof()
    except UnexpectedToken:
        return None


@cache
def _parser() -> Any:
    grammar = (Path(__file__).parent / "time.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Elements(), maybe_placeholders=False)


def _clock(said: Any, part: Part | None, *, minute: int = 0) -> Clock:
    """The hour that a number says, so many minutes later; before one o'clock it is twelve."""
    exact = said.type == "NUMBER" and said.value < 10 and said.end - said.start == len("07")
    if abs(minute) >= _HOUR:
        return Clock(said.value, abs(minute))
    total = said.value * _HOUR + minute
    hour = total // _HOUR or (_NOON if said.value else 0)
    return Clock(hour, total % _HOUR, exact, part, spelled=said.type == "SPELLED")


@v_args(inline=True)
class _Elements(Transformer[Token, Element]):
    """One method for each name in the grammar; it gets what stands there, without the words that only join."""

    def value(self, token: Token) -> object:
        return token.value

    part = value

    def clock(self, said: Token, part: Part | None = None) -> Clock:
        return replace(said.value, part=part) if isinstance(said.value, Clock) else _clock(said, part)

    def half_to(self, said: Token, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=-30)

    def half_past(self, said: Token, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=30)

    def past(self, said: Token, minutes: int, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=minutes)

    def before(self, said: Token, minutes: int, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=-minutes)

    def quarter_past(self, said: Token, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=15)

    def quarter_to(self, said: Token, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=-15)

    def minutes_past(self, minutes: Token, said: Token, part: Part | None = None) -> Clock:
        return _clock(said, part, minute=int(str(minutes.value)))

    def minutes(self, said: Any, _unit: Token | None = None) -> int:
        return int(said.value)

    def quarter(self) -> int:
        return 15

    def noon(self, _said: Token) -> Clock:
        return Clock(_NOON, exact=True)

    def midnight(self) -> Midnight:
        return Midnight()

    def ending(self, clock: Clock | Midnight) -> Ending:
        return Ending(clock)

    def open_end(self) -> OpenEnd:
        return OpenEnd()

    def span(self, amount: Amount) -> Span:
        return Span(amount)

    def halves(self, said: Any, _unit: Token) -> Amount:
        return Amount(said.value, Unit.MINUTE)

    def amount(self, said: Any, unit: Token) -> Amount:
        return _amount(said.value, unit)

    def hours_and_minutes(self, hours: Any, _hour: Token, minutes: Any, _minute: Token) -> Amount:
        return Amount(hours.value * _HOUR + minutes.value, Unit.MINUTE)

    def later(self, amount: Amount) -> Later:
        return Later(amount)

    def weekdays(self, *days: Token) -> Weekdays:
        return Weekdays(_sorted(days), bare=len(days) == 1 and days[0].type != "ON_WEEKDAY")

    def weekday_range(self, first: Any, last: Any) -> Weekdays:
        length = (last.value - first.value) % 7
        return Weekdays(tuple(sorted((first.value + step) % 7 for step in range(length + 1))))

    def this(self, day: Any) -> Weekdays:
        return Weekdays((day.value,), Which.THIS)

    def next(self, day: Any) -> Weekdays:
        return Weekdays((day.value,), Which.NEXT)

    def eve(self, _night: Token, day: Any) -> Weekdays:
        return Weekdays(((day.value - 1) % 7,), eve=True)

    def weekend(self) -> Weekend:
        return Weekend()

    def calendar(self, day: Any, month: Any, year: Any = None) -> Calendar:
        return Calendar(day.value, month.value, year.value if year else 0)

    def month_first(self, month: Any, day: Any, year: Any = None) -> Calendar:
        return Calendar(day.value, month.value, year.value if year else 0)

    def monthday(self, day: Any) -> MonthDay:
        return MonthDay(day.value)

    def of_next_month(self, day: Any) -> MonthDay:
        return MonthDay(day.value, next=True)

    def nth_leading(self, nth: Any, day: Any) -> Nth:
        return Nth(nth.value, day.value, leads=True)

    def nth(self, day: Any, nth: Any) -> Nth:
        return Nth(nth.value, day.value)

    def last_day(self) -> Nth:
        return Nth(-1)

    def begin(self, day: Day) -> Begin:
        return Begin(day)

    def until(self, day: Day) -> Until:
        return Until(day)

    def stretch(self, first: Any, last: Calendar) -> Stretch:
        return Stretch(first if isinstance(first, Calendar) else replace(last, day=first.value), last)

    def excluding(self, *days: Any) -> Except | Flaw:
        """A number alone is a day of the month of the date behind it: 24 and 31 December."""
        found: list[Day | Stretch] = []
        month: Calendar | None = None
        for day in reversed(days):
            if not isinstance(day, Token):
                month = _month_of(day, month)
                found.append(day)
            elif month is None:
                return Flaw(Fault.NO_SUCH_DATE)
            else:
                found.append(replace(month, day=int(str(day.value))))
        return Except(tuple(reversed(found)))

    def every(self, day: Any) -> Every:
        return Every(day)

    def every_other(self, days: Weekdays) -> Every:
        return Every(days, other=True)

    def workdays(self) -> Every:
        return Every(Weekdays((0, 1, 2, 3, 4)))

    def plural(self, *days: Token) -> Every:
        return Every(Weekdays(_sorted(days)))

    def sunday_and(self, *days: Token) -> Every:
        return Every(Weekdays(tuple(sorted({6, *_sorted(days)}))))

    def period(self, said: Any) -> Period:
        return Period(said if isinstance(said, Amount) else said.value)

    def each(self, unit: Token) -> Period:
        return Period(_amount(1, unit))

    def each_other(self, unit: Token) -> Period:
        return Period(_amount(2, unit))

    def each_sunday(self) -> Period:
        return Period(Amount(1, Unit.WEEK), sunday=True)

    def often(self, *_said: Token) -> Flaw:
        return Flaw(Fault.NO_DAY)

    def count(self, number: Any) -> Count:
        return Count(number.value)


def _amount(count: int, unit: Any) -> Amount:
    found = Unit.WEEK if unit.type == "SUNDAY" else unit.value
    return Amount(count * _HOUR, Unit.MINUTE) if found is Unit.HOUR else Amount(count, found)


def _sorted(days: Sequence[Any]) -> tuple[int, ...]:
    return tuple(sorted({day.value for day in days}))


def _month_of(day: object, usual: Calendar | None) -> Calendar | None:
    """The date whose month holds for the numbers before it."""
    if isinstance(day, Stretch):
        return day.first
    return day if isinstance(day, Calendar) else usual
