"""An item as the cells of one row of a table."""

from bot.domain.items import Item, ItemText, Kind
from bot.formats.answer import write_answers, write_letters
from bot.formats.grid import guard
from bot.formats.heading import Column, Part

_INDONESIAN = {
    Kind.ONE: "satu",
    Kind.SEVERAL: "beberapa",
    Kind.TRUTH: "benar-salah",
    Kind.TEXT: "isian",
    Kind.NUMBER: "angka",
    Kind.ORDER: "urutan",
}


def write(item: Item, columns: tuple[Column, ...], language: str) -> tuple[str, ...]:
    """The item's cells in those columns; words that a spreadsheet might run are guarded, numbers are not."""
    return tuple(_write(item, column, language) for column in columns)


def _write(item: Item, column: Column, language: str) -> str:
    match column.part:
        case Part.KIND:
            return _INDONESIAN[item.kind] if language == "id" else item.kind.value
        case Part.TAGS:
            return ", ".join(item.tags)
        case Part.DIFFICULTY:
            return str(item.difficulty)
        case Part.SOURCE:
            return guard(item.source)
        case Part.TOLERANCE:
            return str(item.number.tolerance) if item.number and item.number.tolerance else ""
        case Part.UNIT:
            return guard(item.number.unit) if item.number else ""
        case Part.RIGHT if column.language == language and item.kind is not Kind.TEXT:
            return _write_right(item, language)
        case _:
            text = item.texts.get(column.language)
            return guard(_write_words(text, column)) if text else ""


def _write_right(item: Item, language: str) -> str:
    if item.number:
        return str(item.number.value)
    if item.kind is not Kind.TRUTH:
        return write_letters(item.right)
    true, false = ("benar", "salah") if language == "id" else ("true", "false")
    return true if item.right == (0,) else false


def _write_words(text: ItemText, column: Column) -> str:
    match column.part:
        case Part.PROMPT:
            return text.prompt
        case Part.OPTION:
            return text.options[column.option] if column.option < len(text.options) else ""
        case Part.FEEDBACK:
            return text.feedback[column.option] if column.option < len(text.feedback) else ""
        case Part.EXPLANATION:
            return text.explanation
        case _:
            return write_answers(text.answers)
