"""Writing GIFT, so that Moodle and the reader here take it as it was meant."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.gift.words import MARK, escape

_WEIGHT = re.compile(r"%-?\d")
_STAR, _LITERAL = re.compile(r"\*"), r"\\*"
_HUNDRED = Decimal(100)


def holds(item: Item) -> bool:
    """Whether GIFT can hold the question: it knows no order, no picture and no unit, and its answers no `->`.

    Space around words is not kept either, so an item that has such is not held.
    """
    return (
        item.kind is not Kind.ORDER
        and not item.picture
        and not (item.number and item.number.unit)
        and not any("->" in answer for text in item.texts.values() for answer in text.answers)
        and all(word == word.strip() for text in item.texts.values() for word in (item.source, *_all(text)))
    )


def write(items: Iterable[Item], language: str) -> str:
    """The items as GIFT, in that language where they have it; reading it gives back everything but the number.

    Topics, difficulty and source stand in a remark, of which Moodle reads `id` and `tag`. Raises ValueError for an
    item that `holds` denies.
    """
    return "\n".join("\n".join(_lines(item, language)) + "\n" for item in items)


def _lines(item: Item, language: str) -> Iterator[str]:
    if not holds(item):
        raise ValueError(f"item {item.id} does not fit into GIFT")
    text = item.text(language)
    if remark := _remark(item):
        yield f"// {remark}"
    prompt = f"{_mark(text)}{escape(text.prompt)}"
    explanation = f"####{_words(text.explanation)}" if text.explanation else ""
    if item.kind in (Kind.TRUTH, Kind.NUMBER):
        yield f"{prompt}{{{_short(item, text)}{explanation}}}"
        return
    yield f"{prompt}{{"
    yield from (f"\t{line}" for line in (*_answers(item, text), explanation) if line)
    yield "}"


def _remark(item: Item) -> str:
    fields = [("tag", tag) for tag in item.tags]
    if item.id:
        fields.insert(0, ("id", str(item.id)))
    if item.difficulty != 2:
        fields.append(("difficulty", str(item.difficulty)))
    if item.source:
        fields.append(("source", re.sub(r"[\\\]]", r"\\\g<0>", item.source).replace("\n", "\\n")))
    return " ".join(f"[{name}:{value}]" for name, value in fields)


def _mark(text: ItemText) -> str:
    """The mark for plain text, where Moodle would else see HTML, or a remark, category or mark in the first words."""
    looks = any(sign in words for words in _all(text) for sign in "<&")
    return "[plain]" if looks or text.prompt.startswith(("/", "$", "[")) else ""


def _short(item: Item, text: ItemText) -> str:
    """The answer of a kind that fits into one line."""
    if item.number:
        return f"#{_number(item.number)}"
    right, wrong = item.right[0], 1 - item.right[0]
    shown = [wrong, right] if text.feedback and text.feedback[right] else [wrong] if text.feedback else []
    remarks = [_words(text.feedback[index]) for index in shown]
    return "".join(("T" if right == 0 else "F", *(f"#{remark}" for remark in remarks)))


def _answers(item: Item, text: ItemText) -> Iterator[str]:
    """An answer a line; in an accepted word Moodle would take a bare `*` for anything."""
    if item.kind is Kind.TEXT:
        yield from (f"=%100%{_words(_STAR.sub(_LITERAL, answer))}" for answer in text.answers)
    else:
        yield from (_option(item, text, index) for index in range(len(text.options)))


def _option(item: Item, text: ItemText, index: int) -> str:
    words = _words(text.options[index])
    feedback = _words(text.feedback[index]) if text.feedback else ""
    return f"{_sign(item, index, words)}{words}" + (f"#{feedback}" if feedback else "")


def _sign(item: Item, index: int, words: str) -> str:
    """The sign of an option; a wrong one among several costs all, so that choosing every option gains nothing."""
    if item.kind is Kind.SEVERAL:
        return f"~%{_HUNDRED / len(item.right):.7g}%" if index in item.right else "~%-100%"
    unlike = _WEIGHT.match(words)
    if index in item.right:
        return "= " if unlike else "="
    return "~%0%" if unlike else "~"


def _number(number: Number) -> str:
    tolerance = f":{number.tolerance:f}" if number.tolerance else ""
    return f"{number.value:f}{tolerance}"


def _words(text: str) -> str:
    """Escaped words that are not the prompt; a mark of their own is kept from being read as one."""
    return ("[plain]" if MARK.match(text) else "") + escape(text)


def _all(text: ItemText) -> tuple[str, ...]:
    return (text.prompt, text.explanation, *text.options, *text.feedback, *text.answers)
