"""Translatable text whose arguments stay typed until the reader is known."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Flag, StrEnum

from bot.chat.places import Account


class Style(Flag):
    """How a run of text is set; a renderer drops what its platform lacks."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    CODE = 4
    SPOILER = 8


class Shape(StrEnum):
    """How much of an instant is shown."""

    FULL = "full"
    SHORT = "short"
    TIME = "time"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, shown exactly as it stands, never read as markup.

    `url` makes it a link that we chose to make. With `moment` the text is the fallback of an instant
    that some platforms can show in each reader's own zone, as much of it as `shape` says. With `mention` the text is
    the name of that account, and whose it is hears of the message.
    """

    text: str
    style: Style = Style.PLAIN
    url: str = ""
    moment: datetime | None = None
    shape: Shape = Shape.SHORT
    mention: Account | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware), shown in the reader's language and in the audience's `zone` unless it has one of its own.

    Where a platform can show it in each reader's own zone instead, it does, unless it is `fixed`.
    """

    at: datetime
    shape: Shape = Shape.SHORT
    zone: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, shown in the reader's language."""

    on: date


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, shown in its largest fitting unit."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Percent:
    """A share between 0 and 1, shown as a percentage without decimals."""

    share: float


@dataclass(frozen=True, slots=True)
class Name:
    """What a person or group calls itself: cleaned for show and kept apart from the text around it.

    `fallback` is shown where nothing visible is left of `raw`.
    """

    raw: str
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name that calls them on their platform; elsewhere it is the bare name."""

    account: Account
    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values joined as the reader's language joins them: `Ani, Budi, dan Citra`, or `atau` if `either`."""

    values: "tuple[Value, ...]"
    either: bool = False


class T:
    """A sentence in English, the key of its translations, with typed arguments in `{braces}`.

    With `plural` and an argument `n`, the language's own plural rule chooses between the two.
    """

    __slots__ = ("args", "plural", "source")

    def __init__(self, source: str, plural: str = "", /, **args: "Value") -> None:
        self.source = source
        self.plural = plural
        self.args = args

    def __eq__(self, other: object) -> bool:
        return isinstance(other, T) and (self.source, self.plural, self.args) == (
            other.source,
            other.plural,
            other.args,
        )

    def __hash__(self) -> int:
        return hash((self.source, self.plural))

    def __repr__(self) -> str:
        return f"T({self.source!r}, {self.args!r})"


Value = str | int | float | Decimal | T | Run | Moment | Day | Span | Percent | Name | Mention | Listing
Inline = str | T | Run | Moment | Name | Mention
"""One piece of a line as a feature writes it; a plain `str` is somebody's words, shown as they are."""

Line = tuple[Inline, ...]


def bold(text: str) -> Run:
    """The text in bold."""
    return Run(text, Style.BOLD)


def code(text: str) -> Run:
    """The text as code, byte for byte."""
    return Run(text, Style.CODE)
