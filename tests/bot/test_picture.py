"""The leaderboard is a picture on which everybody's name can be read, whatever it is written in."""

import struct
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from bot.chat.clean import clean_name, graphemes
from bot.glyph import ELLIPSIS, FONTS, UNKNOWN, Font, Piece, drawable, fit, fonts
from bot.ink import drawn, measured, words
from bot.line import lines
from bot.picture import WIDTH, draw_board
from tests.bot.nasty import TEXTS, bad_inputs
from tests.bot.test_chart import decoded

NAMES = {
    "Latin": "Nguyễn Thị Ñandú Łukasz ǝ",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Борис Щукін",
    "Arabic": "مريم العلي",
    "Persian": "علی‌رضا گلچین",
    "Hebrew": "שלום כהן",
    "Syriac": "ܡܪܝܡ",
    "Thaana": "އަޙްމަދު",
    "Javanese": "ꦱꦼꦤꦼꦁ ꦧꦔꦼꦠ꧀",
    "Balinese": "ᬓᬢᬸᬢ᭄ ᬲᬸᬤᬃᬲᬦ",
    "Sundanese": "ᮃᮞᮨᮕ᮪ ᮞᮥᮔ᮪ᮓ",
    "Batak": "ᯅᯖᯂ᯲",
    "Buginese": "ᨒᨚᨈᨑ",
    "Rejang": "ꤽꥍꤺꥏ",
    "Thai": "สมชาย น้ำใจ",
    "Lao": "ນ້ຳຂອງ",
    "Khmer": "ស្រីមុំ",
    "Burmese": "မြန်မာ ကျော်",
    "Tibetan": "བསྟན་འཛིན",
    "Devanagari": "प्रिया शर्मा क्षत्रिय",
    "Bengali": "অনিন্দ্য চক্রবর্তী",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Gujarati": "કૃષ્ણા",
    "Oriya": "ଓଡ଼ିଆ",
    "Tamil": "தமிழ்ச்செல்வி ஸ்ரீ",
    "Telugu": "కృష్ణవేణి",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "ശ്രീകുമാർ",
    "Sinhala": "ශ්‍රී ලංකා",
    "Armenian": "Արամ",
    "Georgian": "ქეთევან",
    "Ethiopic": "አበበ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Chinese, simplified": "陈小明",
    "Chinese, traditional": "陳大文 龘",
    "Japanese": "山田 太郎 やまだ ヤマダ",
    "Korean": "김민준 뷁",
    "Fancy": "𝓕𝓪𝓷𝓬𝔂 𝕭𝖔𝖑𝖉 Ⓐ ꧁༺★♡༻꧂ ✿ ☎",
    "Emoji": "😀 👍🏽 ❤️ 1️⃣ 🇮🇩 🇵🇸 🏳️‍🌈 👨‍👩‍👧‍👦 🧑🏿‍💻 🫠",
    "Vietnamese, decomposed": "Nguye\u0302\u0303n",
}
MISSING = "\U000f0000"
"""A private character that no font has."""


def picture(text: str, font: Font) -> bytes:
    """The words in this font alone."""
    piece = Piece(text, font, 1000 * len(text))
    return drawn([words(piece, 'font-size="40" x="20" y="60"')], 60 * len(text) + 100, 90, [font], None)


def board(name: str, points: int = 1) -> bytes:
    return draw_board("b", "T", [("K", [(name, points)])]).content


def height(png: bytes) -> int:
    return int(struct.unpack(">I", png[20:24])[0])


def coverage(font: Font) -> set[int]:
    """The characters that the file itself maps to a glyph (its `cmap`, formats 4 and 12)."""
    raw = (FONTS / font.file).read_bytes()
    tables = {raw[at : at + 4]: struct.unpack(">I", raw[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * raw[5], 16)}
    at = tables[b"cmap"]
    found: set[int] = set()
    for record in range(at + 4, at + 4 + 8 * struct.unpack(">H", raw[at + 2 : at + 4])[0], 8):
        table = at + struct.unpack(">I", raw[record + 4 : record + 8])[0]
        (kind,) = struct.unpack(">H", raw[table : table + 2])
        if kind == 12:
            (count,) = struct.unpack(">I", raw[table + 12 : table + 16])
            for group in struct.iter_unpack(">III", raw[table + 16 : table + 16 + 12 * count]):
                found.update(range(group[0], group[1] + 1))
        elif kind == 4:
            (twice,) = struct.unpack(">H", raw[table + 6 : table + 8])
            ends = struct.unpack(f">{twice // 2}H", raw[table + 14 : table + 14 + twice])
            starts = struct.unpack(f">{twice // 2}H", raw[table + 16 + twice : table + 16 + 2 * twice])
            found.update(*(range(start, end + 1) for start, end in zip(starts, ends, strict=True)))
    return found


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_letter_has_a_shape_of_its_own_and_is_no_box(name: str) -> None:
    assert clean_name(name, longest=99) == name or "\u0302" in name
    assert drawable(name)
    for piece in fit(name, 99):
        for letter in graphemes(piece.text):
            if not letter.isspace():
                shown = picture(letter, piece.font)
                boxes = {picture(MISSING * count, piece.font) for count in range(1, len(letter) + 1)}
                assert shown not in boxes | {picture(" " * len(letter), piece.font)}, letter


@pytest.mark.parametrize("font", fonts(), ids=lambda font: font.file)
def test_the_index_says_what_stands_in_each_font(font: Font) -> None:
    has = coverage(font)
    ends = [*font.firsts, *font.lasts]
    assert ends
    assert set(ends) <= has
    letters = [chr(end) for end in ends if chr(end).isprintable() and not chr(end).isspace()]
    shown = {picture(letter, font) for letter in letters[:9]} - {picture(MISSING, font), picture(" ", font)}
    assert shown, "the family in the index is the one in the file"


def test_everything_that_is_named_is_shipped_and_below_ten_megabytes() -> None:
    files = {font.file for font in fonts()}
    assert files == {path.name for path in FONTS.glob("*.?tf")}
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 10_000_000
    settings_ = tomllib.loads((FONTS.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings_["tool"]["setuptools"]["package-data"]["*"]
    assert all(any(path.match(pattern) for pattern in shipped) for path in FONTS.iterdir())


def test_a_board_of_eight_kinds_fits_a_phone() -> None:
    kinds = [(f"Kind {number}", [(f"Name {at}", at) for at in range(5, 0, -1)]) for number in range(8)]
    made = draw_board("board", "Contributors this month", kinds)
    assert (made.name, made.kind) == ("board.png", "image/png")
    assert struct.unpack(">I", made.content[16:20]) == (WIDTH,)
    assert 1000 < height(made.content) <= 1600
    assert len(made.content) < 300_000
    assert draw_board("board", "Contributors this month", [*kinds, kinds[0]]).content == made.content
    longer = [(label, [*leaders, ("Sixth", 0)]) for label, leaders in kinds]
    assert draw_board("board", "Contributors this month", longer).content == made.content


def test_a_board_with_nothing_on_it_is_still_a_picture() -> None:
    assert height(draw_board("b", "", []).content) > 100
    assert height(draw_board("b", "", [("", [])]).content) > 100
    assert board("", 0) == board("?", 0)
    assert board("A", -5) != board("A", 5)


def test_bars_are_as_long_as_the_points() -> None:
    rows = decoded(draw_board("b", "T", [("K", [("A", 80), ("B", 40), ("C", 20)])]).content)
    lengths = [sum(pixel == (0xDC, 0xE8, 0xFB) for pixel in row) for row in rows]
    bars = [max(lengths[at : at + 9]) for at in (177, 231, 285)]
    assert bars[1] / bars[0] == pytest.approx(1 / 2, abs=0.01)
    assert bars[2] / bars[0] == pytest.approx(1 / 4, abs=0.01)


@pytest.mark.parametrize("text", ["<", "&", '"', "'", "]]>", "<!--", "&amp;", "</text><rect/>", "&#0;", "<b>x</b>"])
def test_nobodys_words_are_markup(text: str) -> None:
    part = words(fit(text, 99)[0], 'x="0"')
    assert ElementTree.fromstring(part).text == text  # noqa: S314
    assert board(text) != board("?")
    assert height(board(text)) == height(board("A"))


@pytest.mark.parametrize("unseen", ["\0", "\x07", "\x1b", "\u202e", "\u200b", "\ufeff"])
def test_what_cannot_be_seen_changes_nothing(unseen: str) -> None:
    assert board(f"A{unseen}ni") == board("Ani")


def test_names_that_broke_other_bots_are_drawn() -> None:
    names = [name for _, name in bad_inputs("name")]
    assert len(names) > 5
    for at in range(0, len(names), 40):
        some = names[at : at + 40]
        kinds = [("K", [(name, 1) for name in some[row : row + 5]]) for row in range(0, len(some), 5)]
        assert height(draw_board("b", some[0], kinds).content) > 100


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_words_make_a_picture(title: str, label: str, name: str) -> None:
    assert height(draw_board("b", title, [(label, [(name, 3)])]).content) > 100


def test_a_letter_that_no_font_has_is_not_passed_over() -> None:
    assert not drawable("𠮷野家")
    assert "".join(piece.text for piece in fit("𠮷野家", 99)) == f"{UNKNOWN}野家"
    assert board("𠮷") == board(UNKNOWN)


def test_a_mark_that_the_font_lacks_costs_the_mark_alone() -> None:
    assert [piece.text for piece in fit("漢\u0947字", 99)] == ["漢字"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_is_too_long_is_cut_between_letters(name: str) -> None:
    whole, room = " ".join([name] * 9), 10.0
    text = "".join(piece.text for piece in fit(whole, room))
    assert text.endswith(ELLIPSIS)
    kept = graphemes(text.removesuffix(ELLIPSIS))
    assert kept == graphemes(whole)[: len(kept)]
    (line,) = lines([(whole, room)])
    inks = measured([piece for _, piece in line.places])
    ends = max(at + bearing + length for (at, _), (bearing, length) in zip(line.places, inks, strict=True))
    assert room * 0.5 < ends <= room
    assert ends == pytest.approx(line.length, abs=0.04)


def test_a_name_that_fits_is_whole() -> None:
    assert "".join(piece.text for piece in fit("Ani Wijaya", 8)) == "Ani Wijaya"
    assert [piece.font.family for piece in fit("Ani Wijaya", 8)] == ["Inter"]
    assert [piece.font.family for piece in fit("Ani Борис", 8)] == ["Noto Sans"], "one word looks like its neighbour"


def test_widths_are_measured() -> None:
    inter = fonts()[0]
    one, ten, nothing = (length for _, length in measured([Piece(t, inter, 9000) for t in ("H", "H" * 10, " ")]))
    assert 0.5 < one < 0.7
    assert (ten - one) / 9 == pytest.approx(0.74, abs=0.02), "the advance of an H"
    assert nothing == 0


def order(text: str) -> list[str]:
    """The pieces from left to right."""
    (line,) = lines([(text, 99)])
    assert [at for at, _ in line.places] == sorted(at for at, _ in line.places)
    return [piece.text.strip() for _, piece in line.places]


def test_a_line_goes_the_way_of_its_first_letter() -> None:
    assert order("abc مريم") == ["abc", "مريم"]
    assert order("مريم abc") == ["abc", "مريم"]
    assert order("مريم 😀 abc") == ["abc", "😀", "مريم"]
    assert order("😀 مريم") == ["مريم", "😀"]
    assert order("abc مريم שלום xyz 漢") == ["abc", "שלום", "مريم", "xyz", "漢"]
    assert order("مريم abc 😀 שלום") == ["שלום", "😀", "abc", "مريم"]
    assert order("مريم abc 漢 שלום") == ["שלום", "abc", "漢", "مريم"]


def ends(text: str) -> tuple[int, int]:
    """How high the ink of a text of one font stands at its left end, and at its right."""
    (piece,) = fit(text, 99)
    rows = decoded(drawn([words(piece, 'font-size="40" x="9" y="60"')], 200, 80, [piece.font], "#ffffff"))
    columns = [[y for y, row in enumerate(rows) if max(row[x]) < 128] for x in range(200)]
    tops = [60 - min(column) for column in columns if column]
    return max(tops[:5]), max(tops[-5:])


def test_the_end_of_a_line_is_where_its_letters_end() -> None:
    """The full stop stands on the left of Arabic, and on the right of English."""
    left, right = ends("ااا.")
    assert left < 12 < right
    left, right = ends("Hani.")
    assert right < 12 < left
    assert order("…שלום") == ["שלום", "…"]


def test_text_of_several_scripts_is_shaped_as_each_alone() -> None:
    """One line in several fonts lost conjuncts and flags: each piece is on its own."""
    pieces = fit("Sri 😀 ಕನ್ನಡ 🏳️‍🌈", 99)
    lengths = [length for _, length in measured(pieces)]
    alone = [measured([piece])[0][1] for piece in pieces]
    assert lengths == pytest.approx(alone, abs=0.04)
    assert lengths[-1] < 1.3, "one flag"


def test_it_takes_less_than_three_tenths_of_a_second() -> None:
    many = list(NAMES.values())
    kinds = [("K", [(name, 1) for name in many[at : at + 5]]) for at in range(0, 40, 5)]
    taken = []
    for _ in range(3):
        began = time.process_time()
        draw_board("b", "T", kinds)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.3


def test_a_start_pays_nothing_for_pictures() -> None:
    code = (
        "import bot.features, bot.picture, sys\n"
        "from bot.glyph import fonts\n"
        "print('resvg_py' in sys.modules, fonts.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["False", "0"]


def test_boards_that_are_drawn_at_once_do_not_mix() -> None:
    names = [*NAMES.values()][:8]
    alone = [board(name) for name in names]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(board, names)) == alone
    assert len(set(alone)) == 8


def test_the_licences_stand_beside_the_fonts() -> None:
    notice = (Path(FONTS) / "NOTICE.txt").read_text(encoding="utf-8")
    patterns = [line.strip(",") for line in notice.split() if line.rstrip(",").endswith((".ttf", ".otf"))]
    for font in fonts():
        assert any(Path(font.file).match(pattern) for pattern in patterns), font.file
