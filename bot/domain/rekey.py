"""What a corrected key changes: the copies of the item in quizzes, who was right, and the points of live rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import is_right
from bot.domain.items import Item, ItemText, Kind
from bot.domain.quiz import Answer, Quiz, State
from bot.domain.quiz import Kind as QuizKind
from bot.domain.score import round_points


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is now judged otherwise."""

    person: int
    position: int
    right: bool


@dataclass(frozen=True, slots=True)
class Recount:
    """A quiz with the corrected key. `points` are what each person gains (1) or loses (-1) by it."""

    quiz: Quiz
    changes: tuple[Change, ...]
    points: Mapping[int, int]


def with_key(copy: Item, item: Item) -> Item:
    """The copy of an item with the key of `item`; nothing else of it changes.

    A copy of an ORDER item keeps its options where they stand, because answers name them by their places: `right`
    then holds the right order.
    """
    match copy.kind:
        case Kind.ONE | Kind.SEVERAL | Kind.TRUTH:
            return replace(copy, right=item.right)
        case Kind.NUMBER:
            return replace(copy, number=item.number)
        case Kind.TEXT:
            texts = {language: _accepting(text, item.text(language)) for language, text in copy.texts.items()}
            return replace(copy, texts=texts)
        case Kind.ORDER:
            return replace(copy, right=_order(copy, item))


def recount(quiz: Quiz, item: Item, answers: Mapping[int, Sequence[Answer]]) -> Recount:
    """The quiz with the key of `item` in every copy of that version, and what this means for everybody's answers.

    Points change only where they were given already: in a live round that is over.
    """
    items = tuple(with_key(copy, item) if is_copy(copy, item) else copy for copy in quiz.items)
    corrected = replace(quiz, items=items)
    changes: list[Change] = []
    points: dict[int, int] = {}
    for person, given in answers.items():
        found = [
            Change(person, one.position, not one.right)
            for one in given
            if is_copy(items[one.position], item) and is_right(items[one.position], one.response) != one.right
        ]
        changes += found
        gain = _gain(corrected, given, found)
        if gain:
            points[person] = gain
    return Recount(corrected, tuple(changes), points)


def is_copy(copy: Item, item: Item) -> bool:
    """Whether both ask the same: another version of an item is another question."""
    return (copy.id, copy.version, copy.kind, copy.size) == (item.id, item.version, item.kind, item.size)


def _gain(quiz: Quiz, given: Sequence[Answer], changes: Sequence[Change]) -> int:
    if quiz.kind is not QuizKind.ROUND or quiz.state is not State.CLOSED:
        return 0
    right = sum(one.right for one in given)
    now = right + sum(1 if change.right else -1 for change in changes)
    size = len(quiz.items)
    return round_points(len(given), now, size)[1] - round_points(len(given), right, size)[1]


def _accepting(text: ItemText, corrected: ItemText) -> ItemText:
    return replace(text, answers=corrected.answers)


def _order(copy: Item, item: Item) -> tuple[int, ...]:
    """Where the options of `item` stand in the copy; empty where they stand in the same order."""
    language = next(iter(copy.texts))
    ours, theirs = copy.texts[language].options, item.text(language).options
    if sorted(ours) != sorted(theirs):
        return copy.right
    return () if ours == theirs else tuple(ours.index(option) for option in theirs)
