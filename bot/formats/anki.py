"""Anki's "Notes in Plain Text": flashcards as questions answered in words, and questions as flashcards.

Our own cards hold the kind of a question, its words in one language, what is right, its explanation, source and
topics; they hold no difficulty, no feedback, no picture and no further language. Other cards become questions
answered in words: a front and a back, or one question for each gap of a cloze.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.chat.text import T, code
from bot.domain.items import LONGEST_ANSWER, Item, ItemText, Kind
from bot.formats import card, delimited
from bot.formats.check import check
from bot.formats.draft import MOST_BYTES, MOST_ROWS, Draft, Problem, Unreadable
from bot.formats.grid import Row
from bot.formats.html import Foreign, plain

GAP = "_____"

LONGEST_FIELD = 20_000
"""Characters of a field with its markup; what is shown of it has to be far shorter."""

_HEAD = "#separator:tab\n#html:true\n#tags column:3\n"
"""No names of columns: by those Anki would look for fields of that name, which differ with its language."""

_SETTING = re.compile(r"\ufeff?#([a-z ]+):([^\r\n]*)(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":"}
_APART = ("guid", "notetype", "deck", "tags")
_CLOZE = re.compile(
    r"\{\{c(\d{1,3})::((?:(?!\{\{|\}\}|::).)*+)(?:::((?:(?!\{\{|\}\}).)*+))?\}\}", re.DOTALL | re.IGNORECASE | re.ASCII
)
_OPEN = re.compile(r"\{\{c\d", re.IGNORECASE | re.ASCII)
_MEDIA = re.compile(r"\[sound:|\[anki:", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z]+\b[^<>]*>|&(?:\w+|#\d+);", re.IGNORECASE)
_OF_ANKI = frozenset(("leech", "marked"))
"""Tags by which Anki itself remembers something about a note."""


class _Wrong(Exception):
    def __init__(self, text: T) -> None:
        super().__init__(text.source)
        self.text = text


@dataclass(frozen=True, slots=True)
class _Note:
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    html: bool

    def field(self, place: int) -> str:
        return self.fields[place] if place < len(self.fields) else ""


def read(text: str, language: str) -> tuple[Draft, ...]:
    """The questions of the cards; raises `Unreadable`."""
    if len(text) > MOST_BYTES:
        raise Unreadable(
            Problem(0, T("The file is too large: at most {most} MB can be imported.", most=MOST_BYTES // 2**20))
        )
    settings, start = _settings(text)
    rows = [row for row in delimited.split(text, _separator(settings), start) if not row.empty]
    if not rows:
        raise Unreadable(Problem(0, T("The file is empty.")))
    _check_count(len(rows))
    html = settings.get("html", "true" if _MARKUP.search(text) else "false").casefold() == "true"
    drafts: list[Draft] = []
    problems = []
    for row in rows:
        try:
            drafts += (Draft(row.line, item) for item in _items(_note(row, settings, html), language))
        except _Wrong as error:
            problems.append(Problem(row.line, error.text))
    if problems:
        raise Unreadable(*problems)
    _check_count(len(drafts))
    return tuple(drafts)


def write(items: Sequence[Item], language: str) -> str:
    """The items as notes that Anki imports with its type "Basic"."""
    notes = ((*card.write(item, language), " ".join(item.tags)) for item in items)
    lines = ("\t".join(map(delimited.quote, note)) + "\n" for note in notes)
    return _HEAD + "".join(lines)


def holds(item: Item) -> bool:
    """Whether Anki's text can hold the question: every kind, but no picture."""
    return not item.picture


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        raise Unreadable(
            Problem(0, T("There are {count} questions, at most {most} fit in one import.", count=count, most=MOST_ROWS))
        )


def _settings(text: str) -> tuple[Mapping[str, str], int]:
    """What the lines at the top say, and where they end."""
    settings: dict[str, str] = {}
    start = 0
    while match := _SETTING.match(text, start):
        settings[match[1].casefold()] = match[2].strip(" ")
        start = match.end()
    return settings, start or text.startswith("\ufeff")


def _separator(settings: Mapping[str, str]) -> str:
    named = settings.get("separator", "tab")
    sign = _SEPARATORS.get(named.casefold(), named)
    if len(sign) != 1 or sign in '"\r\n':
        wrong = T("{sign} is no separator. Example: {example}", sign=code(named[:20]), example=code("#separator:tab"))
        raise Unreadable(Problem(1, wrong))
    return sign


def _note(row: Row, settings: Mapping[str, str], html: bool) -> _Note:
    apart = {name: _place(settings.get(f"{name} column", "")) for name in _APART}
    fields = tuple(cell for at, cell in enumerate(row.cells) if at not in apart.values())
    own = apart["tags"]
    tagged = row.cells[own] if own is not None and own < len(row.cells) else ""
    return _Note(fields, tuple(_tags(f"{settings.get('tags', '')} {tagged}")), html)


def _place(number: str) -> int | None:
    return int(number) - 1 if re.fullmatch(r"[1-9]\d?", number, re.ASCII) else None


def _tags(tags: str) -> Iterator[str]:
    """The tags as topics; a level below another, `biologi::sel`, becomes one word with it."""
    topics = (re.sub(r"[:_]+", "-", tag.casefold()).strip("-") for tag in tags.split() if tag not in _OF_ANKI)
    return (topic for topic in dict.fromkeys(topics) if topic)


def _items(note: _Note, language: str) -> Iterator[Item]:
    for item in _asked(note, language):
        tagged = replace(item, tags=note.tags)
        if problem := check(tagged):
            raise _Wrong(problem)
        yield tagged


def _asked(note: _Note, language: str) -> Iterator[Item]:
    front = note.field(0)
    if (longest := max(map(len, note.fields), default=0)) > LONGEST_FIELD:
        raise _Wrong(T("A field is too long: {length} characters, at most {most}.", length=longest, most=LONGEST_FIELD))
    if card.is_ours(front):
        item = card.read(front, note.field(1), language)
        if not item:
            raise _Wrong(T("The back of this card does not fit its front any more. Export it again."))
        yield item
    elif _OPEN.search(front):
        yield from _gaps(note, language)
    else:
        yield _typed(note, language)


def _typed(note: _Note, language: str) -> Item:
    """The card with two sides; a third field is its explanation, but `y` asks Anki for a reversed card."""
    answer = _words(note.field(1), note)
    if "\n" in answer or len(answer) > LONGEST_ANSWER:
        raise _Wrong(
            T(
                "The back is what one types, so it is one line of at most {most} characters. Shorten it to the answer.",
                most=LONGEST_ANSWER,
            )
        )
    more = [words for field in note.fields[2:] if (words := _words(field, note)) and words != "y"]
    if len(more) > 1:
        raise _Wrong(T("This card has {count} fields, at most {most} fit.", count=len(more) + 2, most=3))
    text = ItemText(_words(note.field(0), note), explanation="".join(more), answers=(answer,) if answer else ())
    return Item(0, 0, {language: text}, kind=Kind.TEXT)


def _gaps(note: _Note, language: str) -> Iterator[Item]:
    """A question for each number of a gap, with the words of all others."""
    field = note.field(0)
    gaps = list(_CLOZE.finditer(field))
    if not gaps or _OPEN.search(_CLOZE.sub("", field)):
        raise _Wrong(T("A gap stands in another one, or does not end. Write each on its own."))
    for number in sorted({int(gap[1]) for gap in gaps}):
        answers = {_words(gap[2], note) for gap in gaps if int(gap[1]) == number}
        if len(answers) > 1:
            raise _Wrong(
                T("The gap {number} has more than one answer. Give each gap a number of its own.", number=number)
            )
        prompt = _CLOZE.sub(partial(_shown, number=number), field)
        text = ItemText(_words(prompt, note), explanation=_words(note.field(1), note), answers=tuple(answers))
        yield Item(0, 0, {language: text}, kind=Kind.TEXT)


def _shown(gap: re.Match[str], number: int) -> str:
    if int(gap[1]) != number:
        return gap[2]
    return f"{GAP} ({gap[3]})" if gap[3] else GAP


def _words(field: str, note: _Note) -> str:
    """What the field says, as plain text."""
    if _MEDIA.search(field):
        raise _Wrong(T("Pictures and sounds cannot be imported. Take this card out or say it in words."))
    if not note.html:
        return field.strip()
    try:
        return plain(field)
    except Foreign:
        raise _Wrong(T("Pictures and sounds cannot be imported. Take this card out or say it in words.")) from None
