"""HTML says in plain lines what it says on a page, or is refused by its tag."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.html import Foreign, plain

TAGS = (
    *(
        "<p>",
        "<a href=x>",
        "</a>",
        "<sup>",
        "</sup>",
        "<pre>",
        "</pre>",
        "<ul>",
        "<li>",
        "</ul>",
        "<!--",
        "-->",
        "<br/>",
    ),
    *("<", "</", "&", ";", "x", "1", " ", "\n", "'", "&lt;", "\u00a0", "é"),
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Satu</p><p>dua<br>tiga</p>", "Satu\ndua\ntiga"),
        ("<div>  a \n <b>b</b>\t<i>c</i></div>", "a b c"),
        ("a &lt;b&gt; &amp;amp; &#233;&nbsp;x &copy", "a <b> &amp; é x ©"),
        ("<ul><li>a</li><li>b</li></ul><ol><li>c<li>d</ol>e", "• a\n• b\n1. c\n2. d\ne"),
        ("x<sup>2</sup> + H<sub>2</sub>O + 10<sup>-6</sup>", "x² + H₂O + 10⁻⁶"),
        ("x<sup>a+b</sup>y<sub>k</sub>", "x^(a+b)y_k"),
        ('<a href="https://x.example/?a=1&amp;b=2">sini</a>', "sini (https://x.example/?a=1&b=2)"),
        ("<a href='https://x.example'>https://x.example</a> <a>b</a>", "https://x.example b"),
        ("<pre>if x:\n    y</pre>z", "if x:\n    y\nz"),
        ("a<!-- <img> -->b<!doctype html>c", "abc"),
        ("a < b, c<5 and 6>d", "a < b, c<5 and 6>d"),
        ("\\(a &lt; b\\) $x^2$", "\\(a < b\\) $x^2$"),
        ("<span style='color:red'>a</span></i></sup></a></ul>", "a"),
        ("<!-- open", ""),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
    ],
)
def test_html_is_said_in_plain_lines(html: str, words: str) -> None:
    assert plain(html) == words


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<img src='a'>", "img"),
        ("<p><TABLE><tr>", "table"),
        ("<script>x</script>", "script"),
        ("<svg/>", "svg"),
        ("<math><mi>x</mi></math>", "math"),
        ("<del>a</del>", "del"),
        ('<span title="a>b">', "span"),
    ],
)
def test_what_words_cannot_say_is_refused(html: str, tag: str) -> None:
    with pytest.raises(Foreign) as refused:
        plain(html)
    assert refused.value.tag == tag


@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_any_html_of_known_tags_is_said(html: str) -> None:
    assert plain(html) == plain(html).strip()


@pytest.mark.parametrize("unit", ["<", "<!", "<a ", "<a x='", "</a", "<!--", "&a", "<p>", "<sup>a", "<a href=", "<aa"])
def test_time_grows_with_the_length(unit: str) -> None:
    html = unit * (200_000 // len(unit))
    start = perf_counter()
    plain(html)
    assert perf_counter() - start < 2
