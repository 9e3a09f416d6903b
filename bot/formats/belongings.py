"""A person's data as files to keep: JSON with everything, and pages that any browser reads, without a network."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

MOST_PART = 1_000_000
"""Bytes of one file."""

_SEPARATOR = ",\n"
_STYLE = (
    "body{font:1.05rem/1.5 sans-serif;max-width:40rem;margin:auto;padding:1rem;overflow-wrap:anywhere}"
    "li{white-space:pre-wrap;margin:.25rem 0}small{color:#666}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}small{color:#aaa}}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row for readers: when and in which group, both "" where that says nothing, and what."""

    when: str
    group: str
    parts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a table under their heading."""

    heading: str
    lines: Sequence[Line]


def as_json(made_at: str, found: Mapping[str, Sequence[Mapping[str, Any]]], most: int = MOST_PART) -> list[bytes]:
    """JSON files of about `most` bytes each, every one whole in itself: rows by table."""
    pieces = [(name, json.dumps(row, ensure_ascii=False)) for name, rows in found.items() for row in rows]
    files = []
    for part in _parted(pieces, most, lambda piece: len(piece[1].encode())):
        tables: dict[str, list[str]] = {}
        for name, text in part:
            tables.setdefault(name, []).append(text)
        inner = _SEPARATOR.join(f"{json.dumps(name)}: [\n{_SEPARATOR.join(rows)}\n]" for name, rows in tables.items())
        files.append(f'{{"made_at": {json.dumps(made_at)}, "data": {{\n{inner}\n}}}}\n'.encode())
    return files


def as_pages(title: str, language: str, note: str, sections: Sequence[Section], most: int = MOST_PART) -> list[bytes]:
    """HTML files of about `most` bytes each that need no network, no script and no other file."""
    pieces = [(section.heading, _line(line)) for section in sections for line in section.lines]
    parts = list(_parted(pieces, most, lambda piece: len(piece[1].encode())))
    return [_page(title, language, note, number, len(parts), part) for number, part in enumerate(parts, 1)]


def _parted(pieces: Sequence[tuple[str, str]], most: int, size: Any) -> Iterable[list[tuple[str, str]]]:
    part: list[tuple[str, str]] = []
    left = most
    for piece in pieces:
        if part and size(piece) > left:
            yield part
            part, left = [], most
        part.append(piece)
        left -= size(piece)
    yield part


def _line(line: Line) -> str:
    small = " · ".join(filter(None, (line.when, line.group)))
    head = f"<small>{escape(small)}</small> " if small else ""
    return f"<li>{head}{escape(' · '.join(line.parts))}</li>\n"


def _page(title: str, language: str, note: str, number: int, count: int, part: Sequence[tuple[str, str]]) -> bytes:
    head = escape(f"{title} ({number}/{count})" if count > 1 else title)
    groups: dict[str, list[str]] = {}
    for heading, text in part:
        groups.setdefault(heading, []).append(text)
    body = "".join(f"<h2>{escape(heading)}</h2><ul>\n{''.join(texts)}</ul>\n" for heading, texts in groups.items())
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{head}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{head}</h1><p>{escape(note)}</p>{body}</body></html>\n"
    ).encode()
