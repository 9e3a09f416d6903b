"""Resources as files to take along: nobody's words become markup or a formula, and pages need nothing else."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given

from bot.domain.library import Kind, Level, Resource, State
from bot.formats.pack import Entry, as_markdown, as_pages, as_table
from tests.bot.nasty import TEXTS

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CELL = Resource(
    1, 12, Kind.LINK, "Sel & inti", 7, NOW, "https://a.example/x?a=1&b=2", "k", "Dinding\n<b>inti</b>",
    ("sel", "biologi"), Level.BASIC, 15, 420, "CC BY-SA 4.0", "id", "Papua", State.VERIFIED, 9, 3,
)  # fmt: skip
ENTRY = Entry(CELL, ("✓ Terverifikasi oleh Budi", "1 orang merasa terbantu"), "Budi", 1)


class Reader(HTMLParser):
    """What a browser sees: the tags, the links, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode())
    reader.close()
    return reader


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_holds_all_that_is_known() -> None:
    (row,) = table(as_table([ENTRY]))
    assert row == {
        "id": "R12", "title": "Sel & inti", "kind": "link", "state": "verified", "verified_by": "Budi",
        "url": "https://a.example/x?a=1&b=2", "note": "Dinding\n<b>inti</b>", "topics": "#sel #biologi",
        "level": "basic", "minutes": "15", "kb": "420", "licence": "CC BY-SA 4.0", "language": "id",
        "region": "Papua", "adapted_from": "R3", "votes": "1", "shared_on": "2026-11-24",
    }  # fmt: skip


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    for words in ("=1+1", "+62", "-2", "@SUM(A1)", "\t=1", "＝1", "'=1"):
        made = replace(CELL, title=words, note=words, licence=words, region=words)
        (row,) = table(as_table([Entry(made, (), words, 0)]))
        for name in ("title", "note", "licence", "region", "verified_by"):
            assert row[name] == f"'{words}"


def test_a_page_says_it_all_with_one_link_and_no_script() -> None:
    (page,) = as_pages("Kelas <Contoh>", "id", "Per 24 November 2026", [ENTRY])
    reader = read(page)
    assert reader.links == ["https://a.example/x?a=1&b=2"]
    assert reader.tags.isdisjoint({"script", "img", "link", "iframe", "b"})
    for words in ("Kelas <Contoh>", "R12 Sel & inti", "<b>inti</b>", "✓ Terverifikasi oleh Budi", "Per 24 November"):
        assert words in reader.words
    assert b"default-src 'none'" in page


@given(TEXTS)
def test_nobodys_words_become_markup(words: str) -> None:
    clean = words.encode("utf-8", "replace").decode().replace("\0", "").replace("\r", "")
    made = replace(CELL, title=clean, note=clean, region=clean, url="")
    (page,) = as_pages(clean, "id", clean, [Entry(made, (clean,), clean, 0)])
    assert read(page).tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "article", "blockquote", "ul", "li",
    }  # fmt: skip
    assert clean in read(page).words
    for line in as_markdown(clean, [Entry(made, (clean,), clean, 0)]).decode().split("\n"):
        bare = re.sub(r"\\.", "", re.sub(r"^(?:## R12 |# |> |- )", "", line))
        assert not set(bare) & set("\\`*_{}[]()#<>|~"), "every sign that could be markup is taken literally"


def test_parts_keep_within_their_size_and_lose_nothing() -> None:
    entries = [Entry(replace(CELL, id=number, note="a" * 700), (), "", 0) for number in range(1, 101)]
    pages = as_pages("Kelas", "id", "Per hari ini", entries, most=20_000)
    assert len(pages) > 3
    assert all(len(page) <= 20_000 for page in pages)
    found = [name for page in pages for name in re.findall(r'<article id="(R\d+)"', page.decode())]
    assert found == [f"R{number}" for number in range(1, 101)]
    assert f"(1/{len(pages)})" in read(pages[0]).words


def test_one_that_is_larger_than_a_part_stands_alone() -> None:
    entries = [Entry(replace(CELL, id=number, note="a" * 3000), (), "", 0) for number in (1, 2)]
    assert len(as_pages("Kelas", "id", "", entries, most=2000)) == 2


def test_markdown_links_where_there_is_an_address() -> None:
    told = as_markdown("Kelas", [ENTRY, Entry(replace(CELL, id=13, url="", note=""), (), "", 0)]).decode()
    assert told.startswith("# Kelas\n\n## R12 [Sel \\& inti](<https://a.example/x?a=1&b=2>)\n\n> Dinding\n")
    assert "## R13 Sel \\& inti\n" in told
