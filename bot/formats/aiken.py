"""Aiken, Moodle's plainest format: a question, lettered options a line each, and the letter of the right one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.chat.text import T, code
from bot.domain.items import Item, ItemText, Kind, letter
from bot.formats.check import check
from bot.formats.draft import MOST_ROWS, Draft, Problem, Unreadable

_OPTION = re.compile(r"([A-Z])[.)](\s+|$)?(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"([A-Za-z])[.)]?")
_TRUTHS = {"en": ("True", "False"), "id": ("Benar", "Salah")}


def read(text: str, language: str) -> tuple[Draft, ...]:
    """The questions of an Aiken file, in that language; `Unreadable` names every line that is amiss.

    A question may take several lines, though Moodle's own take one. Two options that say only true and false make
    a TRUTH item.
    """
    parts = list(islice(_parts(text), MOST_ROWS + 1))
    if len(parts) > MOST_ROWS:
        raise Unreadable(Problem(0, T("A file holds at most {most} questions. Split it into several.", most=MOST_ROWS)))
    drafts, problems = [], []
    for part in parts:
        try:
            drafts.append(Draft(part.line, _item(part, language)))
        except _Wrong as wrong:
            problems.append(Problem(wrong.line, wrong.text))
    if problems:
        raise Unreadable(*problems)
    if not drafts:
        raise Unreadable(Problem(0, T("There is no question in this text.")))
    return tuple(drafts)


def holds(item: Item) -> bool:
    """Whether Aiken can hold the question: one right option or true and false, no picture, a line for each part.

    What it never holds is left out: explanation, feedback, topics, difficulty and source.
    """
    lines = [line for text in item.texts.values() for line in (text.prompt, *text.options)]
    return (
        item.kind in (Kind.ONE, Kind.TRUTH)
        and not item.picture
        and all(line == line.strip() and len(_BREAK.split(line)) == 1 for line in lines)
        and not any(_OPTION.match(text.prompt) or _ANSWER.match(text.prompt) for text in item.texts.values())
    )


def write(items: Iterable[Item], language: str) -> str:
    """The items as Aiken, in that language where they have it; ValueError for an item that `holds` denies."""
    return "\n".join(_written(item, language) for item in items)


class _Wrong(ValueError):
    def __init__(self, line: int, text: T) -> None:
        super().__init__(text.source)
        self.line = line
        self.text = text


@dataclass(slots=True)
class _Part:
    """One question as its lines say it: numbered options with their letters, and what stands behind ANSWER."""

    line: int
    prompt: list[str] = field(default_factory=list)
    options: list[tuple[int, str, str]] = field(default_factory=list)
    answer: tuple[int, str] | None = None


def _parts(text: str) -> Iterator[_Part]:
    """The questions: each ends with its answer, or where words follow that belong to no part of it."""
    part = _Part(0)
    joined = True
    for number, raw in enumerate(_BREAK.split(text), 1):
        line = raw.strip()
        option = _OPTION.fullmatch(line) if part.prompt else None
        answer = _ANSWER.fullmatch(line)
        if not line:
            joined = not part.prompt
        elif option and (option[2] or option[1] == letter(len(part.options))):
            part.options.append((number, option[1], option[3]))
        elif answer:
            part.line = part.line or number
            part.answer = (number, answer[1])
            yield part
            part, joined = _Part(0), True
        elif part.options or not joined:
            yield part
            part, joined = _Part(number, [line]), True
        else:
            part.line = part.line or number
            part.prompt.append(line)
    if part.line:
        yield part


def _item(part: _Part, language: str) -> Item:
    if part.options and part.options[0][1] == "B" and _OPTION.match(part.prompt[0]):
        raise _Wrong(part.line, T("The question is empty."))
    for place, (line, label, _) in enumerate(part.options):
        if label != letter(place):
            raise _Wrong(line, T("Options are lettered in order; this one should be {letter}.", letter=letter(place)))
    options = tuple(words for _, _, words in part.options)
    right = _right(part)
    said = tuple(option.casefold() for option in options)
    truth = next((pair for pair in _TRUTHS.values() if sorted(said) == sorted(map(str.casefold, pair))), None)
    prompt = "\n".join(part.prompt)
    if truth and right < len(said):
        index = 0 if said[right] == truth[0].casefold() else 1
        item = Item(0, 0, {language: ItemText(prompt)}, (index,), kind=Kind.TRUTH)
    else:
        item = Item(0, 0, {language: ItemText(prompt, options)}, (right,))
    if amiss := check(item):
        raise _Wrong(part.line, amiss)
    return item


def _right(part: _Part) -> int:
    """Which option the answer's line names, from 0."""
    example = code("ANSWER: B")
    last = max((line for line, _, _ in part.options), default=part.line)
    if not part.options:
        raise _Wrong(
            part.line, T("Under a question come its options, a line each, like {example}.", example=code("A. 42"))
        )
    if part.answer is None:
        raise _Wrong(last, T("The right answer is missing after this line. Write it like {example}.", example=example))
    key = _KEY.fullmatch(part.answer[1])
    if key is None:
        raise _Wrong(part.answer[0], T("The right answer is one letter, like {example}.", example=example))
    index = ord(key[1].upper()) - ord("A")
    if index >= len(part.options):
        raise _Wrong(part.answer[0], T("There is no option {letter}. Name one of those above.", letter=letter(index)))
    return index


def _written(item: Item, language: str) -> str:
    if not holds(item):
        raise ValueError(f"item {item.id} does not fit into Aiken")
    text = item.text(language)
    options = text.options if item.kind is Kind.ONE else _TRUTHS[language if language in _TRUTHS else "en"]
    lines = (f"{letter(place)}. {option}\n" for place, option in enumerate(options))
    return f"{text.prompt}\n{''.join(lines)}ANSWER: {letter(item.right[0])}\n"
