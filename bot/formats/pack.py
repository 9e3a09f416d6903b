"""Resources as files to take along: Markdown, a table, or pages for a phone without a connection."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from bot.domain.library import Resource
from bot.formats.grid import guard

MOST_PART = 1_000_000
"""Bytes of one page; a thin connection loads it in a minute, and an old phone opens it."""

_MARKED = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:@])")
_COLUMNS = (
    "id", "title", "kind", "state", "verified_by", "url", "note", "topics", "level", "minutes", "kb", "licence",
    "language", "region", "adapted_from", "votes", "shared_on",
)  # fmt: skip
_STYLE = (
    "body{font:1.05rem/1.5 sans-serif;max-width:40rem;margin:auto;padding:1rem;overflow-wrap:anywhere}"
    "article{border-top:1px solid #888;padding:.5rem 0}h2{font-size:1.1rem;margin:.5rem 0}"
    "blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid #888;white-space:pre-wrap}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#8cf}}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource with what a file says about it beside its own words: lines in the reader's language, the verifier's
    name ("" for none) and the votes.
    """

    resource: Resource
    lines: tuple[str, ...]
    verifier: str
    votes: int


def as_table(entries: Sequence[Entry]) -> bytes:
    """A CSV file whose cells no spreadsheet runs; the column names are the same in every language."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in entries:
        writer.writerow([guard(str(cell)) for cell in _cells(entry)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_markdown(title: str, entries: Sequence[Entry]) -> bytes:
    """A Markdown file in which nobody's words are markup."""
    blocks = [f"# {_plain(title)}"]
    for entry in entries:
        made = entry.resource
        head = f"[{_plain(made.title)}](<{made.url}>)" if made.url else _plain(made.title)
        note = "\n".join(f"> {_plain(line)}" for line in made.note.splitlines())
        facts = "\n".join(f"- {_plain(line)}" for line in entry.lines)
        blocks += [f"## {made.name} {head}", *([note] if note else []), facts]
    return ("\n\n".join(blocks) + "\n").encode()


def as_pages(title: str, language: str, made_on: str, entries: Sequence[Entry], most: int = MOST_PART) -> list[bytes]:
    """HTML files of at most `most` bytes each that need no network, no script and no other file."""
    parts = _parted([_article(entry) for entry in entries], most - len(_page(title, language, made_on, 999, 999, "")))
    return [_page(title, language, made_on, number, len(parts), "".join(part)) for number, part in enumerate(parts, 1)]


def _parted(articles: Iterable[str], room: int) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    left = room
    for article in articles:
        size = len(article.encode())
        if size > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(article)
        left -= size
    return parts


def _page(title: str, language: str, made_on: str, number: int, count: int, body: str) -> bytes:
    head = escape(f"{title} ({number}/{count})" if count > 1 else title)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{head}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{head}</h1><p>{escape(made_on)}</p>{body}</body></html>\n"
    ).encode()


def _article(entry: Entry) -> str:
    made = entry.resource
    title = escape(made.title)
    if made.url:
        title = f'<a href="{escape(made.url)}" rel="noreferrer">{title}</a>'
    note = f"<blockquote>{escape(made.note)}</blockquote>" if made.note else ""
    facts = "".join(f"<li>{escape(line)}</li>" for line in entry.lines)
    return f'<article id="{made.name}"><h2>{made.name} {title}</h2>{note}<ul>{facts}</ul></article>\n'


def _cells(entry: Entry) -> tuple[object, ...]:
    made = entry.resource
    adapted = f"R{made.origin}" if made.origin else ""
    return (
        made.name, made.title, made.kind, made.state, entry.verifier, made.url, made.note,
        " ".join(f"#{tag}" for tag in made.tags), made.level, made.minutes or "", made.kilobytes or "", made.licence,
        made.language, made.region, adapted, entry.votes, made.created_at.date().isoformat(),
    )  # fmt: skip


def _plain(words: str) -> str:
    """The words on one line, with every sign that could be markup taken literally."""
    return _MARKED.sub(r"\\\1", " ".join(words.split()))
