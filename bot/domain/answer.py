"""Answers to quiz items: how each kind is written down, read from what somebody typed, and judged.

A response is kept as text: the digits of the chosen options for ONE, TRUTH and SEVERAL (rising), all options' digits
in the order given for ORDER, the typed words for TEXT and NUMBER.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from random import Random
from typing import assert_never

from bot.domain.items import Item, Kind, Number

FORGIVING_FROM = 5
"""Letters of an accepted word from which one wrong, missing, extra or swapped letter is forgiven; shorter is exact."""

LONGEST_RESPONSE = 100
"""Characters of an answer in words."""

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>\d[\d.,' ]*|[.,]\d+)(?:(?:[x×*·]10\^?|e)(?P<power>[+-]?\d{1,3}))?", re.IGNORECASE
)
_OVERLAY = 1
"""The combining class of strokes through a sign, which make it another one: ≠ is not =."""

_MARKS = " .,;:!?\"'“”‘’«»()"


def is_possible(item: Item, response: str) -> bool:
    """Whether the response is one that the item's kind allows."""
    match item.kind:
        case Kind.ONE | Kind.TRUTH:
            return len(response) == 1 and _exists(item, response)
        case Kind.SEVERAL:
            return bool(response) and _exists(item, response) and list(response) == sorted(set(response))
        case Kind.ORDER:
            return _exists(item, response) and len(response) == len(set(response)) == item.size
        case Kind.TEXT:
            return 0 < len(response.strip()) <= LONGEST_RESPONSE
        case Kind.NUMBER:
            return bool(readings(response, item.number.unit if item.number else ""))
        case _:
            assert_never(item.kind)


def is_right(item: Item, response: str) -> bool:
    """Whether a possible response is right; several choices and an order are right only as a whole."""
    match item.kind:
        case Kind.ONE | Kind.TRUTH | Kind.SEVERAL:
            return response == "".join(map(str, item.right))
        case Kind.ORDER:
            return response == "".join(map(str, item.right or range(item.size)))
        case Kind.TEXT:
            return any(matches(answer, response) for text in item.texts.values() for answer in text.answers)
        case Kind.NUMBER:
            return item.number is not None and _is_near(item.number, response)
        case _:
            assert_never(item.kind)


def matches(accepted: str, response: str) -> bool:
    """Whether typed words mean the accepted ones.

    Case, accents, spaces and marks around them do not matter, nor one slip of the fingers in words of five letters
    and more; shorter words and anything with a digit must be exact.
    """
    wanted, given = plain(accepted), plain(response)
    if wanted == given:
        return True
    if len(wanted.replace(" ", "")) < FORGIVING_FROM or any(char.isdigit() for char in wanted + given):
        return False
    # Only for answers in words: no start waits for the library.
    from rapidfuzz.distance import OSA

    return OSA.distance(wanted, given, score_cutoff=1) <= 1


def plain(words: str) -> str:
    """Words as they are compared: no case, no accents, single spaces, no marks around them."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    bare = " ".join("".join(char for char in folded if unicodedata.combining(char) <= _OVERLAY).split())
    return bare.strip(_MARKS) or bare


def readings(words: str, unit: str = "") -> tuple[Decimal, ...]:
    """The numbers that typed words may mean, none if they are no number; the unit may stand behind it or not.

    Indonesian and English write 1.234,5 and 1,234.5; `1.234` alone may be either, so it has two readings.
    """
    text = unicodedata.normalize("NFKC", words).replace("\u2212", "-").strip().casefold()
    short = unicodedata.normalize("NFKC", unit).strip().casefold()
    if short and text.endswith(short):
        text = text[: -len(short)]
    found = _NUMBER.fullmatch("".join(text.split()))
    if found is None:
        return ()
    power = int(found["power"] or 0)
    values = (_decimal(found["sign"] + digits, power) for digits in _points(found["digits"].replace("'", "")))
    return tuple(dict.fromkeys(value for value in values if value is not None))


def shown_order(item: Item) -> tuple[int, ...]:
    """The options in the order in which they are shown: as they stand, or for ORDER mixed, always in the same way."""
    order = list(range(item.size))
    if item.kind is Kind.ORDER and item.size > 1:
        chance = Random(f"{item.community}:{item.id}:{item.version}")  # noqa: S311
        while order == sorted(order):
            chance.shuffle(order)
    return tuple(order)


def _exists(item: Item, response: str) -> bool:
    return all(char in "0123456789" and int(char) < item.size for char in response)


def _is_near(number: Number, response: str) -> bool:
    return any(abs(value - number.value) <= number.tolerance for value in readings(response, number.unit))


def _points(digits: str) -> tuple[str, ...]:
    """The digits with a decimal point, in every way in which they can be read."""
    marks = {mark for mark in digits if mark in ".,"}
    if not marks:
        return (digits,)
    if len(marks) == 2:
        last = max(marks, key=digits.rindex)
        (other,) = marks - {last}
        whole, _, part = digits.rpartition(last)
        return (f"{whole.replace(other, '')}.{part}",) if last not in whole and other not in part else ()
    (mark,) = marks
    grouped = re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", digits)
    plainly = (digits.replace(mark, "."),) if digits.count(mark) == 1 else ()
    return (*plainly, digits.replace(mark, "")) if grouped else plainly


def _decimal(digits: str, power: int) -> Decimal | None:
    try:
        return Decimal(digits).scaleb(power)
    except InvalidOperation:
        return None
