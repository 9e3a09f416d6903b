"""How a right answer is written in one cell: letters, a truth, a number, several accepted answers."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.domain.items import MOST_OPTIONS, letter

_TRUE = frozenset(("true", "benar", "betul", "ya", "yes", "t"))
_FALSE = frozenset(("false", "salah", "tidak", "no", "f"))
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)
_SEPARATOR = re.compile(r" ?(?<!\|)\|(?!\|) ?")
_BETWEEN = re.compile(r"[\s,;/|&+]+")
_LETTER = re.compile(r"([a-j])[.)]?", re.IGNORECASE | re.ASCII)


def read_truth(cell: str) -> bool | None:
    """Whether it says true or false, in English or Indonesian."""
    word = cell.strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def read_number(cell: str) -> Decimal | None:
    """The number, with a point or a comma before its decimals; `1,500` is none, because it may mean two."""
    text = cell.strip().replace("−", "-")
    if not _NUMBER.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return None
    return Decimal(text.replace(",", "."))


def read_answers(cell: str) -> tuple[str, ...]:
    """The accepted answers, which `|` divides; `||` is a `|` that is part of one."""
    return tuple(part.replace("||", "|") for part in _SEPARATOR.split(cell) if part)


def write_answers(answers: Sequence[str]) -> str:
    """The accepted answers so that `read_answers` gives them back."""
    return " | ".join(answer.replace("|", "||") for answer in answers)


def read_letters(cell: str, options: Sequence[str], positions: bool) -> tuple[int, ...] | None:
    """Which options are named: by letters, by positions from 1, or by their words; None if that is not clear.

    Digits that are words of an option and another one's position are not clear, unless they are surely `positions`.
    """
    marks = [mark for mark in _BETWEEN.split(cell.strip()) if mark]
    if marks and all(map(_LETTER.fullmatch, marks)):
        return _rising([ord(mark[0].upper()) - ord("A") for mark in marks], options)
    words = _words(cell, options)
    if not marks or not all(re.fullmatch(r"[1-9]\d?", mark, re.ASCII) for mark in marks):
        return words
    counted = _rising([int(mark) - 1 for mark in marks], options)
    if positions or counted == words or not {_plain(option) for option in options} & set(marks):
        return counted
    return None if counted else words


def write_letters(right: Sequence[int]) -> str:
    """The letters of the right options."""
    return ", ".join(map(letter, right))


def _words(cell: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The options whose words stand there, divided by `|`, `;` or `,`; None if they are not found once each."""
    known = [_plain(option) for option in options]
    for parts in ([cell], *(cell.split(sign) for sign in "|;,")):
        if all(known.count(_plain(part)) == 1 for part in parts):
            return tuple(sorted({known.index(_plain(part)) for part in parts}))
    return None


def _rising(found: list[int], options: Sequence[str]) -> tuple[int, ...] | None:
    inside = all(index < min(len(options), MOST_OPTIONS) for index in found)
    return tuple(sorted(set(found))) if inside else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
