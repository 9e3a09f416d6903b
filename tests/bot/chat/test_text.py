"""Texts and messages are values: equal when they say the same."""

from bot.chat.message import Button, Code, Heading, Message, Paragraph, card, say
from bot.chat.text import Run, Style, T, bold, code

ROW = (Button("Ya"),)


def test_a_text_is_equal_to_one_that_says_the_same() -> None:
    assert T("Hello {who}", who="Ani") == T("Hello {who}", who="Ani")
    assert hash(T("Hello {who}", who="Ani")) == hash(T("Hello {who}", who="Budi"))
    assert T("Hello {who}", who="Ani") != T("Hello {who}", who="Budi")
    assert T("{n} day", n=1) != T("{n} day", "{n} days", n=1)
    assert T("Hello") != "Hello"
    assert "Hello" in repr(T("Hello"))


def test_words_are_set_in_bold_or_as_code() -> None:
    assert (bold("a"), code("b")) == (Run("a", Style.BOLD), Run("b", Style.CODE))


def test_what_is_said_stands_in_paragraphs() -> None:
    assert say("a", (bold("b"), "c"), rows=(ROW,), asks=True) == Message(
        (Paragraph(("a",)), Paragraph((bold("b"), "c"))), (ROW,), asks=True
    )


def test_a_card_has_a_heading_and_blocks() -> None:
    shown = card(T("Title"), "text", Code("x"), rows=(ROW,))
    assert shown == Message((Heading((T("Title"),)), Paragraph(("text",)), Code("x")), (ROW,), card=True)
