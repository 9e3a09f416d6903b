"""What every item must be, whichever format it came in: within the limits, and answerable."""

from collections.abc import Callable
from decimal import Decimal

import regex

from bot.chat.clean import visible
from bot.chat.text import T, code
from bot.domain.items import (
    LONGEST_ANSWER,
    LONGEST_EXPLANATION,
    LONGEST_FEEDBACK,
    LONGEST_OPTION,
    LONGEST_PROMPT,
    LONGEST_SOURCE,
    LONGEST_TAG,
    LONGEST_UNIT,
    MOST_ANSWERS,
    MOST_OPTIONS,
    MOST_TAGS,
    Item,
    ItemText,
    Kind,
    Number,
)

MOST_DIGITS = 30
"""Digits of a number before and after its point together; more would swell when written out."""

_CHOSEN = (Kind.ONE, Kind.SEVERAL, Kind.ORDER)
_TAG = regex.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(item: Item) -> T | None:
    """The first thing that is wrong with an item, said so that its writer can put it right; None if nothing is."""
    for rule in _RULES:
        for text in item.texts.values():
            if wrong := rule(item, text):
                return wrong
    return None


def legal_tag(tag: str) -> bool:
    """Whether it is a tag: words of a to z and digits, joined by single hyphens, at most 32 characters."""
    return len(tag) <= LONGEST_TAG and _TAG.fullmatch(tag) is not None


def _prompt(item: Item, text: ItemText) -> T | None:
    if not visible(text.prompt):
        return T("The question is empty.")
    if len(text.prompt) > LONGEST_PROMPT:
        return T(
            "The question is too long: {length} characters, at most {most}.",
            length=len(text.prompt),
            most=LONGEST_PROMPT,
        )
    return None


def _options(item: Item, text: ItemText) -> T | None:
    if item.kind not in _CHOSEN:
        return None
    if not 2 <= len(text.options) <= MOST_OPTIONS or len(text.options) != item.size:
        return T(
            "A question has 2 to {most} options, this one has {count}.", most=MOST_OPTIONS, count=len(text.options)
        )
    if not all(map(visible, text.options)):
        return T("An option is empty.")
    if len({_alike(option) for option in text.options}) < len(text.options):
        return T("Two options are the same. Make each one different.")
    if (longest := max(map(len, text.options))) > LONGEST_OPTION:
        return T("An option is too long: {length} characters, at most {most}.", length=longest, most=LONGEST_OPTION)
    return None


def _right(item: Item, text: ItemText) -> T | None:
    match item.kind:
        case Kind.ONE | Kind.TRUTH:
            least, most = 1, 1
        case Kind.SEVERAL:
            least, most = 1, item.size
        case _:
            least, most = 0, 0
    if len(item.right) < least:
        return T("No option is marked as right.")
    if len(item.right) > most:
        return T("More than one option is marked as right.")
    if list(item.right) != sorted(set(item.right)) or not all(0 <= index < item.size for index in item.right):
        return T("The right option is not among the options.")
    return None


def _answers(item: Item, text: ItemText) -> T | None:
    if item.kind is not Kind.TEXT:
        return None
    if not text.answers or not all(map(visible, text.answers)):
        return T("The accepted answer is missing.")
    if len(text.answers) > MOST_ANSWERS:
        return T("There are {count} accepted answers, at most {most} fit.", count=len(text.answers), most=MOST_ANSWERS)
    if (longest := max(map(len, text.answers))) > LONGEST_ANSWER:
        return T("An answer is too long: {length} characters, at most {most}.", length=longest, most=LONGEST_ANSWER)
    return None


def _number(item: Item, text: ItemText) -> T | None:
    if item.kind is not Kind.NUMBER:
        return None
    if item.number is None:
        return T("The right number is missing. Example: {example}", example=code("3.14"))
    if not _writable(item.number):
        return T("The number is not one that can be compared: at most {most} digits.", most=MOST_DIGITS)
    if item.number.tolerance < 0:
        return T("The tolerance is less than 0.")
    if len(item.number.unit) > LONGEST_UNIT:
        return T(
            "The unit is too long: {length} characters, at most {most}.",
            length=len(item.number.unit),
            most=LONGEST_UNIT,
        )
    return None


def _words(item: Item, text: ItemText) -> T | None:
    if len(text.explanation) > LONGEST_EXPLANATION:
        return T(
            "The explanation is too long: {length} characters, at most {most}.",
            length=len(text.explanation),
            most=LONGEST_EXPLANATION,
        )
    if text.feedback and len(text.feedback) != item.size:
        return T(
            "There is feedback for {count} options, but there are {size}.", count=len(text.feedback), size=item.size
        )
    if (longest := max(map(len, text.feedback), default=0)) > LONGEST_FEEDBACK:
        return T(
            "The feedback on an option is too long: {length} characters, at most {most}.",
            length=longest,
            most=LONGEST_FEEDBACK,
        )
    return None


def _label(item: Item, text: ItemText) -> T | None:
    if wrong := next((tag for tag in item.tags if not legal_tag(tag)), ""):
        return T(
            "{tag} is no topic: use letters a to z, digits and hyphens, like {example}.",
            tag=code(wrong[:40]),
            example=code("biologi-sel"),
        )
    if len(item.tags) > MOST_TAGS:
        return T("There are {count} topics, at most {most} fit.", count=len(item.tags), most=MOST_TAGS)
    if item.difficulty not in (1, 2, 3):
        return T("The difficulty is 1 (easy), 2 or 3 (hard).")
    if len(item.source) > LONGEST_SOURCE:
        return T(
            "The source is too long: {length} characters, at most {most}.",
            length=len(item.source),
            most=LONGEST_SOURCE,
        )
    return None


def _writable(number: Number) -> bool:
    return all(_small(part) for part in (number.value, number.tolerance))


def _small(part: Decimal) -> bool:
    if not part.is_finite():
        return False
    _, digits, exponent = part.as_tuple()
    return isinstance(exponent, int) and len(digits) <= MOST_DIGITS and abs(exponent) + len(digits) <= 2 * MOST_DIGITS


def _alike(option: str) -> str:
    return " ".join(option.split()).casefold()


_RULES: tuple[Callable[[Item, ItemText], T | None], ...] = (
    _prompt,
    _options,
    _right,
    _answers,
    _number,
    _words,
    _label,
)
