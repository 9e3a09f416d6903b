"""Turning translatable text into the words of one reader: language, register and zone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from bot.chat.clean import clean_name, isolate
from bot.chat.message import Bar, Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote
from bot.chat.text import Day, Inline, Line, Listing, Mention, Moment, Name, Percent, Run, Shape, Span, T, Value
from bot.domain.community import Register
from bot.domain.people import FORMER

LANGUAGES = ("id", "en")
"""Languages in which everything is said; English is the source."""

ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
"""Indonesian zones and the names people use; Babel would say GMT+7."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FOLDER = Path(__file__).parent / "locale"
_PATTERNS = {
    ("id", Shape.FULL): "EEEE, d MMMM yyyy 'pukul' HH.mm",
    ("id", Shape.SHORT): "EEE, d MMM 'pukul' HH.mm",
    ("id", Shape.TIME): "HH.mm",
    ("en", Shape.FULL): "EEEE, d MMMM yyyy 'at' HH:mm",
    ("en", Shape.SHORT): "EEE, d MMM 'at' HH:mm",
    ("en", Shape.TIME): "HH:mm",
}
_UNITS = (
    (timedelta(days=1), T("{n} day", "{n} days")),
    (timedelta(hours=1), T("{n} hour", "{n} hours")),
    (timedelta(minutes=1), T("{n} minute", "{n} minutes")),
    (timedelta(seconds=1), T("{n} second", "{n} seconds")),
)


@lru_cache
def catalogue(name: str) -> Mapping[str, str]:
    """The translations of `bot/locale/<name>.po` by English source; a plural's source has its singular's key."""
    path = _FOLDER / f"{name}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale="id")
    return {_first(entry.id): _first(entry.string) for entry in messages if entry.id and entry.string}


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@dataclass(frozen=True, slots=True)
class Speech:
    """One reader's language (`id` or `en`), register and IANA zone."""

    language: str = "id"
    zone: str = "Asia/Jakarta"
    register: Register = Register.WARM

    def message(self, message: Message) -> Message:
        """The same message with nothing but `Run`s in its lines."""
        blocks = tuple(self._block(block) for block in message.blocks)
        rows = tuple(tuple(self._button(button) for button in row) for row in message.rows)
        return replace(message, blocks=blocks, rows=rows)

    def words(self, inline: Inline | Line) -> str:
        """The bare words, for menus and labels."""
        return "".join(run.text for run in self.runs(inline))

    def runs(self, line: Inline | Line) -> tuple[Run, ...]:
        """The runs of a line."""
        parts = line if isinstance(line, tuple) else (line,)
        return tuple(run for part in parts for run in self._value(part))

    def template(self, text: T) -> str:
        """The translated sentence with its placeholders still open."""
        if self.language == "en":
            return text.plural if text.plural and text.args.get("n") != 1 else text.source
        formal = catalogue("id_formal").get(text.source) if self.register is Register.FORMAL else None
        return formal or catalogue("id").get(text.source) or text.source

    def _value(self, value: Value) -> Iterator[Run]:
        match value:
            case Run():
                yield replace(value, text=isolate(value.text))
            case T():
                yield from self._filled(value)
            case str():
                yield Run(isolate(value))
            case Name() if value.raw == FORMER:
                yield from self._filled(T("a former member"))
            case Name():
                yield Run(isolate(clean_name(value.raw, value.fallback or "?")))
            case Mention():
                yield Run(isolate(clean_name(value.name, "?")), mention=value.account)
            case Moment():
                yield self._moment(value)
            case Listing():
                words = ["".join(run.text for run in self._value(each)) for each in value.values]
                yield Run(format_list(words, "or" if value.either else "standard", self._locale))
            case Day() | Span() | Percent() | int() | float() | Decimal():
                yield Run(self._plain(value))

    def _filled(self, text: T) -> Iterator[Run]:
        for index, piece in enumerate(_PLACEHOLDER.split(self.template(text))):
            if index % 2:
                yield from self._value(text.args[piece])
            elif piece:
                yield Run(piece)

    def _plain(self, value: Day | Span | Percent | float | Decimal) -> str:
        match value:
            case Day():
                return str(format_date(value.on, "EEEE, d MMMM yyyy", locale=self._locale))
            case Span():
                return self._span(value.length)
            case Percent():
                return str(format_percent(value.share, "0%", locale=self._locale))
            case int() | float():
                return str(format_decimal(value, locale=self._locale))
            case Decimal():
                return str(format_decimal(value, locale=self._locale, decimal_quantization=False))

    def _span(self, length: timedelta) -> str:
        unit, name = next((item for item in _UNITS if length >= item[0]), _UNITS[-1])
        count = max(1, -(-length // unit))
        return self.words(T(name.source, name.plural, n=count))

    def _moment(self, moment: Moment) -> Run:
        zone = moment.zone or self.zone
        local = moment.at.astimezone(ZoneInfo(zone))
        shape = Shape.SHORT if moment.shape is Shape.RELATIVE else moment.shape
        text = format_datetime(local, _PATTERNS[self.language, shape], locale=self._locale)
        words = f"{text} {ZONES.get(zone, local.tzname() or '')}".strip()
        return Run(words, moment=None if moment.fixed else moment.at, shape=moment.shape)

    @property
    def _locale(self) -> str:
        return "id_ID" if self.language == "id" else "en_GB"

    def _block(self, block: Block) -> Block:
        match block:
            case Heading():
                return Heading(self.runs(block.line))
            case Paragraph():
                return Paragraph(self.runs(block.line))
            case Quote():
                return Quote(self.runs(block.line))
            case Bullets():
                return Bullets(tuple(self.runs(item) for item in block.items))
            case Bars():
                return Bars(tuple(self._bar(bar) for bar in block.bars))
            case Code():
                return block

    def _bar(self, bar: Bar) -> Bar:
        return replace(bar, label=self.runs(bar.label))

    def _button(self, button: Button) -> Button:
        return replace(button, label=self.words(button.label))


def choose_language(*wishes: str) -> str:
    """The first wish that we speak, by its two-letter prefix; English if none is."""
    codes = (wish[:2].lower() for wish in wishes if wish)
    return next((code for code in codes if code in LANGUAGES), "en")
