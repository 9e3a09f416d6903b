"""A message as data: blocks of styled runs and rows of buttons, never a markup string."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.file import Document
from bot.chat.places import Ref
from bot.chat.press import Press
from bot.chat.text import Inline, Line, T


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of one line."""

    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line feeds inside a run are kept."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is a line of its own."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is kept byte-identical, set in a fixed width."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, set apart from ours."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a distribution: `part` of `whole` chose this; `mark` says that it is the right one."""

    label: Line
    part: int
    whole: int
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A small distribution, drawn with characters where a platform cannot draw."""

    bars: tuple[Bar, ...]


Block = Heading | Paragraph | Bullets | Code | Quote | Bars


class Tone(StrEnum):
    """What a button's colour says; every button says it in words as well."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button with either a `press` (its meaning to us) or a `url` (opened by the reader's app).

    `pick` marks the button of a choice that now holds. Labels: at most 80 characters (Discord), cut by `fit`.
    """

    label: Inline
    press: Press | None = None
    url: str = ""
    tone: Tone = Tone.PLAIN
    pick: bool = False


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """A native quiz poll, for platforms that have them: votes are seen by everybody who looks.

    `right` counts options from 0, one or more in rising order. Limits are Telegram's: `question` 300, each of 2 to 12
    `options` 100, `explanation` 200 characters; longer ones are cut. `open` false ends the poll that stands.
    """

    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    explanation: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of its own for what is said about a card: a Discord thread or forum post, a Telegram topic if `apart`.

    `title` has at most 100 characters (Discord). `tags` become a forum post's tags where the forum has tags of these
    names. `closed` archives the thread; an edit of the card brings it back. Where a platform can open no thread, people
    reply to the card.
    """

    title: str
    tags: tuple[str, ...] = ()
    closed: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, before anybody's language or platform is known.

    `silent` sends without a sound. `asks` says that the next text of the reader is awaited as the answer.
    `card` asks for a framed look where the platform has one. `files` go along with it, pictures shown as such. With a
    `poll` a platform that has native polls shows that in place of everything else. `thread` is opened for a card.
    """

    blocks: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()
    silent: bool = True
    asks: bool = False
    card: bool = False
    files: tuple[Document, ...] = ()
    poll: Poll | None = None
    thread: Thread | None = None


def say(*lines: Inline | Line, rows: tuple[Row, ...] = (), asks: bool = False) -> Message:
    """A message of plain paragraphs, one per argument."""
    return Message(tuple(Paragraph(_line(line)) for line in lines), rows, asks=asks)


def card(title: Inline | Line, *blocks: Block | Inline, rows: tuple[Row, ...] = ()) -> Message:
    """A framed message with a heading; bare text among `blocks` becomes a paragraph."""
    head: Block = Heading(_line(title))
    return Message((head, *(_block(block) for block in blocks)), rows, card=True)


def _line(line: Inline | Line) -> Line:
    return line if isinstance(line, tuple) else (line,)


def _block(block: Block | Inline) -> Block:
    if isinstance(block, Heading | Paragraph | Bullets | Code | Quote | Bars):
        return block
    return Paragraph((block,))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the person who asked.

    `replaces` edits the message whose button was pressed (with `public` one for everybody, in the
    group's language). Otherwise it is private, by the best means that the platform has.
    `personal` says that the words are nobody else's business: they are then never put in public, not even briefly.
    `language` and `zone` override the reader's, for the answer to a change of them. `attach` makes a file, or several,
    that goes along: it is called in a thread when the unit of work is over, because drawing takes long. One that
    `tells` has what waits for its reader below it even where it may not arrive; there that is told again.
    """

    message: Message
    replaces: bool = False
    public: bool = False
    personal: bool = False
    language: str = ""
    zone: str = ""
    attach: Callable[[], Document | Sequence[Document]] | None = None
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A short private answer to a press, at most 200 characters when shown (Telegram's alert).

    A `light` one passes by itself where the platform can show it so: it may be missed without harm.
    """

    text: T
    light: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """It is done, and nothing else is to be said: in a group the message `on` is marked, None for the command's own.

    The words are the private answer wherever there is nobody to disturb or nothing to mark: in a private chat, to a
    press or a slash command (a press marks `on` as well), and where no mark may be left. A `quiet` one is left unsaid
    in a group where no mark may be left.
    """

    text: T
    on: Ref | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is said, and what was heard counts as settled: nobody else hears of it."""


Outcome = Message | Reply | Toast | Receipt | Silence | None
"""What a handler returns. A bare `Message` is a private reply."""
