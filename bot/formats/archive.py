"""Unpacking an Office file without believing what it says of itself."""

import re
import stat
import struct
import zlib
from collections import Counter
from copy import copy
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.chat.text import T
from bot.formats.draft import Problem, Unreadable
from bot.formats.grid import MOST_COLUMNS, MOST_LINES, too_far

MOST_ENTRIES = 200
MOST_UNPACKED = 20 * 2**20
"""Bytes of all entries together, and of all cells' words together."""

_CHUNK = 2**16
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def repack(content: bytes) -> BytesIO:
    """The workbook with only the parts that were looked at, not compressed; raises `Unreadable`.

    Every entry is unpacked with a count of its own, so headers that lie are found out, and what a second reader
    might see differently is left behind. Macros and media stay behind, too.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = _parts(archive)
    except _BROKEN as error:
        raise _damaged() from error
    weigher = _Weigher()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for title, part in parts.items():
            weigher.weigh(part)
            archive.writestr(title, part)
    weigher.check()
    packed.seek(0)
    return packed


def _parts(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _too_large()
    if any(not _harmless(entry) for entry in entries) or len({entry.filename for entry in entries}) < len(entries):
        raise _damaged()
    room = MOST_UNPACKED
    parts = {}
    for entry in entries:
        part = _unpacked(archive, entry, room)
        room -= len(part)
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = part
    if any(title.startswith("xl/externalLinks/") for title in parts):
        raise Unreadable(Problem(0, T("The workbook takes cells from other files. Paste them as values first.")))
    return parts


def _harmless(entry: ZipInfo) -> bool:
    """No way out of the folder, no link, no password, no rare compression."""
    path = entry.orig_filename
    inside = not re.search(r"[\\:\0]", path) and not path.startswith("/") and ".." not in path.split("/")
    plain = not stat.S_ISLNK(entry.external_attr >> 16) and not entry.flag_bits & 1
    return inside and plain and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)


def _unpacked(archive: ZipFile, entry: ZipInfo, room: int) -> bytes:
    """The bytes of an entry, at most `room`; the size that it states only has to be true."""
    counted = copy(entry)
    counted.file_size = MOST_UNPACKED + _CHUNK
    pieces, size = [], 0
    with archive.open(counted) as file:
        while piece := file.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise _too_large()
            pieces.append(piece)
    if size != entry.file_size:
        raise _damaged()
    return b"".join(pieces)


class _Weigher:
    """Counts what the XML parts of a workbook unfold to, without unfolding them."""

    def __init__(self) -> None:
        self._lengths: Counter[int] = Counter()
        self._uses: Counter[int] = Counter()
        self._row = self._column = 0
        self._item = -1
        self._item_length = 0
        self._shared = self._value = False
        self._words: list[str] = []

    def weigh(self, part: bytes) -> None:
        """Look through one part; raises `Unreadable` for a document type (entities) and cells far out."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._row = self._column = 0
        self._item = -1
        self._value = False
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError) as error:
            raise _damaged() from error

    def check(self) -> None:
        """Raise `Unreadable` if the shared words, each as often as it is used, are too many."""
        if sum(self._lengths[index] * count for index, count in self._uses.items()) > MOST_UNPACKED:
            raise _too_large()

    def _doctype(self, *_: object) -> None:
        raise _damaged()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                self._place(attributes.get("r"))
                self._shared = attributes.get("t") == "s"
            case "v" | "is" as content:
                if self._row > MOST_LINES or self._column > MOST_COLUMNS:
                    raise too_far()
                self._value, self._words = self._shared and content == "v", []
            case "si":
                self._item += 1
                self._item_length = 0

    def _place(self, name: str | None) -> None:
        if name is None:
            self._column += 1
        elif match := _CELL.fullmatch(name):
            self._row, self._column = int(match[2]), _column(match[1])
        else:
            raise _damaged()

    def _data(self, data: str) -> None:
        if self._value:
            self._words.append(data)
        else:
            self._item_length += len(data)

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" if self._value:
                self._uses[int("".join(self._words))] += 1
                self._value = False
            case "si":
                # Only one part holds the shared words; of a decoy beside it the longer one counts.
                self._lengths[self._item] = max(self._lengths[self._item], self._item_length)


def _column(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def _damaged() -> Unreadable:
    return Unreadable(Problem(0, T("The workbook is damaged, or no XLSX file. Save it again as XLSX.")))


def _too_large() -> Unreadable:
    return Unreadable(Problem(0, T("The workbook unpacks to too much. Keep only the sheet with the questions.")))
