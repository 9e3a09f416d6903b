"""A question as people write it: the lines below it say how it is answered and what is right."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.domain.answer import readings
from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.check import check

IN_ORDER = "order"
"""The choice that says that lines stand in the right order."""

_TRUE = frozenset(("benar", "betul", "true", "b", "t"))
_FALSE = frozenset(("salah", "keliru", "false", "s", "f"))
_LETTERED = re.compile(r"(?P<mark>[*=]?)\s*(?P<letter>[A-Ja-j])[.)]\s+(?P<rest>\S.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?P<rest>\S.*)")
_SORTED = re.compile(r"\b(?:urut\w*|susun\w*|order|sort|arrange|sequence)\b", re.IGNORECASE)
_VALUE = re.compile(
    r"(?P<value>[-+−]?[\d.,' ]*\d(?:\s*[x×*·]\s*10\^?[-+−]?\d+|e[-+−]?\d+)?)"
    r"(?:\s*(?:±|\+/-|\+-)\s*(?P<near>[\d.,]*\d))?"
    r"(?P<unit>\s+[^\s\d|]\S{0,15}|[%°][A-Za-z]?|[^\W\d_]{2,16})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """What the lines below a question say.

    `right` is empty where options are there and nothing says which is right. `numbered` lines may stand in the right
    order instead.
    """

    kind: Kind
    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    number: Number | None = None
    numbered: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it must still be said which option is right."""
        return self.kind is Kind.ONE and not self.right

    def text(self, prompt: str) -> ItemText:
        """The words with that question above them."""
        return ItemText(prompt, self.options, answers=self.answers)


def understand(prompt: str, lines: tuple[str, ...], language: str = "id") -> Written:
    """Read the lines; `language` decides what `1.234` is. Refuses a single line that is no answer.

    `benar` or `salah` alone answers a statement; lines that begin with `=` are accepted answers, a number with its
    tolerance and unit among them; `*` (or `=` before some) marks what is right; numbered lines below a question that
    asks for an order stand in it.
    """
    if len(lines) == 1 and (truth := _truth(lines[0])) is not None:
        return Written(Kind.TRUTH, right=(truth,))
    if all(line.startswith("=") for line in lines):
        return _answers(lines, language)
    if len(lines) == 1:
        text = T(
            "One line is one answer. Write {word}, {number} or {truth}, or send 2 to 10 options, one a line.",
            word=code("= Tokyo"),
            number=code("= 56"),
            truth=code("benar"),
        )
        raise Refusal(text)
    if found := _sequence(lines):
        kind = Kind.ORDER if _SORTED.search(prompt) else Kind.ONE
        return Written(kind, found, numbered=True)
    return _options(lines)


def check_lines(lines: tuple[str, ...]) -> None:
    """Refuse what no question can have below it, as soon as it is written."""
    written = understand("", lines)
    right = (0,) if written.is_open else written.right
    item = Item(0, 0, {"": written.text("?")}, right, kind=written.kind, number=written.number)
    if problem := check(item):
        raise Refusal(problem)


def spelled(item: Item, text: ItemText, language: str = "id") -> str:
    """What is right about an item and its options, in lines as `understand` reads them in that language."""
    match item.kind:
        case Kind.TRUTH:
            return "salah" if item.right == (1,) else "benar"
        case Kind.TEXT:
            return "\n".join(f"= {answer}" for answer in text.answers)
        case Kind.NUMBER if item.number:
            near = f" ± {item.number.tolerance:f}" if item.number.tolerance else ""
            digits = f"{item.number.value:f}{near}"
            return f"= {digits.replace('.', ',') if language == 'id' else digits} {item.number.unit}".strip()
        case Kind.ORDER:
            return "\n".join(f"{place + 1}. {option}" for place, option in enumerate(text.options))
        case _:
            return "\n".join(f"{'*' if at in item.right else ''}{option}" for at, option in enumerate(text.options))


def _truth(line: str) -> int | None:
    word = line.lstrip("*= ").rstrip(" .!").casefold()
    return 0 if word in _TRUE else 1 if word in _FALSE else None


def _answers(lines: tuple[str, ...], language: str) -> Written:
    parts = [part.strip() for line in lines for part in line[1:].split("|")]
    answers = tuple(dict.fromkeys(part for part in parts if part))
    number = _number(answers[0], language) if len(answers) == 1 else None
    return Written(Kind.NUMBER, number=number) if number else Written(Kind.TEXT, answers=answers)


def _number(words: str, language: str) -> Number | None:
    found = _VALUE.fullmatch(words)
    value = _decimal(found["value"], language) if found else None
    near = _decimal(found["near"], language) if found and found["near"] else Decimal(0)
    if found is None or value is None or near is None:
        return None
    return Number(value, near, (found["unit"] or "").strip())


def _decimal(words: str, language: str) -> Decimal | None:
    """The number that is meant; what may be one with a decimal point or with groups of three is as the language has it.

    `1.234` is 1234 in Indonesian, `1,234` is so in English.
    """
    values = readings(words)
    grouping = "." if language == "id" else ","
    return (values[-1] if grouping in words else values[0]) if values else None


def _sequence(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines without the numbers 1, 2, 3 ... before them, none where they are not numbered so."""
    found = [_NUMBERED.fullmatch(line) for line in lines]
    rest = tuple(each["rest"] for place, each in enumerate(found) if each and int(each["number"]) == place + 1)
    return rest if len(rest) == len(lines) else ()


def _options(lines: tuple[str, ...]) -> Written:
    marked = [line[:1] in ("*", "=") for line in lines]
    bare = [line[1:].strip() if line[:1] in ("*", "=") else line for line in lines]
    lettered = [found for place, line in enumerate(lines) if (found := _lettered(line, place))]
    if len(lettered) == len(lines):
        marked = [bool(found["mark"]) for found in lettered]
        bare = [found["rest"] for found in lettered]
    # Where every line is marked, the marks are only bullets.
    right = tuple(place for place, is_marked in enumerate(marked) if is_marked and not all(marked))
    if len(lines) == 2 and sorted(truths := [truth for each in bare if (truth := _truth(each)) is not None]) == [0, 1]:
        return Written(Kind.TRUTH, right=(truths[right[0]],)) if right else Written(Kind.ONE, tuple(bare))
    return Written(Kind.SEVERAL if len(right) > 1 else Kind.ONE, tuple(bare), right)


def _lettered(line: str, place: int) -> re.Match[str] | None:
    found = _LETTERED.fullmatch(line)
    return found if found and ord(found["letter"].lower()) - ord("a") == place else None
