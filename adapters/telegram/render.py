"""A message drawn as Telegram's text with entities (offsets in UTF-16 units) and an inline keyboard."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, User
from telegram.constants import InlineKeyboardMarkupLimit, MessageEntityType, MessageLimit

from adapters.telegram.attach import is_sendable
from adapters.telegram.received import NAME
from bot.chat.clean import clean_text
from bot.chat.file import Document
from bot.chat.fit import Profile, fit
from bot.chat.message import Bar, Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote, Tone
from bot.chat.press import Press
from bot.chat.text import Line, Run, Shape, Style

Sign = Callable[[Press], str]
"""Gives a button's signed payload."""

GAP = "\n\n"
ALERT = 200
"""The longest answer to a press (answerCallbackQuery)."""

_BAR = 10
_LONGEST_NAME = 64
_MENTION = re.compile(r"(?<![\w/])@(?=\w)")
_STYLES = (
    (Style.BOLD, MessageEntityType.BOLD),
    (Style.ITALIC, MessageEntityType.ITALIC),
    (Style.SPOILER, MessageEntityType.SPOILER),
)
_FORMS = {Shape.TIME: "t", Shape.RELATIVE: "r"}
"""How the app writes an instant; others with weekday, date and time."""

_COLOURS = {Tone.PLAIN: None, Tone.MAIN: "primary", Tone.DANGER: "danger"}


@dataclass(frozen=True, slots=True)
class Page:
    """One Telegram message, ready to be sent; below a `file` the text is its caption."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    file: Document | None = None


@dataclass(slots=True)
class Pen:
    """Writes text and notes where a style holds."""

    parts: list[str] = field(default_factory=list)
    entities: list[MessageEntity] = field(default_factory=list)
    at: int = 0

    def write(self, text: str) -> int:
        """Add text as it stands and return where it began, in UTF-16 units."""
        began, text = self.at, clean_text(text)
        self.parts.append(text)
        self.at += len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
        return began

    def mark(
        self,
        kind: str,
        began: int,
        *,
        url: str | None = None,
        language: str | None = None,
        at: datetime | None = None,
        form: str | None = None,
        user: User | None = None,
    ) -> None:
        """Let `kind` hold from `began` to here."""
        if self.at > began:
            entity = MessageEntity(
                kind,
                began,
                self.at - began,
                url=url,
                user=user,
                language=language,
                unix_time=at,
                date_time_format=form,
            )
            self.entities.append(entity)


def pages(message: Message, sign: Sign) -> tuple[Page, ...]:
    """A localised message as one or more Telegram messages; it never raises, whatever the text is."""
    return tuple(page for part in fit(message, PROFILE) for page in _with_files(_page(part, sign), part.files))


def plain(message: Message) -> str:
    """The words alone, for an alert."""
    return draw(message.blocks).text


def draw(blocks: tuple[Block, ...]) -> Page:
    """Blocks as text with entities."""
    pen = Pen()
    for index, block in enumerate(blocks):
        if index:
            pen.write(GAP)
        _block(pen, block)
    return Page("".join(pen.parts), tuple(pen.entities))


def keyboard(message: Message, sign: Sign) -> InlineKeyboardMarkup | None:
    """The buttons; a link that Telegram would refuse is left out."""
    rows = [[drawn for button in row if (drawn := _button(button, sign))] for row in message.rows]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _with_files(page: Page, files: tuple[Document, ...]) -> tuple[Page, ...]:
    """The first file carries words that fit a caption, with the buttons; further ones follow bare."""
    files = tuple(filter(is_sendable, files))
    if files and len(page.text) <= MessageLimit.CAPTION_LENGTH:
        page, files = replace(page, file=files[0]), files[1:]
    return (page, *(Page("", file=file) for file in files))


def _page(message: Message, sign: Sign) -> Page:
    drawn = draw(message.blocks)
    return Page(drawn.text, drawn.entities, keyboard(message, sign))


def _button(button: Button, sign: Sign) -> InlineKeyboardButton | None:
    label = clean_text(str(button.label))
    text = f"✓ {label}" if button.pick else label
    style = _COLOURS[button.tone]
    if button.press:
        return InlineKeyboardButton(text, callback_data=sign(button.press), style=style)
    if button.url.startswith(("https://", "http://", "tg://")):
        return InlineKeyboardButton(text, url=button.url, style=style)
    return None


def _block(pen: Pen, block: Block) -> None:
    match block:
        case Heading():
            began = pen.write("")
            _line(pen, block.line, Style.BOLD)
            pen.mark(MessageEntityType.BOLD, began)
        case Paragraph():
            _line(pen, block.line)
        case Quote():
            began = pen.write("")
            _line(pen, block.line)
            pen.mark(MessageEntityType.BLOCKQUOTE, began)
        case Bullets():
            for index, item in enumerate(block.items):
                pen.write("\n• " if index else "• ")
                _line(pen, item)
        case Code():
            began = pen.write(block.text)
            pen.mark(MessageEntityType.PRE, began, language=block.language or None)
        case Bars():
            for index, bar in enumerate(block.bars):
                pen.write("\n" if index else "")
                _bar(pen, bar)
        case _:
            assert_never(block)


def _bar(pen: Pen, bar: Bar) -> None:
    share = bar.part / bar.whole if bar.whole else 0.0
    filled = round(share * _BAR)
    pen.write("✔ " if bar.mark else "")
    _line(pen, bar.label)
    pen.write(f"\n{'▓' * filled}{'░' * (_BAR - filled)} {bar.part} ({share:.0%})")


def _line(pen: Pen, line: Line, held: Style = Style.PLAIN) -> None:
    for run in _runs(line):
        began = pen.write(_unpinged(run))
        if run.moment:
            pen.mark(MessageEntityType.DATE_TIME, began, at=run.moment, form=_FORMS.get(run.shape, "wdt"))
        if user := _mentioned(run):
            pen.mark(MessageEntityType.TEXT_MENTION, began, user=user)
        elif run.url:
            pen.mark(MessageEntityType.TEXT_LINK, began, url=run.url)
        if Style.CODE in run.style:
            pen.mark(MessageEntityType.CODE, began)
            continue
        for style, kind in _STYLES:
            if style in run.style and style not in held:
                pen.mark(kind, began)


def _runs(line: Line) -> Iterator[Run]:
    for part in line:
        yield part if isinstance(part, Run) else Run(str(part))


def _mentioned(run: Run) -> User | None:
    """Whom the run calls; on another platform's account it is bare words."""
    account = run.mention
    if account is None or account.platform != NAME or not account.id.isdecimal():
        return None
    return User(int(account.id), run.text[:_LONGEST_NAME] or "?", False)


def _unpinged(run: Run) -> str:
    """Telegram reads @name as a mention wherever it stands outside code; a word joiner stops it."""
    if "@" not in run.text or Style.CODE in run.style:
        return run.text
    return _MENTION.sub("@\u2060", run.text)


def _cost(block: Block) -> int:
    """Telegram counts code points, whatever the entities are."""
    return len(draw((block,)).text) + len(GAP)


PROFILE = Profile(
    name="telegram",
    text=MessageLimit.MAX_TEXT_LENGTH,
    cost=_cost,
    per_row=InlineKeyboardMarkupLimit.BUTTONS_PER_ROW,
    rows=InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER // InlineKeyboardMarkupLimit.BUTTONS_PER_ROW,
    label=64,
)
"""What one Telegram message holds."""
