"""Files that a spreadsheet and Anki made themselves go through, and damaged copies of them are refused whole."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats import anki, table
from bot.formats.draft import Draft, Unreadable

DATA = Path(__file__).parent / "data"
CAPITAL = ItemText("Ibu kota Indonesia?", ("Bandung", "Jakarta", "Medan", "Surabaya"), "Sejak 1945, dengan jeda.")
WATER = ItemText(
    "Air mendidih pada 100 °C di permukaan laut.", (), "Di gunung lebih rendah, karena tekanan udara turun."
)
TABLE = (
    Item(0, 0, {"id": CAPITAL}, (1,), tags=("geografi",)),
    Item(0, 0, {"id": ItemText("Berapa 7 × 8?", ("54", "56", "63", "64"), "7 × 8 = 56.")}, (1,), tags=("matematika",)),
    Item(
        0,
        0,
        {"id": ItemText("Mana yang bilangan prima?\nPilih semua.", ("2", "4", "5", "9"))},
        (0, 2),
        tags=("matematika",),
        kind=Kind.SEVERAL,
    ),
    Item(0, 0, {"id": WATER}, (0,), tags=("fisika",), kind=Kind.TRUTH),
    Item(
        0,
        0,
        {"id": ItemText("Berapa percepatan gravitasi, dalam m/s²?")},
        tags=("fisika",),
        kind=Kind.NUMBER,
        number=Number(Decimal("9.81")),
    ),
    Item(
        0,
        0,
        {"id": ItemText('Siapa yang menulis "Habis Gelap Terbitlah Terang"?', answers=("Kartini", "R.A. Kartini"))},
        tags=("sejarah",),
        kind=Kind.TEXT,
    ),
)
CELL = "Keduanya adalah organel sel."
CARDS = (
    ("Ibu kota Indonesia?", "Jakarta", "", "geografi"),
    ("Rumus luas lingkaran dengan jari-jari \\(r\\)?", "\\(\\pi r^2\\)", "", "matematika rumus-dasar"),
    ('Apa keluaran print("a" < "b") di Python?\nTulis persis.', "True", "", "kode"),
    ("Lambang kimia emas?", "Au", "", "kimia"),
    ("Fotosintesis terjadi di _____ (bagian sel), respirasi di mitokondria.", "kloroplas", CELL, "biologi-sel"),
    ("Fotosintesis terjadi di kloroplas, respirasi di _____.", "mitokondria", CELL, "biologi-sel"),
    ("Siapa penulis Habis Gelap Terbitlah Terang?", "Kartini", "", "sejarah"),
)


def csv() -> str:
    return (DATA / "libreoffice.csv").read_bytes().decode()


def cards(name: str) -> str:
    return (DATA / name).read_bytes().decode()


def workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook with a change made in another program."""
    book = openpyxl.load_workbook(DATA / "libreoffice.xlsx")
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lines(read: Callable[[], tuple[Draft, ...]]) -> list[int]:
    """The lines of the problems for which all of it is refused."""
    with pytest.raises(Unreadable) as caught:
        read()
    return [problem.line for problem in caught.value.problems]


def test_a_workbook_from_libreoffice_goes_through() -> None:
    drafts = table.read_xlsx((DATA / "libreoffice.xlsx").read_bytes(), "id")
    assert tuple(draft.item for draft in drafts) == TABLE
    assert [draft.line for draft in drafts] == [2, 3, 4, 5, 6, 7]


def test_a_csv_from_libreoffice_goes_through() -> None:
    drafts = table.read_csv(csv(), "id")
    assert tuple(draft.item for draft in drafts) == TABLE
    assert [draft.line for draft in drafts] == [2, 3, 4, 6, 7, 8]


@pytest.mark.parametrize(("name", "first"), [("anki.txt", 7), ("anki-plain.txt", 4)])
def test_notes_from_anki_go_through(name: str, first: int) -> None:
    drafts = anki.read(cards(name), "id")
    flat = name == "anki-plain.txt"
    for draft, (prompt, answer, explanation, tags) in zip(drafts, CARDS, strict=True):
        asked = prompt.replace("\n", " ") if flat else prompt
        assert draft.item.texts == {"id": ItemText(asked, (), explanation, answers=(answer,))}
        assert (draft.item.kind, draft.item.tags) == (Kind.TEXT, tuple(tags.split()))
    assert [draft.line for draft in drafts] == [first + place for place in (0, 1, 2, 3, 4, 4, 5)]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"B";"7 ×', '"E";"7 ×', [3]),
        ('prima?\nPilih semua."', "prima?\nPilih semua.", [4]),
        (";56;", ";54;", [3]),
        ('"Topik"', '"Kunci"', [1]),
        ('"Soal"', '"Saol"', [1]),
        (";;;;;TRUE;", ";;;;;;", [6]),
        ("1;", '1;"";', [2]),
        ("9.81", "9.81;1;2;3", [7]),
        ("geografi", "geo\0grafi", [2]),
    ],
)
def test_a_damaged_csv_is_refused_whole(old: str, new: str, named: list[int]) -> None:
    assert old in csv()
    assert lines(lambda: table.read_csv(csv().replace(old, new, 1), "id")) == named


def test_a_csv_cut_off_in_a_quote_is_refused_whole() -> None:
    assert lines(lambda: table.read_csv(csv()[:-4], "id")) == [8]


def _spoil(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["B3"] = None
    book.worksheets[0]["G4"] = "A, F"
    book.worksheets[0]["K7"] = "ekstra"


def test_a_damaged_workbook_is_refused_whole() -> None:
    assert lines(lambda: table.read_xlsx(workbook(_spoil), "id")) == [3, 4, 7]
    renamed = workbook(lambda book: book.worksheets[0].cell(1, 8, "Poin"))
    assert lines(lambda: table.read_xlsx(renamed, "id")) == [1]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_off_is_refused_whole(kept: float) -> None:
    content = (DATA / "libreoffice.xlsx").read_bytes()
    assert lines(lambda: table.read_xlsx(content[: int(len(content) * kept)], "id")) == [0]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("\tAu\t", "\t<img src=emas.png>\t", [10]),
        ("\tJakarta\t", "\t\t", [7]),
        ("{{c1::kloroplas::bagian sel}}", "{{c2::kloroplas}}", [11]),
        ("{{c2::mitokondria}}", "{{c2::mitokondria", [11]),
        ('di Python?<br>Tulis persis."', "di Python?<br>Tulis persis.", [9]),
        ("\tkode", "\tkode c#", [9]),
        ("#separator:tab", "#separator:comma", [7, 8, 9, 10, 11, 12]),
    ],
)
def test_damaged_notes_are_refused_whole(old: str, new: str, named: list[int]) -> None:
    assert old in cards("anki.txt")
    assert lines(lambda: anki.read(cards("anki.txt").replace(old, new, 1), "id")) == named
