"""A file of questions before it is read: its text, and its format, told by the content and only then by the name."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from itertools import islice

from bot.chat.clean import visible
from bot.chat.text import T, code
from bot.formats.draft import MOST_BYTES, Problem, Unreadable
from bot.formats.heading import Part, column


class Format(StrEnum):
    """The formats that are read and written."""

    CSV = "csv"
    XLSX = "xlsx"
    GIFT = "gift"
    AIKEN = "aiken"
    ANKI = "anki"


_FIRST_LINES = 40
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_BROKEN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""Letters in UTF-8; a file that holds some is no Windows text but a damaged one."""

_WINDOWS = re.compile(r"[\x00-\x7f€‚„…‘’“”•–—™¡£§©«¬\xad®°±²³´µ·¹º»¼½¾¿×÷\xa0À-ÖØ-öø-ÿŒœŠšŽžŸƒ]*")
_MARKUP = re.compile(r"<(?:\?xml|!doctype|!entity|html|quiz|svg)\b", re.IGNORECASE)
_JSON = re.compile(r'[\[{]\s*["{\[]')
_BRACES = re.compile(r"(?<!\\)\{(?:\s*(?:\}|[=~#])|\s*(?:TRUE|FALSE|T|F)\s*[#}])", re.IGNORECASE)
_GIFT = re.compile(r"^[ \t]*(?:::|\$CATEGORY:)", re.MULTILINE)
_OPTION = re.compile(r"^[ \t]*[A-Z][.)][ \t]", re.MULTILINE)
_ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:", re.MULTILINE)
_ANKI = re.compile(r"#(?:separator|html|notetype|deck|tags|columns|guid)[ \w]*:", re.IGNORECASE)
_ENDINGS = {
    "csv": Format.CSV,
    "tsv": Format.CSV,
    "xlsx": Format.XLSX,
    "gift": Format.GIFT,
    "aiken": Format.AIKEN,
}


def detect(name: str, content: bytes) -> Format:
    """The format of the content; the name decides only between formats that it may have.

    Raises Unreadable for what is none of them.
    """
    if content[:4] == b"PK\x03\x04" and len(content) <= MOST_BYTES:
        _check_workbook(content)
        return Format.XLSX
    text = decode(content)
    found = _likely(text) or _conceivable(text, name)
    if not found:
        raise _refusal(
            T(
                "I see no questions here. I read CSV, XLSX, GIFT, Aiken and Anki text, even one line like {example}.",
                example=code("2 + 2 = ? {=4}"),
            )
        )
    named = _ENDINGS.get(name.rpartition(".")[2].casefold())
    return named if named in found else found[0]


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252 where that makes sense.

    Raises Unreadable for anything that is no text, is empty, or is larger than MOST_BYTES.
    """
    if len(content) > MOST_BYTES:
        raise _refusal(T("The file is too large: at most {most} MB can be imported.", most=MOST_BYTES // 2**20))
    text = _decoded(content)
    if bad := _BINARY.search(text):
        raise _binary(text.count("\n", 0, bad.start()) + 1)
    if not visible(text):
        raise _refusal(T("The file is empty."))
    start = text.lstrip()
    if _MARKUP.match(start):
        raise _refusal(T("This is an XML or HTML file. From Moodle, export the questions as GIFT."))
    if _JSON.match(start):
        raise _refusal(T("This is a JSON file. Save the questions as CSV, XLSX, GIFT, Aiken or Anki text."))
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", "replace")
        if not _BROKEN.search(content) and _WINDOWS.fullmatch(text):
            return text
        line = content.count(b"\n", 0, error.start) + 1
        raise (_binary(line) if _BINARY.search(text) else _damaged(line)) from None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(content.count(b"\n", 0, error.start) + 1) from None


def _likely(text: str) -> list[Format]:
    """The formats whose signs the text shows, the surest first."""
    tests = (
        (Format.ANKI, bool(_ANKI.match(text))),
        (Format.CSV, _has_heading(text)),
        (Format.AIKEN, bool(_OPTION.search(text) and _ANSWER.search(text))),
        (Format.GIFT, bool(_GIFT.search(text) or _BRACES.search(text))),
    )
    return [form for form, fits in tests if fits]


def _conceivable(text: str, name: str) -> list[Format]:
    """The formats of which the text may be a damaged or a bare example, the likeliest first."""
    tests = (
        (Format.AIKEN, bool(_OPTION.search(text) or _ANSWER.search(text))),
        (Format.ANKI, _is_tabbed(text)),
        (Format.CSV, name.casefold().endswith((".csv", ".tsv"))),
        (Format.GIFT, "{" in text),
    )
    return [form for form, fits in tests if fits]


def _has_heading(text: str) -> bool:
    """Whether one of the first lines names columns of questions."""
    return any(_names_columns(line.split(sign)) for line in _lines(text) for sign in ",;\t")


def _names_columns(cells: list[str]) -> bool:
    known = [found.part for cell in cells[:60] if len(cell) < 80 and (found := column(cell.strip(' "'), "en"))]
    return Part.PROMPT in known and len(known) > 1


def _is_tabbed(text: str) -> bool:
    return all("\t" in line.strip() for line in _lines(text))


def _lines(text: str) -> list[str]:
    return [line for line in islice(re.split(r"\r\n|\r|\n", text, maxsplit=_FIRST_LINES), _FIRST_LINES) if line.strip()]


def _check_workbook(content: bytes) -> None:
    """Refuse a zip that is no Excel workbook; nothing in it is unpacked here."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError):
        raise _refusal(T("The workbook is damaged, or no XLSX file. Save it again as XLSX.")) from None
    if not any(name.startswith("xl/") for name in names):
        raise _refusal(T("This zip file is no Excel workbook. Send one file of questions, not an archive."))


def _binary(line: int) -> Unreadable:
    return Unreadable(
        Problem(line, T("These are bytes, not text. Save the questions as CSV, XLSX, GIFT, Aiken or Anki text."))
    )


def _damaged(line: int) -> Unreadable:
    return Unreadable(
        Problem(line, T("Letters are damaged here. Save the file in the encoding {name}.", name=code("UTF-8")))
    )


def _refusal(text: T) -> Unreadable:
    return Unreadable(Problem(0, text))
