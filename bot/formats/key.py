"""A corrected key, as an organiser writes it: in the item's own form."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.chat.text import T
from bot.domain.answer import shown_order
from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.answer import read_answers, read_letters, read_number, read_truth
from bot.formats.check import check

_NEAR = re.compile(r"\s*(?:±|\+/?-)\s*")
_BETWEEN = re.compile(r"[\s,;>→-]+")


def read_key(item: Item, words: str) -> Item | T | None:
    """The item with that key; None where the words are none for its kind, or what is wrong with the item then.

    Letters name options as they are shown: one ("B"), several ("A C"), or all in order ("C A B"). A truth is "true"
    or "benar", accepted words are divided by `|`, a number may have a tolerance ("3.14 ± 0.01") and else keeps its own.
    """
    found = _READERS[item.kind](item, words.strip())
    return found and (check(found) or found)


def _one(item: Item, words: str) -> Item | None:
    found = read_letters(words, item.text("").options, positions=False)
    return replace(item, right=found) if found and len(found) == 1 else None


def _several(item: Item, words: str) -> Item | None:
    found = read_letters(words, item.text("").options, positions=False)
    return replace(item, right=found) if found else None


def _truth(item: Item, words: str) -> Item | None:
    found = read_truth(words)
    return None if found is None else replace(item, right=(0 if found else 1,))


def _text(item: Item, words: str) -> Item | None:
    answers = read_answers(words)
    texts = {language: replace(text, answers=answers) for language, text in item.texts.items()}
    return replace(item, texts=texts) if answers else None


def _number(item: Item, words: str) -> Item | None:
    was = item.number or Number(Decimal(0))
    unit = was.unit.casefold()
    parts = [_bare(part, unit) for part in _NEAR.split(words, maxsplit=1)]
    value, near = read_number(parts[0]), read_number(parts[1]) if len(parts) > 1 else was.tolerance
    return None if value is None or near is None else replace(item, number=Number(value, near, was.unit))


def _bare(words: str, unit: str) -> str:
    found = words.strip()
    return found[: -len(unit)].strip() if unit and found.casefold().endswith(unit) else found


def _order(item: Item, words: str) -> Item | None:
    """The options themselves are put in the right order, because that is where an item of this kind keeps its key."""
    letters = "".join(_BETWEEN.split(words)).casefold()
    places = [ord(letter) - ord("a") for letter in letters]
    if sorted(places) != list(range(item.size)):
        return None
    shown = shown_order(item)
    order = [shown[place] for place in places]
    return replace(item, texts={language: _ordered(text, order) for language, text in item.texts.items()})


def _ordered(text: ItemText, order: list[int]) -> ItemText:
    feedback = tuple(text.feedback[option] for option in order) if text.feedback else ()
    return replace(text, options=tuple(text.options[option] for option in order), feedback=feedback)


_READERS = {
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.TRUTH: _truth,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.ORDER: _order,
}
