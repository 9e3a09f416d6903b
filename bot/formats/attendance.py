"""Who came to sessions as two tables for spreadsheets: one row for each person, one for each date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.formats.delimited import write
from bot.formats.grid import guard

_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "id": ("Nama", "Tamu", "Bilang hadir", "Hadir", "Menit di kanal suara", "Memimpin", "Kontribusi"),
    "en": ("Name", "Guest", "Said yes", "Came", "Minutes in the voice channel", "Led", "Contributions"),
}
_DATES: Mapping[str, tuple[str, ...]] = {
    "id": ("Sesi", "Judul", "Mulai", "Menit", "Keadaan", "Pemateri", "Bilang hadir", "Mungkin", "Tidak", "Hadir"),
    "en": ("Session", "Title", "Begins", "Minutes", "State", "Led by", "Said yes", "Maybe", "No", "Came"),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one person did in the dates of a file."""

    name: str
    guest: str
    said: int
    came: int
    minutes: int
    led: int
    contributions: int


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date; `begins` is local time as ISO 8601, `state` in words."""

    name: str
    title: str
    begins: str
    minutes: int
    state: str
    host: str
    said: int
    maybe: int
    no: int
    came: int


def people(rows: Iterable[PersonRow], language: str) -> bytes:
    """The table of people as CSV, with the delimiter that spreadsheets expect where that language is spoken."""
    cells = (
        (row.name, row.guest, row.said, row.came, row.minutes, row.led, row.contributions)
        for row in rows
    )  # fmt: skip
    return _table(_PEOPLE, cells, language)


def dates(rows: Iterable[DateRow], language: str) -> bytes:
    """The table of dates in the same way."""
    cells = (
        (
            row.name, row.title, row.begins, row.minutes, row.state, row.host, row.said, row.maybe, row.no, row.came,
        )
        for row in rows
    )  # fmt: skip
    return _table(_DATES, cells, language)


def _table(heads: Mapping[str, tuple[str, ...]], cells: Iterable[tuple[str | int, ...]], language: str) -> bytes:
    head = heads["id" if language == "id" else "en"]
    return write([head, *([guard(str(cell)) for cell in row] for row in cells)], ";" if language == "id" else ",")
