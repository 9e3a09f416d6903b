"""All file formats in one place: which one a file is, and reading and writing each in the same way."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.items import Item
from bot.formats import aiken, anki, gift, table
from bot.formats.draft import Draft
from bot.formats.source import Format, decode, detect


def read(name: str, content: bytes, language: str) -> tuple[Draft, ...]:
    """The items of a file in any of the formats; words without a language are taken to be in that one.

    All or nothing: raises Unreadable with every problem. Text pasted into a chat is a file with the name "".
    """
    form = detect(name, content)
    match form:
        case Format.XLSX:
            return table.read_xlsx(content, language)
        case Format.CSV:
            return table.read_csv(decode(content), language)
        case Format.GIFT:
            return gift.read(decode(content), language)
        case Format.AIKEN:
            return aiken.read(decode(content), language)
        case Format.ANKI:
            return anki.read(decode(content), language)
        case _:
            assert_never(form)


def write(form: Format, items: Sequence[Item], language: str) -> bytes:
    """A file of the items, each of which the format must hold."""
    match form:
        case Format.XLSX:
            return table.write_xlsx(items, language)
        case Format.CSV:
            return table.write_csv(items, language)
        case Format.GIFT:
            return gift.write(items, language).encode()
        case Format.AIKEN:
            return aiken.write(items, language).encode()
        case Format.ANKI:
            return anki.write(items, language).encode()
        case _:
            assert_never(form)


def holds(form: Format, item: Item) -> bool:
    """Whether that format can hold the question of the item."""
    match form:
        case Format.XLSX | Format.CSV:
            return table.holds(item)
        case Format.GIFT:
            return gift.holds(item)
        case Format.AIKEN:
            return aiken.holds(item)
        case Format.ANKI:
            return anki.holds(item)
        case _:
            assert_never(form)
