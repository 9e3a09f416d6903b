"""Messages drawn for Telegram: nothing is markup, offsets are UTF-16 units, every page and button fits."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from adapters.telegram.render import ALERT, Page, draw, keyboard, pages, plain
from bot.chat.message import (
    Bar,
    Bars,
    Block,
    Bullets,
    Button,
    Code,
    Heading,
    Message,
    Paragraph,
    Quote,
    Tone,
    card,
    say,
)
from bot.chat.places import Account
from bot.chat.press import Press, sign
from bot.chat.text import Mention, Moment, Run, Shape, Style, T
from bot.speech import Speech
from tests.bot.nasty import TEXTS, bad_inputs
from tests.wire.telegram.keyboard import check_keyboard
from tests.wire.telegram.markup import utf16

KEYS = (b"k" * 32,)
SPOKEN = Speech("en").message


def signed(press: Press) -> str:
    return sign(press, KEYS)


def marked(page: Page) -> list[tuple[str, str]]:
    """Each entity's kind with the words that it covers."""
    units = page.text.encode("utf-16-le")
    return [
        (entity.type, units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le"))
        for entity in page.entities
    ]


def test_blocks_become_paragraphs_with_their_styles() -> None:
    page = draw(
        (
            Heading((Run("Kuis 🎉"),)),
            Paragraph((Run("a "), Run("tebal", Style.BOLD), Run(" c "), Run("x=1", Style.CODE))),
            Bullets(((Run("satu"),), (Run("dua", Style.ITALIC),))),
            Quote((Run("kata orang"),)),
            Code("if a < b:\n    pass", "python"),
        )
    )
    assert page.text == "Kuis 🎉\n\na tebal c x=1\n\n• satu\n• dua\n\nkata orang\n\nif a < b:\n    pass"
    assert marked(page) == [
        ("bold", "Kuis 🎉"),
        ("bold", "tebal"),
        ("code", "x=1"),
        ("italic", "dua"),
        ("blockquote", "kata orang"),
        ("pre", "if a < b:\n    pass"),
    ]
    assert page.entities[-1].language == "python"


def test_a_bold_run_in_a_heading_is_marked_once() -> None:
    assert marked(draw((Heading((Run("a", Style.BOLD), Run("b", Style.ITALIC))),))) == [("italic", "b"), ("bold", "ab")]


def test_an_instant_is_shown_in_each_readers_own_zone() -> None:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    page = draw((Paragraph((Run("Senin 19.00 WIB", moment=moment),)),))
    (entity,) = page.entities
    assert (entity.type, entity.unix_time, entity.date_time_format) == ("date_time", moment, "wdt")
    assert page.text == "Senin 19.00 WIB"


def test_an_hour_of_every_day_is_shown_without_a_date() -> None:
    line = Speech().runs(T("Tutup {at}", at=Moment(datetime(2026, 11, 23, 12, tzinfo=UTC), Shape.TIME)))
    (entity,) = draw((Paragraph(line),)).entities
    assert entity.date_time_format == "t"


def test_a_link_that_we_chose_is_a_link_and_a_markup_like_text_is_text() -> None:
    page = draw((Paragraph((Run("sini", url="https://example.org/?a=1&b=2"), Run(" <b>[x](tg://user?id=1)</b>"))),))
    assert page.text == "sini <b>[x](tg://user?id=1)</b>"
    assert [(entity.type, entity.url) for entity in page.entities] == [("text_link", "https://example.org/?a=1&b=2")]


def test_a_name_with_an_at_sign_pings_nobody_and_an_address_stays_whole() -> None:
    page = draw((Paragraph((Run("@admin a@b.example /help@bareng_bot "), Run("@code", Style.CODE))),))
    assert page.text == "@\u2060admin a@b.example /help@bareng_bot @code"


def test_a_mention_calls_the_person_on_telegram_and_is_a_bare_name_elsewhere() -> None:
    ani, budi = (Mention(Account(name, "77"), f"{name} 🎉") for name in ("telegram", "discord"))
    (page,) = pages(Speech("en").message(say(T("{a} and {b}", a=ani, b=budi))), signed)
    assert page.text == "telegram 🎉 and discord 🎉"
    (entity,) = page.entities
    assert (entity.type, entity.offset, entity.length) == ("text_mention", 0, 11)
    assert entity.user
    assert (entity.user.id, entity.user.is_bot) == (77, False)


@pytest.mark.parametrize("number", ["", "ani", "-5", "1.5"])
def test_a_mention_of_what_is_no_account_is_a_bare_name(number: str) -> None:
    (page,) = pages(Speech("en").message(say(Mention(Account("telegram", number), "Ani"))), signed)
    assert (page.text, page.entities) == ("Ani", ())


def test_a_distribution_is_readable_without_its_bars() -> None:
    bars = Bars((Bar((Run("Jakarta"),), 3, 4, mark=True), Bar((Run("Bogor"),), 1, 4), Bar((Run("Depok"),), 0, 0)))
    assert draw((bars,)).text.split("\n") == [
        "✔ Jakarta",
        "▓▓▓▓▓▓▓▓░░ 3 (75%)",
        "Bogor",
        "▓▓░░░░░░░░ 1 (25%)",
        "Depok",
        "░░░░░░░░░░ 0 (0%)",
    ]


def test_buttons_carry_signed_meaning_colour_and_choice() -> None:
    rows = (
        (Button("Ya", Press("yes", 1), tone=Tone.MAIN), Button("Hapus", Press("no", 1), tone=Tone.DANGER)),
        (Button("Pilih", Press("pick", 1), pick=True), Button("Buka", url="https://example.org")),
    )
    drawn = keyboard(say("x", rows=rows), signed)
    assert drawn is not None
    (yes, no), (pick, link) = drawn.inline_keyboard
    assert (yes.text, yes.callback_data, yes.style) == ("Ya", signed(Press("yes", 1)), "primary")
    assert (no.style, pick.text, pick.style) == ("danger", "✓ Pilih", None)
    assert (link.url, link.callback_data) == ("https://example.org", None)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "", "//x"])
def test_a_link_that_telegram_would_refuse_is_left_out(url: str) -> None:
    assert keyboard(say("x", rows=((Button("a", url=url),),)), signed) is None


def test_a_long_message_becomes_several_with_the_buttons_on_the_last() -> None:
    message = SPOKEN(say("kata " * 2000, rows=((Button("Ya", Press("yes", 1)),),)))
    drawn = pages(message, signed)
    assert len(drawn) == 3
    assert all(len(page.text) <= 4096 for page in drawn)
    assert [page.keyboard is not None for page in drawn] == [False, False, True]
    assert "".join("".join(page.text for page in drawn).split()) == "kata" * 2000


def test_the_alert_has_the_words_alone() -> None:
    assert plain(SPOKEN(card("Benar!", "Karena langit biru."))) == "Benar!\n\nKarena langit biru."
    assert ALERT == 200


STYLES = st.sampled_from([Style.PLAIN, Style.BOLD, Style.ITALIC, Style.CODE, Style.SPOILER, Style.BOLD | Style.ITALIC])
RUNS = st.builds(Run, TEXTS, STYLES, st.sampled_from(["", "https://example.org"]))
LINES = st.lists(RUNS, max_size=4).map(tuple)
BARS = st.builds(Bar, LINES, st.integers(0, 9), st.integers(0, 9), st.booleans())
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, LINES),
    st.builds(Paragraph, LINES),
    st.builds(Quote, LINES),
    st.builds(Bullets, st.lists(LINES, max_size=4).map(tuple)),
    st.builds(Code, TEXTS, st.sampled_from(["", "python"])),
    st.builds(Bars, st.lists(BARS, max_size=4).map(tuple)),
)
BUTTONS = st.builds(Button, TEXTS, st.just(Press("tap", 1, (2,))), tone=st.sampled_from(Tone), pick=st.booleans())
ROWS = st.lists(st.lists(BUTTONS, min_size=1, max_size=12).map(tuple), max_size=20).map(tuple)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=5).map(tuple), ROWS)


def check_page(page: Page) -> None:
    """What Telegram would check."""
    assert 1 <= len(page.text) <= 4096
    assert page.text.strip()
    assert "\0" not in page.text
    page.text.encode()
    whole = utf16(page.text)
    for entity in page.entities:
        assert entity.length > 0
        assert 0 <= entity.offset <= entity.offset + entity.length <= whole
        assert entity.type in set(MessageEntity.ALL_TYPES)
    if page.keyboard:
        check_keyboard(page.keyboard.to_dict())


@given(MESSAGES)
def test_whatever_people_write_every_page_is_one_that_telegram_takes(message: Message) -> None:
    for page in pages(message, signed):
        check_page(page)


@given(st.lists(BLOCKS, max_size=4))
def test_entities_never_cut_a_character_in_two(blocks: list[Block]) -> None:
    page = draw(tuple(blocks))
    units = page.text.encode("utf-16-le")
    for entity in page.entities:
        units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")


@pytest.mark.parametrize(("name", "text"), list(bad_inputs("name")))
def test_bad_names_are_drawn_in_text_and_on_buttons(name: str, text: str) -> None:
    for page in pages(SPOKEN(card(text, text, rows=((Button(text, Press("tap", 1)),),))), signed):
        check_page(page)
    assert name


def test_pages_keep_their_order() -> None:
    numbers = [
        int(word) for page in pages(SPOKEN(say(" ".join(map(str, range(3000))))), signed) for word in page.text.split()
    ]
    assert all(one < two for one, two in pairwise(numbers))
