"""From words to a rule: `read` takes a whole text, `split` finds where the time ends and the rest begins."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.when import Fault, Reading, Unread
from bot.formats.when.day import checked, choices
from bot.formats.when.meaning import reading
from bot.formats.when.part import Clock, Element, Flaw, Token
from bot.formats.when.said import Said, together
from bot.formats.when.token import tokens

LONGEST_TEXT = 300
"""Characters that are looked at; a longer time in words is none."""

_SHORT_DATE = re.compile(r"^\s*(\d{1,2})[.-](\d{1,2})\s*$")
_BETWEEN = " \t\r\n-\u2013\u2014:,;.|\u00b7\u200b\u200e\u200f\u2060\ufeff"
"""Signs that people put between a time and a title, and invisible ones."""


def read(text: str, now: datetime, zone: str) -> Reading:
    """What a text says that is a time as a whole; days are those of the group's `zone`. Never raises."""
    said = _whole(text)
    return reading(said, now, zone) if said else Unread(Fault.NOTHING)


def split(text: str) -> tuple[str, str]:
    """The longest leading run of words that is a time, even an unclear or impossible one, and the rest.

    `Senin 19.00 Aljabar` is `Senin 19.00` and `Aljabar`. Where no time leads: "" and the text.
    """
    found = _before_title(tokens(text[:LONGEST_TEXT]), text)
    _, used = _gathered(found)
    if not used:
        return "", text
    end = found[used - 1].end
    end += text[end : end + 1] == ")" and "(" in text[:end]
    return text[:end].strip(), text[end:].lstrip(_BETWEEN)


_OPENING = frozenset({"PART", "NIGHT", "NOON", "_MIDNIGHT", "PERIOD", "FLAW"})
"""Words with which titles begin as well: Malam Puisi, Daily Standup."""


def _before_title(found: Sequence[Token], text: str) -> Sequence[Token]:
    """The words without those from a capitalised one on that says nothing more, since the hour is sure already."""
    sure = False
    for index, token in enumerate(found):
        titled = text[token.start : token.end].istitle() and text[token.end :].strip(_BETWEEN)
        if sure and token.type in _OPENING and titled:
            return found[:index]
        sure = sure or (isinstance(token.value, Clock) and (token.value.exact or token.value.hour > 12))
    return found


def read_date(text: str, today: date) -> date | Fault:
    """The calendar date that a whole text says: `2026-12-01`, `1/12`, `1.12`, `1 Des`, `besok`, `Senin`.

    Without a year it is the next such date from today on.
    """
    # Where only a date is asked for, 1.12 is no hour and 1-12 no range of hours.
    said = _whole(_SHORT_DATE.sub(r"\1/\2", text))
    day = (said.date or said.days) if said else None
    if said is None or day is None or said != Said(date=said.date, days=said.days):
        return Fault.NOTHING
    found = choices(day, today)
    if said.date and said.days:
        found = checked(found, said.days)
    if isinstance(found, Flaw):
        return found.fault
    if len(found) > 1:
        return Fault.NO_DAY
    (first,) = found
    return first.then if first.then and first.day < today else first.day


def _whole(text: str) -> Said | None:
    """What a text says if there is nothing else in it."""
    if len(text) > LONGEST_TEXT:
        return None
    found = tokens(text)
    said, used = _gathered(found)
    return None if any(token.type != "_COMMA" for token in found[used:]) else said


def _gathered(found: Sequence[Token]) -> tuple[Said | None, int]:
    """What the elements say as far as they go together, and the number of tokens that they are."""
    # The library of the grammar is only loaded when somebody writes a time.
    from bot.formats.when.tree import element

    said: Said | None = None
    before: Element | None = None
    index = used = 0
    while index < len(found):
        if found[index].type == "_COMMA":
            index += 1
            continue
        step = element(found, index)
        more = together(said or Said(), step[0], before) if step else None
        if step is None or more is None:
            break
        said, before, used = more, *step
        index = used
    return said, used
