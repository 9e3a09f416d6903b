"""Every page fits, no text is lost, whatever people write."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.clean import graphemes, visible
from bot.chat.fit import ELLIPSIS, FILLER, Profile, fit, shorten
from bot.chat.message import Bar, Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote
from bot.chat.press import Press
from bot.chat.text import Line, Run, Style
from tests.bot.nasty import TEXTS

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def lines_of(block: Block) -> tuple[Line, ...]:
    match block:
        case Code():
            return ((Run(block.text),),)
        case Heading() | Paragraph() | Quote():
            return (block.line,)
        case Bullets():
            return block.items
        case Bars():
            return tuple(bar.label for bar in block.bars)


def text_of(lines: Iterable[Line]) -> str:
    return "".join(run.text for line in lines for run in line if isinstance(run, Run))


def text_in(pages: Iterable[Message]) -> str:
    return text_of(line for page in pages for block in page.blocks for line in lines_of(block))


def plain(block: Block) -> int:
    """Code points, a blank line between blocks, a sign before each item."""
    return sum(len(text_of([line])) + 2 for line in lines_of(block)) + 2


def utf16(block: Block) -> int:
    return sum(len(text_of([line]).encode("utf-16-le", "surrogatepass")) // 2 + 8 for line in lines_of(block))


def escaped(block: Block) -> int:
    """HTML with tags around every styled run, so that more runs cost more."""
    runs = [run for line in lines_of(block) for run in line if isinstance(run, Run)]
    return 2 + sum(len(escape(run.text)) + (9 if run.style or run.url or run.moment else 0) for run in runs)


def fenced(block: Block) -> int:
    """Markdown where a backslash stands before marks and a fence grows with the backticks inside (not monotone)."""
    text = text_of(lines_of(block))
    if isinstance(block, Code):
        return len(text) + 2 * max(3, text.count("```") * 3 + 1)
    return len(text) + sum(char in "*_~`|>\\" for char in text) + (5 if text.endswith("*") else 0) + 2


PROFILES = (
    Profile("plain", 40, plain, per_row=8, rows=12, label=64),
    Profile("utf16", 60, utf16, per_row=5, rows=5, label=80),
    Profile("escaped", 50, escaped, per_row=3, rows=2, label=7),
    Profile("fenced", 70, fenced, per_row=1, rows=1, label=1),
)

RUNS = st.builds(
    Run,
    TEXTS,
    st.sampled_from([Style.PLAIN, Style.BOLD, Style.CODE, Style.BOLD | Style.ITALIC]),
    st.sampled_from(["", "https://x.example/"]),
    st.sampled_from([None, None, MOMENT]),
)
LINES = st.lists(RUNS, max_size=4).map(tuple)
BARS = st.builds(Bar, LINES, st.integers(0, 9), st.integers(0, 9), st.booleans())
BLOCKS = st.one_of(
    st.builds(Heading, LINES),
    st.builds(Paragraph, LINES),
    st.builds(Quote, LINES),
    st.builds(Bullets, st.lists(LINES, max_size=4).map(tuple)),
    st.builds(Bars, st.lists(BARS, max_size=4).map(tuple)),
    st.builds(Code, TEXTS, st.just("python")),
)
BUTTONS = st.builds(Button, TEXTS, st.builds(Press, st.just("go"), st.integers(0, 99)))
ROWS = st.lists(st.lists(BUTTONS, max_size=12).map(tuple), max_size=8).map(tuple)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=6).map(tuple), ROWS, asks=st.booleans())
profiles = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


@profiles
@given(message=MESSAGES)
@example(message=Message())
@example(message=Message((paragraph("\n" * 500),)))
@example(message=Message((paragraph("e" + "\u0301" * 300),)))
@example(message=Message((Bullets(((), (), ())), Bars((Bar((), 1, 2),) * 9))))
@example(message=Message((Paragraph((Run("", Style.BOLD),) * 99),)))
def test_every_page_fits_and_shows_something(profile: Profile, message: Message) -> None:
    pages = fit(message, profile)
    for page in pages:
        assert sum(map(profile.cost, page.blocks)) <= profile.text
        assert any(isinstance(block, Bars) or visible(text_in([page])) for block in page.blocks)
        assert len(page.rows) <= profile.rows
        for row in page.rows:
            assert 1 <= len(row) <= profile.per_row
            for button in row:
                assert isinstance(button.label, str)
                assert visible(button.label)
                assert len(button.label.encode("utf-16-le", "surrogatepass")) // 2 <= profile.label


@profiles
@given(message=MESSAGES)
def test_no_visible_text_is_lost_and_none_is_added(profile: Profile, message: Message) -> None:
    pages = [page for page in fit(message, profile) if page.blocks != (FILLER,)]
    seen, written = text_in(pages), text_in([message])
    assert [char for char in seen if visible(char)] == [char for char in written if visible(char)]


@profiles
@given(words=st.lists(st.sampled_from(["kuis", "soal-soal", "dan", "panjangsekali" * 9]), min_size=1, max_size=40))
def test_the_pages_together_are_the_original(profile: Profile, words: list[str]) -> None:
    text = " ".join(words)
    assert text_in(fit(Message((paragraph(text),)), profile)) == text
    assert text_in(fit(Message((Code(text),)), profile)) == text


@profiles
@given(message=MESSAGES)
def test_every_button_stands_in_its_order_and_only_at_the_end(profile: Profile, message: Message) -> None:
    pages = fit(message, profile)
    presses = [button.press for page in pages for row in page.rows for button in row]
    assert presses == [button.press for row in message.rows for button in row]
    first = next((index for index, page in enumerate(pages) if page.rows), len(pages))
    assert all(page.rows for page in pages[first:])
    assert all(page.blocks == (FILLER,) for page in pages[first + 1 :])


@profiles
@given(message=MESSAGES)
def test_only_the_last_page_waits_for_an_answer(profile: Profile, message: Message) -> None:
    *before, last = fit(message, profile)
    assert last.asks == message.asks
    assert not any(page.asks for page in before)


@profiles
@given(runs=LINES)
def test_a_piece_keeps_the_style_link_and_instant_of_its_run(profile: Profile, runs: tuple[Run, ...]) -> None:
    pieces = [
        (char, run.style, run.url, run.moment)
        for page in fit(Message((Paragraph(runs),)), profile)
        if page.blocks != (FILLER,)
        for block in page.blocks
        for line in lines_of(block)
        for run in line
        if isinstance(run, Run)
        for char in run.text
        if visible(char)
    ]
    wanted = [(char, run.style, run.url, run.moment) for run in runs for char in run.text if visible(char)]
    assert pieces == wanted


@given(text=TEXTS)
def test_a_grapheme_is_cut_only_when_no_page_holds_it(text: str) -> None:
    profile = PROFILES[0]
    pages = fit(Message((paragraph(text),)), profile)
    if all(len(grapheme) + 4 <= profile.text for grapheme in graphemes(text)):
        pieces = [piece for page in pages for piece in graphemes(text_in([page])) if visible(piece)]
        assert pieces == [piece for piece in graphemes(text) if visible(piece)] or not visible(text)


def test_a_message_that_fits_is_left_alone() -> None:
    message = Message((Heading((Run("Kuis"),)), paragraph("Ayo!")), ((Button("Mulai"),),), asks=True, card=True)
    assert fit(message, PROFILES[0]) == (message,)


def test_blocks_stay_whole_where_they_fit_a_page() -> None:
    first, second = paragraph("a" * 20), paragraph("b b b b b b b b b b")
    assert [page.blocks for page in fit(Message((first, second)), PROFILES[0])] == [(first,), (second,)]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("satu dua\ntiga empat lima enam\ntujuh delapan sembilan", "satu dua\ntiga empat lima enam\n"),
        ("satu dua tiga empat lima enam tujuh delapan", "satu dua tiga empat lima enam tujuh "),
        ("a" * 35 + "👨\u200d👩\u200d👧\u200d👦" * 3, "a" * 35),
        ("e" + "\u0301" * 99, "e" + "\u0301" * 35),
    ],
    ids=["line", "word", "grapheme", "code point"],
)
def test_a_long_text_is_cut_at_the_best_border(text: str, head: str) -> None:
    assert text_in(fit(Message((paragraph(text),)), PROFILES[0])[:1]) == head


def test_an_instant_is_not_cut_in_two() -> None:
    line = (Run("Ditutup pada hari yang sama, yaitu "), Run("Sen, 23 Nov pukul 20.00", moment=MOMENT))
    first, second = fit(Message((Paragraph(line),)), replace(PROFILES[0], text=50))
    assert text_in([second]) == "Sen, 23 Nov pukul 20.00"
    assert text_in([first, second]) == text_of([line])


def test_a_list_is_cut_between_its_items() -> None:
    items = tuple((Run(f"butir {number}"),) for number in range(6))
    pages = fit(Message((Bullets(items),)), PROFILES[0])
    assert [block for page in pages for block in page.blocks] == [Bullets(items[:4]), Bullets(items[4:])]


def test_a_distribution_is_cut_between_its_bars() -> None:
    bars = tuple(Bar((Run(f"pilihan {number}"),), number, 9) for number in range(6))
    pages = fit(Message((Bars(bars),)), PROFILES[0])
    assert [bar for page in pages for block in page.blocks if isinstance(block, Bars) for bar in block.bars] == [*bars]


def test_rows_are_broken_evenly() -> None:
    row = tuple(Button(str(number)) for number in range(6))
    (page,) = fit(Message((paragraph("?"),), (row,)), PROFILES[1])
    assert [len(part) for part in page.rows] == [3, 3]


@given(text=TEXTS, most=st.integers(1, 80))
def test_a_shortened_text_says_so(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short[:-1]))


def test_a_label_is_cut_between_graphemes() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert shorten(family * 3, 24) == family * 2 + ELLIPSIS
    assert shorten("e" + "\u0301" * 99, 5) == "e\u0301\u0301\u0301" + ELLIPSIS


def test_a_long_text_is_cut_fast_enough() -> None:
    text = "soal yang panjang sekali\n" * 8000
    pages = fit(Message((paragraph(text),)), Profile("large", 4096, plain, 8, 12, 64))
    assert text_in(pages) == text
    assert len(pages) < 60
