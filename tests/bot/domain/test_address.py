"""Which addresses are taken, which are the same, and what never becomes one."""

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.errors import Refusal
from bot.chat.text import T
from bot.domain import address
from bot.domain.address import Address, find_address, read_address
from tests.bot.nasty import TEXTS, bad_inputs

COLLECTED = dict(bad_inputs("url"))

REFUSED = {
    "BI-url-001": address.INSIDE,
    "BI-url-003": address.INSIDE,
    "BI-url-005": address.INSIDE,
    "BI-url-007": address.INSIDE,
    "BI-url-009": address.INSIDE,
    "BI-url-011": address.INSIDE,
    "BI-url-013": address.INSIDE,
    "BI-url-015": address.HIDDEN,
    "BI-url-017": address.INSIDE,
    "BI-url-019": address.NOT_WEB,
    "BI-url-021": address.NOT_WEB,
    "BI-url-023": address.NOT_WEB,
    "BI-url-025": address.NOT_WEB,
    "BI-url-027": address.HIDDEN,
    "BI-url-029": address.SECRET,
    "BI-url-033": address.HIDDEN,
    "BI-url-035": address.TOO_LONG,
    "BI-url-039": address.INVITE,
    "BI-url-049": address.SECRET,
}

TAKEN = {
    "BI-url-031": "https://xn--80ak6aa92e.com/",
    "BI-url-037": "https://example.com",
    "BI-url-041": "https://bit.ly/x",
}

NOTHING_FETCHED = {"BI-url-045", "BI-url-047"}
"""About answers of servers, which nothing here ever asks; as a text they are no address."""

PAIR = "BI-url-043"

SAME = [
    ("https://EXAMPLE.com/x", "https://example.com/x"),
    ("https://example.com:443/x", "https://example.com/x"),
    ("http://example.com:80/x", "https://example.com/x"),
    ("http://www.example.com/x/", "https://example.com/x"),
    ("https://example.com./x", "https://example.com/x"),
    ("https://example.com/x?b=2&a=1", "https://example.com/x?a=1&b=2"),
    ("https://example.com/x?utm_source=wa&fbclid=9&a=1", "https://example.com/x?a=1"),
    ("https://example.com/x#bagian-2", "https://example.com/x"),
    ("https://example.com/a%7Eb", "https://example.com/a~b"),
    ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s"),
    ("https://m.youtube.com/watch?v=abc", "https://youtube.com/watch?v=abc"),
    ("https://id.m.wikipedia.org/wiki/Sel", "https://id.wikipedia.org/wiki/Sel#Sejarah"),
    ("https://münchen.de/x", "https://xn--mnchen-3ya.de/x"),
]

DIFFERENT = [
    ("https://example.com/x", "https://example.com/X"),
    ("https://example.com/x?id=1", "https://example.com/x?id=2"),
    ("https://app.example/#/bab/1", "https://app.example/#/bab/2"),
    ("https://example.com:8443/x", "https://example.com/x"),
    ("https://a.example.com/x", "https://b.example.com/x"),
    ("https://m.example.com/x", "https://example.com/x"),
    ("https://l.example/?url=https://a.example/", "https://a.example/"),
    ("https://youtu.be/abc", "https://youtu.be/abd"),
    ("https://аррӏе.com/", "https://apple.com/"),
]


def refusal(raw: str) -> T:
    with pytest.raises(Refusal) as caught:
        read_address(raw)
    return caught.value.text


def test_every_collected_address_is_decided_about() -> None:
    assert set(COLLECTED) == {*REFUSED, *TAKEN, *NOTHING_FETCHED, PAIR}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_address_is_refused_without_being_repeated(name: str) -> None:
    text = refusal(COLLECTED[name])
    assert text == REFUSED[name]
    assert COLLECTED[name] not in repr(text)


@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_address_is_kept_as_it_is(name: str) -> None:
    assert read_address(COLLECTED[name]).url == TAKEN[name]


def test_the_collected_pair_is_one_address() -> None:
    first, _, second = COLLECTED[PAIR].partition(" vs ")
    assert read_address(first).key == read_address(second).key


@pytest.mark.parametrize("name", sorted(NOTHING_FETCHED))
def test_what_is_about_a_server_s_answer_is_no_address(name: str) -> None:
    refusal(COLLECTED[name])


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_address_written_differently_is_the_same(first: str, second: str) -> None:
    assert read_address(first).key == read_address(second).key


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_other_addresses_stay_apart(first: str, second: str) -> None:
    assert read_address(first).key != read_address(second).key


def test_what_opens_is_what_was_written() -> None:
    """A key leaves parameters out that some site may need."""
    url = "http://www.example.com/x/?uid=7&ref=a#bab"
    assert read_address(url).url == url


def test_a_name_in_another_script_is_shown_in_latin_letters() -> None:
    assert read_address("https://аррӏе.com/masuk") == Address(
        "https://xn--80ak6aa92e.com/masuk", "https://xn--80ak6aa92e.com/masuk", "xn--80ak6aa92e.com"
    )


@pytest.mark.parametrize(
    "raw",
    [
        "http://0x7f.1/",
        "http://017700000001/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://8.8.8.8/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://printer.local/",
        "http://intranet/",
        "http://x.lvh.me/",
        "http://[::ffff:10.0.0.1]/",
        "http://metadata.google.internal/",
    ],
)
def test_no_spelling_of_a_private_or_bare_number_is_taken(raw: str) -> None:
    assert refusal(raw) == address.INSIDE


@pytest.mark.parametrize(
    "raw",
    [
        "https://example.com/\u202egnp.exe",
        "https://exam\u200bple.com/",
        "https://example.com/a b",
        "https://example.com/\tx",
        "https://example.com\\@evil.example",
        "https://example.com/\u2028x",
    ],
)
def test_hidden_characters_are_refused(raw: str) -> None:
    assert refusal(raw) == address.HIDDEN


@pytest.mark.parametrize(
    "raw",
    [
        "https://api.telegram.org/file/bot1234567890:AAH_x-yz/documents/a.pdf",
        "https://example.com/?token=1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
        "https://discord.com/api/webhooks/123/abc-def",
        "https://example.com/?t=MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
        "https://user@example.com/",
        "https://:x@example.com/",
    ],
)
def test_an_address_that_holds_a_key_is_refused_without_showing_it(raw: str) -> None:
    text = refusal(raw)
    assert text == address.SECRET
    assert not text.args


@pytest.mark.parametrize("raw", ["https://t.me/+abc", "https://www.discord.gg/x", "https://chat.whatsapp.com/Ab1"])
def test_invitations_are_refused(raw: str) -> None:
    assert refusal(raw) == address.INVITE


@pytest.mark.parametrize("raw", ["https://t.me/kelasfisika/12", "https://discord.com/blog"])
def test_other_pages_of_the_same_sites_are_taken(raw: str) -> None:
    assert read_address(raw).url == raw


@pytest.mark.parametrize(
    "raw", ["", " ", "apa", "https://", "https://?x", "https://ex.com:99999/", "https://ex.com:0/"]
)
def test_no_address_is_said_to_be_none(raw: str) -> None:
    assert refusal(raw) in (address.NO_ADDRESS, address.INSIDE, address.NOT_WEB)


@given(TEXTS | st.from_regex(r"https?://[a-zа-я0-9.:@%/?#=&\[\]-]{0,40}"))
@example("https://[")
@example("https://" + "a" * 70 + ".com")
@example("https://a..b.com/")
@example("https://example.com/%")
@example("https://example.com/?%ff=%zz")
def test_anything_is_an_address_or_refused(raw: str) -> None:
    try:
        found = read_address(raw)
    except Refusal:
        return
    assert found.url.startswith(("https://", "http://"))
    assert found.host.isascii()
    assert read_address(found.url).key == found.key, "reading it again changes nothing"


def test_the_first_address_in_a_text_is_found() -> None:
    assert find_address("Lihat HTTPS://a.example/x dan https://b.example") == "HTTPS://a.example/x"
    assert find_address("tanpa tautan, catatan.pdf, catatan: a.b") == ""


@pytest.mark.parametrize("word", ["id.wikipedia.org/wiki/Sel", "example.com", "ftp://x", "javascript:alert(1)"])
def test_what_is_meant_as_an_address_is_judged_as_one(word: str) -> None:
    assert find_address(f"Lihat {word} ya") == word


def test_the_libraries_are_loaded_for_those_who_share_and_not_at_the_start() -> None:
    line = "import sys, bot.domain.address; print('courlan' in sys.modules, 'w3lib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.split() == ["False", "False"]
