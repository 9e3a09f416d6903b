"""Lists of which one is chosen by a word or a button and looked through page by page."""

from collections.abc import Callable, Mapping, Sequence

from bot.chat.message import Bullets, Button, Message, Row, card
from bot.chat.press import Press
from bot.chat.text import Line, T
from bot.context import Context
from bot.param import Choice, Completion

PAGE = 5
"""Things on a page, each with a button that opens it (Discord: five in a row)."""

Names = Mapping[str, Sequence[str]]
"""Every list with the words by which it can be asked for."""

Turn = Callable[[str, int], Press]
"""The button's meaning that shows a list from some place on."""


def called(words: str, names: Names) -> str:
    """The list of that name, "" for none."""
    return next((each for each, known in names.items() if words in known), "")


def completed(names: Names) -> Completion:
    """Offers the lists whose name contains what was typed."""

    async def complete(_ctx: Context, text: str) -> tuple[Choice, ...]:
        return tuple(Choice(each, each) for each in names if text.casefold() in each)

    return complete


def choices(labels: Mapping[str, T], turn: Turn, which: str) -> Row:
    """A button for each list; the one that is shown is picked."""
    return tuple(Button(label, turn(each, 0), pick=each == which) for each, label in labels.items())


def page(title: T, lines: Sequence[Line], opens: Row, steps: Row, lists: Row) -> Message:
    """One page: what stands on it, the buttons that open it, those that go on, and the other lists."""
    return card(title, Bullets(tuple(lines)), rows=tuple(row for row in (opens, steps, lists) if row))


def steps(turn: Turn, which: str, start: int, *, more: bool) -> Row:
    """Back, where that is not the first page, and on, where there is more."""
    back: Row = (Button(T("Back"), turn(which, max(0, start - PAGE))),) if start else ()
    on: Row = (Button(T("More"), turn(which, start + PAGE)),) if more else ()
    return (*back, *on)
