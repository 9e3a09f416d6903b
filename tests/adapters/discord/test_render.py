"""Messages as Discord's JSON: nothing of anybody's words is markup, and everything fits."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.escape import code_block, escape, inline_code, instant, link, styled
from adapters.discord.render import CARD, MOST_MENTIONS, PLAIN, cost, first_words, line, markdown, pages, words_only
from bot.chat.message import Bar, Bars, Block, Bullets, Button, Code, Heading, Message, Paragraph, Quote, Tone, card
from bot.chat.places import Account
from bot.chat.press import Press
from bot.chat.text import Mention, Moment, Run, Shape, Style, T
from bot.speech import Speech
from tests.bot.nasty import TEXTS, bad_inputs
from tests.wire.discord.schema import request_problem
from tests.wire.discord.state import walk
from tests.wire.discord.validation import message_problems

SEND = "POST /channels/{channel_id}/messages"
NAMES = dict(bad_inputs("name"))
MARKS = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]#@]")


def sign(press: Press) -> str:
    """A stand-in of the real length."""
    return f"1{press.action}_{'_'.join(map(str, press.args))}".ljust(64, "x")[:64]


BEN = Account("discord", "8123456789")
CALL = f"<@{BEN.id}>"
STYLES = st.sampled_from([Style(value) for value in range(16)])
RUNS = st.builds(
    Run,
    TEXTS,
    STYLES,
    st.sampled_from(["", "https://x.example/a_(b)", "javascript:alert(1)", "tg://user?id=1"]),
    st.none() | st.datetimes(timezones=st.just(UTC)),
    mention=st.sampled_from([None] * 4 + [BEN, Account("telegram", "5"), Account("discord", "6> @everyone")]),
)
LINES = st.lists(RUNS, max_size=4).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, LINES),
    st.builds(Paragraph, LINES),
    st.builds(Quote, LINES),
    st.builds(Bullets, st.lists(LINES, max_size=4).map(tuple)),
    st.builds(Code, TEXTS, TEXTS),
    st.builds(
        Bars,
        st.lists(st.builds(Bar, LINES, st.integers(-1, 99), st.integers(-1, 50), st.booleans()), max_size=4).map(tuple),
    ),
)
BUTTONS = st.builds(
    Button,
    TEXTS,
    st.none() | st.builds(Press, st.just("tap"), st.just(1), st.tuples(st.integers(0, 2))),
    st.sampled_from(["", "https://x.example", "tg://x", "https://" + "x" * 600]),
    st.sampled_from(Tone),
    st.booleans(),
)
ROWS = st.lists(st.lists(BUTTONS, max_size=7).map(tuple), max_size=8).map(tuple)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=5).map(tuple), ROWS, card=st.booleans())


@given(MESSAGES)
def test_whatever_a_message_holds_discord_takes_every_page(message: Message) -> None:
    for body in pages(message, sign):
        assert request_problem(SEND, body) is None
        assert message_problems(body, interaction=False) == []
        text = first_words(body)
        called = CALL in text
        assert body["allowed_mentions"] == {"parse": []} | ({"users": [BEN.id]} if called else {})


@given(st.lists(BLOCKS, max_size=3), st.booleans())
def test_a_card_that_stands_may_be_replaced_by_any_message(blocks: list[Block], as_card: bool) -> None:
    for body in pages(Message(tuple(blocks), card=as_card), sign, framed=True):
        assert message_problems(body, interaction=False) == []
        assert body["content"] is None


@given(BLOCKS)
def test_the_cost_of_a_block_is_that_of_its_rendered_text(block: Block) -> None:
    assert cost(block) == len(markdown(block).encode("utf-16-le", "replace")) // 2 + 2


@given(TEXTS)
def test_no_mark_of_anybodys_words_stands_without_its_backslash(text: str) -> None:
    shown = escape(text)
    assert not MARKS.search(shown)
    assert not re.search(r"(?<!\\)://", shown)
    for start in shown.split("\n"):
        assert not re.match(r"\s*(?:[-+] |\d+[.)] |#|>)", start)


@given(TEXTS)
def test_escaping_only_adds_backslashes(text: str) -> None:
    calm = re.sub(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    assert escape(text).replace("\\", "") == calm.replace("\\", "")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_bad_names_are_shown_as_words(name: str) -> None:
    shown = line(Speech("id").runs((Run(name),)))
    assert not MARKS.search(shown)
    assert "\0" not in shown
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Heading", "\\# Heading"),
        ("- list", "\\- list"),
        ("-# small", "\\-\\# small"),
        ("1. one", "1\\. one"),
        ("a\n2) two", "a\n2\\) two"),
        (">>> quote", "\\>\\>\\> quote"),
        ("<@123> <t:1:F> </cmd:1>", "\\<\\@123\\> \\<t:1:F\\> \\</cmd:1\\>"),
        ("[x](http://evil.example)", "\\[x\\](http\\://evil.example)"),
        ("||secret||", "\\|\\|secret\\|\\|"),
        ("10:30", "10:30"),
        ("3.14", "3\\.14"),
        ("me@x.example", "me\\@x.example"),
    ],
)
def test_what_discord_would_read_as_markup_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_neighbours_are_joined_before_they_are_escaped() -> None:
    assert line((Run("1"), Run(". x"))) == "1\\. x"


def test_styles_stand_around_escaped_words() -> None:
    assert styled(Run("a*b", Style.BOLD)) == "**a\\*b**"
    assert styled(Run("x", Style.ITALIC | Style.SPOILER)) == "||*x*||"
    assert line((Run("a", Style.BOLD), Run("b", Style.ITALIC))) == "**a**\u200b*b*"
    assert styled(Run("  ", Style.BOLD)) == "  "
    assert styled(Run("A. ", Style.BOLD)) == "**A.** "


def test_code_ends_only_where_we_end_it() -> None:
    assert inline_code("x") == "`x`"
    assert inline_code("a`b") == "`` a`b ``"
    assert inline_code("``") == "`` `\u200b` ``"
    assert code_block("x = 1\n", "python") == "```python\nx = 1\n\n```"
    assert code_block("a```b", "bad tag!").count("```") == 2


def test_only_web_addresses_become_links() -> None:
    assert link("x", "https://x.example/a(b)") == "[x](<https://x.example/a%28b%29>)"
    assert link("x", "javascript:alert(1)") == "x"
    assert link("x", "https://x.example/> @everyone") == "x"


def test_a_time_is_shown_in_each_readers_zone_and_in_words_where_discord_cannot() -> None:
    assert instant(Run("now", moment=datetime(2026, 11, 23, 12, tzinfo=UTC))) == "<t:1795435200:f>"
    words = Speech().runs(T("Tutup {at}", at=Moment(datetime(2026, 11, 23, 12, tzinfo=UTC), Shape.TIME)))
    assert line(words) == "Tutup <t:1795435200:t>"


def test_a_mention_calls_one_account_and_is_words_elsewhere() -> None:
    words = Speech("en").runs(T("{who} was right", who=Mention(BEN, "Ben <@9>")))
    assert line(words) == f"{CALL} was right"
    assert line((Run("Tia", mention=Account("telegram", "7")),)) == "Tia"
    assert line((Run("x", mention=Account("discord", "7> @everyone")),)) == "x"
    twice = (Run("Ben", Style.BOLD, mention=BEN), Run("Ben", Style.BOLD, mention=BEN))
    assert re.sub("\u200b", "", line(twice)) == CALL * 2


def test_who_is_mentioned_in_any_block_may_be_called_and_nobody_on_other_pages() -> None:
    blocks: list[Block] = [Bars((Bar((Run("Ben", mention=BEN),), 1, 2),)), Bullets(((Run("Ben", mention=BEN),),))]
    for block in blocks:
        (body,) = pages(Message((block,)), sign)
        assert body["allowed_mentions"] == {"parse": [], "users": [BEN.id]}
        assert words_only(body)["allowed_mentions"] == body["allowed_mentions"]
    long = Paragraph((Run("kata " * 500),))
    first, second = pages(Message((long, Paragraph((Run("Ben", mention=BEN),)))), sign)
    assert (first["allowed_mentions"], second["allowed_mentions"]["users"]) == ({"parse": []}, [BEN.id])
    many = tuple(Run(str(number), mention=Account("discord", str(number))) for number in range(1, 150))
    assert len(pages(Message((Paragraph(many),)), sign)[0]["allowed_mentions"]["users"]) == MOST_MENTIONS


def test_a_mention_is_not_cut_in_two() -> None:
    line_ = (Run("kata " * 396), Run("Siti Nur Aini dari kelas sebelas", mention=BEN))
    shown = [body["content"] for body in pages(Message((Paragraph(line_),)), sign)]
    assert sum(text.count(CALL) for text in shown) == 1


def test_equal_presses_in_one_message_get_ids_of_their_own() -> None:
    press = Press("tap", 1, (1,))
    message = Message((Paragraph((Run("x"),)),), ((Button("a", press), Button("b", press)),))
    ids = [part["custom_id"] for part in walk(pages(message, sign)[0]["components"]) if "custom_id" in part]
    assert len(set(ids)) == 2
    assert ids[1].partition("~")[0] == ids[0]


def test_a_picked_button_says_so_in_words_and_not_by_colour_alone() -> None:
    message = Message((Paragraph((Run("x"),)),), ((Button("Jakarta", Press("zone", 1), pick=True),),))
    button = pages(message, sign)[0]["components"][0]["components"][0]
    assert (button["label"], button["style"]) == ("✓ Jakarta", 3)


def test_a_card_is_a_container_of_real_text_and_a_reply_is_plain() -> None:
    body = pages(Speech("en").message(card("Title", "text")), sign)[0]
    assert body["components"][0]["type"] == 17
    assert body["components"][0]["components"][0] == {"type": 10, "content": "## Title\n\ntext"}
    assert (CARD.text, PLAIN.text) == (4000, 2000)
